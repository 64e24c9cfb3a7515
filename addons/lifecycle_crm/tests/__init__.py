from . import test_ground
from . import test_outbox
