"""Cohorts: of those who first bought in a month, how many come back, and what they bring."""

from odoo import fields, models
from odoo.tools import SQL

SHARES = {"active_share": ("active_count", "size"), "repeat_share": ("repeat_count", "size")}


class LifecycleCohort(models.Model):
    """A row a month of first orders and month since; a month without any order of theirs has its row too.

    Shares are weighted whatever they are grouped by: the sum of those who came over the sum of those who could.
    """

    _name = "lifecycle.cohort"
    _description = "Cohorts by Month of First Order"
    _auto = False
    _rec_name = "cohort_date"
    _order = "cohort_date desc, month_number"
    _depends = {
        "lifecycle.status": ["company_id", "first_order_date", "order_day_count", "partner_id"],
        "res.company": ["lifecycle_tz"],
        "res.partner": ["commercial_partner_id"],
        "sale.order": ["amount_untaxed", "company_id", "currency_rate", "date_order", "partner_id", "state"],
    }

    company_id = fields.Many2one("res.company", readonly=True)
    currency_id = fields.Many2one(related="company_id.currency_id")
    cohort_date = fields.Date(string="Month of First Order", readonly=True)
    month_number = fields.Integer(string="Months after", readonly=True, aggregator=None)
    size = fields.Integer(string="Customers of the Cohort", readonly=True, aggregator=None)
    active_count = fields.Integer(string="Customers Who Bought", readonly=True)
    active_share = fields.Float(string="Customers Who Bought (%)", readonly=True, aggregator="avg")
    repeat_count = fields.Integer(string="Customers Who Came Back", readonly=True, help="Ever, counted once.")
    repeat_share = fields.Float(string="Customers Who Came Back (%)", readonly=True, aggregator="avg")
    order_count = fields.Integer(string="Orders", readonly=True)
    revenue = fields.Monetary(string="Revenue of Orders", readonly=True)

    def _read_group_select(self, aggregate_spec, query):
        # OVERRIDE: the mean of shares is no share; what was counted is put in relation instead.
        name, _colon, function = aggregate_spec.partition(":")
        if name not in SHARES or function != "avg":
            return super()._read_group_select(aggregate_spec, query)
        part, whole = (self._field_to_sql(self._table, field, query) for field in SHARES[name])
        if name == "repeat_share":  # who came back is counted once, in the first month
            whole = SQL("CASE WHEN %s = 0 THEN %s END", self._field_to_sql(self._table, "month_number", query), whole)
        return SQL("100.0 * SUM(%s) / NULLIF(SUM(%s), 0)", part, whole)

    # === QUERY === #

    @property
    def _table_query(self):
        # OVERRIDE: the report is a query, not a table; its months are those of each company's day.
        return SQL(
            """
            WITH place AS (
                SELECT id, (%(now)s::timestamp AT TIME ZONE 'UTC' AT TIME ZONE lifecycle_tz)::date AS today
                  FROM res_company
                 WHERE id IN %(companies)s
            ), buyer AS (
                SELECT status.company_id, status.partner_id, status.order_day_count,
                       date_trunc('month', status.first_order_date)::date AS cohort_date
                  FROM lifecycle_status status
                  JOIN place ON place.id = status.company_id
                 WHERE status.first_order_date <= place.today
            ), cohort AS (
                SELECT company_id, cohort_date, COUNT(*) AS size,
                       COUNT(*) FILTER (WHERE order_day_count > 1) AS came_back
                  FROM buyer
              GROUP BY company_id, cohort_date
            ), bought AS (%(bought)s)
            SELECT ROW_NUMBER() OVER (ORDER BY cohort.company_id, cohort.cohort_date, month.number)::integer AS id,
                   cohort.company_id, cohort.cohort_date, month.number AS month_number, cohort.size,
                   COALESCE(bought.customers, 0) AS active_count,
                   100.0 * COALESCE(bought.customers, 0) / cohort.size AS active_share,
                   CASE WHEN month.number = 0 THEN cohort.came_back ELSE 0 END AS repeat_count,
                   CASE WHEN month.number = 0 THEN 100.0 * cohort.came_back / cohort.size END AS repeat_share,
                   COALESCE(bought.orders, 0) AS order_count, COALESCE(bought.revenue, 0) AS revenue
              FROM cohort
              JOIN place ON place.id = cohort.company_id
              JOIN LATERAL generate_series(0, %(months)s) AS month(number) ON TRUE
         LEFT JOIN bought ON bought.company_id = cohort.company_id AND bought.cohort_date = cohort.cohort_date
               AND bought.number = month.number
            """,
            now=fields.Datetime.now(),
            companies=tuple(self.env.companies.ids),
            bought=self._get_bought(),
            months=self._get_months_between(SQL("date_trunc('month', place.today)"), SQL("cohort.cohort_date")),
        )

    def _get_bought(self):
        """What customers of each cohort ordered, by the number of months since their first order."""
        month = SQL("date_trunc('month', sale.date_order AT TIME ZONE 'UTC' AT TIME ZONE company.lifecycle_tz)")
        return SQL(
            """
            SELECT buyer.company_id, buyer.cohort_date, %(number)s AS number,
                   COUNT(DISTINCT buyer.partner_id) AS customers, COUNT(*) AS orders,
                   SUM(sale.amount_untaxed / COALESCE(NULLIF(sale.currency_rate, 0), 1)) AS revenue
              FROM buyer
              JOIN res_company company ON company.id = buyer.company_id
              JOIN res_partner contact ON contact.commercial_partner_id = buyer.partner_id
              JOIN sale_order sale ON sale.partner_id = contact.id AND sale.company_id = buyer.company_id
             WHERE sale.state = 'sale' AND sale.amount_untaxed > 0
          GROUP BY buyer.company_id, buyer.cohort_date, %(number)s
            """,
            number=self._get_months_between(month, SQL("buyer.cohort_date")),
        )

    def _get_months_between(self, later, earlier):
        """How many months lie between two first days of months."""
        return SQL(
            "(12 * EXTRACT(year FROM %(age)s) + EXTRACT(month FROM %(age)s))::integer",
            age=SQL("age(%s, %s)", later, earlier),
        )
