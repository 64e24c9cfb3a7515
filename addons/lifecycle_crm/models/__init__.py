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
from . import (  # content: feedback, vouchers, what the plays say
    lifecycle_feedback,
    lifecycle_feedback_answer,
    lifecycle_feedback_link,
    lifecycle_feedback_publish,
    lifecycle_play_preset,
    lifecycle_play_triggers_answered,
    lifecycle_play_voucher,
    lifecycle_touch_offer,
    lifecycle_touch_voucher,
    lifecycle_touch_words,
    res_company_feedback,
    sale_order_feedback,
    stock_picking_shipment,
    tmp_content,
)
