from . import test_cascade, test_evidence, test_paper, test_portal, test_steps
