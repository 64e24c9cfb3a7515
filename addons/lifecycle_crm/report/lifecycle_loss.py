"""Why we lose: leads that were lost, and customers who said in a call that they do not come back."""

from odoo import fields, models
from odoo.tools import SQL


class LifecycleLoss(models.Model):
    """A row for each lost lead and for each call in which a customer refused; ids of leads are even, of calls odd."""

    _name = "lifecycle.loss"
    _description = "Lost Leads and Customers"
    _auto = False
    _rec_name = "partner_id"
    _order = "date desc, id desc"
    _depends = {
        "crm.lead": [
            "company_id",
            "date_closed",
            "expected_revenue",
            "lifecycle_competitor_id",
            "lost_reason_id",
            "partner_id",
            "user_id",
            "won_status",
        ],
        "lifecycle.call": [
            "company_id",
            "competitor_id",
            "date",
            "lost_reason_id",
            "outcome",
            "partner_id",
            "user_id",
        ],
        "lifecycle.status": ["company_id", "partner_id", "revenue_year", "stage_id"],
        "res.company": ["lifecycle_tz"],
        "res.partner": ["commercial_partner_id"],
        "res.users": ["company_id"],
    }

    kind = fields.Selection([("lead", "Lost lead"), ("customer", "Customer who refused")], readonly=True)
    company_id = fields.Many2one("res.company", readonly=True)
    date = fields.Date(string="Lost on", readonly=True)
    lead_id = fields.Many2one("crm.lead", readonly=True)
    call_id = fields.Many2one("lifecycle.call", readonly=True)
    partner_id = fields.Many2one("res.partner", string="Customer", readonly=True)
    user_id = fields.Many2one("res.users", string="Salesperson", readonly=True)
    stage_id = fields.Many2one("lifecycle.stage", string="Stage Today", readonly=True)
    lost_reason_id = fields.Many2one("crm.lost.reason", string="Reason", readonly=True)
    competitor_id = fields.Many2one("lifecycle.competitor", string="Lost to", readonly=True)
    currency_id = fields.Many2one(related="company_id.currency_id")
    amount = fields.Monetary(
        string="At Stake", readonly=True, help="Of a lead what it was expected to bring, of a customer his last year."
    )

    @property
    def _table_query(self):
        # OVERRIDE: the report is a query, not a table; days are those of each company's zone.
        return SQL(
            """
            SELECT loss.id, loss.kind, loss.company_id, loss.lead_id, loss.call_id, loss.partner_id, loss.user_id,
                   loss.lost_reason_id, loss.competitor_id, status.stage_id,
                   (loss.moment AT TIME ZONE 'UTC' AT TIME ZONE company.lifecycle_tz)::date AS date,
                   COALESCE(loss.amount, status.revenue_year, 0) AS amount
              FROM (%(leads)s UNION ALL %(calls)s) loss
              JOIN res_company company ON company.id = loss.company_id
         LEFT JOIN lifecycle_status status
                ON status.partner_id = loss.partner_id AND status.company_id = loss.company_id
             WHERE loss.company_id IN %(companies)s
            """,
            leads=self._get_lost_leads(),
            calls=self._get_refusals(),
            companies=tuple(self.env.companies.ids),
        )

    def _get_lost_leads(self):
        """Those of a company: their own, else the salesperson's, else the reader's."""
        return SQL(
            """
            SELECT 2 * lead.id AS id, 'lead' AS kind, lead.id AS lead_id, NULL::integer AS call_id,
                   COALESCE(lead.company_id, seller.company_id, %(main)s) AS company_id,
                   contact.commercial_partner_id AS partner_id, lead.user_id, lead.lost_reason_id,
                   lead.lifecycle_competitor_id AS competitor_id,
                   COALESCE(lead.date_closed, lead.write_date) AS moment, lead.expected_revenue AS amount
              FROM crm_lead lead
         LEFT JOIN res_partner contact ON contact.id = lead.partner_id
         LEFT JOIN res_users seller ON seller.id = lead.user_id
             WHERE lead.won_status = 'lost'
            """,
            main=self.env.company.id,
        )

    def _get_refusals(self):
        return SQL(
            """
            SELECT 2 * call.id + 1, 'customer', NULL::integer, call.id, call.company_id,
                   contact.commercial_partner_id, call.user_id, call.lost_reason_id, call.competitor_id, call.date,
                   NULL::numeric
              FROM lifecycle_call call
              JOIN res_partner contact ON contact.id = call.partner_id
             WHERE call.outcome = 'refused'
            """
        )
