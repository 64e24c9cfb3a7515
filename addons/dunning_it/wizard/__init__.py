from . import (
    base_partner_merge,
    dunning_assessment_decision,
    dunning_call_wizard,
    dunning_charge_wizard,
    dunning_document_wizard,
    dunning_evidence_wizard,
    dunning_imputation,
    dunning_notice_event,
    dunning_preview,
    dunning_preview_courtesy,
    dunning_release,
)
