"""Stands in for the parts that are merged later."""

from odoo import api, models


class LifecycleConsent(models.Model):
    _inherit = "lifecycle.consent"

    @api.model
    def _record(self, person, purpose_code, state, source, company, channel=None, text=None):
        purpose = self.env["lifecycle.purpose"].sudo().search([("code", "=", purpose_code)])
        return self.sudo().create(
            {"partner_id": person.id, "purpose_id": purpose.id, "state": state, "company_id": company.id}
        )


class ResPartner(models.Model):
    _inherit = "res.partner"

    def _lifecycle_preferences_url(self, company, touch=None):
        return f"{company.get_base_url()}/lifecycle/preferences"
