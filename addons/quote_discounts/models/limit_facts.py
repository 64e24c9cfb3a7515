"""What the limits need to know of orders, fetched in few queries and handed to the plain arithmetic."""

from dataclasses import replace
from functools import cached_property

from odoo.addons.listino_pricelist.models.currency_rates import Rates
from odoo.addons.listino_pricelist.models.price_facts import ids_of_path

from ..cascade.steps import HUNDRED, exact
from ..limits.choice import choose
from ..limits.findings import Deal, Directions, Policy, check_line, check_order
from ..limits.scope import DISCOUNT, FREE_GOODS, MARGIN, ROLE, TAG, TEAM, Situation
from .reference_prices import ReferencePrices

KEPT_OF_CONTEXT = ("lang", "tz")
LINE_FIELDS = [
    "discount_text",
    "create_uid",
    "order_id",
    "company_id",
    "currency_id",
    "display_type",
    "product_id",
    "product_uom_id",
    "product_uom_qty",
    "price_unit",
    "discount",
    "free_goods",
    "is_downpayment",
    "listino_price_date",
    "promotion_id",
    "promotion_discount",
    "agreement_line_id",
    "agreement_discount",
    "agreement_price",
    "negotiator_id",
    "combo_item_id",
    "linked_line_id",
    "virtual_id",
    "linked_virtual_id",
    "reversal_of_id",
]
NO_DIRECTIONS = Directions()


