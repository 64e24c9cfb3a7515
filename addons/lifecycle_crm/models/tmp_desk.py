"""Stands in for the parts that are merged later: gate, leads, rules, engine."""

from odoo import fields, models


class LifecycleConsent(models.Model):
    _inherit = "lifecycle.consent"

    def _record(self, person, purpose_code, state, source, company, channel=None, text=None):
        purpose = self.env["lifecycle.purpose"].search([("code", "=", purpose_code)])
        return self.sudo().create(  # stands in
            {"partner_id": person.id, "purpose_id": purpose.id, "state": state, "company_id": company.id}
        )


class LifecycleStatus(models.Model):
    _inherit = "lifecycle.status"

    reason_text = fields.Char(compute="_compute_reason_text")

    def _compute_reason_text(self):
        self.reason_text = False

    def _set_next_contact(self, date, source):
        self.sudo().next_contact_date = date  # stands in

    def _get(self, partner, company):
        key = [("partner_id", "=", partner.id), ("company_id", "=", company.id)]
        return self.sudo().search(key) or self.sudo().create(  # stands in
            {"partner_id": partner.id, "company_id": company.id}
        )
