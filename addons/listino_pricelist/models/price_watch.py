"""What prices were before a transaction touched them, and the rows of history that come of it at its end.

Noted once a record, written once a transaction: a price that is written twice makes one row, one that comes back to
what it was makes none, and ten thousand changes make one insert.
"""

from typing import Any, NamedTuple

from odoo import fields
from odoo.tools import format_datetime

from ..changing.verdict import variation
from .price_reason import PriceReason, reason_of
from .row_writer import insert_rows

KEY = "listino_pricelist.prices"
SCOPE = ("pricelist_id", "product_tmpl_id", "product_id", "categ_id", "min_quantity", "applied_on")
TERMS = ("compute_price", "fixed_price", "percent_price", "price_discount", "price_markup", "price_round")
TERMS += ("price_surcharge", "price_min_margin", "price_max_margin", "base", "base_pricelist_id")
TERMS += ("date_start", "date_end")
RULE_FIELDS = frozenset([*SCOPE, *TERMS])
REFERENCES = SCOPE[:4]


class Author(NamedTuple):
    """Who changes a price, in which language, and why."""

    uid: int
    lang: str | None
    reason: PriceReason


class Note(NamedTuple):
    """What was (None: nothing), and who changes it; plain values, as transactions of tests are copied."""

    before: Any
    author: Author


class RuleState(NamedTuple):
    """What a price rule says at a moment.

    :param tuple scope: whom it is for, as :data:`SCOPE`
    :param tuple terms: how it prices, as :data:`TERMS`
    :param float price: of a fixed price; None of others
    :param str text: the terms in words, where a number does not say it all
    """

    scope: tuple
    terms: tuple
    price: float | None
    text: str | None
    name: str
    company_id: int | None
    currency_id: int | None

    def agrees_with(self, other):
        """Whether both say the same; in which language does not matter."""
        return other is not None and self[:2] == other[:2]


def watch_sales_prices(templates):
    """Note the sales prices of products that are about to be written."""
    notes, author = _notes(templates, "sales"), _author_of(templates.env)
    for template in templates.sudo():  # nobody's rights decide whether a change is on record
        if template.id:
            before = notes[template.id].before if template.id in notes else template.list_price
            notes[template.id] = Note(before, author)


def watch_rules(items, *, new=False):
    """Note what rules say that are about to be written or deleted, or that there was nothing where they are new."""
    notes, author = _notes(items, "rules"), _author_of(items.env)
    for item in items.sudo():  # see above
        if item.id:
            before = notes[item.id].before if item.id in notes else None if new else _state_of(item)
            notes[item.id] = Note(before, author)


def _author_of(env):
    return Author(env.uid, env.lang, reason_of(env))


def _notes(records, kind):
    precommit = records.env.cr.precommit
    if KEY not in precommit.data:
        precommit.data[KEY] = {"sales": {}, "rules": {}}
        env = records.env(su=True, context={})
        precommit.add(lambda: _write_history(env))
    return precommit.data[KEY][kind]


def _state_of(item):
    is_fixed = item.compute_price == "fixed"
    return RuleState(
        scope=tuple(_plain(item[name]) for name in SCOPE),
        terms=tuple(_plain(item[name]) for name in TERMS),
        price=item.fixed_price if is_fixed else None,
        text=None if is_fixed and not item.date_start and not item.date_end else _text_of(item),
        name=item.name,
        company_id=item.company_id.id or None,
        currency_id=item.currency_id.id or None,
    )


def _plain(value):
    return value.id or None if hasattr(value, "_name") else value


def _text_of(item):
    """The terms and dates of a rule in words."""
    parts = [item.price]
    if item.date_start:
        parts.append(item.env._("from %(date)s", date=format_datetime(item.env, item.date_start, dt_format="short")))
    if item.date_end:
        parts.append(item.env._("until %(date)s", date=format_datetime(item.env, item.date_end, dt_format="short")))
    return " ".join(parts)


# === ROWS === #


def _write_history(env):
    notes = env.cr.precommit.data.pop(KEY, None)
    if notes:
        insert_rows(env, "listino.price.history", [*_sales_rows(env, notes["sales"]), *_rule_rows(env, notes["rules"])])


def _sales_rows(env, notes):
    templates = env["product.template"].browse(notes).exists()
    changed = templates.filtered(lambda template: template.list_price != notes[template.id].before)
    for template in changed:
        before, author = notes[template.id]
        yield {
            **_prepare_row(author, "changed"),
            **dict.fromkeys(REFERENCES),
            "product_tmpl_id": template.id,
            "min_quantity": 0.0,
            "scope": template.display_name,
            "company_id": template.company_id.id or None,
            "currency_id": template.currency_id.id,
            "old_price": before,
            "new_price": template.list_price,
            "variation": variation(before, template.list_price),
        }


def _rule_rows(env, notes):
    there = set(env["product.pricelist.item"].browse(notes).exists()._ids)
    pairs = []
    for item_id, (before, author) in notes.items():
        item = env["product.pricelist.item"].browse(item_id).with_context(lang=author.lang)
        after = _state_of(item) if item_id in there else None
        if before == after or (before and before.agrees_with(after)):
            continue
        if before and after and before.scope != after.scope:
            pairs += [(author, before, None), (author, None, after)]
        else:
            pairs.append((author, before, after))
    gone = _find_gone(env, [before.scope for _author, before, after in pairs if not after])
    return [_prepare_rule_row(*pair, gone) for pair in pairs]


def _find_gone(env, scopes):
    """References of deleted rules to what has gone with them: pairs of field and id."""
    gone = set()
    for place, name in enumerate(REFERENCES):
        ids = {scope[place] for scope in scopes if scope[place]}
        model = env["product.pricelist.item"]._fields[name].comodel_name
        gone |= {(name, id_) for id_ in ids - set(env[model].browse(ids).exists()._ids)} if ids else set()
    return gone


def _prepare_rule_row(author, before, after, gone):
    state = after or before
    references = dict(zip(REFERENCES, state.scope, strict=False))
    old, new = (rule.price if rule else None for rule in (before, after))
    return {
        **_prepare_row(author, "changed" if before and after else "added" if after else "removed"),
        **{name: None if (name, id_) in gone else id_ for name, id_ in references.items()},
        "min_quantity": state.scope[4],
        "scope": state.name,
        "company_id": state.company_id,
        "currency_id": state.currency_id,
        "old_price": old,
        "new_price": new,
        "old_text": before and before.text,
        "new_text": after and after.text,
        "variation": variation(old, new) if old is not None and new is not None else None,
    }


def _prepare_row(author, action):
    reason = author.reason
    return {
        "date": fields.Datetime.to_string(fields.Datetime.now()),
        "user_id": author.uid,
        "origin": reason.origin,
        "reason": reason.text or None,
        "change_id": reason.change_id,
        "action": action,
        "old_text": None,
        "new_text": None,
    }
