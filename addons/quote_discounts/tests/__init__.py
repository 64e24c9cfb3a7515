from . import test_steps, test_cascade
