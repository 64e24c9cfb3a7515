"""The first page."""

import datetime

from freezegun import freeze_time

from odoo.exceptions import AccessError
from odoo.tests import new_test_user, tagged

from .common import LifecycleCommon

DAY = datetime.datetime


@tagged("post_install", "-at_install")
@freeze_time("2026-06-15 10:00:00")
class TestLifecycleDashboard(LifecycleCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["lifecycle.transition"].search([]).with_context(lifecycle_erasure=True).unlink()

    def _stage(self, code):
        return self.env["lifecycle.stage"].search([("company_id", "=", self.company.id), ("code", "=", code)])

    def _move(self, partner, day, before, after, cause="order"):
        self.env["lifecycle.transition"].create(
            {
                "partner_id": partner.id,
                "company_id": self.company.id,
                "from_stage_id": self._stage(before).id if before else False,
                "to_stage_id": self._stage(after).id,
                "moment": day,
                "cause": cause,
            }
        )

    def _page(self, user=None):
        return self.env["lifecycle.dashboard"].with_user(user or self.user).get_lifecycle_dashboard()

    def test_months_show_who_was_where_at_their_end(self):
        other = self._create_customer("Bianchi")
        self._move(self.customer, DAY(2024, 1, 10, 9), None, "new", "first")
        self._move(self.customer, DAY(2026, 4, 30, 22, 30), "new", "lost", "silence")  # already May in Rome
        self._move(other, DAY(2026, 6, 2, 9), None, "new", "first")
        months = self._page()["months"]
        new, lost = str(self._stage("new").id), str(self._stage("lost").id)
        self.assertEqual(len(months), 12)
        self.assertEqual([month["counts"].get(new, 0) for month in months[-3:]], [1, 0, 1])
        self.assertEqual([month["counts"].get(lost, 0) for month in months[-3:]], [0, 1, 1])

    def test_who_was_won_back_and_who_slips_away(self):
        other = self._create_customer("Bianchi")
        self._move(self.customer, DAY(2026, 6, 2, 9), "lost", "occasional")
        self._move(other, DAY(2026, 6, 3, 9), "regular", "at_risk", "silence")
        self._move(other, DAY(2026, 6, 4, 9), "at_risk", "lost", "silence")
        figures = self._page()["figures"]
        self.assertEqual((figures["won_back"], figures["gone"]), (1, 1))
        stages = {stage["id"]: stage for phase in self._page()["phases"] for stage in phase["stages"]}
        risk = stages[self._stage("at_risk").id]
        self.assertEqual((risk["entered"], risk["left"]), (1, 1))

    def test_who_was_merged_or_put_elsewhere_by_new_rules_was_neither_won_back_nor_lost(self):
        self._move(self.customer, DAY(2026, 6, 2, 9), "lost", "regular")
        self._move(self.customer, DAY(2026, 6, 3, 9), "regular", "lost", "silence")
        self.env.flush_all()
        self.env.cr.execute("UPDATE lifecycle_transition SET merged_from = 'Rossi'")
        self.env.invalidate_all()
        self._move(self.customer, DAY(2026, 6, 4, 9), "lost", "regular", "rule_change")
        self._move(self.customer, DAY(2026, 6, 5, 9), "regular", "lost", "rule_change")
        page = self._page()
        self.assertEqual((page["figures"]["won_back"], page["figures"]["gone"]), (0, 0))
        for stage in (stage for phase in page["phases"] for stage in phase["stages"]):
            self.assertEqual((stage["entered"], stage["left"]), (0, 0))

    def test_the_month_begins_where_the_company_is(self):
        self._move(self.customer, DAY(2026, 5, 31, 21, 30), "regular", "lost", "silence")  # still May in Rome
        self._move(self.customer, DAY(2026, 5, 31, 22, 30), "lost", "occasional")  # already June
        page = self._page()
        self.assertEqual((page["figures"]["won_back"], page["figures"]["gone"]), (1, 0))
        stages = {stage["id"]: stage for phase in page["phases"] for stage in phase["stages"]}
        self.assertEqual(stages[self._stage("occasional").id]["entered"], 1)
        self.assertEqual(stages[self._stage("lost").id]["entered"], 0)

    def test_what_waits_is_counted_with_the_list_behind_it(self):
        case = self.env["lifecycle.case"]._open_case("complaint", self.customer, self.company, name="Broken")
        case.write({"user_id": self.user.id, "deadline": "2026-06-10"})
        todo = {entry["key"]: entry for entry in self._page()["todo"]}
        self.assertEqual((todo["overdue"]["count"], todo["overdue"]["is_urgent"]), (1, True))
        self.assertEqual(self.env["lifecycle.case"].search(todo["overdue"]["domain"]), case)
        self.assertEqual(todo["today"]["count"], 1)
        self.assertNotIn("attention", todo)

    def test_the_page_costs_few_queries(self):
        self._page()
        self.env.invalidate_all()
        with self.assertQueryCount(60):
            self._page()

    def test_who_has_no_rights_sees_nothing(self):
        stranger = new_test_user(self.env, "lifecycle_stranger", groups="base.group_user")
        with self.assertRaises(AccessError):
            self._page(stranger)
