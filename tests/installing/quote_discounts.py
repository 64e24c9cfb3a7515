"""What quote_discounts keeps: reasons, limits, levels, promotions, agreements, discounts in steps, approvals."""

from odoo.fields import Command

from . import core


def fill(env):
    """A limit, an agreement in force, and an order with a cascade that is confirmed, signed and invoiced."""
    company = env.company
    customer, product = core.find_customer(env), core.find_product(env)
    reason = env["quote.discount.reason"].create({"name": "Quantità"})
    env["quote.discount.limit"].create({"company_id": company.id, "limits_discount": True, "max_discount": 30})
    env["quote.discount.level"].create(
        {"name": "Direzione", "company_id": company.id, "max_discount": 50, "user_ids": [Command.set(env.user.ids)]}
    )
    category = env["product.category"].create({"name": f"Conserve {company.name}"})
    env["quote.promotion"].create(
        {
            "name": "Dispensa",
            "company_id": company.id,
            "applied_on": "category",
            "categ_id": category.id,
            "discount_text": "5",
            "date_start": "2026-01-01",
        }
    )
    env["quote.agreement"].create(
        {
            "partner_id": env["res.partner"].create({"name": "Grossista", "company_id": company.id}).id,
            "company_id": company.id,
            "date_start": "2026-01-01",
            "user_id": env.user.id,
            "line_ids": [Command.create({"applied_on": "product", "product_id": product.id, "discount_text": "5+2"})],
        }
    ).action_activate()
    line = {"product_id": product.id, "discount_text": "5+3", "discount_reason_id": reason.id}
    core.sell(env, customer, product, order_line=[Command.create(line)])
    env["sale.order"].create(
        {"partner_id": customer.id, "order_line": [Command.create({**line, "discount_text": "40"})]}
    )
