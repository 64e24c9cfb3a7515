"""Price lists checked for mistakes: rules against each other, and every price at every quantity that matters."""

from .bench_listino import LISTINO
from .catalogue import create_chain, create_fixed_prices, create_products
from .framework import alone, benchmark
from .measuring import measure


def create_lists(env, products):
    """Ten lists: two chains of four, one by itself, and one with a fixed price for each product."""
    for product in products:
        product.standard_price = round(product.list_price * 0.8, 2)
    env.flush_all()
    ends = [create_chain(env, products, depth) for depth in (4, 4, 1)]
    chains = sum((_with_bases(end) for end in ends), env["product.pricelist"])
    return chains + create_fixed_prices(env, products)


def _with_bases(pricelist):
    return pricelist + _with_bases(pricelist.parent_pricelist_id) if pricelist else pricelist


def _check(pricelists):
    """How many findings of each kind there are."""
    found = pricelists._check_health()
    return {kind: len(same) for kind, same in found.grouped("kind").items()}


@benchmark("listino_health", size=10_000, addons=LISTINO, targets=["ours <= 30", "queries_ours <= 2000"])
def health(env, size):
    """Health check of products in ten lists."""
    products = create_products(env, size)
    pricelists = create_lists(env, products)
    return alone(measure(env, lambda: _check(pricelists)), by="cpu_with_server")
