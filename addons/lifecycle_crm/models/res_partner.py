"""The stage on the contact."""

from odoo import api, fields, models
from odoo.fields import Domain

USER = "lifecycle_crm.group_lifecycle_user"


class ResPartner(models.Model):
    _inherit = "res.partner"

    lifecycle_stage_id = fields.Many2one(
        "lifecycle.stage",
        compute="_compute_lifecycle",
        search="_search_lifecycle_stage_id",
        groups=USER,
        help="Of the customer that the contact belongs to, in the current company.",
    )
    lifecycle_since = fields.Date(string="In Stage since", compute="_compute_lifecycle", groups=USER)

    @api.depends("commercial_partner_id")
    @api.depends_context("company")
    def _compute_lifecycle(self):
        statuses = self._get_lifecycle_statuses()
        by_customer = {status.partner_id.id: status for status in statuses}
        nobody = self.env["lifecycle.status"]
        for partner in self:
            status = by_customer.get(partner.commercial_partner_id._origin.id, nobody)
            partner.lifecycle_stage_id = status.stage_id
            since = status.stage_since
            partner.lifecycle_since = since and status.company_id._lifecycle_day(since)

    def _search_lifecycle_stage_id(self, operator, value):
        if operator not in ("in", "any", "ilike", "="):
            return NotImplemented
        about, is_without = Domain("company_id", "=", self.env.company.id), operator == "in" and False in value
        held = about & Domain("stage_id", "not in" if is_without else operator, value)
        customers = self.env["lifecycle.status"]._search(held).subselect("partner_id")
        return Domain("commercial_partner_id", "not in" if is_without else "in", customers)

    def _get_lifecycle_statuses(self):
        """The statuses of the customers that contacts belong to, in the current company."""
        about = Domain("partner_id", "in", self.commercial_partner_id._origin.ids)
        return self.env["lifecycle.status"].search(about & Domain("company_id", "=", self.env.company.id))

    def action_open_lifecycle(self):
        """Where the customer stands."""
        self.ensure_one()
        status = self._get_lifecycle_statuses()
        action = self.env["ir.actions.act_window"]._for_xml_id("lifecycle_crm.lifecycle_status_action")
        return {**action, "views": [(False, "form")], "view_mode": "form", "res_id": status.id}
