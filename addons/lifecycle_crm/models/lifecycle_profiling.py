"""A customer who does not want to be profiled: what the contract is about is all that is kept (GDPR art. 21)."""

from odoo import api, models

from .lifecycle_gate_facts import PROFILING


class LifecycleConsent(models.Model):
    _inherit = "lifecycle.consent"

    @api.model_create_multi
    def create(self, vals_list):
        # OVERRIDE: an objection to being profiled holds at once.
        consents = super().create(vals_list)
        for consent in consents.filtered(lambda each: each.purpose_id.code == PROFILING):
            consent._heed_profiling()
        return consents

    def _heed_profiling(self):
        """Forget the profile, or make it anew. The profile is the customer's: a contact of his has none of his own."""
        customer, company = self.partner_id, self.company_id
        if customer != customer.commercial_partner_id:
            return
        Status = self.env["lifecycle.status"].sudo()  # the server keeps them
        Status._refresh(company, customer)
        if self.state == "refused":
            Status.search([("partner_id", "=", customer.id), ("company_id", "=", company.id)])._forget_profile()


class LifecycleStatus(models.Model):
    _inherit = "lifecycle.status"

    @api.model
    def _forget_objected(self, partner):
        """The profiles of a customer who turns out to be somebody who objected to them."""
        about = [("partner_id", "=", partner.id), ("purpose_id.code", "=", PROFILING)]
        for status in self.search([("partner_id", "=", partner.id)]):
            said = self.env["lifecycle.consent"].search([*about, ("company_id", "=", status.company_id.id)], limit=1)
            if said.state == "refused":
                status._forget_profile()

    def _forget_profile(self):
        """The scores beside others, and the stages that a customer has been in."""
        self.write({"rfm_recency": 0, "rfm_frequency": 0, "rfm_revenue": 0})
        for status in self:
            history = self.env["lifecycle.transition"].search(status._get_history_domain())
            history.with_context(lifecycle_erasure=True).unlink()
