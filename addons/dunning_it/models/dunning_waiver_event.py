"""The trail of a waiver: who did what, when, about which amount and which content."""

from odoo import api, fields, models
from odoo.exceptions import AccessError


class DunningWaiverEvent(models.Model):
    """Written once: nobody changes or deletes it, not even the server."""

    _name = "dunning.waiver.event"
    _description = "Event of a Waiver"
    _order = "id"

    waiver_id = fields.Many2one("dunning.waiver", required=True, readonly=True, index=True, ondelete="restrict")
    company_id = fields.Many2one(related="waiver_id.company_id", store=True, index=True)
    currency_id = fields.Many2one(related="waiver_id.currency_id")
    kind = fields.Selection(
        [
            ("proposed", "Proposed"),
            ("reset", "Taken back to draft"),
            ("approved", "Approved"),
            ("refused", "Refused"),
            ("withdrawn", "Withdrawn after approval"),
            ("booked", "Booked"),
            ("undone", "Booking taken back"),
        ],
        required=True,
        readonly=True,
    )
    user_id = fields.Many2one("res.users", string="By", required=True, readonly=True, ondelete="restrict")
    date = fields.Datetime(string="On", required=True, readonly=True, default=fields.Datetime.now)
    amount = fields.Monetary(readonly=True)
    digest = fields.Char(string="SHA-256", readonly=True)
    content = fields.Text(readonly=True, help="What the digest is of.")
    note = fields.Text(readonly=True)

    def write(self, vals):
        # OVERRIDE: a trail that can be rewritten proves nothing.
        raise AccessError(self.env._("The trail of a waiver is never changed."))

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        """A trail that can be deleted proves nothing."""
        raise AccessError(self.env._("The trail of a waiver is never deleted."))
