"""How the paper shows the discounts and the price of an order line."""

from itertools import groupby, zip_longest

from odoo import models
from odoo.tools import float_compare, float_round
from odoo.tools.misc import formatLang

from odoo.addons.listino_pricelist.models.reader import numbers_of

from ..cascade.steps import write
from ..evidence.discounts import show

PLACES = 4  # of a unit price, where it needs more than the usual


class SaleOrderLine(models.Model):
    _inherit = "sale.order.line"

    def action_open_discounts(self):
        """Show the steps of the discount, to choose what the customer reads of them."""
        self.ensure_one()
        self.check_access("read")
        self.env["quote.discount.step"].check_access("read")
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Discounts of the line"),
            "res_model": "sale.order.line",
            "res_id": self.id,
            "view_mode": "form",
            "views": [(self.env.ref("quote_discounts.sale_order_line_view_form_discounts").id, "form")],
            "target": "new",
        }

    def _get_shown_cascade(self):
        """What the customer reads of the line's discounts; hidden ones are in the price.

        :rtype: ..evidence.discounts.ShownCascade
        """
        self.ensure_one()
        cascade = self._get_cascade()
        known = self.discount_step_ids
        pairs = zip_longest(cascade.steps, known[: len(cascade.steps)])
        return show(cascade, [record is None or record.visible for _step, record in pairs])

    def _get_paper_discounts(self):
        """The discounts as the customer reads them, each a dict: label, percent (a text) and value, what it takes off
        the line without VAT; the values add up to what the line costs less than at its shown price.

        :rtype: list[dict]
        """
        self.ensure_one()
        rows = [
            (self.discount_step_ids[row.place : row.place + 1]._get_paper_label(), row)
            for row in self._get_shown_cascade().rows
        ]
        discounts, before = [], self._get_list_value()
        for label, named in groupby(rows, key=lambda pair: pair[0]):
            same = [row for _label, row in named]
            after = self._get_untaxed_value(same[-1].after)
            percent = self._format_percents([row.percent for row in same])
            discounts.append({"label": label, "percent": percent, "value": self.currency_id.round(before - after)})
            before = after
        return discounts

    def _get_list_value(self):
        """What the line costs at the shown price, without VAT."""
        self.ensure_one()
        shown = self._get_shown_cascade()
        return self._get_untaxed_value(shown.price)

    def _get_untaxed_value(self, price):
        """What the line costs at a price of one unit, without VAT, rounded as money."""
        self.ensure_one()
        if price == self._get_cascade().net_unit_price:
            return self.price_subtotal
        taxes = self.tax_ids.compute_all(
            float(price),
            currency=self.currency_id,
            quantity=self.product_uom_qty,
            product=self.product_id,
            partner=self.order_id.partner_shipping_id,
        )
        return self.currency_id.round(taxes["total_excluded"])

    def _format_paper_cascade(self):
        """The discounts as the trade writes them, "10+5 %"; nothing where one of them is no percentage."""
        self.ensure_one()
        return self._format_percents([row.percent for row in self._get_shown_cascade().rows])

    def _format_percents(self, percents):
        return f"{self._localize(write(percents, '.'))} %" if percents and None not in percents else ""

    def _localize(self, text):
        """A written number with the decimal point of the reader."""
        return text.replace(".", numbers_of(self.env).decimal)

    def _format_paper_price(self, price):
        """A unit price with the digits of prices, and with as many more, up to four, as it really has."""
        price = float(price)
        least = max(self.env["decimal.precision"].precision_get("Product Price"), self.currency_id.decimal_places)
        places = range(least, max(least, PLACES) + 1)
        exact = [digits for digits in places if not float_compare(price, round(price, digits), precision_digits=6)]
        digits = exact[0] if exact else places[-1]
        return formatLang(self.env, float_round(price, precision_digits=digits), digits=digits)

    def _has_tax_in_price(self):
        """Whether the unit price has VAT in it, which the line's amount has not."""
        self.ensure_one()
        return any(self.tax_ids.flatten_taxes_hierarchy().mapped("price_include"))

    def _is_price_hidden(self):
        """Whether a section above shows one price for all its lines, so that this line shows none."""
        self.ensure_one()
        above = self.parent_id | self.parent_id.parent_id
        return any(above.mapped("collapse_prices")) or any(above.mapped("collapse_composition"))


class QuoteDiscountStep(models.Model):
    _inherit = "quote.discount.step"

    def _get_paper_label(self):
        """What the customer reads: the step's own name, its promotion's, or that of its kind."""
        labels = {
            "list": self.env._("List discount"),
            "promotion": self.promotion_id.sudo().display_name or self.env._("Promotional discount"),
            "agreement": self.env._("Your agreed conditions"),
            "negotiated": self.env._("Discount for you"),
            "net_price": self.env._("Price agreed with you"),
            "header": self.env._("Discount on the whole quote"),
            "free_goods": self.env._("Goods free of charge"),
        }
        return self.label or labels.get(self.kind) or self.env._("Discount for you")
