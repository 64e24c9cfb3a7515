from . import (
    base_partner_merge,
    base_partner_merge_source,
    crm_lead_lost,
    lifecycle_call_wizard,
    lifecycle_contact_check,
    lifecycle_intake,
    lifecycle_lead_wizards,
    lifecycle_preset_wizard,
    lifecycle_preview,
    lifecycle_privacy_wizard,
    lifecycle_trial,
    privacy_lookup_line,
)
