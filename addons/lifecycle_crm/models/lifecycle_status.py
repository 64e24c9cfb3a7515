"""Where each customer stands."""

from odoo import fields, models


class LifecycleStatus(models.Model):
    """A row a commercial partner and company. Dates, never ages: nothing in it goes stale by waiting.

    It is a table of its own, so that nothing here ever locks a partner, and several companies each have their view.
    """

    _name = "lifecycle.status"
    _description = "Customer Status"
    _inherit = ["lifecycle.guarded"]
    _order = "next_contact_date, id"
    _rec_name = "partner_id"
    _check_company_auto = True
    _log_access = False  # the server writes it, and a history of each change is kept beside

    partner_id = fields.Many2one("res.partner", string="Customer", required=True, readonly=True, ondelete="cascade")
    company_id = fields.Many2one("res.company", required=True, readonly=True, ondelete="cascade")
    currency_id = fields.Many2one(related="company_id.currency_id")
    user_id = fields.Many2one(related="partner_id.user_id", string="Salesperson")
    stage_id = fields.Many2one("lifecycle.stage", readonly=True, index=True, ondelete="restrict")
    phase = fields.Selection(related="stage_id.phase")
    stage_since = fields.Datetime(string="In Stage since", readonly=True)
    rule_id = fields.Many2one("lifecycle.rule", readonly=True, ondelete="restrict")
    reason = fields.Json(readonly=True)

    # === FACTS === #

    order_count = fields.Integer(string="Orders", readonly=True)
    order_day_count = fields.Integer(string="Days with Orders", readonly=True)
    first_order_date = fields.Date(string="First Order", readonly=True)
    last_order_date = fields.Date(string="Last Order", readonly=True)
    revenue = fields.Monetary(readonly=True, help="Without tax, less what came back.")
    revenue_year = fields.Monetary(string="Revenue of 12 Months", readonly=True, help="As of last night.")
    return_count = fields.Integer(string="Returns", readonly=True)
    return_amount = fields.Monetary(string="Value of Returns", readonly=True)
    open_delivery_count = fields.Integer(string="Open Deliveries", readonly=True)
    satisfaction = fields.Float(digits=(3, 2), readonly=True, aggregator="avg")
    lead_count = fields.Integer(string="Open Leads and Quotes", readonly=True)
    first_lead_date = fields.Date(string="First Lead", readonly=True)

    # === WHAT FOLLOWS === #

    gap_days = fields.Integer(string="Expected Gap", readonly=True, aggregator="avg", help="Days between two orders.")
    next_order_date = fields.Date(string="Next Order Expected", readonly=True)
    next_change_date = fields.Date(
        string="Next Change", readonly=True, help="If nothing happens, the stage changes then."
    )
    next_contact_date = fields.Date(string="Next Contact", readonly=True, index="btree_not_null")
    rfm_recency = fields.Integer(string="Recency", readonly=True, aggregator="avg")
    rfm_frequency = fields.Integer(string="Frequency", readonly=True, aggregator="avg")
    rfm_revenue = fields.Integer(string="Revenue Score", readonly=True, aggregator="avg")

    _partner_unique = models.Constraint("unique(partner_id, company_id)", "A customer has one status a company.")
