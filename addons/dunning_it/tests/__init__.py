from . import (
    test_call_rights,
    test_call_tour,
    test_calls,
    test_contact_gate,
    test_disputes,
    test_outbox,
    test_patience_contacts,
    test_patience_dates,
    test_promises,
    test_scan,
)
