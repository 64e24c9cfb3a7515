from . import (
    test_builds,
    test_channels_spec,
    test_channels_validate,
    test_feed_price_guard,
    test_feed_price_history,
    test_feed_prices,
    test_formats,
    test_ground,
    test_identity,
    test_links,
    test_mapping,
    test_pricing,
)
