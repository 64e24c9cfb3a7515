"""What is known of a person from before he bought."""

from odoo import api, models

from .lifecycle_privacy import DELETE


class LifecyclePrivacy(models.AbstractModel):
    _inherit = "lifecycle.privacy"

    @api.model
    def _get_ways(self):
        # OVERRIDE: what he said as a lead is his as well.
        own = ("lifecycle.answer", "lifecycle.conversation", "lifecycle.first.source")
        return {**super()._get_ways(), **dict.fromkeys(own, DELETE)}
