"""The behaviour of 100 real customers over two years, against plain counts on the same file."""

import statistics
from collections import defaultdict
from datetime import date

from odoo.tests import tagged

from ..behaviour.figures import Entry, Ledger
from ..behaviour.payments import Fact, behaviour, expected_pay_date
from . import receivables
from .pure_common import PureCase

AFTERWARDS = date(2014, 6, 30)


@tagged("post_install", "-at_install", "slow")
class TestBehaviourRealData(PureCase):
    def setUp(self):
        super().setUp()
        if not receivables.data_file():
            self.skipTest(receivables.MISSING)
        self.rows = receivables.rows()
        self.by_customer = defaultdict(list)
        for row in self.rows:
            self.by_customer[row.customer].append(row)

    def _facts(self, rows):
        return [Fact(row.due, row.settled, row.amount) for row in rows]

    def _ledger(self):
        return Ledger(Entry(row.issued, row.due, row.settled, row.amount) for row in self.rows)

    def test_real_customers_behave_as_the_file_itself_counts(self):
        self.assertEqual((len(self.rows), len(self.by_customer)), (2466, 100))
        for customer, rows in self.by_customer.items():
            facts = self._facts(rows)
            self.assertEqual([max(fact.days_late, 0) for fact in facts], [row.days_late for row in rows], customer)
            found = behaviour(facts, AFTERWARDS)
            self.assertEqual(found.count, len(rows))
            self.assertEqual(found.on_time_share * len(rows), sum(not row.days_late for row in rows))
            self.assertEqual(found.median_days_late, statistics.median((row.settled - row.due).days for row in rows))

    def test_real_payments_come_nearer_to_the_date_expected_than_to_the_due_date(self):
        ours, terms = 0, 0
        for rows in self.by_customer.values():
            facts = self._facts(rows)
            for row in rows:
                expected = expected_pay_date(row.due, facts, row.issued)
                if expected:
                    ours += abs((row.settled - expected).days)
                    terms += abs((row.settled - row.due).days)
        self.assertLess(ours, terms * 2 / 3)

    def test_real_receivables_of_each_month_are_what_is_open_and_end_at_nothing(self):
        months = self._ledger().months(self.rows[0].issued, AFTERWARDS)
        self.assertEqual(len(months), 30)
        for month in months:
            still_open = [row for row in self.rows if row.issued <= month.end < row.settled]
            self.assertEqual(month.receivables, sum(row.amount for row in still_open))
            self.assertEqual(month.receivables, sum(month.ageing.values()))
            self.assertEqual(month.overdue, sum(row.amount for row in still_open if row.due < month.end))
        self.assertEqual(sum(month.sales for month in months), sum(row.amount for row in self.rows))
        self.assertEqual(months[-1].receivables, 0)

    def test_real_days_sales_outstanding_lie_about_the_days_in_which_invoices_were_really_paid(self):
        days = sum((row.settled - row.issued).days * row.amount for row in self.rows)
        weighted = days / sum(row.amount for row in self.rows)
        for month in self._ledger().months(date(2012, 4, 1), date(2013, 11, 30)):
            for dso in (month.dso, month.dso_count_back):
                self.assertLess(abs(dso - weighted), 5, month.end)
            self.assertTrue(0 < month.effectiveness <= 1)
