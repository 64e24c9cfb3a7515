from . import feed, offer, offer_portal, product_configurator, review_stop, share_page
