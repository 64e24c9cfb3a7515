"""Where customers stand: what they said, what became of it, leads, plays that run and calls for today."""

from datetime import timedelta

from odoo import fields
from odoo.fields import Command, Domain

from . import people
from .customers import CUSTOMERS

ANSWER_DAYS = 8  # from the order
OPEN_DAYS = 30  # a complaint of longer ago has been solved
SOLVED_DAYS = 4
SAID = {  # what is written beside a score, in turn: what was good, what could be better
    5: (
        ("Merce perfetta, arrivata in due giorni.", ""),
        ("Il parmigiano è quello che cercavamo da anni.", ""),
        ("Ordine completo e ben imballato, come sempre.", ""),
    ),
    4: (
        ("Tutto buono, come sempre.", "Un cartone più piccolo sarebbe comodo."),
        ("Buona la pasta, puntuale la consegna.", "La fattura è arrivata con qualche giorno di ritardo."),
    ),
    3: (("La roba è buona.", "Il corriere ha lasciato i cartoni sotto la pioggia."),),
    2: (("", "Due vasetti erano rotti e nessuno ha risposto al telefono."),),
    1: (("", "Non è quello che avevo ordinato."),),
}
SOLUTION = "Merce sostituita al primo giro di consegne, con le nostre scuse."
LEADS = (  # customer, subject, days ago, medium, expected revenue
    ("stella", "Farine e confetture per il laboratorio", 6, "utm.utm_medium_phone", 2400),
    ("greco", "Cesti per un compleanno", 3, "utm.utm_medium_website", 320),
    ("campus", "Fornitura di due mense, anno scolastico", 34, "utm.utm_medium_email", 18500),
    ("vigna", "Cene sociali del circolo", 90, "utm.utm_medium_email", 1900),
    ("navigli", "Carta dei vini nuova", 11, "utm.utm_medium_phone", 3100),
)
LOST = (  # customer, subject, days ago, days open, expected revenue, number of the reason, competitor
    ("molo", "Fornitura annuale di olio", 260, 30, 3800, 1, 0),
    ("serra", "Regali di Natale per i dipendenti", 330, 12, 950, 3, None),
    ("bellini", "Scaffale dei pesti", 120, 21, 1200, 1, 1),
    ("stazione", "Colazioni del buffet", 200, 45, 2400, 1, 1),
)
WON = (  # customer, subject, days from the lead to the first order, medium
    ("ligure", "Distribuzione in Riviera", 41, "utm.utm_medium_email"),
    ("riviera", "Pasta e olio per la stagione", 18, "utm.utm_medium_phone"),
    ("mercato", "Scaffale dei prodotti regionali", 26, "utm.utm_medium_email"),
    ("osteria9", "Dispensa del locale nuovo", 9, "utm.utm_medium_website"),
    ("neri", "Regali di laurea", 6, "utm.utm_medium_website"),
)
COMPETITORS = ("Cash Padano S.p.A.", "Alimentari Po Ingrosso")
SOURCES = {
    "Fiera del gusto di Parma": ("gino", "borgo", "bellini", "emilia", "terme", "feinkost", "campus"),
    "Instagram": ("verdi", "rosa", "fiore", "galli", "navigli", "stella", "riviera"),
    "Passaparola": ("lanzi", "mercato", "osteria9", "ponte", "vigna"),
    "Motore di ricerca": ("conti", "monti", "serra", "longo", "greco", "neri", "ligure"),
}
PROMISES = (  # customer, days ago for which a call was promised, what for
    ("stella", 0, "Prezzo della farina Manitoba a quintali"),
    ("campus", 1, "Capitolato delle mense: quando lo mandano?"),
    ("lanterna", 3, "Come mai non ordina più? Offrire una visita in magazzino"),
)
TALKS = (  # customer, days ago, who of us, channel, what about
    ("greco", 3, "Elena", "chat", "Vuole quattro cesti uguali, con un biglietto."),
    ("stella", 5, "Luca", "phone", "Consuma due quintali di farina al mese; oggi compra da un molino."),
    ("campus", 30, "Sara", "talk", "Visitate le due cucine: 600 pasti al giorno."),
)
ENDED = ("stazione", 190, "Ha ceduto l'attività: chi è subentrato compra altrove.")
REFUSED = ("molo", 0, "Ha cambiato fornitore: l'altro consegna il giorno dopo.")
PLAYS_DAYS = 150  # since when plays run
LISTED_DAYS = 3  # calls that plays ask for since then are still to be made
PLAYS_RUNNING = ("thank_you", "post_sale", "feedback", "keep", "win_back")
VOUCHER = ("Bentornato: 10 % sul prossimo ordine", 10, 300)  # name, percent, budget of a month


