"""Price lists: chains of rules, fixed prices, the printed list, files as streams."""

import io
from unittest.mock import patch

from .catalogue import create_chain, create_fixed_prices, create_products
from .framework import against, alone, benchmark
from .measuring import measure

LISTINO = ["listino_pricelist"]
CORE = "Odoo core"


def _prices(pricelist, products):
    return pricelist._compute_price_rule(products, 10.0)


def _prices_of_core(pricelist, products):
    """The same question with our override out of the way, on every level of the chain."""
    with patch.object(type(pricelist), "_can_price_in_bulk", lambda *_args, **_options: False):
        return pricelist._compute_price_rule(products, 10.0)


def _against_core(env, pricelist, products):
    few = products[:2]
    ours = measure(env, lambda: _prices(pricelist, products), warm_up=lambda: _prices(pricelist, few))
    core = measure(env, lambda: _prices_of_core(pricelist, products), warm_up=lambda: _prices_of_core(pricelist, few))
    return against(ours, core, CORE)


@benchmark("listino_chain_depth1", size=10_000, addons=LISTINO, targets=["ratio >= 20", "queries_ours <= 40"])
def chain_depth1(env, size):
    """Prices of products by one list of 200 rules."""
    products = create_products(env, size)
    return _against_core(env, create_chain(env, products, depth=1), products)


@benchmark("listino_chain_depth4", size=10_000, addons=LISTINO, targets=["ratio >= 60", "queries_ours <= 40"])
def chain_depth4(env, size):
    """The same through four chained lists."""
    products = create_products(env, size)
    return _against_core(env, create_chain(env, products, depth=4), products)


@benchmark("listino_fixed_prices", size=2_000, addons=LISTINO, targets=["ratio >= 100"])
def fixed_prices(env, size):
    """Products with a fixed price each."""
    products = create_products(env, size)
    return _against_core(env, create_fixed_prices(env, products), products)


def create_document(env, pricelist, **values):
    """A document of a list in Italian, with the prices of three quantities."""
    return env["listino.document"].create(
        {
            "name": "Listino",
            "pricelist_id": pricelist.id,
            "lang": "it_IT",
            "quantity_mode": "typed",
            "typed_quantities": "1; 10; 100",
            **values,
        }
    )


def _written(document, extension):
    """The number of bytes of the file."""
    with io.BytesIO() as stream:
        document._write_file(extension, stream)
        return len(stream.getvalue())


@benchmark("listino_print", size=10_000, addons=LISTINO, targets=["ours <= 5"])
def print_pdf(env, size):
    """Price and PDF of products in three quantities, through four chained lists."""
    products = create_products(env, size)
    document = create_document(env, create_chain(env, products, depth=4))
    return alone(measure(env, lambda: _written(document, "pdf")))


@benchmark("listino_stream", size=100_000, addons=LISTINO, targets=["rss_growth_mb <= 50"])
def stream(env, size):
    """Products to Excel and CSV."""
    products = create_products(env, size)
    document = create_document(env, create_chain(env, products, depth=1))
    small = create_document(env, document.pricelist_id, product_domain='[("default_code", "=like", "B0000%")]')

    def write_both():
        return [_written(document, extension) for extension in ("xlsx", "csv")]

    return alone(
        measure(env, write_both, warm_up=lambda: [_written(small, extension) for extension in ("xlsx", "csv")])
    )
