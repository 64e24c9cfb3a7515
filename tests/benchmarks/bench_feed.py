"""Feeds: a file of a whole catalogue, beside core's; what a large one costs, and a hundred changes in it."""

import base64
import io
import re
import shutil
from contextlib import contextmanager
from datetime import timedelta
from decimal import Decimal

from PIL import Image
from stdnum import ean

from odoo.fields import Command
from odoo.tools import SQL

from .copies import copy_row
from .framework import against, alone, benchmark
from .measuring import measure

FEED = ["shop_feed"]
CORE = "Odoo's own feed for Google, /gmc.xml"
SIDE = 800  # pixels of the picture
PRICE = re.compile(rb"<g:id>(?:<!\[CDATA\[)?([^<\]]+)(?:\]\]>)?</g:id>.*?<g:price>([^<]+)</g:price>", re.DOTALL)


def create_shop(env):
    """A website with a list in euro and one published product with a picture, whose copies make the catalogue.

    :return: the website, the list and the product
    """
    company, lang = env.company, env["res.lang"]._lang_get(env.user.lang)
    env["product.template"].search([("is_published", "=", True)]).is_published = False
    website = env["website"].create(
        {
            "name": "Benchmark",
            "domain": "https://shop.example",
            "company_id": company.id,
            "default_lang_id": lang.id,
            "language_ids": [Command.set(lang.ids)],
            "show_line_subtotals_tax_selection": "tax_included",
        }
    )
    pricelist = env["product.pricelist"].create(
        {"name": "Benchmark", "company_id": company.id, "website_id": website.id, "selectable": True}
    )
    vat = env["account.tax"].create({"name": "Benchmark 22 %", "amount": 22, "price_include_override": "tax_excluded"})
    stream = io.BytesIO()
    Image.new("RGB", (SIDE, SIDE), "green").save(stream, "PNG")
    product = env["product.product"].create(
        {
            "name": "Product",
            "default_code": "B000000",
            "barcode": _barcode(0),
            "list_price": 10,
            "description_sale": "What it is made of, and what it is good for. " * 5,
            "taxes_id": [Command.set(vat.ids)],
            "public_categ_ids": [Command.create({"name": "Food"})],
            "is_published": True,
            "feed_brand": "Benchmark",
            "image_1920": base64.b64encode(stream.getvalue()),
        }
    )
    env.flush_all()
    return website, pricelist, product


def create_copies(env, product, count):
    """More of the same with other names, references, barcodes and prices, by SQL: creating is not what is measured."""
    template = product.product_tmpl_id
    name = SQL("(SELECT jsonb_object_agg(lang, 'Product ' || number) FROM jsonb_object_keys(source.name) lang)")
    price = SQL("number * 37 %% 9973 / 100.0 + 1")
    first = copy_row(env, "product_template", template.id, count, {"name": name, "list_price": price})
    codes = [_barcode(place) for place in range(1, count + 1)]
    copy_row(
        env,
        "product_product",
        product.id,
        count,
        {
            "product_tmpl_id": SQL("%s + number - 1", first),
            "default_code": SQL("'B' || lpad(number::text, 6, '0')"),
            "barcode": SQL("(%s::text[])[number]", codes),
        },
    )
    _copy_links(env, "product_taxes_rel", "prod_id", template.id, first, count)
    _copy_links(env, "product_public_category_product_template_rel", "product_template_id", template.id, first, count)
    pictures = env["ir.attachment"].search(
        [("res_model", "=", "product.template"), ("res_field", "!=", False), ("res_id", "=", template.id)]
    )
    for picture in pictures:
        copy_row(env, "ir_attachment", picture.id, count, {"res_id": SQL("%s + number - 1", first)})
    env.cr.execute("ANALYZE")
    env.registry.clear_all_caches()
    env.invalidate_all()


def create_feed(env, website, pricelist):
    """Ours for Google."""
    return env["shop.feed"].create(
        {
            "name": "Benchmark",
            "channel_id": env.ref("shop_feed.channel_google").id,
            "company_id": env.company.id,
            "website_id": website.id,
            "pricelist_id": pricelist.id,
            "lang_id": website.default_lang_id.id,
            "country_id": env.ref("base.it").id,
        }
    )


def refresh(feed):
    """Build what is to be built and serve the file, as the scheduled action does."""
    feed._refresh()
    feed.invalidate_recordset()


