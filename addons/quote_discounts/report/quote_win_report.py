"""What discounts bring: how many of the quotes that left became orders, by how much was given on them."""

from odoo import fields, models
from odoo.tools import SQL

from .quote_discount_report import GIVEN

BANDS = [
    ("0_above", "Above the list price"),
    ("1_none", "No discount"),
    ("2_to_5", "Up to 5 %"),
    ("3_to_10", "Above 5 up to 10 %"),
    ("4_to_15", "Above 10 up to 15 %"),
    ("5_to_20", "Above 15 up to 20 %"),
    ("6_to_30", "Above 20 up to 30 %"),
    ("7_to_50", "Above 30 up to 50 %"),
    ("8_over_50", "Above 50 %"),
]
OUTCOMES = ("won", "lost", "expired", "open")


class QuoteWinReport(models.Model):
    """A quote that left, what became of it and the discount on it, in the currency of the reader's company."""

    _name = "quote.win.report"
    _inherit = "listino.report.shares"
    _description = "Analysis of Won and Lost Quotes"
    _auto = False
    _rec_name = "order_id"
    _order = "date desc, id desc"
    _shares = {
        "won_share": ("won", "decided"),
        "won_value_share": ("won_value", "decided_value"),
        "discount_share": ("discount", "list_value"),
    }

    date = fields.Datetime(string="Quote Date", readonly=True, help="When the quote left for the first time.")
    order_id = fields.Many2one("sale.order", string="Quote", readonly=True)
    company_id = fields.Many2one("res.company", readonly=True)
    currency_id = fields.Many2one("res.currency", readonly=True)
    partner_id = fields.Many2one("res.partner", string="Customer", readonly=True)
    commercial_partner_id = fields.Many2one("res.partner", string="Customer Entity", readonly=True)
    user_id = fields.Many2one("res.users", string="Salesperson", readonly=True)
    team_id = fields.Many2one("crm.team", string="Sales Team", readonly=True)
    outcome = fields.Selection(
        [("won", "Won"), ("lost", "Lost"), ("expired", "Expired"), ("open", "Open")], readonly=True
    )
    discount_band = fields.Selection(
        BANDS, string="Band of All Discounts", readonly=True, help="All discounts as a part of the list value."
    )
    given_band = fields.Selection(
        BANDS,
        string="Band of What Was Given",
        readonly=True,
        help="What salespeople gave, without price lists, promotions and agreements, as a part of the list value.",
    )
    won = fields.Integer(string="Quotes Won", readonly=True)
    lost = fields.Integer(string="Quotes Lost", readonly=True)
    expired = fields.Integer(string="Quotes Expired", readonly=True)
    open = fields.Integer(string="Quotes Open", readonly=True)
    decided = fields.Integer(string="Quotes Decided", readonly=True, help="Won, lost or expired.")
    won_share = fields.Float(
        string="Won (%)", readonly=True, aggregator="avg", help="Quotes won, of all that were decided."
    )
    list_value = fields.Monetary(readonly=True)
    discount = fields.Monetary(string="All Discounts", readonly=True)
    discount_share = fields.Float(string="All Discounts (%)", readonly=True, aggregator="avg")
    value = fields.Monetary(string="Net Value", readonly=True)
    won_value = fields.Monetary(readonly=True)
    decided_value = fields.Monetary(readonly=True)
    won_value_share = fields.Float(
        string="Won by Value (%)", readonly=True, aggregator="avg", help="Value won, of all that was decided."
    )

    def action_open_order(self):
        """Open the quote of a row."""
        self.ensure_one()
        return self.order_id.get_formview_action()

    # === QUERY === #

    @property
    def _table_query(self):
        # OVERRIDE: the report is a query, not a table.
        return SQL(
            "SELECT %s, %s FROM (SELECT %s FROM %s WHERE %s) AS quote",
            SQL("quote.*"),
            self._get_measures(),
            self._get_columns(),
            self._get_source(),
            self._get_condition(),
        )

    def _get_columns(self):
        """What is read of a quote; hook for further columns."""
        factor = SQL("/ COALESCE(NULLIF(s.currency_rate, 0), 1.0) * account_currency_table.rate")
        return SQL(
            """
            s.id, s.replied_on AS date, s.id AS order_id, s.company_id, %(currency_id)s AS currency_id,
            s.partner_id, partner.commercial_partner_id, s.user_id, s.team_id, %(outcome)s AS outcome,
            %(discount_band)s AS discount_band, %(given_band)s AS given_band,
            total.list_value %(factor)s AS list_value, total.net %(factor)s AS value
            """,
            currency_id=self.env.company.currency_id.id,
            outcome=self._get_outcome(),
            discount_band=self._get_band(SQL("total.list_value - total.net")),
            given_band=self._get_band(SQL("total.given")),
            factor=factor,
        )

    def _get_outcome(self):
        """What became of a quote; hook."""
        return SQL(
            """
            CASE
                WHEN s.state = 'sale' THEN 'won'
                WHEN s.state = 'cancel' THEN 'lost'
                WHEN s.validity_date < %s THEN 'expired'
                ELSE 'open'
            END
            """,
            fields.Date.context_today(self),
        )

    def _get_band(self, given):
        """The band of a discount as a part of the list value; each includes its upper end."""
        return SQL(
            """
            CASE
                WHEN %(given)s < 0 THEN '0_above'
                WHEN %(given)s = 0 THEN '1_none'
                WHEN %(given)s <= total.list_value * 0.05 THEN '2_to_5'
                WHEN %(given)s <= total.list_value * 0.10 THEN '3_to_10'
                WHEN %(given)s <= total.list_value * 0.15 THEN '4_to_15'
                WHEN %(given)s <= total.list_value * 0.20 THEN '5_to_20'
                WHEN %(given)s <= total.list_value * 0.30 THEN '6_to_30'
                WHEN %(given)s <= total.list_value * 0.50 THEN '7_to_50'
                ELSE '8_over_50'
            END
            """,
            given=given,
        )

    def _get_measures(self):
        """The figures of a single quote; the shares of groups are made of the groups' sums."""
        counts = [SQL("(outcome = %s)::int4 AS %s", name, SQL.identifier(name)) for name in OUTCOMES]
        return SQL(
            """
            %(counts)s, (outcome <> 'open')::int4 AS decided, list_value - value AS discount,
            CASE WHEN outcome = 'won' THEN value ELSE 0 END AS won_value,
            CASE WHEN outcome <> 'open' THEN value ELSE 0 END AS decided_value,
            CASE WHEN outcome <> 'open' THEN (outcome = 'won')::int4 * 100.0 END AS won_share,
            CASE WHEN outcome <> 'open' THEN (outcome = 'won')::int4 * 100.0 END AS won_value_share,
            100.0 * (list_value - value) / NULLIF(list_value, 0) AS discount_share
            """,
            counts=SQL(", ").join(counts),
        )

    def _get_source(self):
        """The tables behind the report; hook for further joins."""
        return SQL(
            """
            sale_order s
            JOIN res_company company ON company.id = s.company_id
            JOIN res_currency currency ON currency.id = s.currency_id
            JOIN res_partner partner ON partner.id = s.partner_id
            JOIN %(rates)s ON account_currency_table.company_id = s.company_id
            CROSS JOIN LATERAL (%(totals)s) AS total
            """,
            rates=self.env["res.currency"]._get_simple_currency_table(self.env.companies),
            totals=self._get_totals(),
        )

    def _get_totals(self):
        """The sums of a quote's lines, as the analysis of discounts has them."""
        discounts = self.env["quote.discount.report"]
        return SQL(
            """
            SELECT COALESCE(SUM(part.list_value), 0) AS list_value, COALESCE(SUM(part.net), 0) AS net,
                COALESCE(SUM(part.discount) FILTER (WHERE part.kind IN %(given)s), 0) AS given
            FROM sale_order_line l
            CROSS JOIN LATERAL (%(values)s) AS value
            CROSS JOIN LATERAL (%(parts)s) AS part
            WHERE l.order_id = s.id AND l.product_id IS NOT NULL AND %(condition)s
            """,
            given=GIVEN,
            values=discounts._get_values(),
            parts=discounts._get_parts(),
            condition=discounts._get_condition(),
        )

    def _get_condition(self):
        """Which quotes count as put to a customer: those that left, be it on paper or as an order; hook."""
        return SQL("s.replied_on IS NOT NULL")
