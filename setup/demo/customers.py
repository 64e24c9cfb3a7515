"""Who buys: each customer with the rhythm of his orders, his basket and the way he pays."""

from typing import NamedTuple

from odoo.fields import Command

from . import people
from .company import SPLIT_PAYMENT
from .digits import fiscal_code, vat

TAGS = {
    "restaurant": "Ristorazione",
    "shop": "Negozi",
    "wholesaler": "Ingrosso",
    "person": "Privati",
    "public": "Enti pubblici",
    "foreign": "Estero",
}
LISTS = {"restaurant": "restaurants", "shop": "resellers", "wholesaler": "wholesale", "person": "shop"}
PROVINCES = {"RE": "035", "PR": "034", "MO": "036", "BO": "037", "PC": "033", "MI": "096", "GE": "099", "TO": "001"}


class Customer(NamedTuple):
    """A customer of the story.

    :param str kind: a key of :data:`TAGS`
    :param str place: zip, city and province
    :param str seller: login
    :param rhythm: days ago of the first order, days ago of the last, days between two
    :param tuple basket: categories he buys from
    :param size: how large his orders are, 1 for a restaurant
    :param late: days between a due date and the payment
    :param int unpaid: how many of the latest invoices are not paid
    :param tuple scores: the feedback on his latest orders, the last one for the last
    """

    key: str
    name: str
    kind: str
    place: tuple
    seller: str = ""
    rhythm: tuple = ()
    basket: tuple = ()
    size: float = 1
    late: int = 0
    unpaid: int = 0
    scores: tuple = ()


KITCHEN = ("Pasta secca", "Olio", "Pomodoro", "Formaggi", "Farine", "Riso e cereali", "Vini rossi")
COUNTER = ("Pasta secca", "Pasta fresca", "Sott’oli e pesti", "Formaggi", "Salumi", "Dolci", "Aceto")
PALLET = ("Pasta secca", "Pomodoro", "Farine", "Riso e cereali", "Olio", "Pesce in conserva")
CELLAR = ("Vini rossi", "Vini bianchi", "Sott’oli e pesti", "Salumi")
BAR = ("Caffè", "Dolci", "Vini bianchi")
BAKERY = ("Farine", "Dolci", "Olio")
HOME = ("Pasta fresca", "Olio", "Aceto", "Dolci", "Caffè", "Sott’oli e pesti", "Regali", "Vini rossi")

RE, PR, MO = ("42121", "Reggio nell'Emilia", "RE"), ("43121", "Parma", "PR"), ("41121", "Modena", "MO")
BO, PC, MI = ("40124", "Bologna", "BO"), ("29121", "Piacenza", "PC"), ("20121", "Milano", "MI")
GE, TO = ("16121", "Genova", "GE"), ("10121", "Torino", "TO")

