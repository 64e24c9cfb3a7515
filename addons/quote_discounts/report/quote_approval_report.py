"""How long sellers wait for a yes, and how often they get it."""

from odoo import fields, models
from odoo.tools import SQL


class QuoteApprovalReport(models.Model):
    """A request for approval, how it ended and after how many hours."""

    _name = "quote.approval.report"
    _inherit = "listino.report.shares"
    _description = "Analysis of Approvals"
    _auto = False
    _rec_name = "request_id"
    _order = "date desc, id desc"
    _shares = {"approved_share": ("approved", "decided"), "in_time_share": ("in_time", "decided")}

    date = fields.Datetime(string="Asked On", readonly=True)
    decided_on = fields.Datetime(readonly=True)
    request_id = fields.Many2one("quote.discount.request", readonly=True)
    order_id = fields.Many2one("sale.order", string="Quotation", readonly=True)
    company_id = fields.Many2one("res.company", readonly=True)
    currency_id = fields.Many2one("res.currency", readonly=True)
    partner_id = fields.Many2one("res.partner", string="Customer", readonly=True)
    requester_id = fields.Many2one("res.users", string="Asked by", readonly=True)
    user_id = fields.Many2one("res.users", string="Salesperson", readonly=True)
    team_id = fields.Many2one("crm.team", string="Sales Team", readonly=True)
    level_id = fields.Many2one("quote.discount.level", readonly=True, help="The level asked last.")
    decided_by_id = fields.Many2one("res.users", string="Decided by", readonly=True)
    on_behalf_of_id = fields.Many2one("res.users", string="In Place of", readonly=True)
    state = fields.Selection(
        [
            ("pending", "To approve"),
            ("approved", "Approved"),
            ("rejected", "Refused"),
            ("expired", "Not answered"),
            ("withdrawn", "Withdrawn"),
            ("superseded", "Overtaken"),
        ],
        string="Status",
        readonly=True,
    )
    hours = fields.Float(
        string="Hours to Decide", readonly=True, aggregator="avg", help="From the question to the yes or the no."
    )
    longest_hours = fields.Float(string="Longest Wait (Hours)", readonly=True, aggregator="max")
    decided = fields.Integer(string="Requests Decided", readonly=True)
    approved = fields.Integer(string="Requests Approved", readonly=True)
    approved_share = fields.Float(
        string="Approved (%)", readonly=True, aggregator="avg", help="Approved, of all that were decided."
    )
    in_time = fields.Integer(string="Decided in Time", readonly=True)
    in_time_share = fields.Float(
        string="Decided in Time (%)",
        readonly=True,
        aggregator="avg",
        help="Decided before the deadline of the level, of all that were decided.",
    )
    discount = fields.Float(string="Discount Asked (%)", readonly=True, aggregator="avg")
    amount = fields.Monetary(string="Value", readonly=True, help="Value of the quotations without taxes.")

    def action_open_order(self):
        """Open the quotation of a row."""
        self.ensure_one()
        return self.order_id.get_formview_action() if self.order_id else False

    # === QUERY === #

    @property
    def _table_query(self):
        # OVERRIDE: the report is a query, not a table.
        return SQL("SELECT %s FROM %s", self._get_columns(), self._get_source())

    def _get_columns(self):
        """What is read of a request; hook for further columns."""
        hours = SQL("EXTRACT(EPOCH FROM r.decided_on - r.create_date) / 3600.0")
        return SQL(
            """
            r.id, r.create_date AS date, r.decided_on, r.id AS request_id, r.order_id, r.company_id,
            %(currency_id)s AS currency_id, r.partner_id, r.requester_id, s.user_id, s.team_id, r.level_id,
            r.decided_by_id, r.on_behalf_of_id, r.state, r.discount,
            r.amount * account_currency_table.rate AS amount,
            CASE WHEN %(decided)s THEN %(hours)s END AS hours,
            CASE WHEN %(decided)s THEN %(hours)s END AS longest_hours,
            (%(decided)s)::int4 AS decided,
            (%(decided)s AND r.state <> 'rejected')::int4 AS approved,
            (%(decided)s AND (r.deadline IS NULL OR r.decided_on <= r.deadline))::int4 AS in_time,
            CASE WHEN %(decided)s THEN 100.0 * (r.state <> 'rejected')::int4 END AS approved_share,
            CASE WHEN %(decided)s THEN 100.0 * (r.deadline IS NULL OR r.decided_on <= r.deadline)::int4 END
                AS in_time_share
            """,
            currency_id=self.env.company.currency_id.id,
            hours=hours,
            # A yes that a later change of the quote overtook was a yes.
            decided=SQL("(r.decided_on IS NOT NULL AND r.state IN ('approved', 'rejected', 'superseded'))"),
        )

    def _get_source(self):
        """The tables behind the report; hook for further joins."""
        return SQL(
            """
            quote_discount_request r
            LEFT JOIN sale_order s ON s.id = r.order_id
            JOIN %s ON account_currency_table.company_id = r.company_id
            """,
            self.env["res.currency"]._get_simple_currency_table(self.env.companies),
        )
