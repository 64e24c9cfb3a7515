from . import (
    test_cohort,
    test_ground,
    test_lifecycle_dashboard,
    test_reconstruct,
    test_refresh,
)
