"""Customers are merged: one open case is left, and the notices of all."""

from odoo import api, models
from odoo.fields import Domain


class DunningCase(models.Model):
    _inherit = "dunning.case"

    @api.model
    def _merge_cases(self, sources, target):
        """Leave one open case a company and currency among partners that become one.

        The instalments go over to it; the other case is closed and keeps its steps and notices.

        :param sources: the partners that go
        :param target: the partner that stays
        """
        partners = Domain("partner_id", "in", (sources | target).ids) & Domain("state", "!=", "closed")
        cases = self.search(partners).sorted(lambda case: (case.partner_id != target, case.id))
        kept = {}
        for case in cases:
            key = case.company_id, case.currency_id
            if key in kept:
                case._move_into(kept[key])
                words = self.env._("Closed: the customer was merged, the instalments are in another case.")
                case.message_post(body=words)
                case._close("settled")
            else:
                kept[key] = case
        self.env.flush_all()