CUSTOMERS = (
    # who keeps the house going
    Customer(
        "gino", "Trattoria da Gino S.r.l.", "restaurant", BO, "anna", (715, 6, 39), KITCHEN, 1.2, 4, scores=(5, 5, 4)
    ),
    Customer(
        "borgo",
        "Osteria del Borgo Antico S.n.c.",
        "restaurant",
        RE,
        "anna",
        (690, 3, 50),
        KITCHEN,
        0.8,
        8,
        scores=(4, 5),
    ),
    Customer(
        "terme",
        "Albergo Terme Belvedere S.r.l.",
        "restaurant",
        PR,
        "anna",
        (640, 12, 59),
        KITCHEN,
        1.6,
        15,
        scores=(4,),
    ),
    Customer(
        "bellini", "Gastronomia Bellini S.r.l.", "shop", PR, "luca", (705, 5, 44), COUNTER, 1.1, 2, scores=(5, 4, 5)
    ),
    Customer("lanzi", "Enoteca Lanzi di Lanzi Carla", "shop", PC, "luca", (660, 16, 61), CELLAR, 0.9, 0, scores=(5, 5)),
    Customer(
        "emilia", "Ingrosso Emilia Alimentari S.p.A.", "wholesaler", MO, "sara", (720, 4, 49), PALLET, 5, 9, scores=(4,)
    ),
    Customer(
        "ligure", "Distribuzione Ligure S.r.l.", "wholesaler", GE, "sara", (500, 20, 85), PALLET, 3.4, 5, scores=(5,)
    ),
    Customer(
        "navigli",
        "Ristorante ai Navigli S.r.l.",
        "restaurant",
        MI,
        "anna",
        (430, 2, 48),
        KITCHEN,
        1.3,
        10,
        scores=(5, 4),
    ),
    Customer("comune", "Comune di Valdelsa Reggiana", "public", RE, "marta", (520, 62, 122), PALLET, 1.5, 22, unpaid=1),
    Customer(
        "feinkost",
        "Feinkost Bergmann GmbH",
        "foreign",
        ("80331", "München", ""),
        "sara",
        (460, 25, 98),
        CELLAR,
        2.6,
        3,
        scores=(5,),
    ),
    # who pays late, and who does not
    Customer(
        "sole",
        "Ristorante Sole di Notte S.r.l.",
        "restaurant",
        MI,
        "anna",
        (560, 190, 60),
        KITCHEN,
        1.3,
        4,
        scores=(3,),
        unpaid=3,
    ),
    Customer("ponte", "Bar del Ponte di Moretti Luca", "restaurant", PC, "luca", (300, 64, 69), BAR, 0.6, 28, unpaid=1),
    Customer(
        "adda", "Mensa Adda Ristorazione S.n.c.", "restaurant", MI, "luca", (480, 330, 65), KITCHEN, 1.8, 4, unpaid=3
    ),
    Customer(
        "quadri",
        "Alimentari Quadri S.n.c.",
        "shop",
        TO,
        "luca",
        (410, 118, 72),
        COUNTER,
        0.9,
        4,
        scores=(3, 2),
        unpaid=2,
    ),
    Customer("rosetta", "Panificio Rosetta S.r.l.", "shop", PR, "anna", (520, 84, 55), BAKERY, 1.4, 35, unpaid=2),
    Customer(
        "villa", "Villa Aurora Ricevimenti S.r.l.", "restaurant", BO, "anna", (350, 45, 98), CELLAR, 2, 24, unpaid=1
    ),
    Customer(
        "liquida",
        "Gastronomie Riunite S.r.l. in liquidazione",
        "shop",
        MO,
        "luca",
        (600, 300, 78),
        COUNTER,
        1.7,
        4,
        unpaid=3,
    ),
    Customer("costa", "Hotel Costa Verde S.p.A.", "restaurant", GE, "sara", (400, 70, 78), KITCHEN, 1.9, 30, unpaid=2),
    # who is silent, or has gone
    Customer(
        "molo", "Trattoria al Molo S.n.c.", "restaurant", GE, "anna", (620, 280, 55), KITCHEN, 0.8, 3, scores=(3,)
    ),
    Customer(
        "lanterna", "Hotel Lanterna S.r.l.", "restaurant", GE, "anna", (540, 215, 65), KITCHEN, 1.1, 6, scores=(4, 2)
    ),
    Customer("stazione", "Buffet della Stazione S.r.l.", "restaurant", TO, "luca", (610, 420, 61), KITCHEN, 0.9, 12),
    # who has just come
    Customer("mercato", "Mercato Coperto Soc. Coop.", "shop", BO, "sara", (70, 5, 34), COUNTER, 1.2, 0, scores=(5,)),
    Customer("riviera", "Agriturismo Riviera", "restaurant", GE, "anna", (75, 8, 49), KITCHEN, 0.7, 0, scores=(5,)),
    Customer("osteria9", "Osteria Numero Nove S.r.l.s.", "restaurant", RE, "anna", (18, 18, 30), KITCHEN, 0.6),
    Customer("caseificio", "Spaccio La Collina S.r.l.", "shop", RE, "luca", (11, 11, 30), COUNTER, 0.7),
    # persons
    Customer("verdi", "Giulia Verdi", "person", MI, "elena", (610, 14, 101), HOME, 1, 0, scores=(5, 5)),
    Customer("neri", "Paolo Neri", "person", MI, "elena", (330, 38, 155), HOME, 0.8, 0, scores=(4,)),
    Customer("rosa", "Anna Rosa", "person", PR, "elena", (25, 25, 30), HOME, 1, 0, scores=(5,)),
    Customer("conti", "Marco Conti", "person", TO, "elena", (12, 12, 30), HOME, 0.7),
    Customer("fiore", "Elena Fiore", "person", BO, "elena", (29, 29, 30), HOME, 1, 0, scores=(2,)),
    Customer("galli", "Stefano Galli", "person", TO, "elena", (160, 160, 30), HOME, 1, 0, scores=(3,)),
    Customer("monti", "Lucia Monti", "person", PR, "elena", (400, 190, 114), HOME, 1.2, 0, scores=(4,)),
    Customer("serra", "Davide Serra", "person", TO, "elena", (540, 540, 30), HOME, 1),
    Customer("longo", "Francesca Longo", "person", MI, "elena", (480, 470, 13), HOME, 0.8, 0, scores=(1,)),
    Customer("marchetti", "Roberto Marchetti", "person", PR, "elena", (75, 75, 30), HOME, 1.8, 4, unpaid=1),
    # who has asked, and not ordered
    Customer("stella", "Pasticceria Stella S.n.c.", "shop", GE, "luca"),
    Customer("greco", "Irene Greco", "person", TO, "elena"),
    Customer("campus", "Campus Mense S.r.l.", "restaurant", BO, "sara"),
    Customer("vigna", "Circolo della Vigna APS", "restaurant", RE, "anna"),
)
PUBLIC_OFFICE = "UFVLD1"  # the office's code for electronic invoices
INSOLVENT, INSOLVENT_DAYS = "liquida", 60  # since its court said so
KNOWN_DAYS = 9  # before the first order
BORN = ("VRD", "NRE", "RSO", "CNT", "FRI", "GLL", "MNT", "SRR", "LNG", "MRC", "GRC")


