"""Read the mails of a play before anybody else does."""

from odoo import api, fields, models
from odoo.exceptions import UserError

from ..models.lifecycle_play_run import NEEDS_TEMPLATE


class LifecyclePreview(models.TransientModel):
    """The mail of a step as a chosen customer would get it, in two languages; and a test to one's own address."""

    _name = "lifecycle.preview"
    _description = "Preview of a Play"
    _inherit = ["lifecycle.form"]

    play_id = fields.Many2one("lifecycle.play", required=True, readonly=True, ondelete="cascade")
    step_id = fields.Many2one("lifecycle.step", required=True, ondelete="cascade")
    partner_id = fields.Many2one("res.partner", string="Customer", required=True, ondelete="cascade")
    lang = fields.Selection("_list_langs", string="Language", required=True)
    other_lang = fields.Selection("_list_langs", string="Other Language")
    subject = fields.Char(readonly=True)
    body = fields.Html(readonly=True, sanitize=False)
    other_subject = fields.Char(readonly=True)
    other_body = fields.Html(readonly=True, sanitize=False)
    fault = fields.Text(readonly=True)
    verdict = fields.Text(readonly=True, help="What the gate would say now.")

    @api.model
    def _list_langs(self):
        return self.env["res.lang"].get_installed()

    @api.model
    def _open(self, play):
        """The preview of a play's first mail for a customer in its stage."""
        steps = play.step_ids.filtered(lambda step: step.action in NEEDS_TEMPLATE and step.template_id)
        if not steps:
            raise UserError(self.env._("No step of this play sends a mail: there is nothing to preview."))
        partner = play._find_sample_partner()
        langs = [code for code, _name in self._list_langs()]
        lang = partner.lang if partner.lang in langs else self.env.lang
        others = [code for code in langs if code != lang]
        preview = self.create(
            {
                "play_id": play.id,
                "step_id": steps[0].id,
                "partner_id": partner.id,
                "lang": lang,
                "other_lang": others[0] if others else False,
            }
        )
        return preview.action_show()

    def action_show(self):
        """Show the mail for what is chosen."""
        self.ensure_one()
        self.play_id.check_access("write")
        self._render()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Preview"),
            "res_model": self._name,
            "res_id": self.id,
            "view_mode": "form",
            "target": "new",
        }

    def _render(self):
        langs = list(dict.fromkeys(filter(None, [self.lang, self.other_lang])))
        try:
            shown, fault = self.step_id._render_sample(self.partner_id, langs), False
        except Exception as error:  # noqa: BLE001 - whatever a template trips over is what is to be shown
            shown, fault = {}, self.env["lifecycle.touch"]._get_fault_words(error)
        mine, other = shown.get(self.lang, {}), shown.get(self.other_lang, {})
        self.write(
            {
                "subject": mine.get("subject"),
                "body": mine.get("body_html"),
                "other_subject": other.get("subject"),
                "other_body": other.get("body_html"),
                "fault": fault,
                "verdict": self._get_verdict(),
            }
        )

    def _get_verdict(self):
        """What the gate would say of this mail now, in words."""
        gate, request = self.env["lifecycle.gate"], self.step_id._prepare_sample_request(self.partner_id)
        (verdict,) = gate._judge([request], self.play_id.company_id)
        return "\n".join(gate._words(verdict.reasons))

    def action_send_test(self):
        """Send the mail to one's own address, never to the customer."""
        self.ensure_one()
        self.play_id.check_access("write")
        address = self.env.user.email_formatted
        if not self.env.user.email:
            raise UserError(self.env._("You have no e-mail address to send a test to."))
        values = self.step_id._render_sample(self.partner_id, [self.lang])[self.lang]
        mail = (
            self.env["mail.mail"]
            .sudo()
            .create(  # who may manage plays may read what they say
                {
                    "subject": self.env._("[Test] %(subject)s", subject=values["subject"]),
                    "body_html": values["body_html"],
                    "email_from": values.get("email_from") or self.play_id.company_id.email_formatted or address,
                    "email_to": address,
                    "auto_delete": True,
                }
            )
        )
        mail.send()
        if mail.exists().state == "exception":  # one that was sent is deleted
            raise UserError(self.env._("The test could not be sent: %(reason)s", reason=mail.failure_reason or ""))
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {"type": "success", "message": self.env._("The test was sent to %(address)s.", address=address)},
        }
