"""May we contact him now?"""

from odoo import api, fields, models

from ..gate.contact import CHANNELS
from ..gate.verdict import GO, LATER
from ..models.lifecycle_gate_request import GateRequest
from ..models.lifecycle_preference import WITHOUT_CHANNEL


class LifecycleContactCheck(models.TransientModel):
    """The answer of the gate for a person, when somebody asks for it: all purposes, all channels, every reason."""

    _name = "lifecycle.contact.check"
    _description = "May We Contact?"
    _inherit = ["lifecycle.form"]

    partner_id = fields.Many2one("res.partner", string="Person", required=True, readonly=True, ondelete="cascade")
    company_id = fields.Many2one(
        "res.company", required=True, readonly=True, default=lambda self: self.env.company, ondelete="cascade"
    )
    content = fields.Html(compute="_compute_content")

    @api.depends("partner_id", "company_id")
    @api.depends_context("lang")
    def _compute_content(self):
        for check in self:
            rows = check._get_rows(check.partner_id._origin, check.company_id._origin) if check.partner_id else []
            check.content = check.env["ir.qweb"]._render("lifecycle_crm.contact_check_content", {"rows": rows})

    def _get_rows(self, person, company):
        """What the gate says of each purpose and channel; of an offer where the purpose is not the contract itself.

        :return: list of ``{"purpose", "channel", "outcome", "words"}`` for people to read
        """
        person.check_access("read")  # whoever asks about a person may see him
        company.check_access("read")
        purposes = self.env["lifecycle.purpose"].search([("code", "not in", list(WITHOUT_CHANNEL))])
        cells = [(purpose, channel) for purpose in purposes for channel in CHANNELS]
        gate = self.env["lifecycle.gate"]
        names = dict(self.env["lifecycle.consent"]._fields["channel"]._description_selection(self.env))
        rows = []
        for purpose, channel in cells:
            request = GateRequest(person.id, purpose.code, channel, is_promotional=purpose.basis != "contract")
            [verdict] = gate._judge([request], company)  # alone: asking uses up no contact of the cap
            rows.append(
                {
                    "purpose": purpose.name,
                    "channel": names[channel],
                    "outcome": verdict.outcome,
                    "words": self._get_outcome_words(verdict),
                }
            )
        return rows

    def _get_outcome_words(self, verdict):
        if verdict.outcome == GO:
            return self.env._("Yes.")
        reasons = " ".join(self.env["lifecycle.gate"]._words(verdict.reasons))
        return self.env._("Later. %(reasons)s", reasons=reasons) if verdict.outcome == LATER else reasons
