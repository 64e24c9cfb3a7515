"""The prices of a change, one by one: to look at, to correct, to leave out."""

from odoo import fields, models
from odoo.exceptions import AccessError, UserError

from ..changing.verdict import CHANGE, variation

BY_HAND = {"new_price", "is_left_out"}
STATUSES = [("refused", "Refused"), ("change", "Changes"), ("same", "Stays")]


class ListinoChangeLine(models.Model):
    """One price of a change: a product's sales price, or a rule of the list for one product.

    ``row_before`` and ``row_after`` are PostgreSQL's own words for the row that is changed, to the last digit: against
    them a change is checked before it is written, and by them it is taken back.
    """

    _name = "listino.change.line"
    _description = "Price in a change of prices"
    _order = "rank desc, id"
    _rec_name = "product_tmpl_id"

    change_id = fields.Many2one("listino.change", required=True, readonly=True, ondelete="cascade", index=True)
    rank = fields.Float(readonly=True, aggregator=None, help="Refused prices come first, then the largest changes.")
    product_tmpl_id = fields.Many2one(
        "product.template", string="Product", required=True, readonly=True, ondelete="cascade", index=True
    )
    product_id = fields.Many2one("product.product", string="Variant", readonly=True, ondelete="cascade", index=True)
    item_id = fields.Many2one(
        "product.pricelist.item", string="Rule", readonly=True, ondelete="set null", index="btree_not_null"
    )
    min_quantity = fields.Float(string="From quantity", digits="Product Unit", readonly=True, aggregator=None)
    currency_id = fields.Many2one("res.currency", readonly=True)
    cost = fields.Float(min_display_digits="Product Price", readonly=True, aggregator=None)
    old_price = fields.Float(string="Old price", min_display_digits="Product Price", readonly=True, aggregator=None)
    old_text = fields.Char(string="Old rule", readonly=True)
    new_price = fields.Float(string="New price", min_display_digits="Product Price", aggregator=None)
    proposed_price = fields.Float(min_display_digits="Product Price", readonly=True, aggregator=None)
    variation = fields.Float(string="Change %", digits=(16, 1), readonly=True, aggregator="avg")
    status = fields.Selection(STATUSES, required=True, readonly=True)
    reason = fields.Char(string="Why", readonly=True)
    below_cost = fields.Boolean(readonly=True)
    is_jump = fields.Boolean(string="Large change", readonly=True)
    is_left_out = fields.Boolean(string="Leave out")
    row_before = fields.Json(readonly=True, copy=False)
    row_after = fields.Json(readonly=True, copy=False)

    def write(self, vals):
        # OVERRIDE: by hand, only the new price and whether it counts, as long as nobody has approved it.
        if self.env.su:
            return super().write(vals)
        if not BY_HAND.issuperset(vals):
            raise AccessError(self.env._("Of a price in a change, only the new price and “Leave out” can be edited."))
        changes = self.change_id
        changes._check_manager()
        if any(change.state != "previewed" for change in changes):
            raise UserError(self.env._("The change was approved meanwhile: its prices can't be edited any more."))
        if "new_price" in vals and any(change.target == "remove" for change in changes):
            raise UserError(self.env._("Removed prices have no new price. Leave the product out instead."))
        result = super().write(vals)
        if "new_price" in vals:
            self._judge_again()
        changes._write_owned({"is_outdated": True})
        changes._count_lines()
        return result

    def _judge_again(self):
        """The verdict on prices that were typed by hand."""
        words = self.change_id._get_reason_texts()
        for line in self.sudo():  # the verdict is the server's
            change = line.change_id
            net = change._get_displayed_prices().net_of(line.product_tmpl_id, line.new_price)
            verdict = change._judge(line.old_price, line.new_price, line.cost, bool(line.item_id), net)
            line.write(
                {
                    "status": verdict.state,
                    "reason": words.get(verdict.reason),
                    "below_cost": verdict.below_cost,
                    "is_jump": verdict.is_jump,
                    "variation": variation(line.old_price, line.new_price),
                }
            )

    def _get_counted(self):
        """The lines that change a price."""
        return self.filtered(lambda line: line.status == CHANGE and not line.is_left_out)
