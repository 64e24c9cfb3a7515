"""What happened to a formal notice, entered by a person with its proof."""

import base64

from odoo import fields, models

from ..models.dunning_notice import RETURNS


class DunningNoticeEvent(models.TransientModel):
    """The dialog behind the buttons of a notice: which file, on which day."""

    _name = "dunning.notice.event"
    _description = "Event of a Formal Notice"

    notice_id = fields.Many2one("dunning.notice", required=True, readonly=True, ondelete="cascade")
    kind = fields.Selection(
        [
            ("signed", "It was signed"),
            ("sent", "It was posted"),
            ("stored", "It is in storage at the post office"),
            ("delivered", "It was delivered"),
            ("returned", "It came back"),
            ("failed", "It got lost"),
            ("corrected", "The day was wrong"),
        ],
        required=True,
    )
    channel = fields.Selection(related="notice_id.channel", related_sudo=False)
    signing = fields.Selection(related="notice_id.signing", related_sudo=False)
    date = fields.Date(required=True, default=fields.Date.context_today, string="On")
    tracking_number = fields.Char(string="Number of the Registered Letter")
    return_reason = fields.Selection(RETURNS, string="Why")
    why = fields.Char(string="What Was Wrong")
    file = fields.Binary()
    file_name = fields.Char()

    def action_confirm(self):
        """Have the notice know."""
        self.ensure_one()
        content = base64.b64decode(self.with_context(bin_size=False).file or b"")
        self.notice_id._record(
            self.kind,
            day=self.date,
            files=[(self.file_name or self.env._("File"), content)] if content else [],
            tracking_number=(self.tracking_number or "").strip(),
            reason=self.why if self.kind == "corrected" else self.return_reason,
        )
        return {"type": "ir.actions.act_window_close"}
