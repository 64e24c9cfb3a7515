from . import test_ground
from . import test_outbox
from . import test_outbox_race
