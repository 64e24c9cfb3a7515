"""Customers: the price lists they were sent, and what changed in their prices."""

from odoo import fields, models
from odoo.exceptions import UserError


class ResPartner(models.Model):
    _inherit = "res.partner"

    listino_sent_count = fields.Integer(
        compute="_compute_listino_sent_count",
        string="Price Lists Sent",
        groups="listino_pricelist.group_listino_user",
    )

    def _compute_listino_sent_count(self):
        domain = [("partner_id", "child_of", self.ids), ("state", "in", ["sent", "uncertain"])]
        counts = self.env["listino.sending.line"]._read_group(domain, ["partner_id"], ["__count"])
        for partner in self:
            partner.listino_sent_count = sum(count for whom, count in counts if partner in whom._get_family())

    def _get_family(self):
        """The contact and those above it."""
        family, contact = self.browse(), self
        while contact and contact not in family:
            family |= contact
            contact = contact.parent_id
        return family

    def action_listino_sent(self):
        """What the customer and his contacts were sent."""
        self.ensure_one()
        self.check_access("read")
        self.env["listino.sending.line"].check_access("read")
        action = self.env["ir.actions.act_window"]._for_xml_id("listino_pricelist.listino_sending_line_action")
        return {**action, "domain": [("partner_id", "child_of", self.ids)], "context": {}}

    def _open_listino_what_changed(self):
        """Show what changed since the customer's last price list, of whichever document."""
        self.ensure_one()
        last = self.env["listino.document"]._get_last_frozen(self)
        if not last:
            raise UserError(self.env._("%(name)s has not got a price list yet.", name=self.display_name))
        return self.env["listino.difference"]._open(last.document_id, self, {})
