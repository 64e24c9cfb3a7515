"""Invoices of quotes: what 1,000 lines of three steps cost on the invoice and in its FatturaPA, beside Odoo alone."""

from .bench_quote import APPS, CASCADE, CORE, FEW, PERCENT, QUOTES, create_order, create_products
from .framework import against, benchmark
from .measuring import measure

ADDRESS = {"street": "Via Roma 1", "zip": "20121", "city": "Milano"}
COMPANY = {"vat": "IT01234560157", "l10n_it_codice_fiscale": "01234560157", "l10n_it_tax_system": "RF01"}
CUSTOMER = {"vat": "IT00465840031", "l10n_it_codice_fiscale": "00465840031", "l10n_it_pa_index": "0803HR0"}


def _prepare_sender(env):
    """A company that may send electronic invoices."""
    italy = env.ref("base.it").id
    env.company.write({**ADDRESS, **COMPANY, "country_id": italy})
    if env.company.chart_template != "it":
        env["account.chart.template"].try_loading("it", env.company, install_demo=False)
    return env["account.chart.template"].ref("22v"), {**ADDRESS, **CUSTOMER, "country_id": italy, "is_company": True}


def _sell(env, size, vat, customer, **values):
    products = create_products(env, size)
    products.taxes_id = vat
    order = create_order(env, products, **values)
    order.partner_id.write(customer)
    order.action_confirm()
    return order


def _invoice(order):
    """The posted invoice's total, and whether its XML names it."""
    invoice = order._create_invoices()
    invoice.invoice_date = "2026-03-02"
    invoice.action_post()
    xml = invoice._l10n_it_edi_render_xml()
    return invoice.amount_total, f"{invoice.amount_total:.2f}".encode() in xml


def _measure_invoice(env, size, **values):
    vat, customer = _prepare_sender(env)
    few, order = (_sell(env, lines, vat, customer, **values) for lines in (FEW, size))
    return measure(env, lambda: _invoice(order), warm_up=lambda: _invoice(few))


@benchmark("quote_invoice", size=1_000, addons=QUOTES, beside=APPS, targets=["ratio >= 0.83"])
def invoice(env, size, peer_env):
    """Their invoice and its XML."""
    ours = _measure_invoice(env, size, discount_text=CASCADE)
    return against(ours, _measure_invoice(peer_env, size, discount=PERCENT), CORE)
