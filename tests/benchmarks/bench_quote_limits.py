"""Quotes: what it costs to check 1,000 lines against the directions of management."""

from .bench_quote import CASCADE, FEW, QUOTES, create_order, create_products
from .framework import alone, benchmark
from .measuring import measure

CATEGORIES = 20


def _create_limits(env, products):
    """A limit for everyone, one for each of 20 categories, of a role, of a person, and a smallest margin."""
    categories = env["product.category"].create([{"name": f"Category {number}"} for number in range(CATEGORIES)])
    for number, product in enumerate(products):
        product.categ_id = categories[number % CATEGORIES]
        product.standard_price = product.list_price / 2
    values = [{"max_discount": 10}, {"who": "user", "user_id": env.uid, "max_discount": 12}]
    values.append({"who": "role", "group_id": env.ref("sales_team.group_sale_manager").id, "max_discount": 15})
    values.append({"limits_discount": False, "limits_margin": True, "min_margin": 5})
    values += [{"goods": "category", "categ_id": category.id, "max_discount": 20} for category in categories]
    env["quote.discount.limit"].create(values)


def _check(order):
    return len(order._check_limits())


@benchmark("quote_limits", size=1_000, addons=QUOTES, targets=["queries_ours <= 20"])
def limits(env, size):
    """Limits and snapshot of those lines, 24 directions."""
    products = create_products(env, size)
    _create_limits(env, products)
    few, order = (create_order(env, chosen, discount_text=CASCADE) for chosen in (products[:FEW], products))
    ours = measure(env, lambda: _check(order), warm_up=lambda: _check(few))
    if ours.answer != 2 * size:
        raise AssertionError(f"{ours.answer} findings: each of {size} lines is beyond its discount and its margin.")
    return alone(ours)
