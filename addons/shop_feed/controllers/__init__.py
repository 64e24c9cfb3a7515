from . import feed, offer, offer_portal, review_stop, share_page
