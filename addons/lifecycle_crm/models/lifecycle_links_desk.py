"""Cases on the orders and customers that they are about."""

from odoo import api, fields, models


class SaleOrder(models.Model):
    _inherit = "sale.order"

    lifecycle_case_ids = fields.One2many("lifecycle.case", "order_id", groups="lifecycle_crm.group_lifecycle_user")
    lifecycle_case_count = fields.Integer(
        compute="_compute_lifecycle_case_count", groups="lifecycle_crm.group_lifecycle_user"
    )

    @api.depends("lifecycle_case_ids")
    def _compute_lifecycle_case_count(self):
        counts = self.env["lifecycle.case"]._lifecycle_count("order_id", self)
        for order in self:
            order.lifecycle_case_count = counts.get(order, 0)

    def action_lifecycle_cases(self):
        """The cases of this order."""
        context = {"default_order_id": self.id, "default_partner_id": self.partner_id.commercial_partner_id.id}
        return self.env["lifecycle.case"]._lifecycle_show_of([("order_id", "in", self.ids)], context)


class ResPartner(models.Model):
    _inherit = "res.partner"

    lifecycle_case_count = fields.Integer(
        compute="_compute_lifecycle_case_count", groups="lifecycle_crm.group_lifecycle_user"
    )

    def _compute_lifecycle_case_count(self):
        counts = self.env["lifecycle.case"]._lifecycle_count("partner_id", self.commercial_partner_id)
        for partner in self:
            partner.lifecycle_case_count = counts.get(partner.commercial_partner_id, 0)

    def action_lifecycle_cases(self):
        """The cases of this customer."""
        commercial = self.commercial_partner_id
        domain = [("partner_id", "in", commercial.ids)]
        return self.env["lifecycle.case"]._lifecycle_show_of(domain, {"default_partner_id": commercial.id})


class LifecycleCase(models.Model):
    _inherit = "lifecycle.case"

    @api.model
    def _lifecycle_count(self, field, records):
        return dict(self._read_group([(field, "in", records.ids)], [field], ["__count"]))

    @api.model
    def _lifecycle_show_of(self, domain, context):
        self.check_access("read")
        action = self.env["ir.actions.actions"]._for_xml_id("lifecycle_crm.lifecycle_case_action")
        return {**action, "domain": domain, "context": context}
