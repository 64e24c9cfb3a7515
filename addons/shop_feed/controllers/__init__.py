from . import feed, product_configurator
