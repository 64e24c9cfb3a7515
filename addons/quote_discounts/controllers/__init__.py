from . import approval, portal, portal_gate
