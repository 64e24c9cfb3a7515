"""Prices of a feed: VAT included, compared with their history, and what of a reduction may be announced."""

from datetime import timedelta

from odoo import fields
from odoo.fields import Command

from .bench_feed import FEED
from .catalogue import create_chain, create_products
from .framework import alone, benchmark
from .measuring import measure

CHUNK = 500  # as a build takes them


def create_feed(env, products):
    """A feed for Google of a shop's list, which is based on one of 200 rules; all products with 22 % of VAT."""
    company = env.company
    below = create_chain(env, products, 1)
    pricelist = env["product.pricelist"].create({"name": "Shop", "company_id": company.id})
    create_rule(env, pricelist, compute_price="formula", base="pricelist", base_pricelist_id=below.id)
    vat = env["account.tax"].create({"name": "Benchmark 22 %", "amount": 22, "price_include_override": "tax_excluded"})
    products.product_tmpl_id.write({"taxes_id": [Command.set(vat.ids)], "is_published": True})
    return env["shop.feed"].create(
        {
            "name": "Benchmark",
            "company_id": company.id,
            "channel_id": env.ref("shop_feed.channel_google").id,
            "website_id": env["website"].search([("company_id", "=", company.id)], limit=1).id,
            "pricelist_id": pricelist.id,
        }
    )


def create_rule(env, pricelist, **values):
    """A rule for all products."""
    values = {"pricelist_id": pricelist.id, "applied_on": "3_global", **values}
    return env["product.pricelist.item"].create(values)


def price(env, feed, products, moment):
    """What a build asks of all prices, chunk by chunk.

    :return: how many are told, and how many of them reduced
    """
    feed = feed._in_own_terms().with_context(shop_feed_records_prices=True)
    told = reduced = 0
    for start in range(0, len(products), CHUNK):
        chunk = feed.env["product.product"].browse(products.ids[start : start + CHUNK])
        facts = feed._get_price_facts(chunk, moment)
        told += len(facts)
        reduced += sum("sale_price" in known for known in facts.values())
        feed.env.invalidate_all()
    return told, reduced


@benchmark("feed_prices", size=10_000, addons=FEED, targets=["ours <= 10", "queries_ours <= 800"])
def prices(env, size):
    """Prices with forty days of history, on the day on which a sale begins."""
    products = create_products(env, size)
    feed = create_feed(env, products)
    now = fields.Datetime.now()
    price(env, feed, products, now - timedelta(days=40))
    create_rule(
        env,
        feed.pricelist_id,
        compute_price="percentage",
        percent_price=15,
        base="pricelist",
        base_pricelist_id=feed.pricelist_id.parent_pricelist_id.id,
        date_end=now + timedelta(days=10),
    )
    return alone(measure(env, lambda: price(env, feed, products, now)), by="cpu_with_server")
