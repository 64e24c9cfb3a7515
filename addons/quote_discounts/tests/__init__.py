from . import test_steps, test_cascade
from . import test_distribution, test_reachable, test_header
