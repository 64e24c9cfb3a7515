"""Quotes in each state: drafts, sent, within the limits, asked, approved, refused, signed, declined, run out.

Each is written by its seller, so that the limits of management, which are here too, judge him.
"""

import base64
from datetime import timedelta
from typing import NamedTuple

from odoo.fields import Command

from . import people, pictures

REASONS = {
    "volume": "Quantità",
    "competitor": "Offerta di un concorrente",
    "first": "Primo ordine",
    "payment": "Pagamento anticipato",
    "shelf": "Scadenza ravvicinata",
}
ASKED_HOURS = 9  # a customer asked so long before at most
PREPARED_HOURS = 3  # a quote is signed or declined so long after it was sent, and decided


class Quote(NamedTuple):
    """A quote of the story.

    :param str end: what became of it, a key of :data:`ENDINGS`
    :param int ago: days ago
    :param tuple lines: of code, quantity, discount and its reason
    :param str words: why approval was asked, and what was answered
    """

    end: str
    customer: str
    ago: int
    lines: tuple
    words: tuple = ()


QUOTES = (
    Quote("won", "gino", 320, (("PS003", 48, "5", "volume"), ("OL001", 24, "3", "volume"))),
    Quote("won", "bellini", 280, (("SA001", 8, "3", "competitor"), ("SO001", 24, "4", "volume"))),
    Quote("won", "emilia", 240, (("PO001", 480, "3", "volume"), ("PS001", 480, "2+1", "volume"))),
    Quote("won", "terme", 205, (("FO001", 20, "4", "payment"), ("VR001", 60, "5", "volume"))),
    Quote("won", "navigli", 150, (("VB004", 12, "5", "competitor"), ("PF004", 40, "6+2", "first"))),
    Quote("won", "bellini", 118, (("DO001", 20, "5", "volume"),)),
    Quote("won", "ligure", 75, (("PO003", 240, "4", "competitor"), ("LE001", 120, "3", "volume"))),
    Quote("won", "borgo", 44, (("FO004", 10, "5", "shelf"), ("SO007", 24, "8", "shelf"))),
    Quote("won", "lanzi", 21, (("VR004", 12, "3", "volume"), ("VB003", 48, "4", "volume"))),
    Quote(
        "approved",
        "gino",
        170,
        (("PS003", 96, "15+3", "competitor"), ("PO002", 96, "12", "competitor")),
        ("Il concorrente offre il 18 % sui paccheri.", "Va bene per questa volta."),
    ),
    Quote(
        "approved",
        "mercato",
        62,
        (("PF001", 60, "12", "first"), ("PF002", 60, "12", "first")),
        ("Primo ordine di un cliente che cresce.", "D'accordo, ma una volta sola."),
    ),
    Quote(
        "approved",
        "emilia",
        33,
        (("OL002", 60, "9", "volume"), ("PS007", 360, "12", "volume")),
        ("Due bancali interi, carichiamo noi.", "Sì: il carico completo lo vale."),
    ),
    Quote(
        "refused",
        "quadri",
        95,
        (("SA004", 12, "18", "competitor"),),
        ("Dice che altrove lo paga meno.", "No: è già in ritardo con due fatture."),
    ),
    Quote(
        "refused",
        "lanzi",
        12,
        (("VR004", 24, "14", "competitor"),),
        ("Un distributore gli offre il Barolo a meno.", "Sul Barolo non ci sono margini: offrire il Chianti."),
    ),
    Quote("declined", "quadri", 140, (("SO001", 36, "5", "volume"), ("SO004", 24, "5", "volume"))),
    Quote("declined", "stazione", 230, (("CA002", 30, "6", "competitor"),)),
    Quote("declined", "villa", 58, (("VB004", 60, "5", "volume"),)),
    Quote(
        "asked",
        "navigli",
        1,
        (("FO002", 12, "12", "competitor"), ("SA005", 4, "10", "competitor")),
        ("Vogliono cambiare fornitore per il banco.",),
    ),
    Quote(
        "asked",
        "ligure",
        0,
        (("PO001", 600, "11", "volume"), ("PO005", 480, "11", "volume")),
        ("Camion completo, ritiro loro.",),
    ),
    Quote(
        "asked",
        "bellini",
        2,
        (("DO001", 60, "14", "volume"), ("RE001", 24, "12", "volume")),
        ("Ordine di Natale, anticipato.",),
    ),
    Quote(
        "sent",
        "campus",
        8,
        (("PS007", 300, "5", "volume"), ("PO003", 120, "4", "volume"), ("FA001", 200, "5", "volume")),
    ),
    Quote("sent", "stella", 4, (("FA005", 200, "5", "first"), ("DO007", 60, "4", "first"))),
    Quote("sent", "costa", 6, (("VB001", 48, "4", "volume"), ("FO003", 8, "", ""))),
    Quote("countersigned", "villa", 26, (("VB004", 36, "4", "volume"), ("RE003", 10, "5", "volume"))),
    Quote("signed", "mercato", 9, (("SO003", 12, "5", "volume"), ("AC002", 6, "3", "volume"))),
    Quote("draft", "greco", 2, (("RE001", 4, "", ""), ("DO004", 4, "5", "first"))),
    Quote("draft", "vigna", 1, (("VR001", 36, "5", "volume"), ("PS003", 30, "", ""))),
    Quote("expired", "feinkost", 70, (("VR002", 60, "4", "volume"), ("AC001", 48, "5", "volume"))),
)
SIGNERS = {"villa": "Franca Benassi", "mercato": "Ugo Tassi"}


