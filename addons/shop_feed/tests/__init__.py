from . import (
    test_builds,
    test_channels_spec,
    test_channels_validate,
    test_formats,
    test_ground,
    test_identity,
    test_links,
    test_mapping,
    test_pricing,
    test_offer_links,
    test_offers,
)
