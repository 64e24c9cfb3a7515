from . import (
    lifecycle_abstract_guard,  # first: others inherit it
    lifecycle_case,
    lifecycle_condition,
    lifecycle_consent,
    lifecycle_dashboard,
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
