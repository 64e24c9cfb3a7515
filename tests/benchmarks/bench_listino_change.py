"""Price lists: a bulk change previewed over all dependent lists, applied and rolled back."""

from .bench_listino import LISTINO
from .catalogue import create_chain, create_products
from .framework import alone, benchmark
from .measuring import measure

LISTS = 4


def _create_change(env, products):
    """A draft of 3 % on the sales prices of the products."""
    return env["listino.change"].create(
        {"name": "Autumn", "percent": 3, "product_domain": repr([("id", "in", products.ids)])}
    )


def _preview(change):
    """The number of effects in the dependent lists; a price that rounding leaves where it was has none."""
    change.action_preview()
    return change.effect_count


@benchmark("listino_preview", size=10_000, addons=LISTINO, targets=["ours <= 10"])
def preview(env, size):
    """A bulk change previewed over four dependent lists."""
    products = create_products(env, size)
    create_chain(env, products, depth=LISTS)
    change, small = _create_change(env, products), _create_change(env, products[:2])
    ours = measure(env, lambda: _preview(change), warm_up=lambda: _preview(small))
    if ours.answer < 0.9 * size * LISTS:
        raise AssertionError(f"Only {ours.answer} prices change in {LISTS} lists of {size} products.")
    return alone(ours, by="cpu_with_server")
