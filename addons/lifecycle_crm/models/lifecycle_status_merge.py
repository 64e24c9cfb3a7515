"""Statuses of contacts that turn out to be one customer."""

from odoo import models


class LifecycleStatus(models.Model):
    _inherit = "lifecycle.status"

    def _join(self, partner):
        """Keep one status a company, with what people said about any of them.

        :param partner: whose status is kept where he has one
        """
        for statuses in self.grouped("company_id").values():
            kept = statuses.filtered(lambda status: status.partner_id == partner) or statuses[0]
            kept.write(self._get_joined_vals(statuses))
            (statuses - kept).unlink()
        self.flush_model()

    def _get_joined_vals(self, statuses):
        """What people, and not orders, know of several statuses that become one; a hook."""
        contacts = statuses.filtered("next_contact_date").mapped("next_contact_date")
        ends = statuses.mapped("end_date")
        return {"next_contact_date": min(contacts, default=False), "end_date": all(ends) and max(ends)}
