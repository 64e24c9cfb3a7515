"""On the contact: what was sent, why, and what was held back; what he said; whether we may contact him now."""

from odoo import api, fields, models
from odoo.fields import Domain

from ..gate.contact import EMAIL, PHONE
from ..gate.verdict import GO
from .lifecycle_gate_request import GateRequest

USER = "lifecycle_crm.group_lifecycle_user"
LATEST = 20


class ResPartner(models.Model):
    _inherit = "res.partner"

    lifecycle_touch_ids = fields.Many2many(
        "lifecycle.touch", string="Contacts of Plays", compute="_compute_lifecycle_contacts", groups=USER
    )
    lifecycle_consent_ids = fields.Many2many(
        "lifecycle.consent", string="Consents", compute="_compute_lifecycle_contacts", groups=USER
    )
    lifecycle_may_contact = fields.Text(
        string="May We Contact Now?", compute="_compute_lifecycle_may_contact", groups=USER
    )

    def _compute_lifecycle_contacts(self):
        """The latest of the customer and of all his contacts, in the current company."""
        own_company = Domain("company_id", "=", self.env.company.id)
        for partner in self:
            family = Domain("partner_id", "child_of", partner._origin.id)
            mine = family | Domain("contact_id", "=", partner._origin.id)
            partner.lifecycle_touch_ids = self.env["lifecycle.touch"].search(own_company & mine, limit=LATEST)
            partner.lifecycle_consent_ids = self.env["lifecycle.consent"].search(own_company & family, limit=LATEST)

    @api.depends_context("lang", "company")
    def _compute_lifecycle_may_contact(self):
        """The gate's answer for an offer by e-mail and by phone, in words."""
        gate, company = self.env["lifecycle.gate"], self.env.company
        channels = {EMAIL: self.env._("E-mail"), PHONE: self.env._("Phone")}
        for partner in self.filtered("id"):
            requests = [
                GateRequest(partner._origin.id, "marketing", channel, is_promotional=True) for channel in channels
            ]
            verdicts = gate._judge(requests, company)
            lines = []
            for name, verdict in zip(channels.values(), verdicts, strict=True):
                words = self.env._("yes") if verdict.outcome == GO else " ".join(gate._words(verdict.reasons))
                lines.append(f"{name}: {words}")
            partner.lifecycle_may_contact = "\n".join(lines)
        (self - self.filtered("id")).lifecycle_may_contact = False
