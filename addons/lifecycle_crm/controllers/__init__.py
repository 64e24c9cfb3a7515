from . import (
    lifecycle_case_portal,  # the desk
    lifecycle_event,
)
