"""When a customer is to be contacted next."""

from odoo import api, fields, models
from odoo.exceptions import UserError

SOURCES = [
    ("call", "Agreed on the phone"),
    ("questions", "Answer to the five questions"),
    ("manual", "By hand"),
]


class LifecycleStatus(models.Model):
    _inherit = "lifecycle.status"

    next_contact_source = fields.Selection(SOURCES, string="Next Contact from", readonly=True)
    next_contact_note = fields.Char(string="What for", readonly=True)

    def _set_next_contact(self, date, source, note=None):
        """Call again on a day; the orders of a customer never change it.

        :param date: from today on; None: no day any more
        :param str source: one of :data:`SOURCES`
        """
        for status in self:
            if date and date < status.company_id._lifecycle_today():
                raise UserError(self.env._("A contact is planned for today or a later day."))
        self.sudo().write(  # whoever talks to customers says so, and writes nothing else of it
            {"next_contact_date": date, "next_contact_source": date and source, "next_contact_note": date and note}
        )

    def _get_promise_words(self):
        """Why somebody is called on the day that was agreed: what for, and where he stands."""
        promised = self.next_contact_note or self.env._("He was to be called again on this day.")
        return f"{promised} – {self.reason_text}" if self.reason_text else promised

    @api.model
    def _get_joined_vals(self, statuses):
        # OVERRIDE: the nearest contact comes with what it is for.
        values = super()._get_joined_vals(statuses)
        nearest = statuses.filtered("next_contact_date").sorted("next_contact_date")[:1]
        source, note = nearest.next_contact_source, nearest.next_contact_note
        return {**values, "next_contact_source": source, "next_contact_note": note}
