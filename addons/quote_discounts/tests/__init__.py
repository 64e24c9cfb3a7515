from . import test_steps, test_cascade
from . import test_distribution, test_header, test_reachable
