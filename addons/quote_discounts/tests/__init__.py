from . import test_steps, test_cascade
from . import test_limit_rules, test_limits, test_limit_references, test_limit_rights
