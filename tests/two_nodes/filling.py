"""Work for all scheduled actions at once: so many overdue instalments, customers to look at, items of a feed, mails."""

from datetime import timedelta

from odoo import fields
from odoo.fields import Command
from odoo.tools import SQL

from benchmarks import bench_dunning, bench_feed, bench_lifecycle, bench_lifecycle_touches

REMINDERS, CONTACTS, READERS = 100, 500, 50  # at most: mails take long, and a thousand show no more than these
INSTALMENTS = 10  # a debtor, at least: each gets one reminder about all of them
PRODUCTS_IN_LIST = 20
YEARS_SILENT = 3
FIRST = [  # what finds the work that other actions do
    "dunning_it.ir_cron_dunning_scan",
    "lifecycle_crm.ir_cron_lifecycle_refresh",
    "lifecycle_crm.ir_cron_lifecycle_plan",
    "shop_feed.ir_cron_feed_prices",
]


def fill(env, cases):
    """Make it all due now.

    :param int cases: of each kind
    :return: how many there are of what, by its name
    """
    env.user.partner_id.email = env.company.email = "office@example.com"
    debtors = _owe(env, cases)
    _sell(env, cases)
    pages = _offer(env, cases)
    readers = debtors[:READERS]
    _send_list(env, readers)
    env.flush_all()
    env.cr.execute("ANALYZE")
    return {
        "instalments": cases,
        "debtors": len(debtors),
        "customers": cases,
        "items of a feed": cases,
        "readers of a price list": len(readers),
        "key": _make_key(env),
        "pages": pages,
    }


def find_work(env):
    """Do, to its end, what comes before the actions that make up the long work, so that only theirs is left.

    :return: the number of contacts, which nobody knows before
    """
    for name in FIRST:
        env.ref(name).ir_actions_server_id.run()
    return {"contacts": env["lifecycle.touch"].search_count([("state", "=", "due")])}


def _make_key(env):
    """With which a person's program changes prices from outside."""
    admin = env.ref("base.user_admin")
    until = fields.Datetime.now() + timedelta(days=1)
    return env["res.users.apikeys"].with_user(admin).sudo()._generate(None, "Two nodes", until)


def _owe(env, cases):
    """Customers with overdue instalments, whose reminders nobody has to look at first."""
    env.company.dunning_is_automatic = True
    debtors = bench_dunning.create_customers(env, min(cases // INSTALMENTS, REMINDERS), "Debtor")
    bench_dunning.create_open_lines(env, debtors, cases)
    return debtors


def _sell(env, cases):
    """Customers with orders who are marked; some of them have been silent for years, and a play is for the lost."""
    bench_lifecycle.create_customers(env, cases)
    customers = env["res.partner"].search([("name", "=", "Customer 0")])
    env.cr.execute(
        SQL(
            """UPDATE res_partner SET name = 'Customer ' || id, complete_name = 'Customer ' || id,
                      email = 'customer' || id || '@example.com', email_normalized = 'customer' || id || '@example.com'
                WHERE id = ANY(%s)""",
            customers.ids,
        )
    )
    silent = customers[:: max(2, cases // CONTACTS)]
    env.cr.execute(
        SQL(
            "UPDATE sale_order SET date_order = date_order - make_interval(years => %s) WHERE partner_id = ANY(%s)",
            YEARS_SILENT,
            silent.ids,
        )
    )
    env.invalidate_all()
    _let_in(env, silent)
    env["lifecycle.mark"]._add(customers, env.company, "order")
    env.company.lifecycle_tz = _get_zone_of_noon(env)


def _let_in(env, silent):
    """The lost are known, history and all, and enter the play by the button for those who are in its stage already.

    What the nodes find out of the others has no part in it: who enters does not hang on which of them is first.
    """
    status = env["lifecycle.status"]
    env["lifecycle.mark"]._add(silent, env.company, "order")
    env.ref("lifecycle_crm.ir_cron_lifecycle_refresh").ir_actions_server_id.run()
    while status._reconstruct(env.company):
        pass
    play = bench_lifecycle_touches.create_play(env)
    play.stage_id = env["lifecycle.stage"].search([("code", "=", "lost"), ("company_id", "=", env.company.id)])
    consent = {"purpose_id": play.step_ids.purpose_id.id, "company_id": env.company.id, "state": "granted"}
    env["lifecycle.consent"].create([{**consent, "partner_id": customer.id} for customer in silent])
    play.action_start()
    env["lifecycle.intake"].create({"play_id": play.id}).action_take_in()


def _get_zone_of_noon(env):
    """A zone in which it is about noon: whatever the clock says here, this morning's contacts are due."""
    [(hour,)] = env.execute_query(SQL("SELECT EXTRACT(hour FROM now() AT TIME ZONE 'UTC')::integer"))
    return f"Etc/GMT{hour - 12:+d}" if hour != 12 else "Etc/GMT"


def _offer(env, cases):
    """A shop with a feed and its share page.

    :return: the address of each, without the host
    """
    website, pricelist, product = bench_feed.create_shop(env)
    bench_feed.create_copies(env, product, cases - 1)
    feed = bench_feed.create_feed(env, website, pricelist)
    feed.write({"is_shared": True, "share_slug": "prova"})
    address, _password = feed._make_address()
    return {"feed": address[address.index("/feed/") :], "share page": "/catalogo/prova"}


def _send_list(env, readers):
    """A price list of some products, to be sent to each of the readers."""
    products = env["product.product"].search([("default_code", "=like", "B0%")], limit=PRODUCTS_IN_LIST)
    document = env["listino.document"].create(
        {
            "name": "Listino",
            "pricelist_id": env["product.pricelist"].search([("name", "=", "Benchmark")]).id,
            "product_domain": repr([("default_code", "in", products.mapped("default_code"))]),
        }
    )
    sending = env["listino.sending"].create(
        {"document_id": document.id, "partner_ids": [Command.set(readers.ids)], "extension": "csv"}
    )
    sending.action_start()
