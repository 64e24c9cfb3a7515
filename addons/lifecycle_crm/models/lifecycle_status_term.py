"""Contracts that are more than an order: subscriptions, maintenance, courses."""

from odoo import api, fields, models


class LifecycleStatus(models.Model):
    _inherit = "lifecycle.status"

    contract_end_date = fields.Date(
        string="Contract until",
        readonly=True,
        help="Of what runs on beyond its delivery. A consent given in a contract outlives the register of objections "
        "until thirty days after it (L. 5/2018 art. 1 c.5).",
    )

    def _set_contract_end(self, day):
        """Take down until when a contract runs; whoever may is for the caller to say.

        :param day: None: there is no such contract
        """
        self.sudo().contract_end_date = day or False  # as with all that the server keeps of customers

    @api.model
    def _get_contract_ends(self, customers, company):
        """Until when contracts run that no order tells of: a hook for whatever knows of subscriptions.

        :return: dict of dates by the id of the customer; a day to come: it is running
        """
        about = [("partner_id", "in", customers.ids), ("company_id", "=", company.id)]
        found = self.search([*about, ("contract_end_date", "!=", False)])
        return {status.partner_id.id: status.contract_end_date for status in found}

    def _get_joined_vals(self, statuses):
        # OVERRIDE: the contract that runs longest is the customer's.
        contracts = statuses.filtered("contract_end_date").mapped("contract_end_date")
        return {**super()._get_joined_vals(statuses), "contract_end_date": max(contracts, default=False)}
