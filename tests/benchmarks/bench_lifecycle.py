"""Customer lifecycle: what it costs to find out where everybody stands, beside a loop over customers by the ORM."""

from collections import Counter

from odoo import fields
from odoo.fields import Command
from odoo.tools import SQL

from .copies import copy_row
from .framework import against, alone, benchmark
from .measuring import measure

LIFECYCLE = ["lifecycle_crm"]
LOOP = "a search a customer by the ORM, the same rules in Python, the same rows record by record"
ORDERS_A_CUSTOMER = 5


def create_customers(env, count):
    """Customers with five orders each in three years: some often, some once, some long ago, all by their number."""
    company = env.company
    if not company.lifecycle_rulebook_id:
        company._lifecycle_ensure_rules()
    product = env["product.product"].create({"name": "Oil", "type": "service"})
    partner = env["res.partner"].create({"name": "Customer 0", "is_company": True})
    order = env["sale.order"].create(
        {"partner_id": partner.id, "order_line": [(0, 0, {"product_id": product.id, "price_unit": 100, "tax_ids": []})]}
    )
    order.action_confirm()
    env.flush_all()
    start = copy_row(env, "res_partner", partner.id, count - 1, {"commercial_partner_id": SQL("%s + 0", partner.id)})
    env.cr.execute(SQL("UPDATE res_partner SET commercial_partner_id = id WHERE id >= %s", start))
    _copy_orders(env, order.id, start, count - 1)
    env.invalidate_all()


def _copy_orders(env, source, first_partner, customers):
    """Orders of customer n: spread by n, so that gaps of a week to a year and long silences come about."""
    place = SQL("(number - 1)")
    customer = SQL("(%s %% %s)", place, customers)
    partner = SQL("%s + %s", first_partner, customer)
    gap, order = SQL("(7 + %s %% 191)", customer), SQL("(%s / %s)", place, customers)
    changes = {
        "name": SQL("'B' || number"),
        "partner_id": partner,
        "partner_invoice_id": partner,
        "partner_shipping_id": partner,
        "date_order": SQL("now() - make_interval(days => %s %% 83 + %s * %s)", customer, gap, order),
        "amount_untaxed": SQL("10 + %s %% 90", customer),
        "access_token": SQL("NULL"),
    }
    copy_row(env, "sale_order", source, customers * ORDERS_A_CUSTOMER, changes)
    env.cr.execute("ANALYZE sale_order; ANALYZE res_partner")


def refresh(env):
    """Our refresh of the company: where everybody stands by it."""
    env["lifecycle.status"]._refresh(env.company)
    return _standing(env)


def loop(env):
    """The same by what everybody would write first: each customer's orders, the rules, and what has changed is kept."""
    from odoo.addons.lifecycle_crm.stages.decide import decide
    from odoo.addons.lifecycle_crm.stages.facts import facts_of

    company, today = env.company, env.company._lifecycle_today()
    book = company.lifecycle_rulebook_id._as_book()
    prior = company._lifecycle_prior(book.gap)
    for partner in env["res.partner"].search([("name", "=", "Customer 0")]):
        orders = env["sale.order"].search([("partner_id", "child_of", partner.id), ("state", "=", "sale")])
        bought = [
            (company._lifecycle_local(order.date_order).date(), round(order.amount_untaxed / order.currency_rate * 100))
            for order in orders
        ]
        facts = facts_of(bought, today)
        _keep(env, partner, facts, decide(book, facts, today, prior))
    env.flush_all()
    return _standing(env)


def _keep(env, partner, facts, decision):
    """The status of one customer, the change of stage and the tag, record by record."""
    company = env.company
    about = {"partner_id": partner.id, "company_id": company.id}
    stage = env["lifecycle.stage"].search([("company_id", "=", company.id), ("code", "=", decision.stage)])
    rule = company.lifecycle_rulebook_id._get_rules().filtered(lambda rule: rule.code == decision.rule)
    last_year = sum(cents for _day, cents in facts.recent)
    values = {
        "stage_id": stage.id,
        "stage_since": fields.Datetime.now(),
        "rule_id": rule.id,
        "reason": decision.reason(),
        "order_count": facts.orders,
        "order_day_count": facts.order_days,
        "first_order_date": facts.first_order,
        "last_order_date": facts.last_order,
        "revenue": facts.revenue / 100,
        "revenue_year": last_year / 100,
        "gap_days": decision.gap.days,
        "next_order_date": decision.next_order,
        "next_change_date": decision.next_change,
    }
    status = env["lifecycle.status"].sudo().search([(name, "=", value) for name, value in about.items()])
    old = status.stage_id
    if status:
        status.write(values)
    else:
        status.create({**about, **values})
    if old != stage:
        change = {"from_stage_id": old.id, "to_stage_id": stage.id, "moment": fields.Datetime.now(), "cause": "first"}
        env["lifecycle.transition"].sudo().create({**about, **change, "reason": decision.reason()})
        partner.write({"category_id": [Command.unlink(old.tag_id.id)] * bool(old) + [Command.link(stage.tag_id.id)]})


def _standing(env):
    """How many customers are alike in what is kept of them, their transition and their tag included."""
    rows = env.execute_query(
        SQL(
            """
            SELECT status.stage_id, status.rule_id, order_count, order_day_count, first_order_date, last_order_date,
                   revenue, gap_days, next_order_date, next_change_date, change.to_stage_id, held.category_id, COUNT(*)
              FROM lifecycle_status status
              JOIN res_partner partner ON partner.id = status.partner_id AND partner.name = 'Customer 0'
         LEFT JOIN lifecycle_transition change ON change.partner_id = partner.id
         LEFT JOIN res_partner_res_partner_category_rel held ON held.partner_id = partner.id
             WHERE status.company_id = %s
          GROUP BY 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12
            """,
            env.company.id,
        )
    )
    return Counter({row[:-1]: row[-1] for row in rows})


def _forget(env):
    """Nobody has a status, a transition or a tag any more."""
    env.cr.execute(
        """
        DELETE FROM lifecycle_transition;
        DELETE FROM lifecycle_status;
        DELETE FROM res_partner_res_partner_category_rel held USING lifecycle_stage stage
         WHERE stage.tag_id = held.category_id
        """
    )
    env.invalidate_all()


@benchmark(
    "lifecycle_vs_orm",
    size=20_000,
    addons=LIFECYCLE,
    targets=["ratio >= 50"],
)
def lifecycle_vs_orm(env, size):
    """Stage, reason, dates, change and tag of customers with five orders each."""
    create_customers(env, size)
    theirs = measure(env, lambda: loop(env))
    _forget(env)
    ours = measure(env, lambda: refresh(env))
    return against(ours, theirs, LOOP, by="cpu_with_server")  # ours works in PostgreSQL's process


@benchmark(
    "lifecycle_refresh",
    size=100_000,
    addons=LIFECYCLE,
    targets=["ours <= 10", "queries_ours <= 60"],
)
def lifecycle_refresh(env, size):
    """The same for as many as a chain of shops has."""
    create_customers(env, size)
    return alone(measure(env, lambda: refresh(env)), by="cpu_with_server")


@benchmark(
    "lifecycle_rerun",
    size=100_000,
    addons=LIFECYCLE,
    targets=["rows_written = 0"],
)
def lifecycle_rerun(env, size):
    """The same again: nothing is written."""
    create_customers(env, size)
    refresh(env)
    return alone(measure(env, lambda: refresh(env)), by="cpu_with_server")
