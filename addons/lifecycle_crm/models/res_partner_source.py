"""Where customers came from, kept up with everything else about them, and shown with them."""

from odoo import api, fields, models


class LifecycleStatus(models.Model):
    _inherit = "lifecycle.status"

    @api.model
    def _refresh(self, company, partners=None, everybody=False):
        # OVERRIDE: whoever is looked at gets his first source as well; nothing is added to a checkout.
        transitions = super()._refresh(company, partners, everybody)
        if transitions is not None:
            self.env["lifecycle.first.source"].sudo()._fill(company, partners)  # the server keeps it
        return transitions


class ResPartner(models.Model):
    _inherit = "res.partner"

    lifecycle_first_source_id = fields.Many2one(
        "lifecycle.first.source",
        string="First Source",
        compute="_compute_lifecycle_first_source_id",
        groups="lifecycle_crm.group_lifecycle_user",
    )
    lifecycle_first_source_words = fields.Char(
        string="Came from",
        compute="_compute_lifecycle_first_source_id",
        groups="lifecycle_crm.group_lifecycle_user",
    )

    @api.depends("commercial_partner_id")
    @api.depends_context("company")
    def _compute_lifecycle_first_source_id(self):
        sources = self.env["lifecycle.first.source"].search(
            [("partner_id", "in", self.commercial_partner_id.ids), ("company_id", "=", self.env.company.id)]
        )
        by_partner = {source.partner_id: source for source in sources}
        for partner in self:
            source = by_partner.get(partner.commercial_partner_id, sources.browse())
            partner.lifecycle_first_source_id = source
            partner.lifecycle_first_source_words = source.words
