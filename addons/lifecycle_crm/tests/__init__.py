from . import (
    test_feedback,
    test_ground,
    test_messages,
    test_outbox,
    test_outbox_race,
    test_outside_event,
    test_planning,
    test_voucher_race,
    test_vouchers,
)
