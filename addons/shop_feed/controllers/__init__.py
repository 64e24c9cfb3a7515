from . import feed, offer, review_stop, share_page
