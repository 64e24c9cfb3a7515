from . import (
    lifecycle_abstract_guard,  # first: others inherit it
    lifecycle_case,
    lifecycle_condition,
    lifecycle_consent,
    lifecycle_entry,
    lifecycle_mark,
    lifecycle_play,
    lifecycle_purpose,
    lifecycle_rule,
    lifecycle_rulebook,
    lifecycle_stage,
    lifecycle_status,
    lifecycle_step,
    lifecycle_touch,
    lifecycle_transition,
)
from . import (  # plays: planning, sending, results
    lifecycle_event,
    lifecycle_play_triggers,
    lifecycle_touch_send,
    res_partner_event,
)
