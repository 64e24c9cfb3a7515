from . import offer, share_page
