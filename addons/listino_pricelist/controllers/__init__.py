from . import listino, listino_sending
