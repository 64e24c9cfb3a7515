from . import (
    test_pure_doctests,
    test_pure_gate,
    test_pure_plays,
    test_pure_stages,
)
