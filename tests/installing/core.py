"""The data of core that every addon touches: customers, prices, orders and invoices of two companies."""

import base64

from odoo.fields import Command

LIST_PRICE, DISCOUNTED, QUANTITY = 100, 90, 3
PIXEL = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)


def fill(env):
    """A second company beside the first; in each a price list, an order that is signed, invoiced and half paid.

    :return: the environments of both companies
    """
    second = env["res.company"].create(
        {"name": "Seconda S.r.l.", "country_id": env.ref("base.it").id, "currency_id": env.ref("base.EUR").id}
    )
    env["account.chart.template"].try_loading("it", second)
    env.user.company_ids += second
    env.ref("base.group_user").implied_ids += env.ref("product.group_product_pricelist")
    return [_sell(env, company) for company in (env.company, second)]


def _sell(env, company):
    env = env["base"].with_company(company).with_context(allowed_company_ids=company.ids).env
    if "stock.warehouse" in env and not env["stock.warehouse"].search_count([("company_id", "=", company.id)]):
        env["stock.warehouse"].create({"name": company.name, "code": f"WH{company.id}", "company_id": company.id})
    company.write({"vat": "IT01234560157", "street": "Via Po 1", "city": "Torino", "email": "shop@example.com"})
    pricelist = env["product.pricelist"].create(
        {
            "name": f"Rivenditori {company.name}",
            "company_id": company.id,
            "item_ids": [Command.create({"compute_price": "percentage", "percent_price": 10})],
        }
    )
    customer = env["res.partner"].create(
        {
            "name": f"Trattoria {company.name}",
            "is_company": True,
            "email": f"trattoria{company.id}@example.com",
            "country_id": env.ref("base.it").id,
            "company_id": company.id,
            "property_product_pricelist": pricelist.id,
        }
    )
    product = env["product.product"].create(
        {
            "name": f"Olio {company.name}",
            "company_id": company.id,
            "type": "consu",
            "list_price": LIST_PRICE,
            "standard_price": 40,
            "invoice_policy": "order",
        }
    )
    order = sell(env, customer, product)
    pay(order.invoice_ids, order.amount_total / 2)
    return env


def sell(env, customer, product, **values):
    """An order that is signed, confirmed and invoiced; the invoice is due since the beginning of the year."""
    line = Command.create({"product_id": product.id, "product_uom_qty": QUANTITY})
    order = env["sale.order"].create({"partner_id": customer.id, "order_line": [line], **values})
    order.write({"signature": base64.b64encode(PIXEL), "signed_by": "Mario Rossi", "signed_on": "2026-01-10"})
    order.action_confirm()
    invoice = order._create_invoices()
    invoice.write({"invoice_date": "2026-01-10", "invoice_payment_term_id": False, "invoice_date_due": "2026-01-31"})
    invoice.action_post()
    return order


def find_customer(env):
    """The customer of the environment's company."""
    return env["res.partner"].search([("name", "=like", "Trattoria %"), ("company_id", "=", env.company.id)], limit=1)


def find_product(env):
    """What it sells."""
    return env["product.product"].search([("name", "=like", "Olio %"), ("company_id", "=", env.company.id)], limit=1)


def pay(invoice, amount):
    """A payment of a part of an invoice."""
    wizard = invoice.env["account.payment.register"].with_context(active_model="account.move", active_ids=invoice.ids)
    bank = invoice.env["account.journal"].search([("type", "=", "bank"), ("company_id", "=", invoice.company_id.id)])
    return wizard.create({"amount": amount, "payment_date": "2026-02-10", "journal_id": bank[0].id})._create_payments()


def check(env):
    """Prices are computed, sold, invoiced and paid as ever, in each company; every menu's screen opens."""
    env = env["base"].with_context(lang=env.user.lang).env  # as a person's
    for company in env["res.company"].search([]):
        of_company = env["base"].with_company(company).with_context(allowed_company_ids=company.ids).env
        product = find_product(of_company)
        order = sell(of_company, find_customer(of_company), product)
        assert order.order_line.price_subtotal == QUANTITY * DISCOUNTED, order.order_line.price_subtotal
        pay(order.invoice_ids, order.amount_total)
        for pricelist in of_company["product.pricelist"].search([("company_id", "in", (False, company.id))]):
            assert pricelist._get_product_price(product, 1) > 0, pricelist.name
    _open_all(env)


def _open_all(env):
    """The screens of all menus, as the web client asks for them."""
    for menu in env["ir.ui.menu"].with_context(**{"ir.ui.menu.full_list": True}).search([("action", "!=", False)]):
        assert menu.action.exists(), menu.complete_name
        if menu.action.type == "ir.actions.act_window":
            views = [(view, kind) for view, kind in menu.action.views if kind != "search"]
            env[menu.action.res_model].get_views([*views, (False, "search")])
