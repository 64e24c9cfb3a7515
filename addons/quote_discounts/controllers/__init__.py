from . import approval, portal, portal_gate
from . import approval, portal_gate
