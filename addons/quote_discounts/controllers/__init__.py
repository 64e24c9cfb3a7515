from . import approval
from . import portal_gate