def tell(story):
    """Leads and their sources, feedback, statuses with their past, promised calls, plays."""
    story.company.write(
        {
            "lifecycle_case_user_id": story.users["admin"].id,
            "lifecycle_complaint_user_id": story.users[people.BOSS].id,
            "lifecycle_manager_id": story.users[people.OWNER].id,
            "lifecycle_caller_id": story.users["admin"].id,
        }
    )
    _create_leads(story)
    _win_leads(story)
    _lose_leads(story)
    _tell_sources(story)
    _answer_all(story)
    _settle(story)
    _talk(story)
    _promise_calls(story)
    _end(story)
    _refuse(story)
    _start_plays(story)


def _settle(story):
    """The status of every customer, and how it came to be."""
    Status = story.env["lifecycle.status"]
    Status._sweep(story.company)
    while Status._reconstruct(story.company):
        pass


# === LEADS === #


def _create_leads(story):
    leads = story.env["crm.lead"].create(
        [
            {
                "name": subject,
                "type": "opportunity",
                "partner_id": story.partners[key].id,
                "user_id": story.partners[key].user_id.id,
                "medium_id": story.env.ref(medium).id,
                "expected_revenue": revenue,
            }
            for key, subject, _ago, medium, revenue in LEADS
        ]
    )
    story.date_back({lead: story.moment(lead_row[2]) for lead, lead_row in zip(leads, LEADS, strict=True)})


def _win_leads(story):
    """Leads that became a first order."""
    dates = {}
    for key, subject, days, medium in WON:
        partner = story.partners[key]
        order = story.env["sale.order"].search([("partner_id", "=", partner.id)], order="date_order", limit=1)
        lead = story.env["crm.lead"].create(
            {
                "name": subject,
                "type": "opportunity",
                "partner_id": partner.id,
                "user_id": partner.user_id.id,
                "medium_id": story.env.ref(medium).id,
                "expected_revenue": order.amount_untaxed,
            }
        )
        order.opportunity_id = lead
        lead.action_set_won()
        dates[lead] = order.date_order - timedelta(days)
        lead.write({"date_open": dates[lead], "date_closed": order.date_order})
    story.date_back(dates)


def _lose_leads(story):
    """Leads that went elsewhere, and to whom."""
    rivals = story.env["lifecycle.competitor"].create([{"name": name} for name in COMPETITORS])
    dates = {}
    for key, subject, ago, open_days, revenue, reason, rival in LOST:
        lead = story.env["crm.lead"].create(
            {
                "name": subject,
                "type": "opportunity",
                "partner_id": story.partners[key].id,
                "user_id": story.partners[key].user_id.id,
                "expected_revenue": revenue,
            }
        )
        competitor = rivals[rival] if rival is not None else rivals.browse()
        lead.action_set_lost(
            lost_reason_id=story.env.ref(f"crm.lost_reason_{reason}").id, lifecycle_competitor_id=competitor.id
        )
        lead.write({"date_open": story.moment(ago + open_days), "date_closed": story.moment(ago)})
        dates[lead] = story.moment(ago + open_days)
    story.date_back(dates)


def _tell_sources(story):
    """The source on the first lead or order of each customer, as a link would have left it there."""
    for name, keys in SOURCES.items():
        source = story.env["utm.source"].create({"name": name})
        for key in keys:
            about = [("partner_id", "=", story.partners[key].id)]
            leads = story.env["crm.lead"].search(about, order="create_date", limit=1)
            orders = story.env["sale.order"].search(about, order="date_order", limit=1)
            (leads or orders).source_id = source
    story.env["lifecycle.first.source"]._fill(story.company)


def _talk(story):
    for key, ago, human, channel, about in TALKS:
        lead = story.env["crm.lead"].search([("partner_id", "=", story.partners[key].id)], limit=1)
        lead._lifecycle_conversation(channel, about, human, story.moment(ago))


# === FEEDBACK === #


def _answer_all(story):
    """The feedback on the latest delivered orders of each customer; bad ones become complaints."""
    told = dict.fromkeys(SAID, 0)
    ratings = {}
    for customer in CUSTOMERS:
        delivered = [
            order for order, (_ago, who) in story.orders.items() if who is customer and order.delivery_status == "full"
        ]
        count = min(len(delivered), len(customer.scores))
        answered, scores = delivered[len(delivered) - count :], customer.scores[len(customer.scores) - count :]
        for order, score in zip(answered, scores, strict=True):
            feedback = _answer(story, order, score, told[score])
            told[score] += 1
            ratings[feedback.rating_id] = feedback.rating_id.rated_on = feedback.answered_on
    story.date_back(ratings)


