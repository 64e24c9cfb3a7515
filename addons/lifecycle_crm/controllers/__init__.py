from . import (
    lifecycle_case_portal,
    lifecycle_event,
    lifecycle_feedback,
    lifecycle_preferences,
    mailing_unsubscribe,
)
