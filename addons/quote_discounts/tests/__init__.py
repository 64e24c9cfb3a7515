from . import test_steps, test_cascade
from . import test_quick_quote
from . import test_reply_clock
from . import test_scoping
from . import test_quick_tour
