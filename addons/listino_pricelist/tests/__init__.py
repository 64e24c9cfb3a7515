from . import test_parity
