"""Limitation: its last day, what restarts it and what does not, and the warnings ahead of it."""

from datetime import date, timedelta

from dateutil.relativedelta import relativedelta
from hypothesis import given
from hypothesis import strategies as st

from odoo.tests import BaseCase, tagged

from ..law.limitation import term, warning, warnings
from ..law.table import Missing
from .law_rows import row, table

CODE = "limitation_ordinary"
LAW = table(limitation_ordinary=10, limitation_periodic=5)
DAYS = st.dates(date(2000, 1, 1), date(2060, 12, 31))


@tagged("post_install", "-at_install")
class TestLimitation(BaseCase):
    @given(DAYS, st.lists(DAYS, max_size=8))
    def test_each_notice_in_time_restarts_it_and_none_too_late_does(self, due, notices):
        running = term(LAW, CODE, due, notices)
        self.assertEqual(running.end, running.start + relativedelta(years=10))
        self.assertTrue(running.start == due or running.start in notices)
        self.assertFalse([day for day in notices if running.start < day <= running.end])

    @given(DAYS, DAYS)
    def test_the_order_of_notices_does_not_matter(self, due, first):
        second = first + timedelta(days=3000)
        self.assertEqual(term(LAW, CODE, due, [first, second]), term(LAW, CODE, due, [second, first]))

    def test_a_notice_on_the_last_day_is_in_time_and_the_day_after_too_late(self):
        due = date(2015, 6, 30)
        self.assertEqual(term(LAW, CODE, due, [date(2025, 6, 30)]).end, date(2035, 6, 30))
        self.assertEqual(term(LAW, CODE, due, [date(2025, 7, 1)]).end, date(2025, 6, 30))

    def test_a_notice_before_the_due_date_restarts_nothing(self):
        self.assertEqual(term(LAW, CODE, date(2015, 6, 30), [date(2015, 1, 1)]).end, date(2025, 6, 30))

    def test_the_length_is_that_of_its_kind_on_the_day_it_runs_from(self):
        self.assertEqual(term(LAW, "limitation_periodic", date(2024, 2, 29)).end, date(2029, 2, 28))
        law = table(row(CODE, 10, until=date(2024, 12, 31)), row(CODE, 5, date(2025, 1, 1)))
        self.assertEqual(term(law, CODE, date(2024, 12, 31)).end, date(2034, 12, 31))
        self.assertEqual(term(law, CODE, date(2024, 12, 31), [date(2025, 1, 1)]).end, date(2030, 1, 1))

    def test_without_a_length_there_is_no_answer(self):
        with self.assertRaises(Missing):
            term(table(), CODE, date(2024, 12, 31))

    @given(DAYS, DAYS)
    def test_warnings_come_nearer_day_by_day(self, end, today):
        order = [None, 12, 6, 1, "expired"]
        now, tomorrow = warning(end, today), warning(end, today + timedelta(days=1))
        self.assertLessEqual(order.index(now), order.index(tomorrow))
        self.assertEqual(now == "expired", today > end)

    def test_each_warning_begins_on_its_day(self):
        end = date(2027, 3, 31)
        self.assertEqual([ahead for ahead, _day in warnings(end)], [12, 6, 1])
        for ahead, day in warnings(end):
            self.assertEqual(warning(end, day), ahead)
            self.assertNotEqual(warning(end, day - timedelta(days=1)), ahead)
