from . import test_steps, test_cascade
from . import test_agreement_rules
from . import test_promotion
from . import test_agreement
from . import test_agreement_rights
