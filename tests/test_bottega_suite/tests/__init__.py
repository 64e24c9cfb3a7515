from . import test_bridges
