from . import (
    feed,
    feed_sheet,
    offer,
    offer_portal,
    product_configurator,
    review_name,
    review_stop,
    share_page,
)
