"""Free goods on orders: those given as a discount leave the tax base (art. 15 DPR 633/72); a gift stays in it (art. 2
c. 2 n. 4), and a line of its own takes back what the customer does not pay."""

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command

from .sale_order_line import FREE
from .sale_order_line_entry import BEHIND_STEPS

GIFT, GIFT_VAT = GIFTS = ("gift", "gift_vat")
BEHIND_REVERSALS = {*BEHIND_STEPS, "name"}
BY_USERS = {"sequence"}


class SaleOrder(models.Model):
    _inherit = "sale.order"

    has_unrecharged_gift = fields.Boolean(compute="_compute_has_unrecharged_gift", is_internal=True)

    @api.depends("order_line.free_goods")
    def _compute_has_unrecharged_gift(self):
        for order in self:
            order.has_unrecharged_gift = GIFT in order.order_line.mapped("free_goods")

    def write(self, vals):
        # OVERRIDE: a discount on the whole order changes the value of its gifts.
        result = super().write(vals)
        if "header_text" in vals:
            self.order_line._keep_reversals()
        return result

    def _recompute_prices(self):
        # OVERRIDE: so do prices that are taken anew.
        result = super()._recompute_prices()
        self.order_line._keep_reversals()
        return result

    def _recompute_taxes(self):
        # OVERRIDE: and other taxes.
        result = super()._recompute_taxes()
        self.order_line._keep_reversals()
        return result

    def _place_reversals(self):
        """Put each reversal below its gift, not into the section that ends the order."""
        for order in self:
            lines = order.order_line.sorted(lambda line: (line.sequence, line.id))
            placed = lines.browse(
                line_id
                for line in lines
                if line.reversal_of_id not in lines
                for line_id in (line.id, *(lines & line.reversal_line_ids).ids)
            )
            if placed.ids != lines.ids:
                for sequence, line in enumerate(placed, lines[0].sequence):
                    line.sequence = sequence

    def _get_update_prices_lines(self):
        # OVERRIDE: a reversal is worth what its gift is.
        return super()._get_update_prices_lines().filtered(lambda line: not line.reversal_of_id)

    def _get_copiable_order_lines(self):
        # OVERRIDE: a copied gift gets its own reversal.
        return super()._get_copiable_order_lines().filtered(lambda line: not line.reversal_of_id)


