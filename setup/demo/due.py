"""What is overdue: a case at each step, from the first mail to the formal notice, the ways out and the waiver.

What was done in a case days ago is told under the clock of that day (freezegun): a formal notice takes no other day
than the one on which it is written. No mail leaves: a reminder is entered as sent, as the outbox would leave it.
"""

import contextlib
from datetime import timedelta

from freezegun import freeze_time

from . import people, pictures

COURTESY, CALL, SECOND = 1, 2, 3  # stages of a policy, as its external names number them
REMINDED = {  # customer: (policy, days ago of each step that was taken)
    "ponte": ("business", {COURTESY: 12}),
    "costa": ("business", {COURTESY: 25}),
    "rosetta": ("business", {COURTESY: 30, CALL: 22}),
    "quadri": ("business", {COURTESY: 60, CALL: 52}),
    "sole": ("business", {COURTESY: 110, CALL: 101, SECOND: 88}),
    "adda": ("business", {COURTESY: 200, CALL: 190, SECOND: 175}),
    "marchetti": ("consumer", {COURTESY: 30}),
    "comune": ("public", {COURTESY: 8}),
}
SUBJECT = {COURTESY: "Fatture oltre la scadenza", SECOND: "Secondo sollecito"}
BODY = {
    COURTESY: "<p>Può essere sfuggito: secondo le nostre scritture le fatture allegate sono oltre la scadenza.</p>",
    SECOND: "<p>Vi abbiamo già scritto delle fatture allegate, ancora aperte nelle nostre scritture.</p>",
}
NOTICES = {  # customer: days ago on which the notice was written, posted and delivered
    "adda": (150, 149, 144),
    "sole": (62, 61, 55),
}
WAYS = {  # of the review: chance, hours of work, lawyer
    "insist": (0.15, 4, 0),
    "plan": (0.4, 6, 0),
    "injunction": (0.65, 5, 1300),
    "ordinary_action": (0.6, 15, 3200),
    "assisted_negotiation": (0.35, 6, 900),
}


def tell(story):
    """Cases out of what is overdue, and what was done about each."""
    story.company.write(
        {
            "dunning_user_id": story.users[people.BOOKKEEPER].id,
            "dunning_signatory": story.users[people.OWNER].name,
            "dunning_signatory_role": "Legale rappresentante",
        }
    )
    partners = story.env["res.partner"].union(*story.partners.values())
    story.env["dunning.case"]._sync(partners)
    for key, (policy, steps) in REMINDED.items():
        for stage, ago in steps.items():
            _take_step(story, _get_case(story, key), policy, stage, ago)
    for key, days in NOTICES.items():
        _give_notice(story, key, *days)
    _agree(story)
    _review(story, "adda")
    _waive(story, "liquida")
    _watch(story)
    story.env["dunning.case"]._sync(partners)


def _get_case(story, key):
    """The open case of a customer, as the bookkeeper's."""
    about = [("partner_id", "=", story.partners[key].id), ("state", "!=", "closed")]
    return story.env["dunning.case"].search(about, limit=1)


@contextlib.contextmanager
def _days_ago(story, ago):
    """The clock of a past day."""
    with freeze_time(story.moment(ago), tick=True):
        yield story.day(ago)


def _take_step(story, case, policy, number, ago):
    """A reminder that was sent, or a call that reached somebody."""
    stage = story.env.ref(f"dunning_it.dunning_stage_{policy}_{number}")
    moment = story.moment(ago) + timedelta(hours=2)
    is_call = stage.kind == "call"
    if is_call:
        call = story.env["dunning.call"].create(
            {
                **case._prepare_call_vals("call_back"),
                "stage_id": stage.id,
                "date": moment,
                "user_id": story.users[people.BOOKKEEPER].id,
                "note": "Promettono di guardarci.",
            }
        )
        case._complete_call(call)
        return
    step = story.env["dunning.step"].create(
        {
            "case_id": case.id,
            "stage_id": stage.id,
            "cycle": case.cycle,
            "state": "done",
            "claimed_on": moment,
            "done_on": moment,
            "amount_net": case.amount_net,
            "email": case.partner_id.email,
            "subject": SUBJECT[number],
            "body": BODY[number],
            "message_uid": f"{case.id}-{number}@dispensaferri.example.com",
        }
    )
    step._finish()


def _give_notice(story, key, written, posted, delivered):
    """A formal notice by registered letter, with its proofs."""
    letter, receipt = pictures.scan("Lettera firmata"), pictures.scan("Avviso di ricevimento")
    with _days_ago(story, written):
        case = _get_case(story, key)
        case._resync()
        notice = case.with_user(story.users[people.BOOKKEEPER])._make_notice()
        notice.action_ready()
        notice._record("signed", files=[("firmata.pdf", letter)])
    with _days_ago(story, posted) as day:
        notice._record("sent", day=day, tracking_number="RR482915370IT" if key == "adda" else "RR482915383IT")
    with _days_ago(story, delivered) as day:
        notice._record("delivered", day=day, files=[("ricevuta.pdf", receipt)])
    case._resync()


def _agree(story):
    """What customers said: one promises, one objects, one is to be called again."""
    from odoo.addons.dunning_it.promises.schedule import Instalment

    promising = _get_case(story, "costa")
    half = int(promising.amount_net * 50)  # cents
    call = promising._log_call("promise", note="Paga in due volte, dopo l'incasso dei gruppi di questo mese.")
    promising._promise(
        [
            Instalment(1, story.day(-8), half, half),
            Instalment(2, story.day(-38), half, 2 * half),
        ],
        call=call,
    )
    objecting = _get_case(story, "quadri")
    objecting._dispute(
        objecting.line_ids.filtered(lambda line: line.state == "active")[:1],
        "defect",
        "Dicono che tre cartoni di pasta fresca erano arrivati fuori temperatura.",
    )
    _get_case(story, "ponte")._log_call("no_answer")


def _review(story, key):
    """The ways out of a case that has come to its review, weighed."""
    case = _get_case(story, key)
    last = case.policy_id.stage_ids.filtered(lambda stage: stage.kind == "review")[:1]
    case.write({"stage_id": last.id, "step_date": story.day(100)})
    case._resync()
    case.action_review()
    lines = story.env["dunning.assessment.line"].search([("assessment_id.partner_id", "=", case.partner_id.id)])
    for line in lines.filtered(lambda line: line.way in WAYS):
        chance, hours, lawyer = WAYS[line.way]
        line.write({"probability": chance, "hours": hours, "lawyer_amount": lawyer})


def _waive(story, key):
    """A waiver of what an insolvent customer owes, proposed by the bookkeeper to the owner."""
    case = _get_case(story, key)
    case.with_user(story.users[people.BOOKKEEPER]).action_waive()
    waiver = story.env["dunning.waiver"].search([("case_id", "=", case.id), ("state", "=", "draft")], limit=1)
    waiver.write(
        {
            "outcome": "with_vat",
            "basis": "insolvency",
            "basis_reference": "Tribunale di Modena, liquidazione giudiziale",
            "reason": "Dal curatore non ci si aspetta alcun riparto ai chirografari.",
            "watch_effect": "block",
        }
    )
    waiver.with_user(story.users[people.BOOKKEEPER]).action_propose()


def _watch(story):
    """A customer who pays beforehand from now on."""
    story.env["dunning.watch"].create(
        {
            "partner_id": story.partners["quadri"].id,
            "effect": "prepay",
            "reason": "Due fatture oltre i 60 giorni e un assegno richiamato.",
            "review_date": story.day(-60),
        }
    )
