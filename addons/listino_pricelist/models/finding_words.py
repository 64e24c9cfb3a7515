"""Findings in the reader's words, with their numbers."""

from markupsafe import Markup

from odoo import fields
from odoo.tools import format_date, formatLang

from ..health import kinds
from ..health.reach import NO_PRODUCT
from ..layout.figures import decimals_written
from .price_facts import rule_of


def explain(finding):
    """A plain sentence or two about a finding; of one that is repaired, what was done."""
    if finding.state == "repaired":
        return finding.repair_note
    return _EXPLANATIONS[finding.kind](_Words(finding))


def explain_repair(finding):
    """What a click on *Repair* does."""
    _ = finding.env._
    delete = _("Repairing deletes the rule that never wins. No price changes.")
    return {
        kinds.OVERLAP: delete,
        kinds.SHADOWED: delete,
        kinds.DUPLICATE: delete,
        kinds.EXPIRED: _("Repairing deletes the rules that are over. No price changes from now on."),
        kinds.BASE_IGNORED: _("Repairing bases the rule on the list that it names. Prices change to what it says."),
        kinds.BASE_MISSING: _("Repairing bases the rule on the sales price, as it is today. No price changes."),
        kinds.SCOPE: _("Repairing keeps the scope that the rule was made for and clears the rest."),
        kinds.DISPLAY: _("Repairing shows the rules as what they are. No price changes."),
    }[finding.kind]


def describe_rule(rule):
    """A ``product.pricelist.item`` with all that makes its price, as a line of text."""
    env = rule.env
    parts = [env["listino.price.check"]._name_rule(rule_of(rule, 0))]
    if rule.date_start or rule.date_end:
        start, end = (format_date(env, value) if value else "…" for value in (rule.date_start, rule.date_end))
        parts.append(env._("valid from %(start)s to %(end)s", start=start, end=end))
    if rule.compute_price == "formula":
        names = ("price_round", "price_surcharge", "price_min_margin", "price_max_margin")
        labels = {name: rule._fields[name]._description_string(env) for name in names}
        parts += [f"{labels[name]} {formatLang(env, rule[name])}" for name in names if rule[name]]
    if rule.listino_note:
        parts.append(f"“{rule.listino_note}”")
    return ", ".join(parts)


def describe_examples(finding):
    """A table of the first products that are concerned, or nothing."""
    words = _Words(finding)
    titles, rows = _EXAMPLE_COLUMNS.get(finding.kind, lambda _words: ((), ()))(words)
    if not rows:
        return False
    head = Markup().join(Markup("<th>%s</th>") % title for title in titles)
    body = Markup().join(
        Markup("<tr>%s</tr>") % Markup().join(Markup("<td>%s</td>") % cell for cell in row) for row in rows
    )
    return Markup('<table class="table table-sm"><thead><tr>%s</tr></thead><tbody>%s</tbody></table>') % (head, body)


class _Words:
    """The parts of sentences about one finding.

    :param finding: a ``listino.finding``
    """

    def __init__(self, finding):
        self.env = finding.env
        self.finding = finding
        self.figures = finding.figures or {}
        self.count = finding.count
        self.examples = self.figures.get("examples") or []
        self.first = self.examples[0] if self.examples else {}

    @property
    def rule(self):
        return self._name(self.finding.rule_id)

    @property
    def other(self):
        return self._name(self.finding.other_rule_id)

    def _name(self, rule):
        if not rule:
            return self.env._("the sales price")
        name = self.env["listino.price.check"]._name_rule(rule_of(rule, 0))
        return f"“{name}”"

    def product(self, example):
        """The name of an example's product, if it is still there and the reader may see it."""
        product = self.env["product.product"].browse(example.get("product_id")).exists()
        return product._filtered_access("read").display_name or self.env._("a product")

    def money(self, name, example=None):
        """An amount of an example, in the list's currency, with the decimals it needs."""
        value = (self.first if example is None else example).get(name) or 0.0
        currency = self.finding.currency_id
        digits = decimals_written(value, currency.decimal_places)
        return f"{formatLang(self.env, value, digits=digits)}\N{NO-BREAK SPACE}{currency.symbol}"

    def number(self, name, example=None, digits=None):
        """A figure of an example, in the digits of the language."""
        value = (self.first if example is None else example).get(name) or 0.0
        return formatLang(self.env, value, digits=decimals_written(value, 0) if digits is None else digits)

    def lists(self):
        """The names of the lists that are concerned, also of those the reader doesn't see."""
        ids = self.figures.get("list_ids") or [self.figures.get("list_id")]
        lists = self.env["product.pricelist"].browse(filter(None, ids)).exists().sudo()  # names alone
        return lists.mapped("name")