def tell(story):
    """Tags, terms and customers, each with an external name; one of them has a login of the portal."""
    story.tags.update(
        (key, story.env["res.partner.category"].create({"name": name, "color": number + 1}))
        for number, (key, name) in enumerate(TAGS.items())
    )
    partners = story.env["res.partner"].create(
        [_prepare_vals(story, number, customer) for number, customer in enumerate(CUSTOMERS)]
    )
    for customer, partner in zip(CUSTOMERS, partners, strict=True):
        story.partners[customer.key] = story.name(partner, f"partner_{customer.key}")
    story.date_back(
        {
            partner: story.moment((customer.rhythm[0] if customer.rhythm else 20) + KNOWN_DAYS)
            for customer, partner in zip(CUSTOMERS, partners, strict=True)
        }
    )
    _create_portal_user(story)


def _prepare_vals(story, number, customer):
    zip_code, city, province = customer.place
    is_person, is_foreign = customer.kind == "person", customer.kind == "foreign"
    values = {
        "name": customer.name,
        "is_company": not is_person,
        "street": ABROAD if is_foreign else f"Via {STREETS[number % len(STREETS)]} {3 + number * 7 % 80}",
        "zip": zip_code,
        "city": city,
        "country_id": story.env.ref("base.de" if is_foreign else "base.it").id,
        "state_id": False if is_foreign else story.env.ref(f"base.state_it_{province.lower()}").id,
        "email": f"{customer.key}@example.com",
        "phone": f"+49 89 555 {number:04}" if is_foreign else f"+39 0522 555 {200 + number}",
        "lang": "it_IT",
        "user_id": story.users[customer.seller].id,
        "category_id": [Command.link(story.tags[customer.kind].id)],
        "specific_property_product_pricelist": story.lists[LISTS.get(customer.kind, "resellers")].id,
        "property_payment_term_id": story.env.ref(TERMS.get(customer.kind, TERM)).id,
        **_get_numbers(customer, number),
        "dunning_insolvency_date": story.day(INSOLVENT_DAYS) if customer.key == INSOLVENT else False,
    }
    if customer.kind == "public":
        values["property_account_position_id"] = story.env.ref(f"account.{story.company.id}_{SPLIT_PAYMENT}").id
    return values


TERM = "account.account_payment_term_30days"
TERMS = {"person": "account.account_payment_term_immediate", "wholesaler": "account.account_payment_term_45days"}
ABROAD = "Lindwurmstraße 61"
STREETS = (
    "Garibaldi",
    "Mazzini",
    "Roma",
    "dell'Industria",
    "Farini",
    "Emilia Ovest",
    "San Carlo",
    "dei Mille",
    "Cavour",
)


def _get_numbers(customer, number):
    """VAT number, fiscal code and the code for electronic invoices."""
    if customer.kind == "person":
        return {"l10n_it_codice_fiscale": fiscal_code(BORN[number % len(BORN)], "GLI", f"8{number % 10}A41", "H223")}
    if customer.kind == "foreign":
        return {"vat": "DE136695976"}
    own = vat(980000 + number * 37, PROVINCES[customer.place[2]])
    if customer.kind == "public":
        return {"vat": own, "l10n_it_codice_fiscale": own[2:], "l10n_it_pa_index": PUBLIC_OFFICE}
    return {"vat": own, "l10n_it_codice_fiscale": own[2:], "l10n_it_pa_index": "0000000"}


def _create_portal_user(story):
    """The bookkeeper of a customer, who sees what is open and signs quotes."""
    contact = story.env["res.partner"].create(
        {
            "name": "Franca Benassi",
            "parent_id": story.partners["villa"].id,
            "email": "franca.villa@example.com",
            "lang": "it_IT",
        }
    )
    story.env["res.users"].with_context(no_reset_password=True).create(
        {
            "partner_id": contact.id,
            "login": people.CUSTOMER,
            "password": people.CUSTOMER,
            "group_ids": [Command.set(story.env.ref("base.group_portal").ids)],
        }
    )
