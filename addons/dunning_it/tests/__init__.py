from . import (
    test_behaviour_figures,
    test_behaviour_payments,
    test_behaviour_real_data,
    test_outbox,
    test_paper_figures,
    test_paper_letters,
    test_paper_pages,
    test_patience_contacts,
    test_patience_dates,
    test_pec_receipts,
    test_scan,
)
