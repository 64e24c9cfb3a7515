"""What listino_pricelist keeps: lists with notes, documents, runs, revisions, links, sendings, changes."""

from odoo.fields import Command

from . import core


def fill(env):
    """Since the first version: documents, notes and runs; later also what is published, sent and changed."""
    company = env.company
    customer, product = core.find_customer(env), core.find_product(env)
    pricelist = customer.property_product_pricelist
    pricelist.write({"listino_note": "Prezzi per rivenditori", "valid_from": "2026-01-01"})
    pricelist.item_ids.listino_note = "Sconto di listino"
    product.listino_note = "Estratto a freddo"
    derived = env["product.pricelist"].create(
        {
            "name": f"Circoli {company.name}",
            "company_id": company.id,
            "audience_id": env.ref("listino_pricelist.listino_audience_resellers").id,
            "item_ids": [
                Command.create(
                    {
                        "compute_price": "formula",
                        "base": "pricelist",
                        "base_pricelist_id": pricelist.id,
                        "price_discount": 5,
                    }
                )
            ],
        }
    )
    document = env["listino.document"].create(
        {"name": f"Listino {company.name}", "pricelist_id": pricelist.id, "introduction": "Gentili clienti"}
    )
    env["listino.run"].create({"document_id": document.id, "partner_ids": [Command.set(customer.ids)]})
    if "listino.publication" in env:
        _fill_live(env, document, customer, product, derived)


def _fill_live(env, document, customer, product, derived):
    """What came with 19.0.1.1.0."""
    derived.breaks_pricelist_id = document.pricelist_id
    document._publish("Gennaio")
    env["listino.share"].create({"document_id": document.id, "partner_id": customer.id})
    sending = env["listino.sending"].create(
        {"document_id": document.id, "partner_ids": [Command.set(customer.ids)], "schedule": "monthly"}
    )
    sending.action_start()
    env["listino.sending.line"].create(
        {"sending_id": sending.id, "partner_id": customer.id, "email": customer.email, "state": "sent", "cycle": 1}
    )
    env["listino.competitor.price"].create({"partner_id": customer.id, "product_id": product.id, "price": 95})
    dearer = env["product.product"].create({"name": "Aceto", "company_id": env.company.id, "list_price": 10})
    change = env["listino.change"].create(
        {"name": "Primavera", "percent": 10, "product_domain": repr([("id", "=", dearer.id)])}
    )
    if env["ir.module.module"]._get("pricelist_brand").state != "installed":  # its prices can't be tried out
        change.action_preview()
        change.action_approve()
    document.pricelist_id._check_health()
