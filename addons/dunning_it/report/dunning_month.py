"""How fast the money comes in, month by month."""

from odoo import api, fields, models
from odoo.tools import SQL

from ..models.receivable_months import ReceivableMonths

MONTHS = 36


class DunningMonth(models.Model):
    """The receivables of a company at the end of a month, the current one as of today.

    Worked out from the journal items whenever it is asked for, so that an invoice entered late is counted in its month.
    """

    _name = "dunning.month"
    _description = "Receivables by Month"
    _auto = False
    _rec_name = "date"
    _order = "date desc, company_id"

    date = fields.Date(string="Month", readonly=True, help="Its last day, or today.")
    company_id = fields.Many2one("res.company", readonly=True)
    currency_id = fields.Many2one("res.currency", readonly=True)
    sales = fields.Monetary(string="Invoiced", readonly=True, help="With VAT, less credit notes.")
    receivables = fields.Monetary(readonly=True, aggregator="avg")
    overdue = fields.Monetary(readonly=True, aggregator="avg")
    dso = fields.Float(
        string="DSO (Average)",
        readonly=True,
        aggregator="avg",
        help="Days sales outstanding: the receivables by what was invoiced in three months, in days of these.",
    )
    dso_count_back = fields.Float(
        string="DSO (Counting Back)",
        readonly=True,
        aggregator="avg",
        help="Days sales outstanding: the days of sales, the latest first, that the receivables cover. A season does "
        "not distort it.",
    )
    effectiveness = fields.Float(
        string="Collected (%)",
        readonly=True,
        aggregator="avg",
        help="Collection effectiveness index (CEI): of what could be collected in the month, what was settled.",
    )
    promises_kept = fields.Integer(readonly=True)
    promises_broken = fields.Integer(readonly=True)

    @property
    def _table_query(self):
        # OVERRIDE: the rows are reckoned in Python, by what its tests prove.
        rows = [
            SQL(
                "(%s::int, %s::date, %s::int, %s::int, %s::numeric, %s::numeric, %s::numeric, %s::float, %s::float, "
                "%s::float, %s::int, %s::int)",
                *row,
            )
            for row in self._get_rows()
        ]
        return SQL(
            "SELECT * FROM (VALUES %s) AS month (id, date, company_id, currency_id, sales, receivables, overdue, dso, "
            "dso_count_back, effectiveness, promises_kept, promises_broken)",
            SQL(", ").join(rows),
        )

    @api.model
    def _get_rows(self):
        """A row for each company that is chosen and each of the last months."""
        companies = self.env.companies
        promises = self._count_promises()
        return [
            (
                company.id * 10**5 + month.end.year * 12 + month.end.month,
                month.end,
                company.id,
                company.currency_id.id,
                month.sales / 100,
                month.receivables / 100,
                month.overdue / 100,
                _number(month.dso),
                _number(month.dso_count_back),
                _number(month.effectiveness, 100),
                promises.get((company, month.end.replace(day=1), "kept"), 0),
                promises.get((company, month.end.replace(day=1), "broken"), 0),
            )
            for company, months in ReceivableMonths(self.env, companies).get_months(MONTHS).items()
            for month in months
        ]

    @api.model
    def _count_promises(self):
        """Promises by company, first day of the month in which they were judged, and outcome."""
        groups = self.env["dunning.promise"]._read_group(
            [("company_id", "in", self.env.companies.ids), ("state", "in", ("kept", "broken"))],
            ["company_id", "judged_date:month", "state"],
            ["__count"],
        )
        return {(company, month, state): count for company, month, state, count in groups}


def _number(value, times=1):
    return None if value is None else float(times * value)
