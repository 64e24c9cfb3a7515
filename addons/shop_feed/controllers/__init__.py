from . import feed, offer, share_page
