"""On the contact: what was sent, why, and what was held back; what he said; and what to take down of him."""

from odoo import fields, models
from odoo.fields import Domain

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

    def _compute_lifecycle_contacts(self):
        """The latest of the customer and of all his contacts, in the current company."""
        own_company = Domain("company_id", "=", self.env.company.id)
        for partner in self:
            family = Domain("partner_id", "child_of", partner._origin.ids)
            mine = family | Domain("contact_id", "in", partner._origin.ids)
            partner.lifecycle_touch_ids = self.env["lifecycle.touch"].search(own_company & mine, limit=LATEST)
            partner.lifecycle_consent_ids = self.env["lifecycle.consent"].search(own_company & family, limit=LATEST)

    # === BUTTONS === #

    def action_lifecycle_may_contact(self):
        """Whether he may be contacted now, for every purpose and by every channel."""
        return self._open_lifecycle_form("lifecycle.contact.check", self.env._("May We Contact Now?"))

    def action_lifecycle_consent(self):
        """Take down that he allows something, or objects to it."""
        return self._open_lifecycle_form("lifecycle.consent", self.env._("Consent or Objection"))

    def action_lifecycle_register(self):
        """Take down what the public register of objections says of him."""
        return self._open_lifecycle_form("lifecycle.register.check", self.env._("Look into the Register"))

    def action_lifecycle_information(self):
        """Take down that he was told that he may object."""
        return self._open_lifecycle_form("lifecycle.information", self.env._("Was Told That He May Object"))

    def _open_lifecycle_form(self, model, name):
        """A new record about this person, for whoever may make one."""
        self.ensure_one()
        self.env[model].check_access("create")
        self.check_access("read")
        return {
            "type": "ir.actions.act_window",
            "name": name,
            "res_model": model,
            "views": [(False, "form")],
            "target": "new",
            "context": {"default_partner_id": self.id, "default_company_id": self.env.company.id},
        }
