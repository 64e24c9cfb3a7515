from . import lifecycle_event, lifecycle_feedback
