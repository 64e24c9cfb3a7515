"""The figures of the receivables by month, from what PostgreSQL sums up of all documents."""

from collections import defaultdict

from dateutil.relativedelta import relativedelta

from odoo import fields
from odoo.tools import SQL

from ..behaviour.figures import Entry, Ledger

DOCUMENTS = ("out_invoice", "out_refund", "out_receipt")


class ReceivableMonths:
    """Reads the invoices, receipts and credit notes to customers of companies, with what settled them and when.

    What else stands on receivable accounts was not invoiced. Days of months that are over are summed up by month: their
    figures are asked for at the ends of months only, so a company of any size brings some hundred rows.
    """

    def __init__(self, env, companies):
        self.env = env
        self.companies = companies
        self.today = fields.Date.context_today(env["account.move"])

    def get_months(self, months):
        """The figures of the last months, the current one up to today.

        :param int months: how many
        :return: dict from company to a list of :class:`..behaviour.figures.Month`, in hundredths of its currency
        """
        entries = self._read()
        return {company: self._reckon(entries[company.id], months) for company in self.companies}

    def get_total_months(self, months):
        """The same of all companies together, in the currency of the environment's company."""
        rates = self._get_rates()
        entries = [
            Entry(entry.issued, entry.due, entry.settled, round(entry.amount * rates[company_id]))
            for company_id, found in self._read().items()
            for entry in found
        ]
        return self._reckon(entries, months)

    def _reckon(self, entries, months):
        ledger = Ledger(entries)
        first = self.today.replace(day=1)
        ends = [first - relativedelta(months=back, days=1) for back in reversed(range(months - 1))]
        return [ledger.month(end) for end in (*ends, self.today)]

    def _get_rates(self):
        """What a unit of each company's currency is today in that of the environment's company."""
        ours = self.env.company
        return {
            company.id: self.env["res.currency"]._get_conversion_rate(
                company.currency_id, ours.currency_id, ours, self.today
            )
            for company in self.companies
        }

    # === QUERY === #

    def _read(self):
        """:return: dict from the id of a company to a list of :class:`..behaviour.figures.Entry`"""
        for model in ("account.move", "account.move.line", "account.partial.reconcile"):
            self.env[model].flush_model()
        entries = defaultdict(list)
        for company_id, *values in self.env.execute_query(self._sum_up(self._select_parts())):
            entries[company_id].append(Entry(*values))
        return entries

    def _sum_up(self, parts):
        """Parts of documents with the days of months that are over moved to where they count from.

        At the end of a month an entry counts by the months in which it was issued, became late and was settled.

        :param SQL parts: a query of company, issued, due, settled, amount
        """
        first = self.today.replace(day=1)
        return SQL(
            """
            SELECT company_id, %(issued)s, %(late)s - 1, %(settled)s, SUM(ROUND(100 * amount))::bigint
              FROM (%(parts)s) part
             GROUP BY 1, 2, 3, 4
            """,
            issued=_counts_from(SQL("issued"), first),
            late=_counts_from(SQL("(due + 1)"), first),
            settled=_counts_from(SQL("settled"), first),
            parts=parts,
        )

    def _select_parts(self):
        """Each document's open rest, and what of it was settled on which day."""
        return SQL(
            """
            WITH document AS (%(documents)s)
            SELECT company_id, issued, due, NULL::date AS settled, residual AS amount FROM document WHERE residual != 0
             UNION ALL
            SELECT document.company_id, issued, due, part.max_date, part.amount
              FROM document JOIN account_partial_reconcile part ON part.debit_move_id = document.id
             UNION ALL
            SELECT document.company_id, issued, due, part.max_date, -part.amount
              FROM document JOIN account_partial_reconcile part ON part.credit_move_id = document.id
            """,
            documents=self._select_documents(),
        )

    def _select_documents(self):
        return SQL(
            """
            SELECT item.id, item.company_id, COALESCE(item.invoice_date, item.date) AS issued,
                   COALESCE(item.date_maturity, item.date) AS due, item.amount_residual AS residual
              FROM account_move_line item
              JOIN account_account account ON account.id = item.account_id
              JOIN account_move move ON move.id = item.move_id
             WHERE item.company_id = ANY(%s) AND account.account_type = 'asset_receivable'
               AND item.parent_state = 'posted' AND move.move_type IN %s
            """,
            self.companies.ids,
            DOCUMENTS,
        )


def _counts_from(day, first):
    """A day of the current month as it is, one before it as the first of its month."""
    return SQL(
        "CASE WHEN %(day)s >= %(first)s THEN %(day)s ELSE date_trunc('month', %(day)s)::date END", day=day, first=first
    )
