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

# isort: split
from . import (  # plays: planning, sending, results
    lifecycle_entry_plan,
    lifecycle_entry_stops,
    lifecycle_event,
    lifecycle_event_told,
    lifecycle_play_enter,
    lifecycle_play_results,
    lifecycle_play_run,
    lifecycle_play_sample,
    lifecycle_play_triggers,
    lifecycle_play_words,
    lifecycle_touch_do,
    lifecycle_touch_mail,
    lifecycle_touch_person,
    lifecycle_touch_send,
    mail_thread_bounce,
    res_partner_event,
    tmp_company,
)

# isort: split
from . import (  # the desk: cases, calls, reply times
    lifecycle_call,
    lifecycle_case_escalate,
    lifecycle_case_reason,
    lifecycle_case_thread,
    lifecycle_case_ways,
    lifecycle_claim,
    lifecycle_links_desk,
    lifecycle_protocol,
    lifecycle_reply,
    lifecycle_reply_clock,
    lifecycle_reply_report,
    lifecycle_today,
    mail_activity_remind,
    mail_thread_automatic,
    res_company_desk,
    res_config_settings_desk,
    tmp_desk,
)
