from . import approval
from . import portal_gate
from . import portal