class LimitFacts:
    """The lines of some orders as deals, with the limits that hold for them.

    :param orders: a recordset of ``sale.order``
    :param lines: those of their lines that are asked about (default: all)
    """

    def __init__(self, orders, lines=None):
        # What a client writes into the context changes no price, and whoever asks has to know neither costs nor limits.
        context = {key: orders.env.context[key] for key in KEPT_OF_CONTEXT if key in orders.env.context}
        self.user = orders.env.user
        self.env = orders.env(su=True, context=context)
        self.orders = orders.with_env(self.env)
        asked = self._read_lines() if lines is None else lines.with_env(self.env)
        self.lines = asked._filter_for_limits()
        self._directions = {}
        self._situations = {}
        self._people = {}
        self._near = {}

    def _read_lines(self):
        """All lines of the orders; those that are saved in one query."""
        if not all(isinstance(order_id, int) for order_id in self.orders._ids):
            return self.orders.order_line
        Line = self.env["sale.order.line"]
        return Line.search_fetch([("order_id", "in", self.orders.ids)], LINE_FIELDS, order="order_id, sequence, id")

    # === ANSWERS === #

    def check(self, order):
        """The :class:`..limits.findings.Finding` of an order."""
        order = order.with_env(self.env)
        if self.is_free(order):
            return []
        deals, policy = self.deals(order), self.policy(order)
        found = []
        for deal in deals:
            found += check_line(order.id, deal, self.directions(deal), policy)
        takers = {self.negotiator(self.line(deal)) for deal in deals if deal.amount < 0}
        return [*found, *check_order(order.id, deals, self.directions, takers or {self.env["res.users"]}, policy)]

    def is_free(self, order):
        """Whether nothing has to be checked, since management has set no limits and asks for nothing without them."""
        company = self._get_company(order)
        return not self._limits.get(company.id) and not self.policy(order).ask_without_limit

    def deals(self, order):
        """The :class:`..limits.findings.Deal` of each line of an order that has one."""
        return [self._deals[line] for line in self.lines if line.order_id == order and line in self._deals]

    def deal(self, line):
        """The :class:`..limits.findings.Deal` of a line; None for the parts of a combo and what has no price."""
        return self._deals.get(line.with_env(self.env))

    def line(self, deal):
        """The order line of a deal."""
        return self.env["sale.order.line"].browse((deal.line_id,))

    def policy(self, order):
        """What the order's company decided for where a limit has no answer."""
        company = self._get_company(order)
        return Policy(
            ask_without_limit=company.quote_without_limit == "ask",
            ask_without_cost=company.quote_without_cost == "ask",
            rounding=exact((order.currency_id or company.currency_id).rounding),
        )

    def directions(self, deal, user=None):
        """The limits for a line and whoever negotiated it, or for somebody else."""
        line = self.line(deal)
        user = self.negotiator(line) if user is None else user
        key = (user.id, line.order_id.id, line.product_id.id)
        if key not in self._directions:
            situation = self._situation(user, line)
            limits = [limit for limit in self._near_limits(user, line.order_id) if limit.covers_goods(situation)]
            choices = [choose(limits, situation, measure) for measure in (DISCOUNT, MARGIN, FREE_GOODS)]
            self._directions[key] = Directions(*choices) if any(choices) else NO_DIRECTIONS
        return self._directions[key]

    def negotiator(self, line):
        """Whose limits hold; see ``_get_limited_user``."""
        return line._get_limited_user(self.user)

    # === LIMITS === #

    @cached_property
    def _limits(self):
        companies = self.orders.company_id or self.env.company
        return self.env["quote.discount.limit"]._get_limits(companies)

    def _near_limits(self, user, order):
        """The limits that hold for the person and the order, whatever the goods."""
        key = (user.id, order.id)
        if key not in self._near:
            situation = self._order_situation(user, order)
            limits = self._limits.get(self._get_company(order).id, ())
            self._near[key] = [limit for limit in limits if limit.covers_order(situation)]
        return self._near[key]

    def _order_situation(self, user, order):
        customer = order.partner_id.commercial_partner_id._origin
        teams, groups = self._get_teams_and_groups(user)
        tags = customer.category_id if self._asks_for(lambda limit: limit.customer[0] == TAG) else ()
        return Situation(
            day=self._get_company(order)._get_quote_day(),
            amount=self._get_amount(order),
            user_id=user.id,
            team_ids=teams,
            group_ids=groups,
            customer_id=customer.id,
            tag_ids=frozenset(tag_id for tag in tags for tag_id in ids_of_path(tag.parent_path or "")),
        )

    def _situation(self, user, line):
        key = (user.id, line.order_id.id)
        if key not in self._situations:
            self._situations[key] = self._order_situation(user, line.order_id)
        order = self._situations[key]
        product = line.product_id
        return replace(
            order,
            variant_id=product._origin.id,
            template_id=product.product_tmpl_id._origin.id,
            category_ids=ids_of_path(product.categ_id.parent_path or ""),
        )

    def _get_teams_and_groups(self, user):
        """Teams that the person belongs to (not the order's, which anybody may change) and roles, with implied ones."""
        if user not in self._people:
            asks_for_team, asks_for_role = (
                self._asks_for(lambda limit, kind=kind: limit.who[0] == kind) for kind in (TEAM, ROLE)
            )
            self._people[user] = (
                frozenset(user.crm_team_ids.ids if asks_for_team else ()),
                frozenset(user._get_group_ids() if asks_for_role and user else ()),
            )
        return self._people[user]

    def _asks_for(self, condition):
        """Whether any of the limits has such a scope; what none asks for is not read."""
        return any(condition(limit) for limits in self._limits.values() for limit in limits)

    def _get_company(self, order):
        return order.company_id or self.env.company

    def _get_amount(self, order):
        """The order's total without taxes in the company's currency, at today's rate."""
        company = self._get_company(order)
        rates = Rates(company, company._get_quote_day())
        currency = order.currency_id or company.currency_id
        return exact(rates.convert(order.amount_untaxed, currency.id, company.currency_id.id))

    # === DEALS === #

    @cached_property
    def _prices(self):
        return ReferencePrices(self.lines)

    @cached_property
    def _deals(self):
        """The deal of each line; the parts of a combo are one deal with it."""
        parts = self.lines.filtered(lambda line: line._is_part_of_combo())
        by_combo = parts.grouped(lambda line: line._get_linked_line())
        return {
            line: self._make_deal(line, by_combo.get(line, self.env["sale.order.line"])) for line in self.lines - parts
        }

    def _make_deal(self, line, parts):
        quantity = exact(line.product_uom_qty)
        reference, net, costs = self._prices.of(line), self._get_net(line), [self._get_cost(line)]
        if line.product_type == "combo":
            pieces = quantity or 1
            shares = [exact(part.product_uom_qty or 1) / pieces for part in parts]
            net += sum(self._get_net(part) * share for part, share in zip(parts, shares, strict=True))
            known = [self._get_cost(part) for part in parts]
            costs = [cost and cost * share for cost, share in zip(known, shares, strict=True)]
            reference += sum(exact(part.combo_item_id.extra_price) for part in parts)
        cost = sum(costs) if costs and None not in costs else None
        return Deal(line.id, quantity, reference, net, cost, bool(line.free_goods))

    def _get_net(self, line):
        """What is charged for one unit without taxes, exactly; nothing for free goods of any kind."""
        if line.free_goods:
            return exact(0.0)
        gross = exact(line.price_unit) * (1 - exact(line.discount) / HUNDRED)
        return self._prices.net(float(gross), line.tax_ids, line.product_id)

    def _get_cost(self, line):
        """The product's own cost of one unit (never the line's, which a seller can write), or None."""
        company = line.company_id or line.order_id.company_id or self.env.company
        product = line.product_id.with_company(company)
        cost = product.standard_price
        if line.product_uom_id and line.product_uom_id != product.uom_id:
            cost = product.uom_id._compute_price(cost, line.product_uom_id)
        rates = Rates(company, self._prices.date_of(line))
        currency = line.currency_id or company.currency_id
        return exact(rates.convert(cost, product.cost_currency_id.id, currency.id)) if cost > 0 else None