def tell(story):
    """Directions of management, then the quotes."""
    reasons = {
        key: story.env["quote.discount.reason"].create({"name": name, "sequence": 10 * number})
        for number, (key, name) in enumerate(REASONS.items(), 1)
    }
    _set_limits(story)
    _set_levels(story)
    _set_offers(story)
    for quote in QUOTES:
        order = _write(story, quote, reasons)
        ENDINGS[quote.end](story, quote, order)
        _date(story, quote, order)


def _set_limits(story):
    """What a seller may give alone."""
    limits = (
        {"max_discount": 10, "limits_free_goods": True, "max_free_goods": 10, "note": "Regola generale"},
        _on_category(story, "Cantina", 6, "Sui vini i margini sono stretti"),
        {
            **_on_category(story, "Banco", 8, "Mai sotto il 6 % su formaggi e salumi"),
            "limits_margin": True,
            "min_margin": 6,
        },
        {
            "customer": "tag",
            "tag_id": story.tags["wholesaler"].id,
            "max_discount": 5,
            "note": "Comprano già a listino grossisti",
        },
        {"who": "user", "user_id": story.users["sara"].id, "max_discount": 5, "note": "Nel periodo di prova"},
        {
            "who": "user",
            "user_id": story.users["anna"].id,
            "customer": "tag",
            "tag_id": story.tags["restaurant"].id,
            "max_discount": 12,
            "note": "Campagna ristoranti",
        },
    )
    story.env["quote.discount.limit"].create(list(limits))


def _set_levels(story):
    """Who decides beyond the limits, and who does while somebody is away."""
    levels = (("Capoarea", people.BOSS, 20, 3, 10000, 8), ("Direzione", people.OWNER, 45, -15, 0, 24))
    story.env["quote.discount.level"].create(
        [
            {
                "name": name,
                "sequence": 10 * number,
                "max_discount": discount,
                "min_margin": margin,
                "max_amount": amount,
                "user_ids": [Command.set(story.users[login].ids)],
                "deadline_hours": hours,
            }
            for number, (name, login, discount, margin, amount, hours) in enumerate(levels, 1)
        ]
    )
    story.env["quote.discount.delegation"].create(
        {
            "delegator_id": story.users[people.BOSS].id,
            "delegate_id": story.users[people.OWNER].id,
            "date_from": story.day(-20),
            "date_to": story.day(-34),
        }
    )


def _on_category(story, name, discount, note):
    return {"goods": "category", "categ_id": story.categories[name].id, "max_discount": discount, "note": note}


def _set_offers(story):
    """A promotion for everybody and two agreements."""
    story.env["quote.promotion"].create(
        {
            "name": "Promozione dispensa",
            "applied_on": "category",
            "categ_id": story.categories["Conserve"].id,
            "discount_text": "5",
            "min_quantity": 24,
            "date_start": story.day(30),
            "date_end": story.day(-60),
        }
    )
    pasta = {
        "applied_on": "category",
        "categ_id": story.categories["Pasta"].id,
        "discount_text": "3+2",
        "stacking": "cascade",
    }
    tomato = {
        "applied_on": "template",
        "product_tmpl_id": story.goods["PO001"].product_tmpl_id.id,
        "net_price": 0.79,
        "stacking": "replace",
    }
    emilia = _agree(story, "emilia", "sara", pasta, date_start=story.day(300), date_end=story.day(-25))
    gino = _agree(story, "gino", "anna", tomato, date_start=story.day(90))
    (emilia | gino).action_activate()


