from . import lifecycle_event, lifecycle_preferences, mailing_unsubscribe
