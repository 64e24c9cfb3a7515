"""What is done when the addon goes."""

from .models.res_partner_trust import BY_PERSON


def uninstall_hook(env):
    """The trust that was taken away comes back, and what the addon made without an external id goes with it.

    The addon's foreign keys go before its records, which they would hold back one by one; Odoo leaves their rows.
    """
    for company in env["res.company"].search([]):
        _give_trust_back(env["res.partner"].with_company(company))
    numbered = env.registry["dunning.numbered"]._inherit_children
    sequences = env["ir.sequence"].with_context(active_test=False).search([("code", "in", list(numbered))])
    sequences.date_range_ids.unlink()  # by themselves: deleted with their sequence, they would leave PostgreSQL's
    sequences.unlink()
    env["ir.model.constraint"].search([("module.name", "=", "dunning_it"), ("type", "=", "f")]).unlink()


def _give_trust_back(partners):
    """As when there is no reason against a debtor any more: what a person has said meanwhile stands."""
    partners = partners.with_context(active_test=False)
    for partner in partners.search([("dunning_trust_before", "not in", (False, BY_PERSON))]):
        partner.trust = partner.dunning_trust_before
