from . import lifecycle_event
