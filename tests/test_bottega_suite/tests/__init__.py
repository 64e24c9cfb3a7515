from . import (
    test_bridges,
    test_replica,
    test_story,
)
