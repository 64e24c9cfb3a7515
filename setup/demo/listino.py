"""Price lists as they leave the house: published, sent, shared, about to change; and what a competitor asks.

The mails of the sending are entered as sent, as the outbox would leave them: none leaves.
"""

from datetime import timedelta

from odoo.fields import Command

from . import people

TERMS = "Prezzi IVA esclusa salvo dove indicato; possono variare senza preavviso."
COMPETITOR = "Alimentari Po Ingrosso"
ASKS = {"PS001": 1.29, "PS002": 1.39, "OL001": 10.9, "PO001": 1.09, "FO001": 22.4}
SENT_DAYS = 6


def tell(story):
    """Documents and their revisions, a sending, a shared link, a change in preparation, competitors' prices."""
    documents = _create_documents(story)
    documents["public"]._publish("Listino di inizio anno")
    _raise_coffee(story)
    documents["public"]._publish("Rincaro del caffè")
    documents["resellers"]._publish("Listino negozi, stagione nuova")
    _send(story, documents["resellers"])
    story.env["listino.share"].create({"document_id": documents["public"].id, "email": "campus@example.com"})
    _prepare_change(story)
    _note_competitor(story)
    for key in ("public", "wholesale"):
        story.lists[key]._check_health()


def _create_documents(story):
    services = story.env.ref("product.product_category_services")  # gift cards and top-ups, which Odoo brings
    common = {"lang": "it_IT", "terms": TERMS, "excluded_category_ids": [Command.link(services.id)]}
    rows = {
        "public": {
            "name": "Listino prezzi",
            "pricelist_id": story.lists["public"].id,
            "tax_display": "both",
            "page_break": True,
            "portal_visible": True,
        },
        "resellers": {
            "name": "Listino negozi",
            "pricelist_id": story.lists["resellers"].id,
            "show_barcode": True,
        },
        "cellar": {
            "name": "Carta dei vini",
            "pricelist_id": story.lists["public"].id,
            "category_ids": [Command.link(story.categories["Cantina"].id)],
            "tax_display": "included",
            "quantity_mode": "single",
        },
    }
    documents = story.env["listino.document"].create([{**common, **row} for row in rows.values()])
    return dict(zip(rows, documents, strict=True))


def _raise_coffee(story):
    """Coffee has become dearer: a second revision has something to tell."""
    for code in ("CA001", "CA002"):
        product = story.goods[code]
        product.list_price = round(product.list_price * 1.06, 1)


def _send(story, document):
    """The list went to all resellers some days ago."""
    sending = story.env["listino.sending"].create(
        {
            "name": "Listino ai negozi, ogni mese",
            "document_id": document.id,
            "audience_ids": [Command.link(story.env.ref("listino_pricelist.listino_audience_resellers").id)],
            "schedule": "monthly",
            "only_changed": True,
            "next_date": story.moment(SENT_DAYS),
        }
    )
    sending.with_user(story.users[people.OWNER]).action_start()  # the mails are in his name
    sending._open_cycle()
    for number, line in enumerate(sending.line_ids):
        moment = story.moment(SENT_DAYS) + timedelta(minutes=number)
        line.write({"state": "sent", "sent_date": moment, "handing_date": moment, "attempt_count": 1})


def _prepare_change(story):
    story.env["listino.change"].create(
        {
            "name": "Aumento del grano: pasta secca +3 %",
            "percent": 3,
            "ending": "0.05",
            "category_ids": [Command.link(story.categories["Pasta secca"].id)],
        }
    )


def _note_competitor(story):
    competitor = story.env["res.partner"].create(
        {"name": COMPETITOR, "is_company": True, "city": "Piacenza", "country_id": story.env.ref("base.it").id}
    )
    story.env["listino.competitor.price"].create(
        [
            {"partner_id": competitor.id, "product_id": story.goods[code].id, "price": price}
            for code, price in ASKS.items()
        ]
    )
