from . import test_shop_checkout
