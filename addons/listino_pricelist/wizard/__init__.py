from . import listino_derive, listino_difference, listino_price_check, listino_publish, listino_simulation
from . import listino_derive, listino_price_check, listino_share_wizard
from . import listino_derive, listino_price_check, listino_sending_preview
from . import listino_derive, listino_difference, listino_price_check, listino_publish
