"""Order lines that take their prices from the list a whole order at a time."""

from collections import defaultdict
from dataclasses import dataclass

from odoo import api, fields, models

from ..pricing.resolution import base_price_before_discount
from .price_facts import PriceFacts, is_changed_below

CHOICE_OF_RULE = {"sale.order.line": ("_compute_pricelist_item_id",)}
PRICES = {"sale.order.line": ("_get_pricelist_price", "_get_pricelist_price_before_discount")}
ARGUMENTS = {"quantity", "uom", "date", "currency"}


@dataclass(frozen=True)
class PriceBatch:
    """Lines that one pass through a price list can price, with their requests."""

    facts: PriceFacts
    pricelist: models.Model
    currency: models.Model
    requests: dict

    def answers(self):
        """Pairs of line and :class:`..pricing.resolution.Answer`."""
        answers = self.pricelist._get_answers(self.facts, list(self.requests.values()), self.currency)
        return zip(self.requests, answers, strict=True)


class SaleOrderLine(models.Model):
    _inherit = "sale.order.line"

    bulk_price = fields.Json(
        compute="_compute_bulk_price",
        help="Technical: the list's price and the price before its discounts, worked out for all lines together.",
    )

    @api.depends("product_id", "product_uom_id", "product_uom_qty")
    def _compute_pricelist_item_id(self):
        # OVERRIDE: choose the rules of all the lines at once; core asks the list line by line.
        chosen = self.browse()
        if not is_changed_below(self.env, CHOICE_OF_RULE):
            for batch in self._get_price_batches():
                for line, request in batch.requests.items():
                    rule = batch.facts.winner(batch.pricelist.id, request, alone=False)
                    line.pricelist_item_id = rule.id if rule else False
                    chosen += line
        return super(SaleOrderLine, self - chosen)._compute_pricelist_item_id()

    @api.depends(
        "order_id.date_order",
        "order_id.pricelist_id",
        "pricelist_item_id",
        "product_id",
        "product_no_variant_attribute_value_ids",
        "product_uom_id",
        "product_uom_qty",
    )
    def _compute_bulk_price(self):
        """Prices of the lines whose price depends on nothing but list, product, quantity, unit and date."""
        self.bulk_price = False
        if is_changed_below(self.env, PRICES):
            return
        for batch in self._get_price_batches():
            for line, answer in batch.answers():
                rule_id = answer.rule.id if answer.rule else False
                if rule_id == line.pricelist_item_id.id and not line._get_product_price_context():
                    line.bulk_price = {
                        "price": answer.price,
                        "before_discount": base_price_before_discount(batch.facts, answer, batch.currency),
                    }

    def _get_price_batches(self):
        """The lines that take a list's price, in batches of the same company, list, date and currency.

        Lines that stand alone, or whose price another addon makes depend on more, are in no batch.
        """
        priced = self.filtered(lambda line: line.product_id and not line.display_type and line.order_id.pricelist_id)
        arguments = {line: line._get_pricelist_kwargs() for line in priced}
        by_list = defaultdict(list)
        for line, given in arguments.items():
            if given.keys() == ARGUMENTS:
                company = line.company_id or self.env.company
                by_list[company, line.order_id.pricelist_id, given["date"], given["currency"]].append(line)
        for (company, pricelist, date, currency), lines in by_list.items():
            pricelist = pricelist.with_company(company)
            products = self.env["product.product"].with_company(company).union(*(line.product_id for line in lines))
            if len(lines) > 1 and currency and pricelist._can_price_in_bulk(products):
                facts = PriceFacts(pricelist, products, date)
                requests = {
                    line: facts.request(line.product_id, arguments[line]["quantity"], arguments[line]["uom"])
                    for line in lines
                }
                yield PriceBatch(facts, pricelist, currency, requests)

    def _get_pricelist_price(self):
        # OVERRIDE: the price was worked out together with the order's other lines.
        bulk_price = self.bulk_price
        return bulk_price["price"] if bulk_price else super()._get_pricelist_price()

    def _get_pricelist_price_before_discount(self):
        # OVERRIDE: likewise, where the chain of lists allows it.
        bulk_price = self.bulk_price
        if bulk_price and bulk_price["before_discount"] is not None:
            return bulk_price["before_discount"]
        return super()._get_pricelist_price_before_discount()

    def _get_display_price_ignore_combo(self):
        # OVERRIDE: the quote charges the unit price that the list prints; core would keep its invisible decimals.
        price = super()._get_display_price_ignore_combo()
        pricelist = self.order_id.pricelist_id
        return pricelist._round_unit_price(price) if pricelist else price