def _agree(story, customer, seller, line, **dates):
    return story.env["quote.agreement"].create(
        {
            "partner_id": story.partners[customer].id,
            "user_id": story.users[seller].id,
            "line_ids": [Command.create(line)],
            **dates,
        }
    )


def _write(story, quote, reasons):
    partner = story.partners[quote.customer]
    lines = []
    for code, quantity, discount, reason in quote.lines:
        values = {"product_id": story.goods[code].id, "product_uom_qty": quantity}
        if discount:
            values.update(discount_text=discount, discount_reason_id=reasons[reason].id)
        lines.append(Command.create(values))
    values = {
        "partner_id": partner.id,
        "user_id": partner.user_id.id,
        "date_order": story.working_moment(quote.ago),
        "order_line": lines,
    }
    return story.env["sale.order"].with_user(partner.user_id).create(values)


def _date(story, quote, order):
    """The days of the quote and of what was asked for it."""
    moment = story.working_moment(quote.ago) + timedelta(hours=1)
    order = order.sudo()  # the story's hand
    values = {"date_order": moment, "reply_requested_on": moment - timedelta(hours=1 + quote.ago % ASKED_HOURS)}
    if order.replied_on:
        values["replied_on"] = moment
    order.write(values)
    story.date_back({order: moment})
    requests = order.env["quote.discount.request"].search([("order_id", "=", order.id)])
    for request in requests:
        values = {"deadline": moment + timedelta(hours=8)}
        if request.decided_on:
            values["decided_on"] = moment + timedelta(hours=PREPARED_HOURS)
        request.write(values)
    story.date_back(dict.fromkeys(requests, moment))


def _leave(_story, _quote, _order):
    """A draft."""


def _send(_story, _quote, order):
    order.action_quotation_sent()


def _win(_story, _quote, order):
    order.action_quotation_sent()
    order.action_confirm()


def _ask(_story, quote, order):
    return order._ask_approval(quote.words[0])


def _get_decider(request):
    return request.sudo().level_id.user_ids[:1]  # sellers do not see who decides


def _approve(story, quote, order):
    request = _ask(story, quote, order)
    request.with_user(_get_decider(request))._decide(True, quote.words[1])
    _win(story, quote, order)


def _refuse(story, quote, order):
    request = _ask(story, quote, order)
    request.with_user(_get_decider(request))._decide(False, quote.words[1])


def _decline(story, quote, order):
    order.action_quotation_sent()
    order.with_user(story.users[people.BOSS])._action_cancel()


def _expire(story, quote, order):
    order.action_quotation_sent()
    order.validity_date = story.day(quote.ago - 30)


def _sign(story, quote, order):
    """The customer signs on the portal, as its controller writes it; its mail with the paper is left out."""
    order.action_quotation_sent()
    signed = order.sudo()  # whoever has the link may sign
    signed.write(
        {
            "signed_by": SIGNERS[quote.customer],
            "signed_on": story.working_moment(quote.ago) + timedelta(hours=PREPARED_HOURS),
            "signature": pictures.signature(SIGNERS[quote.customer]),
        }
    )
    signed.action_confirm()


def _countersign(story, quote, order):
    """The customer sends the quote back with his signature on it."""
    order.action_quotation_sent()
    name = SIGNERS[quote.customer]
    copy = order.env["quote.countersigned"].create(
        {
            "order_id": order.id,
            "file": base64.b64encode(pictures.scan(f"{order.name}: per accettazione, {name}")),
            "signed_by": name,
            "signed_on": story.day(quote.ago),
            "same_content": True,
        }
    )
    copy.action_keep()
    order.action_confirm()


ENDINGS = {
    "draft": _leave,
    "sent": _send,
    "won": _win,
    "asked": _ask,
    "approved": _approve,
    "refused": _refuse,
    "declined": _decline,
    "expired": _expire,
    "signed": _sign,
    "countersigned": _countersign,
}
