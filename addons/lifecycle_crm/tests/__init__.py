from . import (
    test_cases,
    test_ground,
    test_outbox,
    test_outbox_race,
    test_outside_event,
    test_planning,
    test_reply_clock,
    test_today,
)
