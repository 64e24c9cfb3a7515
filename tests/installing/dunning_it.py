"""What dunning_it keeps: cases, reminders, calls, promises, formal notices, evidence, waivers and the watch list."""

import base64

from . import core

PDF = base64.b64encode(b"%PDF-1.7 a letter")


def fill(env):
    """The late customer has a case that was reminded, called and put in default; later ones too the rest."""
    customer = core.find_customer(env)
    customer.write({"street": "Corso Francia 2", "zip": "10143", "city": "Torino", "vat": "IT12345670017"})
    env.company.write({"dunning_signatory": "Maria Rossi", "dunning_signatory_role": "Legale rappresentante"})
    Case = env["dunning.case"]
    Case._sync(customer)
    case = Case.search([("partner_id", "=", customer.id)])
    stages = case.policy_id.stage_ids
    env["dunning.step"].create(
        {
            "case_id": case.id,
            "stage_id": stages.filtered(lambda stage: stage.kind == "mail")[:1].id,
            "cycle": 1,
            "state": "done",
            "claimed_on": "2026-03-01",
            "done_on": "2026-03-01",
            "amount_net": 100,
            "email": customer.email,
            "message_uid": f"installing-{case.id}@example.com",
        }
    )
    env["dunning.call"].create({"case_id": case.id, "outcome": "promise", "date": "2026-03-10 09:00:00"})
    case.stage_id = stages.filtered(lambda stage: stage.kind == "notice")[:1]
    Case._sync(customer)
    notice = env["dunning.notice"].browse(case.action_make_notice()["res_id"])
    notice.action_ready()
    for kind in ("signed", "sent", "delivered"):
        event = {"notice_id": notice.id, "kind": kind, "file": PDF, "file_name": "lettera.pdf"}
        tracking = {"tracking_number": f"RR{case.id:09}IT"} if kind == "sent" else {}
        env["dunning.notice.event"].create(event | tracking).action_confirm()
    if "dunning.watch" in env:
        _fill_later(env, case)


def _fill_later(env, case):
    """What came with the version after the first."""
    watched = env["res.partner"].create({"name": "Osteria", "company_id": env.company.id})
    env["dunning.watch"].create({"partner_id": watched.id, "effect": "prepay", "reason": "Paga tardi."})
    env["dunning.document.wizard"].create(
        {"case_id": case.id, "kind": "contract", "file": PDF, "file_name": "contratto.pdf"}
    ).action_add()
    env["dunning.evidence.wizard"].create({"case_id": case.id, "prints_papers": False}).action_make()
    case.action_review()
    case.action_waive()


def gone(env):
    """The trust that the notice took away is back."""
    assert _get_trust(env) == {"normal"}, _get_trust(env)


def upgraded(env):
    """Whom the notice had reached is no debtor to trust."""
    assert _get_trust(env) == {"bad"}, _get_trust(env)


def _get_trust(env):
    companies = env["res.company"].search([])
    late = [("name", "in", [f"Trattoria {company.name}" for company in companies])]
    return {partner.with_company(partner.company_id).trust for partner in env["res.partner"].search(late)}
