"""Delegations: who decides while an approver is away."""

from odoo import api, fields, models
from odoo.exceptions import AccessError, ValidationError
from odoo.fields import Domain


class QuoteDiscountDelegation(models.Model):
    """From one day to another, a user approves what another user could; he can't pass that on."""

    _name = "quote.discount.delegation"
    _description = "Delegation of Approvals"
    _order = "date_from desc, id desc"
    _check_company_auto = True

    delegator_id = fields.Many2one(
        "res.users",
        string="In Place of",
        required=True,
        default=lambda self: self.env.user,
        domain=[("share", "=", False)],
        ondelete="restrict",
    )
    delegate_id = fields.Many2one(
        "res.users", string="Decides", required=True, domain=[("share", "=", False)], ondelete="restrict"
    )
    date_from = fields.Date(string="From", required=True, default=fields.Date.context_today)
    date_to = fields.Date(string="Until", required=True)
    company_id = fields.Many2one("res.company", required=True, default=lambda self: self.env.company)

    @api.depends("delegator_id", "delegate_id")
    def _compute_display_name(self):
        for delegation in self:
            delegation.display_name = self.env._(
                "%(delegate)s for %(delegator)s",
                delegate=delegation.delegate_id.name or "",
                delegator=delegation.delegator_id.name or "",
            )

    @api.constrains("delegator_id", "delegate_id", "date_from", "date_to")
    def _check_delegation(self):
        for delegation in self:
            if delegation.date_to < delegation.date_from:
                raise ValidationError(self.env._("A delegation can't end before it begins. Correct its dates."))
            if delegation.delegate_id == delegation.delegator_id:
                raise ValidationError(self.env._("Nobody stands in for himself. Choose somebody else."))
            if delegation.delegate_id.share:
                raise ValidationError(self.env._("Only colleagues can decide. Choose an internal user."))

    @api.model_create_multi
    def create(self, vals_list):
        # OVERRIDE: whoever is no manager gives away his own approvals only.
        delegations = super().create(vals_list)
        delegations._check_giver()
        delegations._refresh_requests()
        return delegations

    def write(self, vals):
        # OVERRIDE: likewise, before and after.
        self._check_giver()
        result = super().write(vals)
        self._check_giver()
        self._refresh_requests()
        return result

    def unlink(self):
        # OVERRIDE: with a delegation goes the right to decide.
        companies = self.company_id
        result = super().unlink()
        self.env["quote.discount.request"]._refresh_deciders(companies)
        return result

    def _check_giver(self):
        if self.env.su or self.env.user.has_group("quote_discounts.group_quote_manager"):
            return
        if any(delegation.delegator_id != self.env.user for delegation in self):
            raise AccessError(self.env._("You can only have somebody stand in for yourself. Ask a manager."))

    def _refresh_requests(self):
        self.env["quote.discount.request"]._refresh_deciders(self.company_id)

    @api.model
    def _get_today_domain(self, company):
        today = company._get_quote_day()
        return Domain("company_id", "=", company.id) & Domain("date_from", "<=", today) & Domain("date_to", ">=", today)

    @api.model
    def _get_delegators(self, company, delegate):
        """For whom a user decides today."""
        domain = self._get_today_domain(company)
        delegations = self.sudo().search(domain & Domain("delegate_id", "=", delegate.id))  # also those of others
        return delegations.delegator_id

    @api.model
    def _get_delegates(self, company, delegators):
        """Who decides today in place of users; pairs of delegator and delegate."""
        domain = self._get_today_domain(company)
        delegations = self.sudo().search(domain & Domain("delegator_id", "in", delegators.ids))  # also those of others
        return [(delegation.delegator_id, delegation.delegate_id) for delegation in delegations]

    @api.model
    def _get_ended(self, company, delegate, delegators):
        """The last delegation to a user that is over, to tell him so."""
        today = company._get_quote_day()
        domain = [
            ("company_id", "=", company.id),
            ("delegate_id", "=", delegate.id),
            ("delegator_id", "in", delegators.ids),
            ("date_to", "<", today),
        ]
        return self.sudo().search(domain, order="date_to desc", limit=1)  # also those of others
