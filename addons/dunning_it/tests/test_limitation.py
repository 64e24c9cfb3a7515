"""The limitation clock: what it runs from, what restarts it, and who is warned when."""

from freezegun import freeze_time

from odoo.fields import Date
from odoo.tests import tagged

from .notice_common import PROOF, NoticeCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-06-15 09:00:00")
class TestLimitation(NoticeCommon):
    def test_it_runs_from_the_due_date(self):
        self.assert_term("2026-03-15", "2036-03-15")
        self.assertEqual(self.case.limitation_date, Date.to_date("2036-03-15"))

    def test_periodic_supplies_have_the_shorter_term(self):
        self.business.limitation_code = "limitation_periodic"
        self._scan()
        self.assert_term("2026-03-15", "2031-03-15")

    def test_a_notice_that_arrived_restarts_it(self):
        notice = self._make_sent()
        self.assert_term("2026-03-15", "2036-03-15")
        with freeze_time("2026-06-25"):
            self._enter(notice, "delivered", PROOF, date="2026-06-20")
        self.assert_term("2026-06-20", "2036-06-20")

    def test_a_notice_that_came_back_restarts_nothing(self):
        self._enter(self._make_sent(), "returned", PROOF, return_reason="unknown")
        self.assert_term("2026-03-15", "2036-03-15")

    def test_a_due_date_that_was_moved_moves_it(self):
        self._get_item(self.move).date_maturity = "2026-04-01"
        self._scan()
        self.assert_term("2026-04-01", "2036-04-01")

    def test_a_second_scan_writes_nothing(self):
        self.env.flush_all()
        self.env.invalidate_all()
        with self.assertNoStatement("INSERT", "UPDATE", "DELETE"):
            self._scan()
            self.env.flush_all()

    def test_each_warning_comes_once(self):
        for day, count in (
            ("2035-03-14", 0),
            ("2035-03-15", 1),
            ("2035-04-01", 1),
            ("2035-09-15", 2),
            ("2036-02-15", 3),
            ("2036-03-15", 3),
            ("2036-03-16", 4),
            ("2036-04-16", 4),
        ):
            with self.subTest(day), freeze_time(day):
                self._scan()
                self.assertEqual(len(self._get_warnings()), count)
        self.assertIn("has run out", self._get_warnings()[-1].summary)

    def test_instalments_that_come_near_together_are_warned_of_together(self):
        self._create_invoice(200)
        self._scan()
        with freeze_time("2035-03-15"):
            self._scan()
        self.assertEqual(len(self._get_warnings()), 1)

    def test_a_notice_in_time_warns_anew_of_the_new_term(self):
        with freeze_time("2035-03-15"):
            self._scan()
            notice = self._make_sent()
            self._enter(notice, "delivered", PROOF)
        self.assert_term("2035-03-15", "2045-03-15")
        self.assertFalse(self.case.line_ids.limitation_warned)

    def test_the_list_shows_how_near_it_is(self):
        line = self.case.line_ids
        for day, level in (("2034-01-01", False), ("2035-03-15", "12"), ("2036-03-01", "1"), ("2036-04-01", "expired")):
            with freeze_time(day):
                line.invalidate_recordset()
                self.assertEqual(line.limitation_level, level)

    def test_a_thousand_lines_take_two_queries(self):
        partners = self.env["res.partner"]
        for number in range(3):
            partners |= self._create_customer(f"Customer {number}")
        for partner in partners:
            for amount in (100, 200):
                self._create_invoice(amount, partner=partner)
        self.env["dunning.case"]._sync(partners)
        lines = self.env["dunning.case.line"].search([("case_id.partner_id", "in", partners.ids)])
        lines.limitation_date = False
        self.env.flush_all()
        self.env["dunning.legal.value"]._get_table()
        with self.assertQueryCount(2):
            self.env["dunning.case.line"]._bring_limitation_in_line(partners)
        self.assertEqual(set(lines.mapped("limitation_date")), {Date.to_date("2036-03-15")})

    def assert_term(self, start, end):
        self.env.invalidate_all()
        self.assertRecordValues(
            self.case.line_ids, [{"limitation_start": Date.to_date(start), "limitation_date": Date.to_date(end)}]
        )

    def _get_warnings(self):
        return self.case.activity_ids.filtered(lambda activity: "imitation" in (activity.summary or "")).sorted("id")
