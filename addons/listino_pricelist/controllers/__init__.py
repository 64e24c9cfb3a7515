from . import link, listino, portal
from . import listino, listino_sending
