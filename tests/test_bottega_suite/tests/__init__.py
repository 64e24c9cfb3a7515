from . import (
    test_bridges,
    test_flow_of_a_customer,
    test_flow_of_a_debtor,
    test_flow_of_a_price,
    test_flow_to_the_last_euro,
    test_flow_tours,
)
