from . import test_steps, test_cascade
from . import test_evidence
from . import test_paper
from . import test_portal
