from . import (
    test_patience_contacts,
    test_patience_dates,
)
