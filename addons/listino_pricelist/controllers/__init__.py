from . import link, listino, portal
