"""The figures of a quick quote as its screen shows them."""

from odoo import api, models
from odoo.tools import formatLang

from odoo.addons.listino_pricelist.layout.figures import decimals_written

from ..cascade import steps

MOST_DECIMALS = 4
NO_LIMIT = 100.0


class QuoteQuick(models.AbstractModel):
    _inherit = "quote.quick"

    @api.model
    def _format_price(self, price, currency):
        """A unit price with all its decimals, as far as four; a net price often has more than two."""
        least = self.env["decimal.precision"].precision_get("Product Price")
        amount = formatLang(self.env, price, digits=decimals_written(price, least, MOST_DECIMALS))
        return f"{currency.symbol} {amount}" if currency.position == "before" else f"{amount} {currency.symbol}"

    @api.model
    def _describe_price(self, line):
        """The price of one unit before what the seller negotiates, and what management gives on it; hook."""
        listed = line.list_discount and steps.write([steps.exact(line.list_discount)])
        given = [listed, line.promotion_discount, line.agreement_discount]
        return {
            "price": self._format_price(line.net_price, line.currency_id),
            "list_price": self._format_price(line.price_unit, line.currency_id),
            "given": "+".join(filter(None, given)),
        }

    @api.model
    def _describe_line(self, line):
        """A line as the quote will have it; hook.

        :return: ``limit_left``: the percent that can still be given, or None where nobody said
        """
        return {
            "error": "",
            "net_price": self._format_price(line.net_price, line.currency_id),
            "subtotal": formatLang(self.env, line.price_subtotal, currency_obj=line.currency_id),
            "given": self._describe_price(line)["given"],
            "limit_left": self._get_limit_left(line),
        }

    @api.model
    def _get_limit_left(self, line):
        """How much more the seller may give on a line; hook.

        :return: percent, below zero where he gave too much; None where there is no limit
        """
        if line.limit_left >= NO_LIMIT:
            return None
        return -1.0 if line.beyond_limit else round(line.limit_left, 2)

    @api.model
    def _describe_totals(self, order):
        currency = order.currency_id
        return {
            "untaxed": formatLang(self.env, order.amount_untaxed, currency_obj=currency),
            "tax": formatLang(self.env, order.amount_tax, currency_obj=currency),
            "total": formatLang(self.env, order.amount_total, currency_obj=currency),
        }