class SaleOrderLine(models.Model):
    _inherit = "sale.order.line"

    reversal_of_id = fields.Many2one(
        "sale.order.line",
        string="Reversal of the Gift",
        readonly=True,
        copy=False,
        ondelete="cascade",
        index="btree_not_null",
        help="The line takes back what the customer does not pay of this gift. The server keeps it in line.",
    )
    reversal_line_ids = fields.One2many("sale.order.line", "reversal_of_id", string="Reversals", copy=False)

    # === COMPUTES === #

    @api.depends("free_goods")
    def _compute_tax_ids(self):
        # OVERRIDE: goods given as a discount are outside the tax base, and so is what takes back a gift.
        result = super()._compute_tax_ids()
        for line in self:
            company = line.company_id.sudo()  # the accounting settings are read by sellers here
            if line.reversal_of_id:
                line.tax_ids = company.quote_gift_tax_id
            elif line.free_goods == FREE and line.product_id and company.quote_free_tax_id:
                line.tax_ids = company.quote_free_tax_id
        return result

    def _compute_price_unit(self):
        # OVERRIDE: the price of a reversal comes from its gift.
        reversals = self.filtered("reversal_of_id")
        for line in reversals:
            line.price_unit = line.price_unit
        return super(SaleOrderLine, self - reversals)._compute_price_unit()

    @api.depends("reversal_of_id.qty_delivered")
    def _compute_qty_to_invoice(self):
        # OVERRIDE: a reversal is invoiced with its gift, which may have to be delivered first.
        result = super()._compute_qty_to_invoice()
        for line in self.filtered("reversal_of_id"):
            gift = line.reversal_of_id
            if line.state == "sale" and gift.product_id.invoice_policy == "delivery":
                line.qty_to_invoice = gift.qty_delivered - line.qty_invoiced
        return result

    # === CRUD === #

    @api.model
    def _get_server_fields(self):
        # OVERRIDE: the server alone makes reversals, one a gift.
        return super()._get_server_fields() | {"reversal_of_id"}

    @api.model_create_multi
    def create(self, vals_list):
        # OVERRIDE: gifts get their reversals.
        lines = super().create(vals_list)
        lines._keep_reversals()
        return lines

    def write(self, vals):
        # OVERRIDE: of a reversal people may change the place only; it follows its gift.
        lines = self
        if not self.env.su:
            lines = self.filtered(lambda line: not line.reversal_of_id)
            if placed := {name: vals[name] for name in BY_USERS & vals.keys()}:
                (self - lines).sudo().write(placed)
        result = super(SaleOrderLine, lines).write(vals)
        if not BEHIND_REVERSALS.isdisjoint(vals) and not self._is_repricing():
            lines._keep_reversals()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_except_reversal(self):
        """A reversal goes with its gift, never alone."""
        alone = self.filtered(lambda line: line.reversal_of_id.free_goods in GIFTS and line.reversal_of_id not in self)
        if alone and not self.env.su:
            raise UserError(
                self.env._("“%(line)s” takes back a gift: clear the gift on its line instead.", line=alone[0].name)
            )

    def unlink(self):
        # OVERRIDE: with a gift goes its reversal.
        return super(SaleOrderLine, self | self.reversal_line_ids).unlink()

    # === REVERSALS === #

    def _keep_reversals(self):
        """Give each gift the line that takes back what the customer does not pay of it, and keep it in line."""
        new = []
        for gift in self.sudo().filtered(lambda line: line.free_goods in GIFTS or line.reversal_line_ids):
            reversal = gift.reversal_line_ids[:1]
            if gift.free_goods not in GIFTS:
                reversal._drop_reversal()
                continue
            vals = gift._prepare_reversal_vals()
            if not reversal:
                new.append(vals)
            elif changed := {name: vals[name] for name in vals if reversal._has_other_value(name, vals[name])}:
                reversal.write(changed)
        if new:
            self.sudo().create(new).order_id._place_reversals()

    def _prepare_reversal_vals(self):
        """The line that takes back a gift: its net price where the customer pays the VAT, else all of it."""
        company = self.company_id
        if not company.quote_gift_product_id:
            raise UserError(
                self.env._("Choose the product that takes back gifts in the settings of Sales, under Free goods.")
            )
        value = self.price_total if self.free_goods == GIFT else self.price_subtotal
        return {
            "order_id": self.order_id.id,
            "reversal_of_id": self.id,
            "product_id": company.quote_gift_product_id.id,
            "name": self._get_reversal_name(),
            "product_uom_qty": self.product_uom_qty,
            "price_unit": -value / self.product_uom_qty if self.product_uom_qty else 0.0,
            "tax_ids": [Command.set(company.quote_gift_tax_id.ids)],
            "sequence": self.sequence,
        }

    def _get_reversal_name(self):
        """What the customer reads; hook."""
        line = self.with_context(lang=self.order_id.partner_id.lang or self.env.lang)
        name = line.product_id.display_name
        if self.free_goods == GIFT:
            return line.env._("Gift, VAT not recharged (art. 18 c. 3 DPR 633/72): %(product)s", product=name)
        return line.env._("Gift, the VAT is yours (art. 2 c. 2 n. 4 DPR 633/72): %(product)s", product=name)

    def _has_other_value(self, name, value):
        self.ensure_one()
        if name == "tax_ids":
            return self.tax_ids.ids != value[0][2]
        return (self[name].id if self._fields[name].relational else self[name]) != value

    def _drop_reversal(self):
        """Remove the reversal of a line that is no gift any more; what is sold stays, with a quantity of zero."""
        for line in self:
            if line._check_line_unlink():
                line.product_uom_qty = 0.0
            else:
                line.unlink()

    # === HOOKS === #

    def _has_discounts(self):
        # OVERRIDE: a reversal has the price of its gift, discounts included.
        return super()._has_discounts() and not self.reversal_of_id

    def _has_list_price(self):
        # OVERRIDE: nor is it priced on a list.
        return super()._has_list_price() and not self.reversal_of_id

    # === ACTIONS === #

    def action_add_free_goods(self):
        """Ask for how many of the line's units some more are free."""
        self.ensure_one()
        self.check_access("read")
        self.env["quote.free.goods.wizard"].check_access("create")
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Add free goods"),
            "res_model": "quote.free.goods.wizard",
            "view_mode": "form",
            "target": "new",
            "context": {"default_order_line_id": self.id},
        }
