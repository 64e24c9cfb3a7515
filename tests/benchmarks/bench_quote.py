"""Quotes: what 1,000 lines with cascading discounts cost, beside Odoo alone and beside the OCA addons for the job."""

from .framework import against, benchmark
from .measuring import measure

QUOTES = ["quote_discounts"]
CORE = "Odoo core, one percentage a line"
APPS = ["sale_management", "sale_margin", "l10n_it_edi_sale", "sale_crm"]
OCA = "OCA trio, one percentage a line"
TRIO = [*APPS, "sale_global_discount", "account_invoice_triple_discount", "sale_tier_validation"]
CASCADE, PERCENT = "50+10+5", 57.25
FEW = 5


def create_products(env, size):
    """Products with prices of a hundred kinds."""
    values = [{"name": f"Product {number}", "list_price": number % 97 + 0.5} for number in range(size)]
    return env["product.product"].with_context(tracking_disable=True).create(values)


def create_order(env, products, **values):
    """A quote of three pieces of each product, as one call over RPC makes it."""
    partner = env["res.partner"].search([("name", "=", "Benchmark")]) or env["res.partner"].create(
        {"name": "Benchmark"}
    )
    lines = [(0, 0, {"product_id": product_id, "product_uom_qty": 3, **values}) for product_id in products.ids]
    return env["sale.order"].create({"partner_id": partner.id, "order_line": lines})


def _sell(env, products, **values):
    order = create_order(env, products, **values)
    order.action_confirm()
    return order.amount_total


def _measure_sale(env, size, **values):
    products = create_products(env, size)
    return measure(
        env,
        lambda: _sell(env, products, **values),
        warm_up=lambda: _sell(env, products[:FEW], **values),
    )


def _confirm_against(env, peer_env, size, peer_name):
    ours = _measure_sale(env, size, discount_text=CASCADE)
    return against(ours, _measure_sale(peer_env, size, discount=PERCENT), peer_name)


@benchmark(
    "quote_confirm",
    size=1_000,
    addons=QUOTES,
    beside=APPS,
    targets=["ratio >= 0.87", "queries_ours <= queries_peer"],
)
def confirm(env, size, peer_env):
    """Lines of a quote with three discounts each, created and confirmed; Odoo's have one."""
    return _confirm_against(env, peer_env, size, CORE)


@benchmark("quote_confirm_oca", size=1_000, addons=QUOTES, beside=TRIO, targets=["ratio >= 0.87"])
def confirm_oca(env, size, peer_env):
    """The same beside OCA's addon for three discounts."""
    return _confirm_against(env, peer_env, size, OCA)


def _update_prices(order):
    order.action_update_prices()
    return order.amount_total


def _measure_update(env, size, **values):
    products = create_products(env, size)
    few, order = (create_order(env, chosen, **values) for chosen in (products[:FEW], products))
    products.list_price = 50
    return measure(env, lambda: _update_prices(order), warm_up=lambda: _update_prices(few))


@benchmark("quote_update_prices", size=1_000, addons=QUOTES, beside=APPS, targets=["queries_ours <= 80"])
def update_prices(env, size, peer_env):
    """Prices of those lines updated; Odoo alone loses the discounts."""
    ours = _measure_update(env, size, discount_text=CASCADE)
    peer = _measure_update(peer_env, size, discount=PERCENT)
    return against(ours, peer, f"{CORE} (which loses it)", same=None)
