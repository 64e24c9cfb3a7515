"""Requests that nobody answers go to the next level; one that can't be passed on stops no other."""

from ast import literal_eval
from unittest.mock import patch

from freezegun import freeze_time
from lxml import etree
from psycopg2.errors import SerializationFailure

from odoo.tests import tagged
from odoo.tools import mute_logger

from .approval_common import ApprovalCommon

NOW = "2026-03-12 10:00:00"
LATE = "2026-03-12 14:00:01"  # four hours on
VERY_LATE = "2026-03-12 23:00:00"


@tagged("post_install", "-at_install")
class TestApprovalDeadline(ApprovalCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        with freeze_time(NOW):
            orders = cls._create_order({"product_id": cls.machine.id, "discount_text": "20"})
            orders += cls._create_order({"product_id": cls.machine.id, "discount_text": "25"})
            cls.first, cls.second = (order._ask_approval("A competitor").sudo() for order in orders)

    def _run(self, moment):
        with freeze_time(moment), self.enter_registry_test_mode():
            self.env.ref("quote_discounts.ir_cron_quote_approval").method_direct_trigger()
        self.env.invalidate_all()

    def test_in_time_nothing_happens(self):
        self._run("2026-03-12 13:59:00")
        self.assertEqual(self.first.level_id, self.low)

    def test_overdue_is_what_is_late_by_the_hour(self):
        view = self.env.ref("quote_discounts.quote_discount_request_view_search")
        [overdue] = etree.fromstring(view.arch).xpath("//filter[@name='late']/@domain")
        with freeze_time("2026-03-12 13:59:00"):
            self.assertNotIn(self.first, self.first.search(literal_eval(overdue)))
        with freeze_time(LATE):
            self.assertIn(self.first, self.first.search(literal_eval(overdue)))

    def test_late_the_next_level_is_asked(self):
        self._run(LATE)
        for request in (self.first, self.second):
            self.assertRecordValues(request, [{"state": "pending", "level_id": self.high.id}])
            self.assertEqual(request.event_ids[0].kind, "escalated")
            self.assertEqual(request.activity_ids.user_id, self.dora)
            self.assertEqual(str(request.deadline), "2026-03-12 22:00:01")
            self.assertEqual(request.decider_ids, self.dora)

    def test_one_that_met_another_worker_is_passed_on_at_once(self):
        escalate, calls = self.registry["quote.discount.request"]._escalate, []

        def refused_once(request):
            escalate(request)
            calls.append(request)
            if len(calls) == 1:
                raise SerializationFailure

        self.patch(self.registry["quote.discount.request"], "_escalate", refused_once)
        with mute_logger("odoo.addons.listino_pricelist.models.ir_cron"):
            self._run(LATE)
        for request in (self.first, self.second):
            self.assertRecordValues(request, [{"state": "pending", "level_id": self.high.id}])
            self.assertEqual(request.event_ids.mapped("kind").count("escalated"), 1)

    def test_after_the_last_level_the_seller_hears_of_it(self):
        self._run(LATE)
        self._run(VERY_LATE)
        self.assertEqual(self.first.state, "expired")
        self.assertFalse(self.first.activity_ids)
        self.assertIn("not answered", self.first.order_id.message_ids[0].body)
        self.assertEqual(self.first.order_id.discount_status, "to_request")

    def test_each_is_told_in_his_own_language(self):
        self.env["res.lang"]._activate_lang("it_IT")
        self.dora.lang = self.first.requester_id.lang = "it_IT"
        self._run(LATE)
        self.assertEqual(self.first.activity_ids.summary, f"Approvare {self.first.order_id.name}")
        self._run(VERY_LATE)
        self.assertIn("Richiesta di approvazione: ", self.first.order_id.message_ids[0].body)

    def test_a_level_whose_approvers_negotiated_is_left_out(self):
        self.first.order_id.order_line.with_user(self.dora).discount_text = "19"
        self._run(LATE)
        self.assertEqual(self.first.state, "expired")
        self.assertEqual(self.second.level_id, self.high)

    def test_one_bad_request_stops_no_other(self):
        escalate = type(self.first)._escalate
        bad = self.first

        def fail(request):
            if request == bad:
                raise ZeroDivisionError
            return escalate(request)

        with (
            patch.object(type(self.first), "_escalate", fail),
            mute_logger("odoo.addons.quote_discounts.models.quote_discount_request_cron"),
        ):
            self._run(LATE)
        self.assertEqual(self.second.level_id, self.high)
        self.assertEqual(self.first.level_id, self.low)
        self._run("2026-03-12 15:01:00")
        self.assertEqual(self.first.level_id, self.high)

    def test_a_level_without_hours_waits(self):
        self.low.deadline_hours = 0
        order = self._create_quote("20")
        self.assertFalse(self._ask(order).deadline)
