"""The dialog that adds free goods to what is bought."""

from odoo import api, fields, models
from odoo.exceptions import UserError

from odoo.addons.listino_pricelist.models.reader import numbers_of

from ..models.sale_order_line import FREE
from ..models.sale_order_line_free import free_quantity


class QuoteFreeGoodsWizard(models.TransientModel):
    """Ten bought, one free: adds a line with as many free units as the quantity of a line gives a right to, now and
    later."""

    _name = "quote.free.goods.wizard"
    _description = "Add free goods to an order line"

    order_line_id = fields.Many2one("sale.order.line", required=True, readonly=True, ondelete="cascade")
    bought_quantity = fields.Float(string="For Every", digits="Product Unit", default=10.0, required=True)
    given_quantity = fields.Float(string="Free", digits="Product Unit", default=1.0, required=True)
    free_goods = fields.Selection(
        selection=lambda self: self.env["sale.order.line"]._fields["free_goods"]._description_selection(self.env),
        string="Given as",
        default=FREE,
        required=True,
    )
    free_quantity = fields.Float(digits="Product Unit", compute="_compute_free_quantity")

    @api.depends("order_line_id", "bought_quantity", "given_quantity")
    def _compute_free_quantity(self):
        for wizard in self:
            bought = wizard.order_line_id.product_uom_qty
            wizard.free_quantity = free_quantity(bought, wizard.bought_quantity, wizard.given_quantity)

    def action_add(self):
        """Add the line below the one that is bought."""
        self.ensure_one()
        line = self.order_line_id
        if not self.free_quantity:
            raise UserError(
                self.env._(
                    "With %(quantity)s bought nothing is free: change the quantities.",
                    quantity=numbers_of(self.env).trimmed(line.product_uom_qty, 6),
                )
            )
        free = line.create(self._prepare_free_line_vals())
        free.sudo().write(self._prepare_following_vals())  # noted by the server
        return {"type": "ir.actions.act_window_close"}

    def _prepare_free_line_vals(self):
        line = self.order_line_id
        return {
            "order_id": line.order_id.id,
            "product_id": line.product_id.id,
            "product_uom_id": line.product_uom_id.id,
            "product_uom_qty": self.free_quantity,
            "sequence": line.sequence,
            "free_goods": self.free_goods,
        }

    def _prepare_following_vals(self):
        """What the free line follows from now on."""
        return {
            "free_with_line_id": self.order_line_id.id,
            "free_with_quantity": self.bought_quantity,
            "free_given_quantity": self.given_quantity,
        }
