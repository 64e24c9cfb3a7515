from . import (
    test_channels_spec,
    test_channels_validate,
    test_formats,
)
