"""What customers would pay without any negotiation, worked out by the server for many order lines together.

Nothing that a seller can write on the order makes this price lower: it is the higher of the price in the order's list
and in the customer's own list, on the day when the server priced the line (not the order's date) and at the earliest
when the order was created (so that copies of old quotes have today's prices), in the line's unit and quantity, in the
order's currency, without taxes.
"""

from collections import defaultdict

from odoo import fields

from odoo.addons.listino_pricelist.models.currency_rates import Rates
from odoo.addons.listino_pricelist.models.price_facts import PriceFacts
from odoo.addons.listino_pricelist.pricing.rounding import charged_price, round_unit_price

from ..cascade.steps import AGREEMENT, HUNDRED, PROMOTION, exact, percent_steps


class ReferencePrices:
    """The list prices of order lines without taxes, less what management itself gives.

    :param lines: a recordset of ``sale.order.line``, in superuser mode
    """

    def __init__(self, lines):
        self.env = lines.env
        self._now = fields.Datetime.now()
        self._own_lists = {}
        self._nets = {}
        self._prices = defaultdict(list)
        self._prefetch(lines)
        for (company, pricelist, _day), same in self._group(lines).items():
            self._price(company, pricelist, self.env["sale.order.line"].union(*same))

    def of(self, line):
        """The price of one unit, with what management gives taken off; a Decimal in the order's currency."""
        price = max(self._prices[line], default=exact(0.0))
        promotion, agreed = line.promotion_id, line.agreement_line_id
        if not (promotion or agreed):
            return price
        day = self._get_company(line)._get_quote_day(self.date_of(line))
        if promotion and promotion._get_period().contains(day) and self._is_promoted(line):
            for step in percent_steps(PROMOTION, line.promotion_discount):
                price *= 1 - step.percent / HUNDRED
        customer = line.order_id.partner_id.commercial_partner_id._origin
        if agreed and agreed._get_period().contains(day) and agreed._origin.partner_id == customer:
            if line.agreement_price:
                price = self.net(line.agreement_price, self._get_own_taxes(line), line.product_id)
            for step in percent_steps(AGREEMENT, line.agreement_discount):
                price *= 1 - step.percent / HUNDRED
        return price

    def _is_promoted(self, line):
        """Whether the promotion behind the line is for the customer's own list: the order's anybody may change."""
        lists = line.promotion_id._origin.pricelist_ids
        return not lists or self._get_own_list(line.order_id, self._get_company(line))._origin in lists

    def _get_own_taxes(self, line):
        """The taxes of the line's product for its customer, whatever was put on the line."""
        taxes = line.product_id._origin.taxes_id._filter_taxes_by_company(self._get_company(line))
        return line.order_id.fiscal_position_id._origin.map_tax(taxes)

    def _get_company(self, line):
        return line.company_id or line.order_id.company_id or self.env.company

    def net(self, price, taxes, product):
        """A unit price without the taxes that are in it."""
        key = (price, taxes._ids, product.id)
        if key not in self._nets:
            net = price
            if any(tax.price_include for tax in taxes.flatten_taxes_hierarchy()):
                net = taxes._get_tax_details(price, 1.0, rounding_method="round_globally", product=product)[
                    "total_excluded"
                ]
            self._nets[key] = exact(net)
        return self._nets[key]

    def date_of(self, line):
        """When the server priced the line; never before the order was there."""
        created = line.order_id._origin.create_date or self._now
        return max(line.listino_price_date or created, created)

    def _prefetch(self, lines):
        """Read what is needed of customers and products at once."""
        for company, same in lines.grouped("company_id").items():
            company = company or self.env.company
            customers = same.order_id.partner_id._origin.with_company(company)
            customers.fetch(["commercial_partner_id", "country_id", "specific_property_product_pricelist"])
            products = same.product_id._origin.with_company(company)
            products.fetch(["product_tmpl_id", "standard_price"])
            products.product_tmpl_id.fetch(["type", "categ_id", "company_id", "list_price", "uom_id"])

    # === LISTS === #

    def _group(self, lines):
        groups = defaultdict(list)
        self._prefetch_own_lists(lines.order_id)
        for line in lines:
            company = self._get_company(line)
            for pricelist in dict.fromkeys((line.order_id.pricelist_id, self._get_own_list(line.order_id, company))):
                groups[company, pricelist, self.date_of(line).date()].append(line)
        return groups

    def _prefetch_own_lists(self, orders):
        """The lists of all customers in one go for each company."""
        for company, same in orders.grouped("company_id").items():
            customers = same.partner_id.commercial_partner_id._origin
            for customer in customers.with_company(company or self.env.company):
                self._own_lists[company, customer.id] = customer.property_product_pricelist

    def _get_own_list(self, order, company):
        """The list that the customer is entitled to; the order's as long as there is no customer."""
        customer = order.partner_id.commercial_partner_id._origin
        return self._own_lists.get((company, customer.id)) or order.pricelist_id

    def _price(self, company, pricelist, lines):
        """Note the prices that a list gives for lines of one company and day."""
        pricelist = pricelist.with_company(company)
        date = max(map(self.date_of, lines))
        products = lines.product_id._origin.with_company(company)
        rates = Rates(company, date)
        source = pricelist.currency_id or company.currency_id
        for line, price in zip(lines, self._charged(pricelist, products, lines, date), strict=True):
            price = rates.convert(price, source.id, (line.currency_id or source).id)
            taxes = line.product_id.taxes_id._filter_taxes_by_company(company)
            self._prices[line].append(self.net(price, taxes, line.product_id))

    def _charged(self, pricelist, products, lines, date):
        """What the list charges for one unit on each line, as a quote would show and calculate it."""
        facts = PriceFacts(pricelist, products, date)
        requests = [
            facts.request(line.product_id._origin, line.product_uom_qty or 1.0, line.product_uom_id) for line in lines
        ]
        if pricelist._can_price_in_bulk(products, alone=True):
            answers = pricelist._get_answers(facts, requests, alone=True)
        else:
            answers = facts.answers_of(pricelist, requests)
        decimals = pricelist._get_price_decimals()
        shown = pricelist._get_rules_shown_as_discount({answer.rule.id for answer in answers if answer.rule})
        currency = pricelist.currency_id or pricelist.env.company.currency_id
        before = facts.prices_before_discount(answers, requests, currency) if shown else [0.0] * len(requests)
        digits = self.env["decimal.precision"].precision_get("Discount")
        for line, answer, full in zip(lines, answers, before, strict=True):
            if answer.rule and answer.rule.id in shown:
                price = charged_price(answer.price, full, decimals, digits)
            else:
                price = round_unit_price(answer.price, decimals)
            yield price + self._get_extra_price(line)

    def _get_extra_price(self, line):
        """What attributes that make no variant add to the price; the list is asked without them."""
        return sum(value.price_extra for value in line.product_no_variant_attribute_value_ids)