def _answer(story, order, score, turn):
    from odoo.addons.lifecycle_crm.plays.answer import Answer

    good, better = SAID[score][turn % len(SAID[score])]
    said = Answer(score, packaging=min(score + 1, 5), courier=score, good=good, better=better, may_ask=score == 5)
    feedback = story.env["lifecycle.feedback"]._take_answer(order._get_lifecycle_question(), said)
    feedback.answered_on = min(order.date_order + timedelta(ANSWER_DAYS), fields.Datetime.now())
    if feedback.case_id:
        _date_case(story, feedback.case_id, feedback.answered_on)
    return feedback


def _date_case(story, case, opened):
    """A complaint of its day; one of long ago has been solved."""
    case.deadline = (opened + timedelta(case.company_id.lifecycle_complaint_days)).date()
    story.date_back({case: opened})
    if opened < fields.Datetime.now() - timedelta(OPEN_DAYS):
        closed = opened + timedelta(SOLVED_DAYS)
        case.write({"solution": SOLUTION, "state": "solved"})
        case.write({"closed_on": closed, "state_since": closed, "days_open": SOLVED_DAYS})
        case.activity_ids.unlink()


# === TODAY === #


def _promise_calls(story):
    """Customers who were promised a call, some of them for a day that has passed."""
    Status = story.env["lifecycle.status"]
    today = story.company._lifecycle_today()
    for key, ago, note in PROMISES:
        status = Status._get(story.partners[key], story.company)
        status._set_next_contact(today, "call", note)
        status.next_contact_date = today - timedelta(ago)


def _end(story):
    """Who said that it is over."""
    key, ago, reason = ENDED
    status = story.env["lifecycle.status"]._get(story.partners[key], story.company)
    action = status.action_end()
    ending = story.env[action["res_model"]].with_context(**action["context"])
    ending.create({"date": story.day(ago), "reason": reason}).action_end()


def _refuse(story):
    """A customer who says in a call why he has gone."""
    key, rival, note = REFUSED
    competitor = story.env["lifecycle.competitor"].search([("name", "=", COMPETITORS[rival])], limit=1)
    anna = story.env(user=story.users["anna"].id)
    anna["lifecycle.call"].sudo()._log(  # a call is kept by the server
        "refused",
        story.partners[key],
        story.company,
        note=note,
        lost_reason_id=story.env.ref("crm.lost_reason_1").id,
        competitor_id=competitor.id,
    )


def _start_plays(story):
    """Plays that have run for months: whom they concern is found out by their scheduled action."""
    plays = story.env["lifecycle.play"].search([("company_id", "=", story.company.id), ("code", "in", PLAYS_RUNNING)])
    name, percent, budget = VOUCHER
    rewards = [Command.create({"reward_type": "discount", "discount": percent, "discount_applicability": "order"})]
    program = story.env["loyalty.program"].create(
        {"name": name, "program_type": "coupons", "applies_on": "current", "reward_ids": rewards}
    )
    steps = plays.step_ids.filtered(lambda step: step.action == "voucher")
    steps.program_id = program
    steps.play_id.budget_amount = budget
    plays.action_start()
    plays.started_on = story.moment(PLAYS_DAYS)
    _go_on_with_plays(story)


def _go_on_with_plays(story):
    """The contacts that were made since the plays began; calls of the last days are left to be made."""
    plays, touches = story.env["lifecycle.play"], story.env["lifecycle.touch"]
    running = Domain("play_id.state", "=", "running")  # one that can't be made pauses its play
    passed = running & Domain("state", "=", "due") & Domain("due_on", "<", fields.Datetime.now())
    settled = Domain("step_id.action", "!=", "call") | Domain("due_on", "<", story.moment(LISTED_DAYS))
    plays._cron_plan()
    while made := touches.search(passed & settled):
        for step, group in made.grouped("step_id").items():
            _make(step, group)
        plays._cron_plan()


def _make(step, touches):
    """Make contacts of one step, each on its day: mails and vouchers as the outbox does, the rest as people did."""
    if step.action in ("mail", "voucher"):
        touches.state = "claimed"
        touches._perform()
    else:
        touches._note("done")
    for touch in touches:
        touch.settled_on = touch.due_on
