from . import shop_feed_address
