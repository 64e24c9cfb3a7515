"""Customer lifecycle: what it costs to find out where everybody stands, beside a loop over customers by the ORM."""

from collections import Counter

from odoo.tools import SQL

from .framework import against, alone, benchmark
from .measuring import measure

LIFECYCLE = ["lifecycle_crm"]
LOOP = "a search a customer by the ORM, the same rules in Python"
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
    [(start,)] = _copy(env, "res_partner", partner.id, count - 1, {"commercial_partner_id": SQL("%s + 0", partner.id)})
    env.cr.execute(SQL("UPDATE res_partner SET commercial_partner_id = id WHERE id >= %s", start))
    _copy_orders(env, order.id, start, count - 1)
    env.invalidate_all()


def _copy(env, table, source, count, changes):
    """Copy a row, and give back the first new id."""
    columns = _columns(env, table)
    values = [changes.get(name, SQL.identifier("source", name)) for name in columns]
    return env.execute_query(
        SQL(
            """
            WITH made AS (
                INSERT INTO %(table)s (%(columns)s)
                SELECT %(values)s
                  FROM %(table)s source, generate_series(1, %(count)s) number
                 WHERE source.id = %(source)s
             RETURNING id
            ) SELECT MIN(id) FROM made
            """,
            table=SQL.identifier(table),
            columns=SQL(", ").join(map(SQL.identifier, columns)),
            values=SQL(", ").join(values),
            count=count,
            source=source,
        )
    )


def _copy_orders(env, source, first_partner, customers):
    """Orders of customer n: spread by n, so that gaps of a week to a year and long silences come about."""
    columns = _columns(env, "sale_order")
    number = SQL("(number %% %s)", customers)
    partner = SQL("%s + %s", first_partner, number)
    gap, place = SQL("(7 + %s %% 191)", number), SQL("(number / %s)", customers)
    changes = {
        "name": SQL("'B' || number"),
        "partner_id": partner,
        "partner_invoice_id": partner,
        "partner_shipping_id": partner,
        "date_order": SQL("now() - make_interval(days => %s %% 83 + %s * %s)", number, gap, place),
        "amount_untaxed": SQL("10 + %s %% 90", number),
        "access_token": SQL("NULL"),
    }
    env.cr.execute(
        SQL(
            """
            INSERT INTO sale_order (%(columns)s)
            SELECT %(values)s
              FROM sale_order source, generate_series(0, %(count)s - 1) number
             WHERE source.id = %(source)s
            """,
            columns=SQL(", ").join(map(SQL.identifier, columns)),
            values=SQL(", ").join(changes.get(name, SQL.identifier("source", name)) for name in columns),
            count=customers * ORDERS_A_CUSTOMER,
            source=source,
        )
    )
    env.cr.execute("ANALYZE sale_order; ANALYZE res_partner")


def _columns(env, table):
    rows = env.execute_query(
        SQL("SELECT column_name FROM information_schema.columns WHERE table_name = %s AND column_name <> 'id'", table)
    )
    return [name for (name,) in rows]


def refresh(env):
    """Our refresh of the company: how many customers are in each stage."""
    env["lifecycle.status"]._refresh(env.company)
    groups = env["lifecycle.status"]._read_group([("order_count", ">", 0)], ["stage_id"], ["__count"])
    return Counter({stage.code: count for stage, count in groups})


def loop(env):
    """The same by what everybody would write first: each customer's orders, then the rules."""
    from odoo.addons.lifecycle_crm.stages.decide import stage_on
    from odoo.addons.lifecycle_crm.stages.facts import facts_of

    company, found = env.company, Counter()
    book, today = company.lifecycle_rulebook_id._as_book(), company._lifecycle_today()
    prior = company._lifecycle_prior(book.gap)
    for partner in env["res.partner"].search([("name", "=", "Customer 0")]):
        orders = env["sale.order"].search([("partner_id", "child_of", partner.id), ("state", "=", "sale")])
        bought = [
            (company._lifecycle_local(order.date_order).date(), round(order.amount_untaxed / order.currency_rate * 100))
            for order in orders
        ]
        found[stage_on(book, facts_of(bought, today), today, prior)] += 1
    return found


@benchmark(
    "lifecycle_vs_orm",
    size=20_000,
    addons=LIFECYCLE,
    targets=["ratio >= 50"],
)
def lifecycle_vs_orm(env, size):
    create_customers(env, size)
    ours, theirs = measure(env, lambda: refresh(env)), measure(env, lambda: loop(env))
    return against(ours, theirs, LOOP, by="cpu_with_server")  # ours works in PostgreSQL's process


@benchmark(
    "lifecycle_refresh",
    size=100_000,
    addons=LIFECYCLE,
    targets=["ours <= 10", "queries_ours <= 60"],
)
def lifecycle_refresh(env, size):
    create_customers(env, size)
    return alone(measure(env, lambda: refresh(env)), by="cpu_with_server")


@benchmark(
    "lifecycle_rerun",
    size=100_000,
    addons=LIFECYCLE,
    targets=["rows_written = 0"],
)
def lifecycle_rerun(env, size):
    create_customers(env, size)
    refresh(env)
    return alone(measure(env, lambda: refresh(env)), by="cpu_with_server")
