from . import test_ground
