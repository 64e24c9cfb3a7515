"""Approval times: how long a decision takes, by level and approver, and how often it is a yes."""

from datetime import timedelta

from freezegun import freeze_time

from odoo import fields
from odoo.exceptions import AccessError
from odoo.tests import new_test_user, tagged

from .approval_common import ApprovalCommon

NOW = "2026-03-12 08:00:00"


@tagged("post_install", "-at_install")
class TestApprovalReport(ApprovalCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.other = cls._create_salesperson("quote_other")
        # Area answers within 4 hours: a yes after 2, a no after 6. Direction: a yes after 1. One still waits.
        cls.requests = (
            cls._request("20", hours=2)
            + cls._request("25", hours=6, approved=False)
            + cls._request("50", hours=1, user=cls.other)
            + cls._request("22")
        )
        cls.env.flush_all()

    @classmethod
    def _request(cls, discount, hours=None, approved=True, user=None):
        """A request of 8 o'clock, decided after some hours."""
        line = {"product_id": cls.machine.id, "discount_text": discount}
        with freeze_time(NOW):
            order = cls._create_order(line, user=user)
            request = order._ask_approval("A competitor").sudo()
        cls.env.flush_all()
        cls.env.cr.execute("UPDATE quote_discount_request SET create_date = %s WHERE id = %s", [NOW, request.id])
        cls.env.invalidate_all()
        if hours:
            with freeze_time(fields.Datetime.to_datetime(NOW) + timedelta(hours=hours)):
                request.with_user(request.level_id.user_ids)._decide(approved, "Agreed" if approved else "Too much")
        return request.with_env(cls.env)

    def _rows(self, user=None):
        return self.env["quote.approval.report"].with_user(user or self.manager), [("id", "in", self.requests.ids)]

    def _by(self, group, *measures):
        Report, domain = self._rows()
        rows = Report._read_group(domain, [group], measures)
        return {row[0]: [round(value or 0.0, 2) for value in row[1:]] for row in rows}

    def test_hours_and_yeses_by_level(self):
        measures = ("__count", "decided:sum", "hours:avg", "longest_hours:max", "approved_share:avg")
        self.assertEqual(
            self._by("level_id", *measures), {self.low: [3, 2, 4.0, 6.0, 50.0], self.high: [1, 1, 1.0, 1.0, 100.0]}
        )

    def test_by_approver(self):
        nobody = self.env["res.users"]
        self.assertEqual(
            self._by("decided_by_id", "hours:avg", "in_time_share:avg"),
            {self.lea: [4.0, 50.0], self.dora: [1.0, 100.0], nobody: [0, 0]},
        )

    def test_a_yes_that_a_change_overtook_was_a_yes(self):
        request = self.requests[0]
        request.order_id.order_line.discount_text = "28"
        self.env.flush_all()
        self.assertEqual(request.state, "superseded")
        row = self.env["quote.approval.report"].browse(request.id)
        self.assertRecordValues(row, [{"decided": 1, "approved": 1, "hours": 2.0}])

    def test_a_request_taken_back_was_not_decided(self):
        self.requests[3].with_user(self.seller).action_withdraw()
        self.env.flush_all()
        row = self.env["quote.approval.report"].browse(self.requests[3].id)
        self.assertRecordValues(row, [{"state": "withdrawn", "decided": 0, "hours": 0, "approved_share": 0}])

    # === RIGHTS === #

    def test_a_salesperson_sees_what_he_asked(self):
        Report, domain = self._rows(self.other)
        self.assertEqual(Report.search(domain).request_id, self.requests[2])

    def test_a_manager_sees_all(self):
        Report, domain = self._rows()
        self.assertEqual(Report.search(domain).request_id, self.requests)

    def test_others_see_nothing(self):
        for groups in ("base.group_user", "base.group_portal"):
            user = new_test_user(self.env, f"no_{groups}", groups=groups)
            with self.assertRaises(AccessError):
                self.env["quote.approval.report"].with_user(user).search([])

    def test_views_and_drill_down(self):
        Report, domain = self._rows(self.other)
        Report.get_views([(False, "graph"), (False, "pivot"), (False, "list"), (False, "search")])
        row = Report.search(domain)
        self.assertEqual(row.action_open_order()["res_id"], row.order_id.id)
