"""Lays out a simulation: products by category, and their prices in every list, for every customer, at every date."""

from dataclasses import dataclass

from odoo import fields
from odoo.tools import format_date

from ..layout.listing import PERCENT, PRICE, TEXT, Column, Company, Heading, Labels, Line, Listing
from ..pricing.margin import margin
from .displayed_prices import DisplayedPrices
from .reader import numbers_of
from .what_if import WHAT_IF

CHUNK = 4000  # products priced at once


@dataclass(frozen=True)
class Scenario:
    """One way to price all products.

    :param pricelist: the ``product.pricelist``
    :param partner: the customer whose list it is, or none
    :param str label: what tells it from the others
    :param date: the moment of the rules and rates
    :param what_if: a :class:`.what_if.WhatIf`, or None for the prices as they are
    """

    pricelist: object
    partner: object
    label: str
    date: object
    what_if: object = None


class SimulationBuilder:
    """The grid of a simulation as a content source: a head, and headings and lines as a stream.

    :param simulation: the ``listino.simulation``
    :param list scenarios: of :class:`Scenario`; the others are compared with the first one, and prices as they would
        be with the scenario before, the same as it is
    """

    def __init__(self, simulation, scenarios):
        self.env = simulation.env
        self.simulation = simulation
        self.scenarios = scenarios
        self.quantities = simulation._get_quantities()
        self.currency = simulation.currency_id
        day = fields.Datetime.context_timestamp(simulation, scenarios[0].date).date()
        self.outside = simulation._get_outside_prices(self.quantities[0], day)
        self.shows_margin = simulation._shows_margin()
        self._numbers = numbers_of(self.env)
        nowhere = self.env["account.fiscal.position"]
        self._displayed = [DisplayedPrices(one.pricelist, simulation.company_id, nowhere) for one in scenarios]
        self.columns = [
            Column("reference", self.env._("Reference"), TEXT),
            Column("name", self.env._("Product"), TEXT, width=0),
            *(column for place, scenario in enumerate(scenarios) for column in self._scenario_columns(place, scenario)),
            *(column for place, prices in enumerate(self.outside) for column in self._outside_columns(place, prices)),
        ]

    # === THE HEAD === #

    def listing(self):
        """The :class:`..layout.listing.Listing`."""
        return Listing(
            title=self.env._("Price comparison"),
            subtitle=self._tried_out(),
            company=Company(self.simulation.company_id.name),
            date=format_date(self.env, fields.Date.context_today(self.simulation)),
            facts=((self.env._("Differences and margins in"), self.currency.name),),
            contents=False,
            lang=self.env.lang or "",
            columns=tuple(self.columns),
            labels=Labels(
                page=self.env._("Page %(page)s of %(pages)s", page="%(page)s", pages="%(pages)s"),
                category=self.env._("Category"),
                date=self.env._("Made on"),
                empty=self.env._("No products."),
            ),
            numbers=self._numbers,
        )

    def _tried_out(self):
        """Which change is shown as if it were applied."""
        tried = any(scenario.what_if for scenario in self.scenarios)
        return self.env._("With the change “%(name)s”", name=self.simulation.change_id.name) if tried else ""

    def _scenario_columns(self, place, scenario):
        """Price, difference from the first scenario and margin, for each quantity."""
        decimals = scenario.pricelist._get_price_decimals()
        for number, quantity in enumerate(self.quantities):
            key, group = f"{place}_{number}", self._band(scenario, quantity)
            yield Column(f"price_{key}", self.env._("Price"), PRICE, decimals=decimals, group=group)
            if place:
                yield Column(f"difference_{key}", self.env._("Difference"), PERCENT, decimals=1, group=group)
            if self.shows_margin:
                yield Column(f"margin_{key}", self.env._("Margin"), PERCENT, decimals=1, group=group)

    def _outside_columns(self, place, prices):
        yield Column(f"outside_{place}", self.env._("Price"), PRICE, group=prices.label)
        yield Column(f"position_{place}", self.env._("Ours against it"), PERCENT, decimals=1, group=prices.label)

    def _band(self, scenario, quantity):
        if len(self.quantities) == 1:
            return scenario.label
        since = self.env._("from %(quantity)s", quantity=self._numbers.trimmed(quantity, 3))
        return f"{scenario.label} · {since}"

    def explained(self):
        """What to ask for the derivation of a price, by the key of its column; prices that are not yet have none.

        :rtype: dict[str, dict]
        """
        return {
            f"price_{place}_{number}": {
                "quantity": quantity,
                "uom_id": False,
                "pricelist_id": scenario.pricelist.id,
                "price_date": fields.Datetime.to_string(scenario.date),
            }
            for place, scenario in enumerate(self.scenarios)
            if not scenario.what_if
            for number, quantity in enumerate(self.quantities)
        }

    # === THE LINES === #

    def blocks(self):
        """Headings and lines in reading order, priced a chunk at a time."""
        products = self.env["product.product"].search(
            self.simulation._get_product_domain(), order="categ_id, default_code, name, id"
        )
        category = None
        for start in range(0, len(products), CHUNK):
            chunk = products[start : start + CHUNK]
            grids = [self._price(scenario, chunk) for scenario in self.scenarios]
            for product in chunk:
                if product.categ_id != category:
                    category = product.categ_id
                    yield Heading(0, category.complete_name or self.env._("No category"))
                yield self._line(product, [grid[product.id] for grid in grids])
            self.env.invalidate_all()

    def _price(self, scenario, products):
        """For every product id the prices of a scenario, in the order of the quantities."""
        pricelist = scenario.pricelist.with_context(**{WHAT_IF: scenario.what_if})
        grid = pricelist._get_unit_prices(products, self.quantities, date=scenario.date)
        return {product_id: [price for price, _rule_id in pairs] for product_id, pairs in grid.items()}

    def _line(self, product, rows):
        cells = [product.default_code or "", self._name(product)]
        comparable = [self._comparable(scenario, row) for scenario, row in zip(self.scenarios, rows, strict=True)]
        cost = self._cost(product) if self.shows_margin else None
        for place, row in enumerate(rows):
            for number, price in enumerate(row):
                cells.append(price)
                if place:
                    other = comparable[place - 1 if self.scenarios[place].what_if else 0]
                    cells.append(percent_above(comparable[place][number], other[number]))
                if self.shows_margin:
                    net = self._displayed[place].net_of(product.product_tmpl_id, price)
                    cells.append(margin(self._comparable(self.scenarios[place], [net])[0], cost or 0.0))
        for prices in self.outside:
            theirs = prices.by_product.get(product.id)
            cells += [theirs, percent_above(comparable[0][0], theirs)]
        return Line(tuple(cells), product_id=product.id)

    def _name(self, product):
        values = ", ".join(product.product_template_variant_value_ids.mapped("name"))
        return f"{product.name} ({values})" if values else product.name

    def _comparable(self, scenario, prices):
        """The prices in the currency in which differences and margins are worked out."""
        return [self._convert(price, scenario.pricelist.currency_id, scenario.date) for price in prices]

    def _cost(self, product):
        return self._convert(product.standard_price, product.cost_currency_id, self.scenarios[0].date)

    def _convert(self, amount, currency, date):
        if currency == self.currency:
            return amount
        return currency._convert(amount, self.currency, self.simulation.company_id, date, round=False)


def percent_above(price, other):
    """How much a price is above another one, in percent; None where that has no meaning.

    >>> percent_above(11.0, 10.0), percent_above(9.0, 10.0), percent_above(5.0, 0.0), percent_above(5.0, None)
    (10.0, -10.0, None, None)
    """
    return round((price - other) / other * 100, 6) if price is not None and other else None
