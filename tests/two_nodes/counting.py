"""Was all of it done, once? Each finding is a sentence; none means yes."""

import hashlib
import itertools
from collections import Counter
from decimal import ROUND_HALF_UP, Decimal
from typing import NamedTuple

from odoo.tools import SQL

from benchmarks.bench_feed import PRICE, prices

VAT = Decimal("1.22")  # of the benchmark's shop


class Mail(NamedTuple):
    """A mail as the mail server got it."""

    message_id: str
    receivers: tuple


def count(env, mails):
    """Compare what is in the database with the mails that came.

    :return: numbers by name, and findings
    """
    received = Counter(mail.message_id for mail in mails)
    numbers, findings = {"mails": len(mails)}, []
    for check in (_count_reminders, _count_contacts, _count_price_lists):
        found, wrong = check(env, received)
        numbers |= found
        findings += wrong
    findings += _look_for_strangers(env, received)
    for check in (_check_cases, _check_statuses, _check_items, _check_prices, _check_actions):
        findings += check(env)
    return {"numbers": numbers, "findings": findings}


# === MAILS === #


def _compare(kind, records, received, done, uncertain):
    """Whether each record that says so has been received once, and no other at all.

    :param records: pairs of a state and a Message-ID
    :return: the numbers of states, and findings
    """
    states = Counter(state for state, _uid in records)
    findings = [f"{kind}: {number} are {state}." for state, number in states.items() if state not in (done, uncertain)]
    for state, uid in records:
        came = received[uid]
        if came > 1 or (state == done and not came):
            findings.append(f"{kind}: {uid}, which is {state}, came {came} times.")
    return {f"{kind} {state}": number for state, number in states.items()}, findings


def _count_reminders(env, received):
    steps = env["dunning.step"].search([("kind", "=", "mail"), ("state", "!=", "cancelled")])
    numbers, findings = _compare(
        "reminders", [(step.state, step.message_uid) for step in steps], received, "done", "uncertain"
    )
    findings += _once("reminders", _get_debtors(env), [step.partner_id for step in steps])
    return numbers, findings


def _count_contacts(env, received):
    lost = env["lifecycle.status"].search([("stage_id.code", "=", "lost"), ("company_id", "=", env.company.id)])
    touches = env["lifecycle.touch"].search([("play_id.code", "=", "bench_win_back")])
    numbers, findings = _compare(
        "contacts",
        [(_state_of(touch), touch.message_uid) for touch in touches],
        received,
        "done",
        "uncertain",
    )
    findings += _once("contacts", lost.partner_id, [touch.partner_id for touch in touches])
    return numbers, findings


def _state_of(touch):
    """A contact is done when its mail is out; a mail that waits in Odoo's queue is not."""
    return f"mail {touch.mail_state}" if touch.state == "done" and touch.mail_state != "sent" else touch.state


def _count_price_lists(env, received):
    lines = env["listino.sending.line"].search([])
    numbers, findings = _compare(
        "price lists", [(line.state, line.message_uid) for line in lines], received, "sent", "uncertain"
    )
    findings += _once("price lists", lines.sending_id.partner_ids, [line.partner_id for line in lines])
    return numbers, findings


def _get_debtors(env):
    return env["res.partner"].search([("name", "=like", "Debtor %")])


def _once(kind, wanted, reached):
    """Whether each of the wanted customers, and nobody else, was reached once."""
    times = Counter(reached)
    if missing := sum(1 for partner in wanted if not times[partner]):
        yield f"{kind}: {missing} of {len(wanted)} were lost."
    if strangers := len(times.keys() - set(wanted)):
        yield f"{kind}: {strangers} were made for nobody."
    if twice := sum(1 for number in times.values() if number > 1):
        yield f"{kind}: {twice} customers have more than one."


def _look_for_strangers(env, received):
    """Mails of ours that no record knows."""
    known = {uid for uid in env["dunning.step"].search([]).mapped("message_uid") if uid}
    known |= {uid for uid in env["lifecycle.touch"].sudo().search([]).mapped("message_uid") if uid}
    known |= {uid for uid in env["listino.sending.line"].search([]).mapped("message_uid") if uid}
    strangers = [uid for uid in received if uid not in known and "-openerp-" in uid and _is_ours(uid)]
    return [f"{len(strangers)} mails are known to no record, such as {strangers[0]}."] if strangers else []


def _is_ours(uid):
    return any(model in uid for model in ("-dunning.", "-lifecycle.touch", "-listino."))


# === WHAT IS NO MAIL === #


