"""Orders with a discount on all their lines, and prices that are taken anew without losing what was negotiated."""

from odoo import api, fields, models

from .sale_order_line_entry import REPRICING_KEY, Repricing

QUOTE_STATES = ("draft", "sent")


class SaleOrder(models.Model):
    _inherit = "sale.order"

    header_text = fields.Char(
        string="Discount on the Order", help="A discount on every line of the order, step by step: 5+2."
    )

    @api.model_create_multi
    def create(self, vals_list):
        # OVERRIDE: the cascade is checked and stored in its usual form.
        return super().create([self._read_header_text(vals) for vals in vals_list])

    def write(self, vals):
        # OVERRIDE: likewise, and the lines' steps follow; what one customer was given is negotiated anew for another.
        moving = self.browse() if {"partner_id", "partner_invoice_id"}.isdisjoint(vals) else self
        customers = {order: order._get_content_customer() for order in moving}
        result = super().write(self._read_header_text(vals))
        for order, customer in customers.items():
            is_moved = order._get_content_customer() != customer
            if is_moved and order.order_line._is_negotiating({"order_id": True}):
                order.order_line.sudo().negotiator_id = self.env.user  # the server notes it
        if not {"header_text", "partner_id"}.isdisjoint(vals):
            self.env["quote.discount.step"]._keep_in_line(self.order_line)
        return result

    def _read_header_text(self, vals):
        if not vals.get("header_text"):
            return vals
        return {**vals, "header_text": self.order_line[:0]._check_discount_text(vals["header_text"])}

    def _recompute_prices(self):
        # OVERRIDE: the list's part of the prices is taken anew; what was negotiated stays.
        lines = self._get_update_prices_lines()
        marked = self.with_context(**{REPRICING_KEY: Repricing()})
        result = super(SaleOrder, marked)._recompute_prices()
        lines.with_env(marked.env)._take_offers()
        self.env["quote.discount.step"]._keep_in_line(lines)
        return result
