from . import shop_feed_address, shop_feed_readiness, shop_feed_start, shop_feed_taxonomy_import
