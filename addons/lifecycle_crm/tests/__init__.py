from . import test_ground
from . import test_outbox
from . import test_outbox_race
from . import test_outside_event
from . import test_planning
