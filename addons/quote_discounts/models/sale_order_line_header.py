"""Order lines that bear a share of what is cut off the whole order, and tell the order when shares have to follow."""

from fractions import Fraction
from math import floor

from odoo import api, models

from ..cascade import steps
from ..cascade.distribution import smallest_units
from ..cascade.reachable import Line, Tax
from ..cascade.steps import Cascade, Step, percent_steps
from .sale_order_line_entry import NEGOTIABLE, SERVER_FIELDS

BEHIND_SHARES = {
    *NEGOTIABLE,
    *SERVER_FIELDS - {"header_discount", "negotiator_id"},
    "combo_item_id",
    "display_type",
    "is_downpayment",
    "is_expense",
    "is_optional",
    "order_id",
    "sequence",  # moves a line into an optional section, or out of it
}
HOLD_KEY = "quote_header_hold"
ONE_MILLION = 10**6


class Holding:
    """In the context, the mark of an order that is being written: its shares follow once, at the end. A client can name
    the key but never make the object."""


class SaleOrderLine(models.Model):
    _inherit = "sale.order.line"

    # === CRUD === #

    @api.model_create_multi
    def create(self, vals_list):
        # OVERRIDE: the shares of what is cut off the order follow its new lines.
        lines = super().create(vals_list)
        lines._follow_header_cut()
        return lines

    def write(self, vals):
        # OVERRIDE: likewise changed lines.
        left = self.order_id if "order_id" in vals else self.order_id.browse()
        result = super().write(vals)
        if not BEHIND_SHARES.isdisjoint(vals):
            self._follow_header_cut(left)
        return result

    def unlink(self):
        # OVERRIDE: likewise deleted lines.
        orders = self.order_id
        result = super().unlink()
        self.browse()._follow_header_cut(orders.exists())
        return result

    # === SHARES === #

    def _follow_header_cut(self, others=()):
        """Share out anew what is cut off the orders of the lines, unless that is already going to happen."""
        if isinstance(self.env.context.get(HOLD_KEY), Holding) or self._is_repricing():
            return
        orders = self.order_id.union(*others).filtered("header_kind")
        if orders:
            orders._share_header_cut()

    def _is_in_header_total(self):
        """Whether the line is part of the total that is negotiated; hook.

        Options come on top at their own price, whatever the customer chooses later; so do costs charged again.
        """
        self.ensure_one()
        return not self.display_type and not self.is_expense and not self._is_line_optional()

    def _is_header_share_settled(self):
        """Whether the line's share can't change any more because it is on an invoice; hook."""
        self.ensure_one()
        return bool(self.qty_invoiced)

    def _can_bear_header_cut(self):
        """Whether a share of the cut may go to the line; hook."""
        self.ensure_one()
        return (
            self._has_discounts()
            and not self.free_goods
            and not self._is_header_share_settled()
            and self.product_uom_qty > 0
            and self.price_unit > 0
        )

    def _get_cascade_with(self, text, share):
        """The cascade of the line if this were what is cut off the whole order.

        :param str text: the cascade on all lines
        :param Decimal share: of an amount, in the terms of the unit price; zero for none
        """
        self.ensure_one()
        found = [step for step in self._get_steps() if step.kind != steps.HEADER]
        if self._has_discounts():
            of_order = list(percent_steps(steps.HEADER, text))
            if share:
                of_order.append(Step(steps.HEADER, amount=share))
            place = len(found) - len(self._get_free_steps())
            found[place:place] = of_order
        return Cascade(self.price_unit, self.product_uom_qty, found)

    def _prepare_header_line(self, text, taxes, unit):
        """The line for the arithmetic: its amount before the cut, in the smallest units of its currency.

        :param str text: the cascade on all lines
        :param tuple taxes: the arithmetic's, see :meth:`_prepare_header_taxes`
        :param Decimal unit: such as 0.01
        """
        self.ensure_one()
        cascade = self._get_cascade() if self._is_header_share_settled() else self._get_cascade_with(text, 0)
        amount = cascade.net_unit_price * steps.exact(self.product_uom_qty)
        units = smallest_units(amount, unit)
        return Line(units, max(floor(units), 0) if self._can_bear_header_cut() else 0, taxes)

    def _prepare_header_taxes(self):
        """The line's taxes for the arithmetic, as Odoo computes them on a large amount; those fixed a unit aside."""
        details = self.tax_ids._get_tax_details(float(ONE_MILLION), 1.0, rounding_method="round_globally")
        return tuple(
            Tax(
                (data["tax"].id, data["is_reverse_charge"]),
                Fraction(data["tax_amount"] / ONE_MILLION).limit_denominator(ONE_MILLION),
                data["price_include"],
            )
            for data in details["taxes_data"]
            if data["tax"].amount_type != "fixed"
        )
