"""Findings in the words of whoever reads the quote: which line, what is given, what is allowed, by which direction.

Neither the margin nor the smallest one is written, since both together would tell the cost.
"""

from decimal import ROUND_HALF_UP, Decimal

from odoo.tools import formatLang

from ..limits.scope import DISCOUNT, FREE_GOODS, MARGIN

SHOWN = Decimal("0.01")


class FindingWords:
    """Writes findings in the language of an environment; labels of limits are read in superuser mode.

    :param order: a ``sale.order``, whose environment the reader's is
    """

    def __init__(self, order):
        self.env = order.env
        self.order = order

    def explain(self, finding):
        """A whole sentence."""
        label = self.label(finding.limit_id)
        values = {
            "subject": self.subject(finding),
            "given": self.percent(finding.given),
            "allowed": self.percent(finding.allowed),
            "direction": label,
        }
        if finding.measure == MARGIN:
            return self._explain_margin(finding, values)
        if finding.measure == FREE_GOODS:
            return self._explain_free_goods(values)
        if finding.measure == DISCOUNT:
            return self._explain_discount(values)
        return self._explain_negative(finding)

    def _explain_discount(self, values):
        if values["direction"]:
            return self.env._(
                "%(subject)s: %(given)s %% is given, %(allowed)s %% is allowed (%(direction)s).", **values
            )
        return self.env._(
            "%(subject)s: %(given)s %% is given, and no direction of management allows a discount here.", **values
        )

    def _explain_margin(self, finding, values):
        if finding.given is None and not self._has_cost(finding):
            return self.env._(
                "%(subject)s: the product has no cost, so its smallest margin can't be checked (%(direction)s).",
                **values,
            )
        return self.env._("%(subject)s: the price is below the smallest margin (%(direction)s).", **values)

    def _explain_free_goods(self, values):
        if values["direction"]:
            return self.env._(
                "%(subject)s: %(given)s %% of the list value is given free, %(allowed)s %% is allowed (%(direction)s).",
                **values,
            )
        return self.env._(
            "%(subject)s: %(given)s %% of the list value is given free, and no direction of management allows that.",
            **values,
        )

    def _explain_negative(self, finding):
        return self.env._(
            "The whole order: lines below zero take off %(given)s, and the directions leave room for %(allowed)s.",
            given=self.money(finding.given),
            allowed=self.money(finding.allowed),
        )

    def subject(self, finding):
        """The line's product, or the order."""
        line = self.env["sale.order.line"].browse((finding.line_id,)) if finding.line_id else None
        if line is None:
            return self.env._("The whole order")
        return line.sudo().product_id.display_name or self.env._("A line")  # a name that the reader sees on the line

    def label(self, limit_id):
        """For whom and for what the limit is."""
        limit = self.env["quote.discount.limit"].sudo().browse(limit_id or ())
        return limit.display_name if limit else ""

    def percent(self, figure):
        """A percentage with as many decimals as it needs, at most two."""
        if figure is None:
            return ""
        rounded = figure.quantize(SHOWN, ROUND_HALF_UP)
        decimals = max(-rounded.normalize().as_tuple().exponent, 0)
        return formatLang(self.env, float(rounded), digits=decimals)

    def money(self, figure):
        """An amount in the order's currency."""
        currency = self.order.currency_id or self.env.company.currency_id
        return formatLang(self.env, float(figure), currency_obj=currency)

    def _has_cost(self, finding):
        """A price of nothing leaves no margin to tell, whatever the cost."""
        line = self.env["sale.order.line"].browse((finding.line_id,)).sudo()  # whether, not how much
        return line.product_id.with_company(line.company_id or self.env.company).standard_price > 0
