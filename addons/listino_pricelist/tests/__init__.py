from . import (
    test_access,
    test_document,
    test_layout,
    test_layout_files,
    test_order_line,
    test_parity,
    test_price_check,
    test_pricelist,
    test_pricing,
    test_run,
    test_tours,
)
