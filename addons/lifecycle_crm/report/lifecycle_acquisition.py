"""From the first lead to the first order: how many get there, and how long it takes them."""

from odoo import fields, models
from odoo.tools import SQL


class LifecycleAcquisition(models.Model):
    """A row for the first lead of each customer, and for each lead that has no customer yet.

    Leads of those who had ordered before are not counted: they were customers already.
    """

    _name = "lifecycle.acquisition"
    _description = "From Lead to First Order"
    _auto = False
    _rec_name = "lead_id"
    _order = "lead_date desc, id desc"
    _depends = {
        "crm.lead": ["campaign_id", "company_id", "medium_id", "partner_id", "source_id", "team_id", "user_id"],
        "lifecycle.first.source": ["campaign_id", "company_id", "medium_id", "partner_id", "source_id"],
        "lifecycle.status": ["company_id", "first_order_date", "partner_id"],
        "res.company": ["lifecycle_tz"],
        "res.partner": ["commercial_partner_id"],
        "res.users": ["company_id"],
    }

    company_id = fields.Many2one("res.company", readonly=True)
    lead_id = fields.Many2one("crm.lead", string="First Lead", readonly=True)
    partner_id = fields.Many2one("res.partner", string="Customer", readonly=True)
    user_id = fields.Many2one("res.users", string="Salesperson", readonly=True)
    team_id = fields.Many2one("crm.team", string="Sales Team", readonly=True)
    campaign_id = fields.Many2one("utm.campaign", readonly=True)
    medium_id = fields.Many2one("utm.medium", readonly=True)
    source_id = fields.Many2one("utm.source", readonly=True)
    lead_date = fields.Date(string="Asked on", readonly=True)
    first_order_date = fields.Date(string="First Order", readonly=True)
    days = fields.Integer(string="Days to First Order", readonly=True, aggregator="avg", help="Of those who ordered.")
    customer_count = fields.Integer(string="Became Customers", readonly=True)
    customer_share = fields.Float(string="Became Customers (%)", readonly=True, aggregator="avg")

    @property
    def _table_query(self):
        # OVERRIDE: the report is a query, not a table; days are those of each company's zone.
        return SQL(
            """
            WITH asked AS (%(asked)s), first AS (
                SELECT DISTINCT ON (company_id, COALESCE(partner_id, -lead_id)) *
                  FROM asked
              ORDER BY company_id, COALESCE(partner_id, -lead_id), lead_date, lead_id
            )
            SELECT first.lead_id AS id, first.company_id, first.lead_id, first.partner_id, first.user_id,
                   first.team_id, first.lead_date, status.first_order_date,
                   CASE WHEN source.id IS NULL THEN first.campaign_id ELSE source.campaign_id END AS campaign_id,
                   CASE WHEN source.id IS NULL THEN first.medium_id ELSE source.medium_id END AS medium_id,
                   CASE WHEN source.id IS NULL THEN first.source_id ELSE source.source_id END AS source_id,
                   status.first_order_date - first.lead_date AS days,
                   (status.first_order_date IS NOT NULL)::integer AS customer_count,
                   CASE WHEN status.first_order_date IS NULL THEN 0.0 ELSE 100.0 END AS customer_share
              FROM first
         LEFT JOIN lifecycle_status status
                ON status.partner_id = first.partner_id AND status.company_id = first.company_id
         LEFT JOIN lifecycle_first_source source
                ON source.partner_id = first.partner_id AND source.company_id = first.company_id
             WHERE status.first_order_date IS NULL OR status.first_order_date >= first.lead_date
            """,
            asked=self._get_asked(),
        )

    def _get_asked(self):
        """All leads with the company that they belong to: their own, else the salesperson's, else the reader's."""
        return SQL(
            """
            SELECT company.id AS company_id, lead.id AS lead_id, contact.commercial_partner_id AS partner_id,
                   lead.user_id, lead.team_id, lead.campaign_id, lead.medium_id, lead.source_id,
                   (lead.create_date AT TIME ZONE 'UTC' AT TIME ZONE company.lifecycle_tz)::date AS lead_date
              FROM crm_lead lead
         LEFT JOIN res_partner contact ON contact.id = lead.partner_id
         LEFT JOIN res_users seller ON seller.id = lead.user_id
              JOIN res_company company ON company.id = COALESCE(lead.company_id, seller.company_id, %(main)s)
             WHERE company.id IN %(companies)s
            """,
            main=self.env.company.id,
            companies=tuple(self.env.companies.ids),
        )
