"""What ways, papers, terms and reasons are called; the codes are in ``law/outlines.py`` and its neighbours."""

from ..law import outlines
from ..law.court import JUSTICE_OF_PEACE, TRIBUNAL
from ..law.milestones import LEGAL_WAYS
from ..law.routes import CLOSED, CONFIRM_FIRST, OPEN

WAYS = [
    (outlines.INSIST, "Insist"),
    (outlines.PLAN, "Payment plan"),
    (outlines.INJUNCTION, "Injunction (decreto ingiuntivo)"),
    (outlines.ACTION, "Ordinary action"),
    (outlines.NEGOTIATION, "Assisted negotiation"),
    (outlines.CERTIFICATION, "Certification by the administration (PCC)"),
    (outlines.WAIVER, "Waiver"),
]
LEGAL = [(code, name) for code, name in WAYS if code in LEGAL_WAYS]
COURTS = [(JUSTICE_OF_PEACE, "Justice of the peace"), (TRIBUNAL, "Tribunal")]
STATUSES = [(OPEN, "Open"), (CLOSED, "Closed"), (CONFIRM_FIRST, "Confirm first")]


def costs(env):
    """Each cost by its code."""
    _ = env._
    return {
        "court_fee": _("Court fee"),
        "clerk_advance": _("Clerk's advance"),
        "own_hours": _("Own hours"),
        "lawyer": _("Lawyer"),
    }


def reasons(env):
    """Why a way is closed."""
    _ = env._
    return {
        "insolvency": _("The customer is insolvent: the claim is filed in the procedure."),
        "not_a_pa": _("Only a public administration certifies what it owes."),
        "not_at_any_amount": _("The law does not open it for this claim."),
    }


def remarks(env):
    """What to know about a way."""
    _ = env._
    return {
        "acknowledgement_restarts_limitation": _("A plan that the customer signs acknowledges the debt."),
        "enforceable_at_once": _("A bill, cheque or notarial act is there: the order is enforceable at once."),
        "may_be_enforceable_at_once": _("The customer signed: the order may be enforceable at once."),
        "enforceable_at_once_only_in_danger": _("Enforceable at once only if delay is a danger."),
        "by_petition": _("By a simple petition (ricorso)."),
        "negotiation_first": _("Assisted negotiation has to be tried first."),
        "condition_of_action": _("It has to be tried before an ordinary action."),
        "voluntary": _("It is not required here."),
        "interest_not_certifiable": _("Interest can't be certified."),
        "credit_note_with_vat": _("There is a basis for a credit note with VAT."),
        "credit_note_without_vat": _("A credit note does not give the VAT back."),
        "loss_on_small_credit": _("Small enough for a loss on a small credit."),
        "limitation_passed": _("Limitation has run out: the customer may refuse to pay."),
    }


def needs(env):
    """What a paper has to show."""
    _ = env._
    return {
        "written_proof": _(
            "Written proof: an e-invoice, a signed quote or contract, a bill, a cheque, or an extract of the accounts"
        ),
        "signature_of_debtor": _("A quote or contract that the customer signed"),
        "agreement": _("What was agreed: a signed quote, a contract or an order"),
        "invoice": _("The invoice"),
        "einvoice": _("The e-invoice with its receipt of the exchange system"),
        "delivery": _("Delivery note"),
        "notice": _("Formal notice that arrived"),
        "acknowledged_plan": _("Plan signed by the customer"),
        "negotiation_attempt": _("Attempt at assisted negotiation"),
        "vat_basis": _("Basis for the VAT: insolvency, homologated agreement or fruitless enforcement"),
    }


def terms(env):
    """The terms of a way; each with the place for its length."""
    _ = env._
    return {
        "service_days": _("%(length)s days to serve the order"),
        "opposition_days": _("%(length)s days for the customer to oppose it"),
        "pa_enforcement_days": _("%(length)s days before enforcement against an administration"),
        "pcc_certification_days": _("%(length)s days for the administration to certify"),
        "vat_note_agreement_years": _("Credit note by agreement: years from the supply: %(length)s"),
        "small_credit_months": _("Loss on a small credit: from %(length)s months past the due date"),
    }


def errands(env):
    """What is to be done by the end of a term that runs."""
    _ = env._
    return {
        "service_days": _("Have the order served, or it is void"),
        "opposition_days": _("The customer's term to oppose ends: then have the order made executive"),
        "pa_enforcement_days": _("Enforcement against the administration may begin after this day"),
        "pcc_certification_days": _("The administration's term to certify ends: then ask for a commissioner"),
    }
