from . import (  # plays
    lifecycle_intake,
    lifecycle_preview,
)
from . import lifecycle_call_wizard  # the desk
