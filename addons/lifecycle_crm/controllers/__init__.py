from . import lifecycle_event
from . import lifecycle_case_portal  # the desk
