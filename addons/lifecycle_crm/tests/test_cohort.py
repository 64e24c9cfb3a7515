"""Cohorts by month of first order."""

import datetime

from freezegun import freeze_time

from odoo.tests import tagged

from .common import LifecycleCommon

DAY = datetime.datetime


@tagged("post_install", "-at_install")
@freeze_time("2026-06-15 10:00:00")
class TestCohort(LifecycleCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company = cls.env["res.company"].create({"name": "Oleificio Nuovo"})
        cls.env.user.company_ids += cls.company
        cls.env.user.company_id = cls.company
        cls.env = cls.env["base"].with_context(allowed_company_ids=cls.company.ids).env
        cls.rossi, cls.bianchi, cls.verdi = (cls._create_customer(name) for name in ("Rossi", "Bianchi", "Verdi"))

    def _refresh(self):
        self.env["lifecycle.status"].sudo()._refresh(self.company)
        return self.env["lifecycle.cohort"]

    def test_who_came_back_is_a_share_of_those_who_could(self):
        person = self._create_customer("Anna", is_company=False, parent_id=self.rossi.id)
        self._create_order(self.rossi, DAY(2026, 1, 10, 9), 100)
        self._create_order(self.bianchi, DAY(2026, 1, 20, 9), 50)
        self._create_order(person, DAY(2026, 3, 10, 9), 70)
        self._create_order(self.verdi, DAY(2026, 3, 31, 22, 30), 10)  # already April in Rome
        cohort = self._refresh().search([("cohort_date", "=", "2026-01-01")], order="month_number")
        self.assertEqual(cohort.mapped("month_number"), [0, 1, 2, 3, 4, 5])
        self.assertEqual(cohort.mapped("active_count"), [2, 0, 1, 0, 0, 0])
        self.assertEqual(cohort.mapped("active_share"), [100, 0, 50, 0, 0, 0])
        self.assertEqual(cohort.mapped("revenue"), [150, 0, 70, 0, 0, 0])
        self.assertEqual(cohort[0].repeat_share, 50)
        self.assertEqual(self.env["lifecycle.cohort"].search_count([("cohort_date", "=", "2026-04-01")]), 3)

    @freeze_time("2026-06-30 22:30:00")  # already July in Rome
    def test_a_month_begins_where_the_company_is_whoever_looks(self):
        self._create_order(self.rossi, DAY(2026, 6, 30, 22, 10))
        self.env.user.tz = "UTC"
        found = self._refresh().search([])
        self.assertEqual([(str(row.cohort_date), row.month_number) for row in found], [("2026-07-01", 0)])

    def test_shares_of_several_cohorts_are_weighted(self):
        for partner in (self.rossi, self.bianchi):
            self._create_order(partner, DAY(2026, 4, 10, 9))
        self._create_order(self.rossi, DAY(2026, 5, 10, 9))
        self._create_order(self.verdi, DAY(2026, 5, 10, 9))
        Cohort = self._refresh()
        [(_month, active)] = Cohort._read_group([("month_number", "=", 1)], ["month_number"], ["active_share:avg"])
        self.assertAlmostEqual(active, 100 / 3)
        [(repeat,)] = Cohort._read_group([], [], ["repeat_share:avg"])
        self.assertAlmostEqual(repeat, 100 / 3)

    def test_no_company_sees_the_cohorts_of_another(self):
        self._create_order(self.rossi, DAY(2026, 1, 10, 9))
        self._refresh()
        other = self.env["res.company"].search([("id", "!=", self.company.id)], limit=1)
        self.assertTrue(self.env["lifecycle.cohort"].search_count([]))
        user = self.user.with_user(self.user)
        self.assertNotIn(self.company, user.company_ids)
        seen = self.env["lifecycle.cohort"].with_user(self.user).with_context(allowed_company_ids=other.ids)
        self.assertFalse(seen.search_count([("company_id", "=", self.company.id)]))
