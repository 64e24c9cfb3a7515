from . import (
    test_dunning_legal_value,
    test_law_interest,
    test_law_money,
    test_law_routes,
    test_law_table,
    test_law_terms,
)
