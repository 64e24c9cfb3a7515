"""Ten bought, one free: the free line follows the quantity of the one that is bought, until somebody writes another."""

from odoo import api, fields, models

FOLLOWED = {"product_uom_qty", "product_uom_id"}
NOTED = {"free_with_line_id", "free_with_quantity", "free_given_quantity"}


class SaleOrderLine(models.Model):
    _inherit = "sale.order.line"

    free_with_line_id = fields.Many2one(
        "sale.order.line",
        string="Free With",
        copy=False,
        readonly=True,
        ondelete="set null",
        index="btree_not_null",
        help="The line is free because so much of this one is bought. Empty: its quantity was written by hand.",
    )
    free_with_quantity = fields.Float(string="Free for Every", digits="Product Unit", copy=False, readonly=True)
    free_given_quantity = fields.Float(string="So Many Free", digits="Product Unit", copy=False, readonly=True)
    free_line_ids = fields.One2many("sale.order.line", "free_with_line_id", string="Free Lines", copy=False)

    @api.model
    def _get_server_fields(self):
        # OVERRIDE: what a line follows is noted by the server.
        return super()._get_server_fields() | NOTED

    def write(self, vals):
        # OVERRIDE: free goods follow what is bought; a quantity that is written by hand stays.
        by_hand = self.browse()
        if not FOLLOWED.isdisjoint(vals):
            by_hand = self.filtered(lambda line: line.free_with_line_id and line._has_other_quantity(vals))
        result = super().write(vals)
        if by_hand:
            by_hand.sudo().free_with_line_id = False  # noted by the server
        if not FOLLOWED.isdisjoint(vals):
            self.free_line_ids._follow_bought_quantity()
        return result

    def unlink(self):
        # OVERRIDE: what is free because of a line goes with it.
        return super(SaleOrderLine, self | self.free_line_ids).unlink()

    def _has_other_quantity(self, vals):
        """Whether a quantity or unit is written that does not follow from what is bought."""
        self.ensure_one()
        unit_id = vals.get("product_uom_id", self.product_uom_id.id)
        quantity = vals.get("product_uom_qty", self.product_uom_qty)
        return unit_id != self.product_uom_id.id or quantity != self._get_followed_quantity()

    def _follow_bought_quantity(self):
        for line in self:
            quantity = line._get_followed_quantity()
            if line.product_uom_qty != quantity:
                line.product_uom_qty = quantity

    def _get_followed_quantity(self):
        """As many free units as the quantity bought gives a right to, in the unit of the free line."""
        self.ensure_one()
        bought = self.free_with_line_id
        quantity = bought.product_uom_qty
        if bought.product_uom_id != self.product_uom_id:
            quantity = bought.product_uom_id._compute_quantity(quantity, self.product_uom_id, round=False)
        return free_quantity(quantity, self.free_with_quantity, self.free_given_quantity)


def free_quantity(bought, for_every, given):
    """How many are free.

    >>> free_quantity(35, 10, 1), free_quantity(9, 10, 1), free_quantity(20, 10, -1), free_quantity(20, 0, 1)
    (3.0, 0.0, 0.0, 0.0)
    """
    return float(bought // for_every * max(given, 0.0)) if for_every > 0 else 0.0