@benchmark("feed_full", size=6_000, addons=FEED, targets=["ratio >= 3", "queries_ours <= queries_peer / 5"])
def feed_full(env, size):
    """Items of a feed for Google, from nothing to the served file."""
    from odoo.addons.website_sale.tests.common import MockRequest

    website, pricelist, product = create_shop(env)
    core = env["product.feed"].create({"name": "Core", "website_id": website.id, "pricelist_id": pricelist.id})
    feed = create_feed(env, website, pricelist)
    create_copies(env, product, size - 1)

    def render():
        with MockRequest(env, website=website):
            return prices(core.with_context(website_id=website.id)._render_gmc_feed().encode())

    def build():
        refresh(feed)
        return prices(feed.build_id.plain_id.sudo().raw)

    ours, theirs = measure(env, build), measure(env, render)
    if len(ours.answer) != size:
        raise AssertionError(f"{len(ours.answer)} of {size} products are in the file.")
    return against(ours, theirs, CORE, by="cpu_with_server")


@benchmark("feed_10k", size=10_000, addons=FEED, targets=["queries_ours <= 2500", "rss_growth_mb <= 20"])
def feed_10k(env, size):
    """The same with more items."""
    with _filestore(env):
        return _build_large(env, size)


@benchmark("feed_100k", size=100_000, addons=FEED, targets=["ours <= 120", "rss_growth_mb <= 20"])
def feed_100k(env, size):
    """The same with as many as a big shop has: memory does not grow."""
    with _filestore(env):
        return _build_large(env, size)


@benchmark("feed_incremental", size=100_000, addons=FEED, targets=["ours <= 3"])
def feed_incremental(env, size):
    """A hundred changed prices, until the new file is served."""
    with _filestore(env):
        feed = _create_large(env, size)
        refresh(feed)
        before = feed.build_id
        before.sudo().ended_on -= timedelta(days=1)  # a large file rests before the next one
        changed = env["product.product"].search([("default_code", "=like", "B%")], limit=100)
        for product in changed:
            product.list_price += 1
        found = measure(env, lambda: refresh(feed))
        if feed.build_id == before or feed.build_id.changed_count != len(changed):
            raise AssertionError(f"{feed.build_id.changed_count} of {len(changed)} changes are served.")
        return alone(found, by="cpu_with_server")


def _build_large(env, size):
    """All items from nothing to the served file; the first chunk warms the caches of the process."""
    feed = _create_large(env, size)

    def begin():
        feed._take_changes()
        feed._build_next()

    found = measure(env, lambda: refresh(feed), warm_up=begin)
    if feed.build_id.item_count != size:
        raise AssertionError(f"{feed.build_id.item_count} of {size} products are in the file.")
    return alone(found, by="cpu_with_server")


def prices(file):
    """The price of each item by its identifier, as a channel reads them: 12.2 EUR is 12.20 EUR."""
    told = ((item, *price.decode().split()) for item, price in PRICE.findall(file))
    return {item.decode(): (Decimal(amount), currency) for item, amount, currency in told}


def _create_large(env, size):
    website, pricelist, product = create_shop(env)
    feed = create_feed(env, website, pricelist)
    create_copies(env, product, size - 1)
    return feed


@contextmanager
def _filestore(env):
    """Files are on the disk, as on any server; the benchmarks' databases keep them in a table otherwise."""
    env["ir.config_parameter"].set_param("ir_attachment.location", "file")
    folder = env["ir.attachment"]._filestore()
    try:
        yield
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _barcode(number):
    code = f"800{number:09}"
    return code + ean.calc_check_digit(code)


def _copy_links(env, table, column, source, first, count):
    """The other side of a many-to-many relation of a record, for its copies too."""
    [(other,)] = env.execute_query(
        SQL(
            "SELECT column_name FROM information_schema.columns WHERE table_name = %s AND column_name <> %s",
            table,
            column,
        )
    )
    env.cr.execute(
        SQL(
            """
            INSERT INTO %(table)s (%(column)s, %(other)s)
            SELECT %(first)s + number - 1, link.%(other)s
              FROM %(table)s link, generate_series(1, %(count)s) number
             WHERE link.%(column)s = %(source)s
            """,
            table=SQL.identifier(table),
            column=SQL.identifier(column),
            other=SQL.identifier(other),
            first=first,
            count=count,
            source=source,
        )
    )
