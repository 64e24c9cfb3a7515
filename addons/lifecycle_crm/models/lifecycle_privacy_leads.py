"""What is known of a person from before he bought."""

from odoo import api, models
from odoo.fields import Domain

from .lifecycle_privacy import DELETE


class LifecyclePrivacy(models.AbstractModel):
    _inherit = "lifecycle.privacy"

    @api.model
    def _get_ways(self):
        # OVERRIDE: what he said as a lead is his as well.
        own = ("lifecycle.answer", "lifecycle.conversation", "lifecycle.first.source")
        return {**super()._get_ways(), **dict.fromkeys(own, DELETE)}

    @api.model
    def _get_terms(self, before):
        # OVERRIDE: talks go as calls do, and answers once their lead has been closed for the term.
        return {
            **super()._get_terms(before),
            "lifecycle.answer": Domain("lead_id.date_closed", "<", before),
            "lifecycle.conversation": Domain("moment", "<", before),
        }
