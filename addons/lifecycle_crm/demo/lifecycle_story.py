"""A shop of a mill in Liguria and its customers: who bought what, how many days ago, and what they said of it."""

from typing import NamedTuple

PRODUCTS = {  # name: (category, price, cost)
    "Olio extravergine 5 l": ("Olio", 62, 38),
    "Olio extravergine 0,75 l": ("Olio", 13.5, 8),
    "Olive taggiasche in salamoia 1 kg": ("Conserve", 14, 7.2),
    "Pesto genovese 180 g": ("Conserve", 6.9, 3.1),
    "Trofie di semola 500 g": ("Pasta", 3.4, 1.4),
    "Vermentino DOC 0,75 l": ("Vino", 11.5, 6.3),
    "Cesto regalo Ponente": ("Regali", 49, 29),
    "Visita al frantoio con degustazione": ("Esperienze", 25, 9),
}


class Customer(NamedTuple):
    """A customer of the story.

    :param tuple orders: days ago of each order, the oldest first
    :param tuple basket: what is ordered each time: pairs of product and pieces
    :param scores: the feedback on the latest orders, the last one for the last order
    :param dict more: other values of the contact
    """

    key: str
    name: str
    city: str
    orders: tuple = ()
    basket: tuple = ()
    scores: tuple = ()
    is_company: bool = True
    more: dict = {}


