"""From 19.0.1.0.0, whose formal notices left the debtor's degree of trust alone."""

from openupgradelib import openupgrade


@openupgrade.migrate()
def migrate(env, version):
    """Whom a formal notice has reached while his case is open is no debtor to trust, from now on as for a new one."""
    arrived = env["dunning.notice"].search([("arrival_date", "!=", False), ("case_id.state", "!=", "closed")])
    for company, notices in arrived.grouped("company_id").items():
        notices.partner_id.with_company(company)._align_dunning_trust()
