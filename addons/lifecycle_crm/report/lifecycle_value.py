"""What customers are worth, by where they stand and where they came from."""

from odoo import fields, models
from odoo.tools import SQL


class LifecycleValue(models.Model):
    """A row for each customer, with the source that brought him the first time."""

    _name = "lifecycle.value"
    _description = "Revenue by Stage and Source"
    _auto = False
    _rec_name = "partner_id"
    _order = "revenue_year desc, id"
    _depends = {
        "lifecycle.first.source": ["campaign_id", "company_id", "medium_id", "partner_id", "source_id"],
        "lifecycle.stage": ["phase"],
        "lifecycle.status": [
            "company_id",
            "first_order_date",
            "order_count",
            "order_day_count",
            "partner_id",
            "revenue",
            "revenue_year",
            "satisfaction",
            "stage_id",
        ],
        "res.partner": ["user_id"],
    }

    company_id = fields.Many2one("res.company", readonly=True)
    currency_id = fields.Many2one(related="company_id.currency_id")
    partner_id = fields.Many2one("res.partner", string="Customer", readonly=True)
    user_id = fields.Many2one("res.users", string="Salesperson", readonly=True)
    stage_id = fields.Many2one("lifecycle.stage", readonly=True)
    phase = fields.Selection(related="stage_id.phase", store=True)
    campaign_id = fields.Many2one("utm.campaign", readonly=True)
    medium_id = fields.Many2one("utm.medium", readonly=True)
    source_id = fields.Many2one("utm.source", readonly=True)
    first_order_date = fields.Date(string="First Order", readonly=True)
    revenue = fields.Monetary(readonly=True)
    revenue_year = fields.Monetary(string="Revenue of 12 Months", readonly=True)
    order_count = fields.Integer(string="Orders", readonly=True)
    repeat_share = fields.Float(
        string="Came Back (%)", readonly=True, aggregator="avg", help="Of those who have ordered at all."
    )
    satisfaction = fields.Float(digits=(3, 2), readonly=True, aggregator="avg", help="Of those who were asked.")

    @property
    def _table_query(self):
        # OVERRIDE: the report is a query, not a table.
        return SQL(
            """
            SELECT status.id, status.company_id, status.partner_id, partner.user_id, status.stage_id, stage.phase,
                   source.campaign_id, source.medium_id, source.source_id, status.first_order_date, status.revenue,
                   status.revenue_year, status.order_count, NULLIF(status.satisfaction, 0) AS satisfaction,
                   CASE WHEN status.order_count > 0
                        THEN CASE WHEN status.order_day_count > 1 THEN 100.0 ELSE 0.0 END
                    END AS repeat_share
              FROM lifecycle_status status
              JOIN res_partner partner ON partner.id = status.partner_id
         LEFT JOIN lifecycle_stage stage ON stage.id = status.stage_id
         LEFT JOIN lifecycle_first_source source
                ON source.partner_id = status.partner_id AND source.company_id = status.company_id
             WHERE status.company_id IN %(companies)s
            """,
            companies=tuple(self.env.companies.ids),
        )
