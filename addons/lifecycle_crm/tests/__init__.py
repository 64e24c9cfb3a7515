from . import test_ground
from . import test_outbox
from . import test_outbox_race
from . import test_outside_event
from . import test_planning
from . import test_cases
from . import test_reply_clock
from . import test_today
