"""The price lists a customer was sent."""

from odoo import fields, models


class ResPartner(models.Model):
    _inherit = "res.partner"

    listino_sent_count = fields.Integer(
        compute="_compute_listino_sent_count",
        string="Price Lists Sent",
        groups="listino_pricelist.group_listino_user",
    )

    def _compute_listino_sent_count(self):
        domain = [("partner_id", "child_of", self.ids), ("state", "in", ["sent", "uncertain"])]
        counts = dict(self.env["listino.sending.line"]._read_group(domain, ["partner_id"], ["__count"]))
        for partner in self:
            family = self.with_context(active_test=False).search([("id", "child_of", partner.ids)]) if counts else self
            partner.listino_sent_count = sum(counts.get(member, 0) for member in family)

    def action_listino_sent(self):
        """What the customer and his contacts were sent."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id("listino_pricelist.listino_sending_line_action")
        return {**action, "domain": [("partner_id", "child_of", self.ids)], "context": {}}
