from . import listino_derive, listino_price_check, listino_sending_preview