# === THE KINDS === #


def _overlap(words):
    _ = words.env._
    if words.figures.get("never_wins"):
        return _(
            "Two prices for the same products, quantity and time: %(rule)s and %(other)s. The second, being newer, "
            "always wins.",
            rule=words.rule,
            other=words.other,
        )
    return _(
        "%(rule)s and %(other)s are for the same products and quantity, and for some time both are valid. In that "
        "time the second, being newer, wins. Is that meant?",
        rule=words.rule,
        other=words.other,
    )


def _shadowed(words):
    return words.env._(
        "%(rule)s never gives a price: %(other)s is for the same products and quantity, newer, and valid whenever it "
        "is.",
        rule=words.rule,
        other=words.other,
    )


def _duplicate(words):
    return words.env._("%(rule)s is there twice. The newer one gives the price, the older one never.", rule=words.rule)


def _unreached(words):
    if words.figures.get("reason") == NO_PRODUCT:
        return words.env._("%(rule)s gives no price: there is no active product that it is for.", rule=words.rule)
    return words.env._(
        "%(rule)s gives no price: for each product that it is for, other rules come first.", rule=words.rule
    )


def _rises(words):
    return words.env._(
        "Who buys more pays more: %(product)s costs %(other_price)s from %(other_quantity)s by %(other)s, and "
        "%(price)s from %(quantity)s by %(rule)s. Products concerned: %(count)s.",
        product=words.product(words.first),
        price=words.money("price"),
        quantity=words.number("quantity"),
        other_price=words.money("other_price"),
        other_quantity=words.number("other_quantity"),
        rule=words.rule,
        other=words.other,
        count=words.count,
    )


def _hidden(words):
    return words.env._(
        "Products with a rule of their own that cost more than by %(other)s, which the own rule keeps away: "
        "%(count)s. For example %(product)s: %(price)s instead of %(other_price)s from %(quantity)s.",
        product=words.product(words.first),
        price=words.money("price"),
        other_price=words.money("other_price"),
        quantity=words.number("quantity"),
        other=words.other,
        count=words.count,
    )


def _no_price(words):
    return words.env._(
        "Products that cost nothing or less in this list: %(count)s. For example %(product)s: %(price)s.",
        count=words.count,
        product=words.product(words.first),
        price=words.money("price"),
    )


def _below_cost(words):
    return words.env._(
        "Products sold below cost by %(rule)s: %(count)s. For example %(product)s: %(price)s without VAT from "
        "%(quantity)s, cost %(cost)s, margin %(margin)s %%.",
        **_cost_figures(words),
    )


def _below_margin(words):
    floor = words.finding.pricelist_id.margin_floor
    return words.env._(
        "Products whose margin is lower than the %(floor)s %% wanted of this list, by %(rule)s: %(count)s. For "
        "example %(product)s: %(price)s without VAT from %(quantity)s, cost %(cost)s, margin %(margin)s %%.",
        floor=formatLang(words.env, floor, digits=decimals_written(floor, 0)),
        **_cost_figures(words),
    )


def _cost_figures(words):
    rule = words.finding.rule_id
    return {
        "rule": words.rule if rule else words.env._("rules of their own or the sales price"),
        "count": words.count,
        "product": words.product(words.first),
        "price": words.money("price"),
        "quantity": words.number("quantity"),
        "cost": words.money("other_price"),
        "margin": words.number("margin", digits=1),
    }


def _base_ignored(words):
    bases = dict(words.env["product.pricelist.item"]._fields["base"]._description_selection(words.env))
    return words.env._(
        "%(rule)s: the label names the list %(list)s, but the price is worked out from: %(base)s.",
        rule=words.rule,
        list=", ".join(words.lists()),
        base=bases.get(words.figures.get("base"), ""),
    )


