"""How a contact is made, once: what the parts of the addon hook into."""

import secrets

from odoo import api, fields, models

ACTION_CHANNELS = {"mail": "email", "voucher": "email", "call": "phone", "activity": "none"}


class LifecycleTouch(models.Model):
    _inherit = "lifecycle.touch"

    token = fields.Char(
        readonly=True,
        copy=False,
        groups="base.group_system",
        default=lambda self: secrets.token_urlsafe(24),
        help="Of the links in the message that are about this contact alone.",
    )

    # === HOOKS === #

    @api.model
    def _get_channels(self):
        """The channel of each action: a hook. ``none`` is internal, and the gate is not asked."""
        return ACTION_CHANNELS

    def _do_mail(self):
        """Make the mails of these contacts, all of one step; see ``_perform`` for what every ``_do_<action>`` keeps to.

        A ``_do_<action>`` gets contacts of one step that the gate let through and that this worker has locked. It
        writes in its transaction only; whatever it raises is noted on the contact that it is about, and nothing of it
        stays. It does not commit and does not set the state, except to hand a contact to a person (``_list``).
        """
        raise NotImplementedError

    def _get_attachments(self):
        """Attachments for the mail of this contact beyond those of its template: a hook; ``ir.attachment`` records."""
        self.ensure_one()
        return self.env["ir.attachment"]

    def _get_headers(self):
        """Headers of the mail of this contact: a hook; a dict of strings."""
        self.ensure_one()
        return {}

    # === WHAT BECAME OF IT === #

    def _settle(self, state, **values):
        """Note what became of contacts; the next step of each is planned soon.

        :param str state: done, skipped, failed or uncertain
        """
        now = fields.Datetime.now()
        self.write({"state": state, "settled_on": now, "listed_on": False, **values})
        self.env.ref("lifecycle_crm.ir_cron_lifecycle_plan")._trigger()

    def _list(self):
        """Hand contacts to people: they stay due, on the list of calls, until somebody settles them."""
        self.write({"state": "due", "claimed_on": False, "listed_on": fields.Datetime.now()})
