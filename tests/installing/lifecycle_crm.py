"""What lifecycle_crm keeps: stages and their tags, statuses and their history, plays, contacts, cases, consents."""

from . import core


def fill(env):
    """In the main company the whole story of the demo; in any other a customer who is looked at and has a case."""
    company = env.company
    customer = core.find_customer(env)
    customer.phone = "+39 02 654321"
    if company == env.ref("base.main_company"):
        env["lifecycle.demo"]._tell_story()
        told = [("module", "=", "lifecycle_crm"), ("model", "in", ("res.partner", "crm.lead"))]
        env["ir.model.data"].search(told).unlink()  # customers of a company are nobody's demo data
    env["lifecycle.register.check"].create({"partner_id": customer.id, "date": "2026-01-10"})
    env["lifecycle.consent"].create(
        {
            "partner_id": customer.id,
            "purpose_id": env.ref("lifecycle_crm.lifecycle_purpose_testimonial").id,
            "state": "granted",
        }
    )
    env["lifecycle.case"].create({"name": "Bottiglia rotta", "partner_id": customer.id, "kind": "complaint"})
    env["lifecycle.status"]._sweep(company)


def upgraded(env):
    """Each company has the usual questions, and those who were looked up have a channel."""
    for company in env["res.company"].search([]):
        assert len(company._lifecycle_get_questions()) == 5
    assert set(env["lifecycle.register.check"].search([]).mapped("channel")) == {"phone"}
