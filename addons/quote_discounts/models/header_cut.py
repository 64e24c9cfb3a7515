"""What is cut off an order, line by line: the arithmetic fed with the order's lines and checked by Odoo's own taxes."""

from dataclasses import dataclass, field, replace
from fractions import Fraction

from ..cascade.distribution import CutTooLarge, round_half_up, smallest_units
from ..cascade.reachable import cut_to
from ..cascade.steps import exact

AMOUNT, UNTAXED, TAXED = "amount", "total_untaxed", "total_taxed"
EXACT, NEAREST, ABOVE, TOO_LARGE = "exact", "nearest", "above", "too_large"
MOST_AIMS = 6


@dataclass(frozen=True)
class HeaderCut:
    """The shares by line, in the terms of its unit price, and what was reached, in the terms of what was asked for."""

    shares: dict = field(default_factory=dict)
    reached: float = 0.0
    status: str | bool = False


class HeaderPlan:
    """What comes of a discount on a whole order, stored or only in memory; nothing is written.

    Amounts are counted in the smallest units of the order's currency.

    :param str text: the cascade on all its lines
    :param str kind: what ``value`` is: an amount off, or the total agreed with or without VAT; False for none
    """

    def __init__(self, order, text, kind, value):
        self.order, self.text, self.kind, self.value = order, text, kind, value
        self.unit = exact(order.currency_id.rounding or 0.01)
        self.per_line = order.company_id.tax_calculation_rounding_method == "round_per_line"
        self.taxed = order._is_header_taxed(kind)
        self.lines = order.order_line.filtered(lambda line: line._is_in_header_total())

    @classmethod
    def of(cls, order):
        """The plan of what was negotiated for the order."""
        return cls(order, order.header_text, order.header_kind, order.header_value)

    def cut(self):
        """The shares of the lines.

        :rtype: HeaderCut
        """
        if not self.kind or self.value <= 0:
            return HeaderCut()
        uncut = self.total({})
        asked = round_half_up(smallest_units(self.value, self.unit))
        target = uncut - asked if self.kind == AMOUNT else asked
        if target > uncut:
            return HeaderCut(reached=self.money(uncut), status=ABOVE)
        if target <= 0:
            return HeaderCut(reached=self.money(uncut), status=TOO_LARGE)
        try:
            shares, total = self.aimed(target)
        except CutTooLarge as error:
            return HeaderCut(reached=self.money(error.most), status=TOO_LARGE)
        reached = uncut - total if self.kind == AMOUNT else total
        return HeaderCut(shares, self.money(reached), EXACT if reached == asked else NEAREST)

    def aimed(self, target):
        """The shares nearest to a target, and the total that Odoo makes of them.

        Taxes that are no plain percentage round differently from the arithmetic; then it aims beside the target.
        """
        found, aim, tried = None, target, set()
        parts = self.parts()
        while aim not in tried and len(tried) < MOST_AIMS:
            tried.add(aim)
            reached = cut_to(parts, aim, self.taxed, self.per_line)
            shares = {line: self.money(cut) for line, cut in zip(self.lines, reached.cuts, strict=True) if cut}
            total = self.total(shares)
            if found is None or abs(total - target) < abs(found[1] - target):
                found = shares, total
            if total == target or (aim == target and total == reached.total(self.taxed)):
                break
            aim -= total - target
        return found

    def parts(self):
        """The lines for the arithmetic."""
        taxed_part = 1 - Fraction(exact(self.early_payment_percent())) / 100
        taxes = {
            tax_ids: tuple(replace(tax, rate=tax.rate * taxed_part) for tax in lines[0]._prepare_header_taxes())
            for tax_ids, lines in self.lines.grouped("tax_ids").items()
        }
        return [line._prepare_header_line(self.text, taxes[line.tax_ids], self.unit) for line in self.lines]

    def total(self, shares):
        """The total of the negotiated lines with these shares."""
        bases = self.base_lines(self.lines, shares)
        summary = self.order.env["account.tax"]._get_tax_totals_summary(
            bases, self.order.currency_id, self.order.company_id
        )
        total = summary["total_amount_currency" if self.taxed else "base_amount_currency"]
        return round_half_up(smallest_units(total, self.unit))

    def rates(self, shares):
        """The untaxed amount and the tax of all lines of the order by their set of taxes, with these shares."""
        rates = {}
        for base in self.base_lines(self.order._get_priced_lines(), shares):
            details, taxes = base["tax_details"], base["header_taxes"]
            untaxed, tax = rates.get(taxes, (0.0, 0.0))
            untaxed += details["total_excluded_currency"] + details["delta_total_excluded_currency"]
            tax += sum(data["tax_amount_currency"] for data in details["taxes_data"])
            rates[taxes] = untaxed, tax
        return rates

    def base_lines(self, lines, shares):
        """The lines as Odoo computes and rounds their taxes."""
        AccountTax, company = self.order.env["account.tax"], self.order.company_id
        bases = [self.base_line(line, shares.get(line, 0.0)) for line in lines]
        AccountTax._add_tax_details_in_base_lines(bases, company)
        if percent := self.early_payment_percent():
            early = [each for base in bases for each in self.early_payment_base_lines(base, percent)]
            AccountTax._add_tax_details_in_base_lines(early, company)
            bases += early
        AccountTax._round_base_lines_tax_details(bases, company)
        return bases

    def base_line(self, line, share):
        """One line with another share than it has; what is invoiced stays as it is."""
        values = {}
        if not line._is_header_share_settled():
            values["discount"] = float(line._get_cascade_with(self.text, exact(share)).effective_percent)
        return {**line._prepare_base_line_for_taxes_computation(**values), "header_taxes": line.tax_ids}

    def early_payment_percent(self):
        """The discount for early payment by which the tax is lowered from the start; mostly none."""
        term = self.order.payment_term_id
        is_mixed = term.early_discount and term.early_pay_discount_computation == "mixed"
        return term.discount_percentage if is_mixed else 0.0

    def early_payment_base_lines(self, base, percent):
        """What ``sale.order._add_base_lines_for_early_payment_discount`` adds for a line, which it takes as stored."""
        AccountTax, currency = self.order.env["account.tax"], self.order.currency_id
        amount = currency.round(base["tax_details"]["raw_total_excluded_currency"]) / 100 * percent
        taxes = base["tax_ids"].flatten_taxes_hierarchy().filtered(lambda tax: tax.amount_type != "fixed")
        common = {"quantity": 1.0, "currency_id": currency, "sign": 1, "special_type": "early_payment"}
        for price, tax_ids in ((-amount, taxes), (amount, taxes.browse())):
            early = AccountTax._prepare_base_line_for_taxes_computation(
                self.order, price_unit=price, tax_ids=tax_ids, **common
            )
            yield {**early, "header_taxes": base["header_taxes"]}

    def money(self, units):
        """An amount of so many smallest units."""
        return float(units * self.unit)