def _base_missing(words):
    return words.env._(
        "%(rule)s is to be based on another list, but on none: that list is gone. The sales price is taken.",
        rule=words.rule,
    )


def _scope(words):
    return words.env._(
        "%(rule)s also names products or a category that its scope does not use. Odoo takes it into account for some "
        "products and not for others, depending on what they are priced together with.",
        rule=words.rule,
    )


def _display(words):
    return words.env._(
        "Rules that the form shows as if they were for something else: %(count)s. Prices are right, but saving such a "
        "rule in the form may change what it is for.",
        count=words.count,
    )


def _circle(words):
    names = words.lists()
    return words.env._(
        "The lists %(lists)s are based on each other in a circle, so some products have no price: quotes with them "
        "fail. Rules on archived products count too.",
        lists=" → ".join([*names, *names[:1]]),
    )


def _expired(words):
    last = fields.Datetime.to_datetime(words.figures.get("last"))
    return words.env._(
        "Rules that are over: %(count)s; the last ended on %(date)s.",
        count=words.count,
        date=format_date(words.env, fields.Datetime.context_timestamp(words.finding, last)) if last else "",
    )


def _unused(words):
    return words.env._(
        "Nobody uses this list: it has no customer, no order in twelve months, no list based on it, no document, no "
        "country, and is nobody's default. Archive it, if it is not needed."
    )


def _unchecked(words):
    reason = words.figures.get("reason")
    if reason == "elsewhere":
        return words.env._(
            "Another installed app has its own way of pricing, so prices could not be checked. The rules were."
        )
    if reason == "circle":
        return words.env._("Prices could not be checked: a list that this one is based on is in a circle of lists.")
    return words.env._("The check stopped with an error: %(message)s", message=words.figures.get("message"))


_EXPLANATIONS = {
    kinds.OVERLAP: _overlap,
    kinds.SHADOWED: _shadowed,
    kinds.DUPLICATE: _duplicate,
    kinds.UNREACHED: _unreached,
    kinds.RISES: _rises,
    kinds.HIDDEN: _hidden,
    kinds.NO_PRICE: _no_price,
    kinds.BELOW_COST: _below_cost,
    kinds.BELOW_MARGIN: _below_margin,
    kinds.BASE_IGNORED: _base_ignored,
    kinds.BASE_MISSING: _base_missing,
    kinds.SCOPE: _scope,
    kinds.DISPLAY: _display,
    kinds.CIRCLE: _circle,
    kinds.EXPIRED: _expired,
    kinds.UNUSED: _unused,
    kinds.UNCHECKED: _unchecked,
}


# === THE TABLES OF EXAMPLES === #


def _table_of_rises(words):
    _ = words.env._
    titles = (_("Product"), _("From Quantity"), _("Price"), _("From Quantity"), _("Price"))
    names = (("other_quantity", words.number), ("other_price", words.money), ("quantity", words.number))
    return titles, _rows(words, (*names, ("price", words.money)))


def _table_of_hidden(words):
    _ = words.env._
    titles = (_("Product"), _("From Quantity"), _("Price"), _("Price by Category"))
    return titles, _rows(words, (("quantity", words.number), ("price", words.money), ("other_price", words.money)))


def _table_of_no_price(words):
    _ = words.env._
    return (_("Product"), _("From Quantity"), _("Price")), _rows(
        words, (("quantity", words.number), ("price", words.money))
    )


def _table_of_costs(words):
    _ = words.env._
    titles = (_("Product"), _("From Quantity"), _("Price without VAT"), _("Cost"), _("Margin %"))
    names = (("quantity", words.number), ("price", words.money), ("other_price", words.money))
    return titles, _rows(words, (*names, ("margin", lambda name, example: words.number(name, example, digits=1))))


def _rows(words, columns):
    return [[words.product(example), *(write(name, example) for name, write in columns)] for example in words.examples]


_EXAMPLE_COLUMNS = {
    kinds.RISES: _table_of_rises,
    kinds.HIDDEN: _table_of_hidden,
    kinds.NO_PRICE: _table_of_no_price,
    kinds.BELOW_COST: _table_of_costs,
    kinds.BELOW_MARGIN: _table_of_costs,
}
