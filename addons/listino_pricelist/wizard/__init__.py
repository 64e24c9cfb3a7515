from . import (
    listino_derive,
    listino_difference,
    listino_price_check,
    listino_publish,
    listino_sending_preview,
    listino_share_wizard,
    listino_simulation,
)
