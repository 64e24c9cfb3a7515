"""The words to which people consent."""

from odoo import api, fields, models
from odoo.exceptions import UserError


class LifecycleConsentText(models.Model):
    """A version of the words about a purpose, in a language; what somebody has consented to stays as it was."""

    _name = "lifecycle.consent.text"
    _description = "Text of Consent"
    _order = "purpose_id, lang, version desc"
    _check_company_auto = True

    name = fields.Char(compute="_compute_name")
    purpose_id = fields.Many2one("lifecycle.purpose", required=True, index=True, ondelete="restrict")
    company_id = fields.Many2one(
        "res.company", required=True, index=True, default=lambda self: self.env.company, ondelete="cascade"
    )
    lang = fields.Selection(lambda self: self.env["res.lang"].get_installed(), string="Language", required=True)
    version = fields.Integer(readonly=True)
    body = fields.Text(required=True)
    active = fields.Boolean(default=True)
    consent_ids = fields.One2many("lifecycle.consent", "text_id")
    information_ids = fields.One2many("lifecycle.information", "text_id")

    _version_unique = models.Constraint(
        "unique(company_id, purpose_id, lang, version)", "There is one text of a version."
    )

    @api.depends("purpose_id", "version", "lang")
    def _compute_name(self):
        for text in self:
            text.name = f"{text.purpose_id.name} ({text.lang}, {text.version})"

    @api.model_create_multi
    def create(self, vals_list):
        # OVERRIDE: versions count up.
        texts = super().create(vals_list)
        for text in texts.sudo():  # a number that the server gives
            alike = [(name, "=", text[name].id) for name in ("company_id", "purpose_id")]
            [(last,)] = (
                self.sudo()
                .with_context(active_test=False)
                ._read_group([*alike, ("lang", "=", text.lang), ("id", "!=", text.id)], [], ["version:max"])
            )
            text.version = (last or 0) + 1
        return texts

    def write(self, vals):
        # OVERRIDE: what somebody consented to is not rewritten behind his back.
        if {"body", "purpose_id", "lang", "company_id"} & vals.keys() and self._is_used():
            raise UserError(self.env._("Somebody was shown this text: write a new one, it gets the next version."))
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_used(self):
        if self._is_used():
            raise UserError(self.env._("Somebody was shown this text: archive it instead."))

    def _is_used(self):
        """Whether somebody consented to it, or was informed by it."""
        return bool(self.sudo().consent_ids or self.sudo().information_ids)  # whether, not who
