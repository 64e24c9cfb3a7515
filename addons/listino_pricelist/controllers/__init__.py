from . import listino
