"""What people see and decide of contacts."""

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

MANAGER = "lifecycle_crm.group_lifecycle_manager"


class LifecycleTouch(models.Model):
    _inherit = "lifecycle.touch"

    verdict_words = fields.Text(string="Held back because", compute="_compute_verdict_words")
    needs_attention = fields.Boolean(compute="_compute_needs_attention", search="_search_needs_attention")

    @api.depends("verdict", "stop", "remark")
    @api.depends_context("lang")
    def _compute_verdict_words(self):
        """Why it was put off, skipped or not made, in sentences."""
        stops = dict(self._fields["stop"]._description_selection(self.env))
        for touch in self:
            words = self.env["lifecycle.gate"]._words(touch.verdict or [])
            if touch.stop:
                words = [self.env._("The play ended: %(stop)s.", stop=stops[touch.stop]), *words]
            touch.verdict_words = "\n".join([*words, *filter(None, [touch.remark])])

    @api.depends("state", "mail_state")
    def _compute_needs_attention(self):
        for touch in self:
            touch.needs_attention = touch.state in ("failed", "uncertain") or touch.mail_state == "exception"

    def _search_needs_attention(self, operator, value):
        if operator != "in":
            return NotImplemented
        mails = self.env["mail.mail"].sudo()._search([("state", "=", "exception")])  # whether it failed, nothing of it
        wrong = ["|", ("state", "in", ("failed", "uncertain")), ("mail_id", "in", mails)]
        return wrong if True in value else ["!", *wrong]

    # === DECISIONS === #

    def action_was_made(self):
        """A person knows that it has arrived: nothing is made again."""
        self._check_decision("uncertain")
        self.sudo()._settle("done", remark=False)  # decided by a button, not written by a form

    def action_make_again(self):
        """A person knows that it has not arrived, or has mended what was wrong: it is due again."""
        self._check_decision("uncertain", "failed")
        ended = self.filtered(lambda touch: touch.entry_id.state not in ("running", "done"))
        if ended:
            raise UserError(self.env._("The play has ended for %(name)s.", name=ended[0].partner_id.display_name))
        again = self.sudo()  # decided by a button, not written by a form
        again.entry_id.write({"state": "running"})
        again.write(
            {
                "state": "due",
                "settled_on": False,
                "remark": False,
                "mail_id": False,
                "message_uid": False,
            }
        )
        self.env.ref("lifecycle_crm.ir_cron_lifecycle_send").sudo()._trigger()  # managers have no rights on it

    def action_give_up(self):
        """A person leaves it at that: it is skipped."""
        self._check_decision("uncertain", "failed")
        self.sudo()._settle("skipped")  # decided by a button, not written by a form

    def _check_decision(self, *states):
        """Managers decide, of their companies, and only what waits for a decision."""
        if not self.env.user.has_group(MANAGER):
            raise AccessError(self.env._("What became of a contact is decided by a manager."))
        self.check_access("read")
        if self.filtered(lambda touch: touch.state not in states):
            raise UserError(self.env._("This contact does not wait for a decision any more."))
