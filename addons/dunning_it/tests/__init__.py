from . import (
    test_outbox,
    test_patience_contacts,
    test_patience_dates,
    test_scan,
)
