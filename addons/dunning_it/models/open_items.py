"""The open receivables of many customers in two queries."""

from collections import defaultdict
from typing import NamedTuple

from odoo.tools import SQL

from ..cases.standing import GIVEN_UP
from .dunning_case_line import DECLARED

IS_GIVEN_UP = SQL(
    """
    EXISTS (
        SELECT FROM dunning_case_line given_up
          JOIN dunning_case ended ON ended.id = given_up.case_id
         WHERE given_up.move_line_id = item.id AND ended.close_reason = ANY(%s)
    )
    """,
    list(GIVEN_UP),
)


class OpenItem(NamedTuple):
    """An overdue journal item, with its line in an open case.

    :param tuple key: commercial partner and currency
    :param float residual: what is open, in that currency
    :param int case_line_id: None where it is in no open case
    """

    id: int
    partner_id: int
    currency_id: int
    due_date: object
    invoice_date: object
    agreed_date: object
    residual: float
    case_line_id: int | None
    case_line_state: str | None
    action_date: object | None
    case_due_date: object | None

    @property
    def key(self):
        """The case it belongs to: commercial partner and currency."""
        return self.partner_id, self.currency_id

    @property
    def is_declared(self):
        """Whether it stands aside because the customer says that it is paid."""
        return self.case_line_state == DECLARED


class OpenItems:
    """Reads the receivables of the environment's company as they are in the database now.

    Decides on the residual and on nothing else: not on ``payment_state``, which stays where it is for blocked and
    reversed invoices.
    """

    def __init__(self, env):
        self.env = env
        self.company = env.company

    def get_overdue_customers(self, today):
        """The ids of commercial partners with something past its due date."""
        overdue = SQL("%s AND item.amount_residual_currency > 0", self._is_overdue(today))
        rows = self._execute(SQL("SELECT DISTINCT partner.commercial_partner_id %s %s", self._from(), overdue))
        return [row[0] for row in rows]

    def get(self, partners, today):
        """What customers owe past its due date, and what they have open in their favour.

        :param partners: commercial partners
        :return: overdue items by key, and credits by key as positive amounts
        """
        overdue = defaultdict(list)
        for item in self._read_overdue(partners, today):
            overdue[item.key].append(item)
        credit = defaultdict(float)
        for partner, currency, amount in self._read_credits(partners):
            credit[partner, currency] += amount
        return overdue, credit

    def _read_overdue(self, partners, today):
        rows = self._execute(
            SQL(
                """
                SELECT item.id, partner.commercial_partner_id, item.currency_id,
                       COALESCE(item.date_maturity, item.date), COALESCE(item.invoice_date, item.date),
                       item.dunning_agreed_date, item.amount_residual_currency,
                       case_line.id, case_line.state, case_line.action_date, case_line.due_date
                    %(tables)s
                    LEFT JOIN dunning_case_line case_line
                      ON case_line.move_line_id = item.id AND case_line.state != 'closed'
                    %(overdue)s AND item.amount_residual_currency > 0
                    AND partner.commercial_partner_id = ANY(%(partners)s)
                 ORDER BY item.id
                """,
                tables=self._from(),
                overdue=self._is_overdue(today),
                partners=partners.ids,
            )
        )
        return [OpenItem(*row) for row in rows]

    def _read_credits(self, partners):
        """Credit notes and payments not allocated yet, and payments under way that have no journal entry."""
        return self._execute(
            SQL(
                """
                SELECT partner.commercial_partner_id, item.currency_id, -SUM(item.amount_residual_currency)
                    %(tables)s %(open)s AND item.amount_residual_currency < 0
                    AND partner.commercial_partner_id = ANY(%(partners)s)
                 GROUP BY 1, 2
                 UNION ALL
                SELECT partner.commercial_partner_id, payment.currency_id, SUM(payment.amount)
                  FROM account_payment payment
                  JOIN res_partner partner ON partner.id = payment.partner_id
                 WHERE payment.company_id = %(company)s AND payment.state = 'in_process' AND payment.move_id IS NULL
                   AND payment.payment_type = 'inbound' AND payment.partner_type = 'customer'
                   AND partner.commercial_partner_id = ANY(%(partners)s)
                 GROUP BY 1, 2
                """,
                tables=self._from(),
                open=self._is_open(),
                company=self.company.id,
                partners=partners.ids,
            )
        )

    def _execute(self, query):
        self.env["account.move.line"].flush_model()
        self.env["account.payment"].flush_model()
        self.env["dunning.case"].flush_model(["close_reason"])
        self.env["dunning.case.line"].flush_model()
        self.env["res.partner"].flush_model(["commercial_partner_id"])
        return self.env.execute_query(query)

    @staticmethod
    def _from():
        return SQL(
            """
              FROM account_move_line item
              JOIN account_account account ON account.id = item.account_id
              JOIN res_partner partner ON partner.id = item.partner_id
            """
        )

    def _is_open(self):
        return SQL(
            """
            WHERE item.company_id = %s AND account.account_type = 'asset_receivable'
              AND item.parent_state = 'posted' AND item.reconciled IS NOT TRUE
            """,
            self.company.id,
        )

    def _is_overdue(self, today):
        """Past the due date, not left out by hand, and not given up in an earlier case."""
        return SQL(
            """
            %s AND COALESCE(item.date_maturity, item.date) < %s AND item.no_followup IS NOT TRUE AND NOT %s
            """,
            self._is_open(),
            today,
            IS_GIVEN_UP,
        )


def pursue_again(overdue, item):
    """Have the scan take an item whose line stood aside as one that is pursued."""
    items = overdue[item.key]
    items[items.index(item)] = item._replace(case_line_state="active")
