from . import (  # plays
    lifecycle_call_wizard,  # the desk
    lifecycle_intake,
    lifecycle_preview,
)
