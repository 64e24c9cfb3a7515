"""What is behind a status."""

from odoo import fields, models


class LifecycleStatus(models.Model):
    _inherit = "lifecycle.status"

    transition_ids = fields.Many2many("lifecycle.transition", string="History", compute="_compute_transition_ids")

    def _compute_transition_ids(self):
        for status in self:
            status.transition_ids = self.env["lifecycle.transition"].search(status._get_history_domain())

    def _get_history_domain(self):
        return [("partner_id", "=", self.partner_id.id), ("company_id", "=", self.company_id.id)]

    def action_open_partner(self):
        """The contact."""
        self.ensure_one()
        return self.partner_id.get_formview_action()

    def action_open_orders(self):
        """Its orders."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id("sale.action_orders")
        domain = [
            ("partner_id", "child_of", self.partner_id.id),
            ("company_id", "=", self.company_id.id),
            ("state", "=", "sale"),
        ]
        return {**action, "domain": domain, "context": {}}

    def action_open_history(self):
        """Its changes of stage."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id("lifecycle_crm.lifecycle_transition_action")
        views = [(view, kind) for view, kind in action["views"] if kind == "list"]
        return {**action, "views": views, "view_mode": "list", "domain": self._get_history_domain(), "context": {}}