def _check_cases(env):
    lines = env["dunning.case.line"].search([("state", "=", "active")])
    debtors = _get_debtors(env)
    cases = env["dunning.case"].search([("partner_id", "in", debtors.ids)])
    instalments = env["account.move.line"].search_count(
        [("partner_id", "in", debtors.ids), ("account_type", "=", "asset_receivable")]
    )
    if len(cases) != len(debtors):
        yield f"cases: {len(cases)} of {len(debtors)} debtors."
    if not len(lines) == len(lines.move_line_id) == instalments:
        yield f"cases: {len(lines)} lines about {len(lines.move_line_id)} of {instalments} instalments."
    claimed, owed = sum(cases.mapped("amount_net")), sum(lines.move_line_id.mapped("amount_residual"))
    if env.company.currency_id.compare_amounts(claimed, owed):
        yield f"cases: {claimed} is claimed of {owed}."


def _check_statuses(env):
    customers = env["res.partner"].search([("name", "=like", "Customer %")])
    statuses = env["lifecycle.status"].search([("partner_id", "in", customers.ids)])
    if len(statuses) != len(customers) or statuses.partner_id != customers.browse(statuses.partner_id.ids):
        yield f"statuses: {len(statuses)} of {len(customers)} customers."
    if marks := env["lifecycle.mark"].search_count([]):
        yield f"statuses: {marks} marks are left."
    if moved := env["lifecycle.status"]._refresh(env.company):
        yield f"statuses: {len(moved)} are others when everybody is looked at again."
    [(twice,)] = env.execute_query(
        SQL(
            """SELECT COUNT(*) FROM (
                   SELECT to_stage_id, LAG(to_stage_id) OVER (PARTITION BY partner_id, company_id ORDER BY moment, id)
                          AS before FROM lifecycle_transition) moved WHERE to_stage_id = before"""
        )
    )
    if twice:
        yield f"statuses: {twice} customers entered a stage in which they were."


def _check_items(env):
    for feed in env["shop.feed"].search([]):
        products = env["product.product"].search([("is_published", "=", True), ("sale_ok", "=", True)])
        items = env["shop.feed.item"].search([("feed_id", "=", feed.id)])
        if not len(items) == len(items.product_id) == len(products):
            yield f"feed: {len(items)} items about {len(items.product_id)} of {len(products)} products."
        if dirty := items.filtered("is_dirty"):
            yield f"feed: {len(dirty)} items are to be built still."
        yield from _check_file(feed, products)
        good = env["shop.feed.build"].search([("feed_id", "=", feed.id), ("state", "=", "good")], order="id")
        if any(one.sha256 == other.sha256 for one, other in itertools.pairwise(good)):
            yield "feed: the same file was built twice in a row."
        if others := env["shop.feed.build"].search([("feed_id", "=", feed.id), ("state", "!=", "good")]):
            yield f"feed: builds that are {', '.join(sorted(set(others.mapped('state'))))}."


def _check_file(feed, products):
    """The served file is whole, and tells each product once with the price of now."""
    content = feed.build_id.plain_id.raw or b""
    if hashlib.sha256(content).hexdigest() != feed.build_id.sha256:
        yield "feed: the served file is not what was built."
    wanted = {product.default_code: _with_vat(product.list_price) for product in products}
    told, times = prices(content), len(PRICE.findall(content))
    if times != len(wanted) or told.keys() != wanted.keys():
        yield f"feed: the file tells {times} items about {len(told)} of {len(wanted)} products."
    if stale := [code for code, (amount, _currency) in told.items() if amount != wanted.get(code)]:
        yield f"feed: the file tells {len(stale)} prices of the past, such as that of {stale[0]}."


def _with_vat(price):
    return (Decimal(str(round(price, 2))) * VAT).quantize(Decimal("0.01"), ROUND_HALF_UP)


def _check_prices(env):
    [(twice,)] = env.execute_query(
        SQL(
            """SELECT COUNT(*) FROM (
                   SELECT units, is_gap, is_reduced, LAG((units, is_gap, is_reduced)) OVER (
                              PARTITION BY product_id, pricelist_id, company_id, fiscal_position_id ORDER BY moment, id
                          ) AS before FROM shop_feed_price) noted WHERE (units, is_gap, is_reduced) = before"""
        )
    )
    if twice:
        yield f"price history: {twice} prices follow the same price."
    products = env["product.product"].search([("is_published", "=", True), ("sale_ok", "=", True)])
    noted = env["shop.feed.price"].search([]).product_id
    if missing := products - noted:
        yield f"price history: {len(missing)} of {len(products)} products have none."


def _check_actions(env):
    failed = env["ir.cron"].with_context(active_test=False).search([("failure_count", ">", 0)])
    yield from (f"scheduled action: {action.cron_name} failed {action.failure_count} times." for action in failed)
