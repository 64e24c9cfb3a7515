from . import (
    test_cohort,
    test_gate,
    test_ground,
    test_lifecycle_dashboard,
    test_outbox,
    test_outbox_race,
    test_outside_event,
    test_planning,
    test_preferences,
    test_reconstruct,
    test_refresh,
    test_rules,
)
