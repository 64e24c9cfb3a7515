from . import test_ground
from . import test_outbox
from . import test_outbox_race
from . import test_outside_event
from . import test_planning
from . import test_feedback
from . import test_messages
from . import test_vouchers
