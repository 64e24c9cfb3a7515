"""Orders of lines with different taxes whose totals are negotiated."""

from itertools import product
from random import Random

from odoo.fields import Command

from ..cascade.steps import exact
from .common import QuoteCommon


class HeaderCommon(QuoteCommon):
    """Taxes of three rates, on top of the prices and in them, and a product for each price that a test needs."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.tax_calculation_rounding_method = "round_globally"
        cls.vat4 = cls._create_vat(4)
        cls.on_top = (cls.vat4, cls.vat10, cls.vat22)
        cls.included = tuple(cls._create_included_tax(amount) for amount in (4, 10, 22))
        cls.anything = cls._create_product("Anything", 100)

    @classmethod
    def _line(cls, price, tax=None, quantity=1, product=None, **values):
        """A line of a product that costs this much, or of one whose price is negotiated."""
        product = product or cls._create_product(f"Goods of {price}", price)
        values = {"product_id": product.id, "product_uom_qty": quantity, "price_unit": price, **values}
        return {**values, "tax_ids": [Command.set((cls.vat22 if tax is None else tax).ids)]}

    @classmethod
    def _create_cut_order(cls, kind, value, *lines, **values):
        """An order of lines, or of prices of lines with 22 %, with a negotiated total."""
        lines = [line if isinstance(line, dict) else cls._line(line) for line in lines]
        return cls._create_order(*lines, header_kind=kind, header_value=value, **values)

    @classmethod
    def _create_random_order(cls, random, taxes, most=5):
        lines = [
            cls._line(
                random.choice([random.randint(1, 30_000) / 100, random.randint(1, 90_000) / 1000]),
                random.choice(taxes),
                random.choice([1, 2, 3, 7, 2.5, 12]),
                cls.anything,
                discount_text=random.choice([False, "10", "33,33+10", "50+10+5"]),
            )
            for _line in range(random.randint(1, most))
        ]
        return cls._create_order(*lines, header_text=random.choice([False, "5+2"]))

    @classmethod
    def _seeded(cls, *seed):
        return Random(repr(seed))

    def _get_totals_nearby(self, order, reach=2):
        """The totals with VAT that shares some cents from those of the order would make, computed by Odoo."""
        AccountTax, company = self.env["account.tax"], order.company_id
        lines = order.order_line
        totals = set()
        for moves in product(range(-reach, reach + 1), repeat=len(lines)):
            bases = []
            for line, move in zip(lines, moves, strict=True):
                share = exact(line.header_discount) + exact(move) / 100
                if not 0 <= share <= exact(line.price_unit * line.product_uom_qty):
                    break
                cascade = line._get_cascade_with(order.header_text, share)
                bases.append(line._prepare_base_line_for_taxes_computation(discount=float(cascade.effective_percent)))
            else:
                AccountTax._add_tax_details_in_base_lines(bases, company)
                AccountTax._round_base_lines_tax_details(bases, company)
                summary = AccountTax._get_tax_totals_summary(bases, order.currency_id, company)
                totals.add(round(summary["total_amount_currency"], 2))
        return totals
