"""How customers paid what fell due in the last years, read from the journal items of many customers at once."""

from collections import defaultdict

from dateutil.relativedelta import relativedelta

from odoo.tools import SQL

from ..behaviour.payments import Fact
from .open_items import IS_GIVEN_UP, OpenItems

YEARS = 3  # what a customer did before says little about him today


class PaymentFacts(OpenItems):
    """Reads the instalments of invoices of the environment's company.

    An instalment counts as paid on the day of the payment that cleared it. One that a credit note alone has cleared is
    left out: nothing was to be paid. One that was given up was never paid, whatever its journal item says.
    """

    def get_facts(self, partners, today):
        """The instalments that fell due in the last years, and those that have not yet.

        :param partners: commercial partners
        :return: dict from the id of a commercial partner to a list of :class:`..behaviour.payments.Fact`, in hundredths
            of the company's currency
        """
        facts = defaultdict(list)
        for partner_id, due, settled, amount in self._execute(self._select_facts(partners, today)):
            facts[partner_id].append(Fact(due, settled, amount))
        return facts

    def get_balances(self, partners, today):
        """What is open now, less credits, and what of it is overdue.

        :return: dict from the id of a commercial partner to a pair of amounts in the company's currency
        """
        query = SQL(
            """
            SELECT partner.commercial_partner_id, SUM(item.amount_residual),
                   COALESCE(SUM(item.amount_residual) FILTER (WHERE late.id IS NOT NULL), 0)
                %(tables)s
                LEFT JOIN (SELECT item.id %(tables)s %(overdue)s AND item.amount_residual > 0) late ON late.id = item.id
                %(open)s AND partner.commercial_partner_id = ANY(%(partners)s)
             GROUP BY 1
            """,
            tables=self._from(),
            overdue=self._is_overdue(today),
            open=self._is_open(),
            partners=partners.ids,
        )
        return {partner_id: (total, overdue) for partner_id, total, overdue in self._execute(query)}

    def _select_facts(self, partners, today):
        return SQL(
            """
            SELECT partner.commercial_partner_id, COALESCE(item.date_maturity, item.date),
                   CASE WHEN item.reconciled AND NOT %(given_up)s THEN paid.day END,
                   ROUND(100 * CASE WHEN NOT item.reconciled THEN item.amount_residual
                                    WHEN %(given_up)s THEN item.balance ELSE paid.amount END)::bigint
                %(tables)s
                  JOIN account_move move ON move.id = item.move_id
                  LEFT JOIN LATERAL (%(payments)s) paid ON TRUE
             WHERE item.company_id = %(company)s AND account.account_type = 'asset_receivable'
               AND item.parent_state = 'posted' AND item.balance > 0
               AND move.move_type IN ('out_invoice', 'out_receipt')
               AND COALESCE(item.date_maturity, item.date) > %(since)s
               AND partner.commercial_partner_id = ANY(%(partners)s)
               AND (NOT item.reconciled OR %(given_up)s OR paid.amount > 0)
            """,
            tables=self._from(),
            payments=self._select_payments(),
            given_up=IS_GIVEN_UP,
            company=self.company.id,
            since=today - relativedelta(years=YEARS),
            partners=partners.ids,
        )

    def _select_payments(self):
        """What was paid of an instalment: neither credit notes nor differences of exchange rates."""
        return SQL(
            """
            SELECT MAX(part.max_date) AS day, SUM(part.amount) AS amount
              FROM account_partial_reconcile part
              JOIN account_move_line counterpart ON counterpart.id = part.credit_move_id
              JOIN account_move other ON other.id = counterpart.move_id
             WHERE part.debit_move_id = item.id AND other.move_type != 'out_refund'
               AND other.journal_id IS DISTINCT FROM %s
            """,
            self.company.currency_exchange_journal_id.id or None,
        )

    def _execute(self, query):
        # OVERRIDE: what was allocated to what is read too.
        self.env["account.move"].flush_model()
        self.env["account.partial.reconcile"].flush_model()
        self.env["dunning.case"].flush_model(["close_reason"])
        return super()._execute(query)
