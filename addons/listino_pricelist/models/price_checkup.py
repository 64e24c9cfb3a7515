"""What the resolved prices of a list say about its health: every product at every quantity that matters."""

from collections import defaultdict
from functools import cached_property

from odoo import fields
from odoo.exceptions import UserError
from odoo.fields import Domain

from ..health.circles import chain
from ..health.found import Found
from ..health.kinds import BELOW_COST, BELOW_MARGIN, HIDDEN, NO_PRICE, RISES, UNCHECKED
from ..health.prices import OWN, quantities, rises, rival
from ..health.tally import Tally
from ..pricing.margin import margin
from ..pricing.resolution import CircularLists, resolve
from ..pricing.rounding import round_unit_price
from ..pricing.rules import COST
from .displayed_prices import DisplayedPrices
from .listing_rows import CHUNK
from .price_facts import CURRENCIES, SALES_PRICES, PriceFacts, is_changed

SLACK = 1e-9  # what float arithmetic may leave between two prices that are the same
FAR = 1.1  # times: rounding a unit price changes it by 5 % at most


class PriceCheckup:
    """The prices of one list in one company, a chunk of products at a time.

    :param pricelist: one ``product.pricelist`` in the environment of the company
    """

    def __init__(self, pricelist, date=None):
        self.env = pricelist.env
        self._pricelist = pricelist
        self._company = self.env.company
        self._date = date or fields.Datetime.now()
        self._floor = pricelist.margin_floor
        self._currency = pricelist.currency_id
        self._decimals = pricelist._get_price_decimals()
        self._tallies = defaultdict(Tally)

    def findings(self):
        """A list of :class:`..health.found.Found`; a single one that says why, where prices can't be worked out."""
        ids = self._product_ids()
        if not self._pricelist._can_price_in_bulk(self.env["product.product"].browse(ids[:1]), alone=True):
            return [self._unchecked("elsewhere")]
        try:
            for start in range(0, len(ids), CHUNK):
                self._check(self.env["product.product"].browse(ids[start : start + CHUNK]))
                self.env.invalidate_all()
        except (CircularLists, UserError) as error:
            is_circle = isinstance(error, CircularLists) or isinstance(error.__cause__, CircularLists)
            return [self._unchecked("circle") if is_circle else self._unchecked("error", str(error))]
        return [
            Found(
                kind,
                rule_id=rule_id,
                other_rule_id=other_rule_id,
                company_id=self._company.id,
                count=tally.count,
                figures={"examples": tally.examples, "product_ids": tally.product_ids},
            )
            for (kind, rule_id, other_rule_id), tally in self._tallies.items()
        ]

    def _unchecked(self, reason, message=""):
        return Found(UNCHECKED, company_id=self._company.id, figures={"reason": reason, "message": message})

    def _product_ids(self):
        of_company = Domain("company_id", "=", False) | Domain("company_id", "=", self._company.id)
        return self.env["product.product"].search(Domain("sale_ok", "=", True) & of_company, order="id").ids

    @cached_property
    def _list_ids(self):
        return chain(self.env["product.pricelist"]._get_bases(), self._pricelist.id)

    @cached_property
    def _displayed(self):
        return DisplayedPrices(self._pricelist, self._company, self.env["account.fiscal.position"])

    # === ONE CHUNK === #

    def _check(self, products):
        facts = PriceFacts(self._pricelist, products, self._date)
        books = [facts.book(list_id) for list_id in self._list_ids]
        requests = [self._requests(facts.request(product, 1.0), books) for product in products]
        answers = iter(
            self._pricelist._get_answers(facts, [one for of_product in requests for one in of_product], alone=True)
        )
        priced = [[(request, next(answers)) for request in of_product] for of_product in requests]
        for pairs in priced:
            self._note_no_price(pairs)
            self._note_rises(pairs)
        self._note_costs(facts, products, priced)
        self._note_hidden(facts, books[0], priced)

    @staticmethod
    def _requests(request, books):
        """A product's request at each quantity that matters."""
        return [
            request._replace(quantity=quantity, own_quantity=quantity) for quantity in quantities(books, request.goods)
        ]

    def _tally(self, kind, product_id, figures, rule=None, other=None):
        self._tallies[kind, rule and rule.id, other and other.id].add(product_id, figures)

    def _note_no_price(self, pairs):
        request, answer = next((pair for pair in pairs if pair[0].quantity >= 1.0), pairs[-1])
        if answer.price <= 0:
            self._tally(NO_PRICE, request.goods.id, {"quantity": request.quantity, "price": self._round(answer.price)})

    def _note_rises(self, pairs):
        """Where two rules of this list take turns; what rises in a base list is that list's to report."""
        for place in rises([answer.price for _request, answer in pairs]):
            (fewer, before), (more, after) = pairs[place - 1], pairs[place]
            same_rule = (before.rule and before.rule.id) == (after.rule and after.rule.id)
            cheaper, dearer = self._round(before.price), self._round(after.price)
            if same_rule or dearer <= cheaper:
                continue
            figures = {
                "quantity": more.quantity,
                "price": dearer,
                "other_quantity": fewer.quantity,
                "other_price": cheaper,
            }
            self._tally(RISES, more.goods.id, figures, after.rule, before.rule)

    def _note_costs(self, facts, products, priced):
        """Products whose price, without VAT, leaves less than it should; costs are a unit's, in the list's currency."""
        has_included_tax = any(products.product_tmpl_id.taxes_id.mapped("price_include"))
        for product, pairs, cost in zip(products, priced, self._costs(facts, products), strict=True):
            if cost > 0:
                self._note_cost(pairs, cost, product.product_tmpl_id if has_included_tax else None)

    def _costs(self, facts, products):
        if is_changed(self.env, SALES_PRICES) or is_changed(self.env, CURRENCIES):
            own = facts.own_prices(COST, [facts.request(product, 1.0) for product in products])
        else:
            source = self._company.currency_id  # products here are of this company or of none
            own = [(product.standard_price, source) for product in products]
        return [facts.convert(price, source, self._currency) for price, source in own]

    def _note_cost(self, pairs, cost, template):
        """At the first quantity at which it is so: below cost, else below the margin wanted.

        :param template: whose taxes may be in the price; None where no tax is
        """
        wanted = cost / (1 - self._floor / 100)
        prices = [self._price_without_vat(answer.price, wanted, template) for _request, answer in pairs]
        for kind, least in ((BELOW_COST, cost), (BELOW_MARGIN, wanted)):
            for (request, answer), price in zip(pairs, prices, strict=True):
                if 0 < price < least - SLACK:
                    figures = {
                        "quantity": request.quantity,
                        "price": price,
                        "other_price": cost,
                        "margin": margin(price, cost),
                    }
                    rule = answer.rule if answer.rule and answer.rule.scope not in OWN else None
                    self._tally(kind, request.goods.id, figures, rule)
                    return

    def _price_without_vat(self, price, wanted, template):
        """The rounded price, less the taxes that are in it; as it is where it is far from what is wanted."""
        if template:
            return self._displayed.of(template, self._round(price)).untaxed
        return price if price > FAR * wanted else self._round(price)

    def _note_hidden(self, facts, book, priced):
        """Where a category's rule, which a product's own rule keeps from winning, would have been cheaper."""
        instead = {}
        for pairs in priced:
            for request, answer in pairs:
                rule = rival(book.candidates(request.goods), request.goods, request.own_quantity, answer.rule)
                if rule:
                    instead[request] = rule, answer
        rivals = resolve(
            _Instead(facts, self._pricelist.id, {request: rule for request, (rule, _answer) in instead.items()}),
            self._pricelist.id,
            list(instead),
            self._currency,
            alone=True,
        )
        for (request, (rule, answer)), other in zip(instead.items(), rivals, strict=True):
            if answer.price <= other.price:
                continue
            own, common = self._round(answer.price), self._round(other.price)
            if own > common:
                figures = {"quantity": request.quantity, "price": own, "other_price": common}
                self._tally(HIDDEN, request.goods.id, figures, None, rule)

    def _round(self, price):
        return round_unit_price(price, self._decimals)


class _Instead:
    """Facts in which the list gives other rules to some requests than it does."""

    def __init__(self, facts, list_id, rules):
        self._facts = facts
        self._list_id = list_id
        self._rules = rules

    def __getattr__(self, name):
        return getattr(self._facts, name)

    def winner(self, list_id, request, *, alone):
        """The other rule in that list, the one that applies in those it is based on."""
        return self._rules[request] if list_id == self._list_id else self._facts.winner(list_id, request, alone=alone)