OIL, BOTTLE, OLIVES, PESTO, TROFIE, WINE, GIFT, VISIT = PRODUCTS
CUSTOMERS = (
    Customer(
        "bacco",
        "Enoteca Bacco di Ferri Carlo",
        "Genova",
        tuple(range(700, 10, -46)),
        ((OIL, 6), (WINE, 24), (OLIVES, 8)),
        (5, 5, 4),
    ),
    Customer(
        "scoglio", "Ristorante Lo Scoglio", "Camogli", tuple(range(640, 3, -31)), ((OIL, 10), (PESTO, 30)), (5, 4)
    ),
    Customer(
        "piazza", "Gastronomia La Piazza", "Torino", tuple(range(420, 20, -58)), ((PESTO, 24), (TROFIE, 40)), (4,)
    ),
    Customer("lanterna", "Hotel Lanterna", "Genova", (500, 455, 400, 352, 300, 262), ((OIL, 8), (GIFT, 6)), (4, 2)),
    Customer("molo", "Trattoria al Molo", "Savona", (610, 570, 532, 488, 450), ((OIL, 5), (OLIVES, 6)), (3,)),
    Customer("borgo", "Osteria del Borgo", "Finale Ligure", (330, 270, 214, 160), ((OIL, 4), (WINE, 12)), (4,)),
    Customer("verdi", "Giulia Verdi", "Milano", (400, 250, 95, 18), ((BOTTLE, 6), (PESTO, 4)), (5, 5), False),
    Customer("neri", "Paolo Neri", "Bergamo", (210, 38), ((BOTTLE, 4), (WINE, 6)), (4,), False),
    Customer("rosa", "Anna Rosa", "Pavia", (25,), ((GIFT, 2),), (), False),
    Customer("conti", "Marco Conti", "Roma", (12,), ((BOTTLE, 3), (TROFIE, 6)), (), False),
    Customer("fiore", "Elena Fiore", "Bologna", (9,), ((VISIT, 2),), (2,), False),
    Customer("galli", "Stefano Galli", "Novara", (120,), ((GIFT, 1),), (3,), False),
    Customer("monti", "Lucia Monti", "Parma", (300, 190), ((BOTTLE, 6),), (4,), False),
    Customer("serra", "Davide Serra", "Cuneo", (540,), ((GIFT, 1), (WINE, 3)), (), False),
    Customer("longo", "Francesca Longo", "Lecco", (480, 470), ((BOTTLE, 2),), (1,), False),
    Customer("mare", "Stabilimento Bagni Mare", "Alassio", (395, 30), ((PESTO, 40), (TROFIE, 60)), (5,)),
    Customer(
        "costa", "Alimentari Costa S.n.c.", "Imperia", tuple(range(300, 40, -20)), ((OLIVES, 12), (PESTO, 12)), (5, 5)
    ),
    Customer("riviera", "Agriturismo Riviera", "Dolceacqua", (75, 40, 8), ((OIL, 3), (WINE, 18)), (5,)),
    Customer("valle", "Pro Loco Valle Arroscia", "Pieve di Teco", (20, 4), ((VISIT, 15),), ()),
    Customer("sole", "Ristorante Sole", "Monza", (150, 60), ((OIL, 4),), (3,), True, {"trust": "bad"}),
    Customer("ponte", "Bar del Ponte", "Dolcedo"),
    Customer("stella", "Pasticceria Stella", "Sanremo"),
    Customer("greco", "Irene Greco", "Asti", is_company=False),
)
LEADS = (  # customer, subject, days ago, medium
    ("ponte", "Olio sfuso per il bar", 14, "utm.utm_medium_phone"),
    ("stella", "Cesti regalo di Natale", 90, "utm.utm_medium_email"),
    ("greco", "Degustazione per un compleanno", 5, "utm.utm_medium_website"),
)
SAID = {  # what is written beside a score: what was good, and what could be better
    5: ("Olio eccezionale, arrivato in due giorni.", ""),
    4: ("Tutto buono, come sempre.", "Una confezione più piccola sarebbe comoda."),
    3: ("L'olio è buono.", "Il corriere ha lasciato i cartoni sotto la pioggia."),
    2: ("", "Due bottiglie erano rotte e nessuno ha risposto al telefono."),
    1: ("", "Non è quello che avevo ordinato."),
}
PROMISES = (  # customer, days ago for which he was promised a call, what for
    ("greco", 0, "Conferma della degustazione: quante persone?"),
    ("ponte", 1, "Prezzo dell'olio sfuso in latte da 5 l"),
    ("lanterna", 3, "Come mai non ordina più? Offrire una visita al frantoio"),
)
VOUCHER = ("Bentornato: 10 % sul prossimo ordine", 10, 300)  # name, percent, budget of a month
PLAYS_RUNNING = ("thank_you", "post_sale", "feedback", "keep", "win_back")
SOURCES = {  # where customers came from, and who
    "Fiera dell'olio di Imperia": ("bacco", "scoglio", "piazza", "borgo", "costa", "sole"),
    "Instagram": ("verdi", "rosa", "fiore", "galli", "mare", "stella"),
    "Passaparola": ("riviera", "valle", "neri", "lanterna", "ponte"),
    "Motore di ricerca": ("conti", "monti", "serra", "longo", "greco"),
}
COMPETITORS = ("Oleificio della Costa", "Ingrosso Alimentari Po")
LOST = (  # customer, subject, days ago, days open, revenue, reason, competitor
    ("molo", "Fornitura annuale di olio", 260, 30, 1800, "crm.lost_reason_1", 0),
    ("serra", "Regali di Natale per i dipendenti", 330, 12, 950, "crm.lost_reason_3", None),
    ("mare", "Linea per il bar della spiaggia", 200, 21, 1200, "crm.lost_reason_1", 1),
    ("longo", "Olio per la mensa", 90, 45, 2400, "crm.lost_reason_1", 1),
)
REFUSED = ("molo", "crm.lost_reason_1", 0, "Ha cambiato fornitore: l'altro consegna il giorno dopo.")
ANSWERS = (  # the lead of a customer, and what was answered
    "greco",
    {
        "why": "Vuole festeggiare i cinquant'anni del marito con dodici amici.",
        "target": "Un pomeriggio che non sia il solito ristorante.",
        "understands": "yes",
        "afterwards": "Olio e vino da portare a casa: preparare un cesto a coppia.",
    },
)
TALKS = (  # customer, days ago, who of us, channel, what about
    ("greco", 5, "Marta", "chat", "Quanto costa la degustazione e se si può venire di domenica."),
    ("stella", 88, "Marta", "phone", "Vuole vedere due cesti di prova prima di ordinare."),
    ("ponte", 13, "Luca", "talk", "È passato in negozio: cerca olio per le fritture."),
)
