"""How long customers wait, in working hours."""

import datetime
from email import message_from_string
from email.policy import SMTP
from unittest.mock import patch

from freezegun import freeze_time
from lxml import etree

from odoo import fields
from odoo.tests import tagged
from odoo.tools.safe_eval import safe_eval

from .desk_common import DeskCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-06-16 15:00:00")
class TestReplyClock(DeskCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.case = cls.env["lifecycle.case"].create(
            {"name": "Late", "partner_id": cls.customer.id, "user_id": cls.user.id}
        )
        cls.company.lifecycle_reply_hours = 4
        cls.company.lifecycle_manager_id = cls.manager

    def test_a_night_does_not_count(self):
        self._write_mail(self.case, "2026-06-15 14:00:00")  # 16:00 in Rome
        self._answer("2026-06-16 08:00:00")  # 10:00
        self._check_minutes(120)

    def test_a_weekend_does_not_count(self):
        self._write_mail(self.case, "2026-06-12 14:30:00")  # a Friday
        self._answer("2026-06-15 07:30:00")
        self._check_minutes(60)

    def test_a_holiday_does_not_count(self):
        self.env["resource.calendar.leaves"].create(
            {
                "name": "Feast",
                "company_id": self.company.id,
                "calendar_id": self.company.resource_calendar_id.id,
                "date_from": "2026-06-14 22:00:00",
                "date_to": "2026-06-15 22:00:00",
            }
        )
        self._write_mail(self.case, "2026-06-12 14:30:00")
        self._answer("2026-06-16 07:30:00")
        self._check_minutes(60)

    def test_the_target_lies_in_working_hours(self):
        self._write_mail(self.case, "2026-06-15 13:00:00")  # 15:00 in Rome, two hours are left
        self.assertEqual(self._run_clock().due_on, datetime.datetime(2026, 6, 16, 9))  # 11:00

    def test_what_is_added_while_waiting_starts_no_new_clock(self):
        self._write_mail(self.case, "2026-06-16 08:00:00")
        self._write_mail(self.case, "2026-06-16 09:00:00")
        self._answer("2026-06-16 10:00:00")
        self._check_minutes(120)

    def test_each_question_between_two_passes_has_its_clock(self):
        for hour in (8, 10):
            self._write_mail(self.case, f"2026-06-16 {hour:02}:00:00")
            self._answer(f"2026-06-16 {hour:02}:30:00")
        self._write_mail(self.case, "2026-06-16 12:00:00")
        replies = self._run_clock()
        self.assertEqual(replies.mapped("minutes"), [30, 30, 0])
        self.assertEqual(replies.mapped(lambda reply: bool(reply.answered_on)), [True, True, False])
        self.assertEqual(self._run_clock(), replies)

    def test_machines_and_notes_do_not_answer(self):
        self._write_mail(self.case, "2026-06-16 08:00:00")
        self._answer("2026-06-16 08:10:00", message_type="out_of_office")
        self._answer("2026-06-16 08:20:00", message_type="auto_comment")
        self._answer("2026-06-16 08:30:00", subtype_id=self.env.ref("mail.mt_note").id)
        self._answer("2026-06-16 08:40:00", author=self.env.ref("base.partner_root"))
        self.assertFalse(self._run_clock().answered_on)

    def test_an_automatic_reply_of_the_customer_starts_no_clock(self):
        self._write_mail(self.case, "2026-06-16 08:00:00", message_type="out_of_office")
        self.assertFalse(self._run_clock())

    def test_an_automatic_mail_is_told_by_its_header(self):
        mail = (
            "From: rossi@example.com\nTo: x@example.com\nSubject: Away\nMessage-Id: <away@example.com>\n"
            "%sContent-Type: text/plain\n\nI am away."
        )
        self.assertEqual(self._parse(mail % "Auto-Submitted: auto-replied\n"), "out_of_office")
        self.assertEqual(self._parse(mail % "Auto-Submitted: no\n"), "email")

    def test_orders_and_leads_have_clocks_too(self):
        order = self._create_order(self.customer, "2026-06-01")
        lead = self.env["crm.lead"].create({"name": "Oil", "company_id": self.company.id})
        for record in (order, lead):
            self._write_mail(record, "2026-06-16 08:00:00")
        self.assertEqual(set(self._run_clock().mapped("res_model")), {"sale.order", "crm.lead"})

    def test_the_manager_is_told_once(self):
        self._write_mail(self.case, "2026-06-15 08:00:00")
        reply = self._run_clock()
        self.assertTrue(reply.escalated_on)
        self._run_clock()
        self.assertEqual(self.case.activity_ids.user_id, self.manager)
        self.assertEqual(len(self.case.activity_ids), 1)

    def test_a_customer_of_whom_nobody_can_be_told_holds_up_no_other(self):
        other = self.case.create({"name": "Later", "partner_id": self.customer.id, "user_id": self.user.id})
        for case in (self.case, other):
            self._write_mail(case, "2026-06-15 08:00:00")
        Case = self.registry["lifecycle.case"]
        remind = Case._lifecycle_remind

        def fail(record, *args):
            remind(record, *args)
            if record == self.case:
                raise ValueError("Another addon knows better")

        logger = "odoo.addons.lifecycle_crm.models.mail_activity_remind"
        with patch.object(Case, "_lifecycle_remind", fail), self.assertLogs(logger, "ERROR"):
            self._run_clock()
        self.assertFalse(self.case.activity_ids)
        self.assertEqual(other.activity_ids.user_id, self.manager)

    def test_mine_are_those_of_whoever_cannot_see_the_list_too(self):
        salesman = self._create_user("lifecycle_salesman", "sales_team.group_sale_salesman")
        for owner in (self.user, self.colleague, salesman, self.env["res.users"]):
            lead = self.env["crm.lead"].create(
                {"name": owner.login or "nobody", "company_id": self.company.id, "user_id": owner.id}
            )
            self._write_mail(lead, "2026-06-16 13:00:00")
        self._run_clock()
        view = self.env.ref("lifecycle_crm.lifecycle_reply_view_search")
        domain = etree.fromstring(view.arch).find(".//filter[@name='mine']").get("domain")
        replies = self.env["lifecycle.reply"].with_user(self.user)
        mine = replies.search([*safe_eval(domain, {"uid": self.user.id}), ("company_id", "=", self.company.id)])
        self.assertEqual(mine.user_id, self.user | salesman)
        self.assertEqual(len(mine), 3)
        others = replies.search([("company_id", "=", self.company.id), ("is_mine", "=", False)])
        self.assertEqual(others.user_id, self.colleague)
        self.assertEqual((mine | others).mapped("is_mine"), [reply in mine for reply in mine | others])

    def test_nobody_waits_in_a_thread_that_is_gone(self):
        lead = self.env["crm.lead"].create({"name": "Oil", "company_id": self.company.id})
        self.env["lifecycle.reply"].create(
            {
                "res_model": "crm.lead",
                "res_id": lead.id,
                "company_id": self.company.id,
                "received_on": fields.Datetime.now(),
            }
        )
        lead.unlink()
        self.assertFalse(self._run_clock())

    def test_the_report_has_medians_by_month_and_person(self):
        for day, minutes in ((10, 10), (11, 20), (12, 90)):
            self._write_mail(self.case, f"2026-06-{day} 08:00:00")
            self._answer(f"2026-06-{day} {8 + minutes // 60:02}:{minutes % 60:02}:00")
        self._run_clock()
        row = self.env["lifecycle.reply.report"].search([("company_id", "=", self.company.id)])
        self.assertEqual((row.answered_by_id, row.answer_count, row.share_in_time), (self.user, 3, 1.0))
        self.assertAlmostEqual(row.median_hours, 20 / 60)

    def test_the_month_of_an_answer_is_that_of_the_company(self):
        self._write_mail(self.case, "2026-05-29 14:00:00")
        self._answer("2026-05-31 22:30:00")  # half past midnight in Rome
        self._run_clock()
        row = self.env["lifecycle.reply.report"].search([("company_id", "=", self.company.id)])
        self.assertEqual(str(row.month), "2026-06-01")

    def test_many_threads_take_few_queries(self):
        cases = self.case.create([{"name": f"Case {place}", "partner_id": self.customer.id} for place in range(30)])
        for case in cases:
            self._write_mail(case, "2026-06-16 13:00:00")
        self.env.flush_all()
        before = self.cr.sql_log_count
        self.assertEqual(self.env["lifecycle.reply"]._start_waiting(), 30)
        self.env.flush_all()
        self.assertLess(self.cr.sql_log_count - before, 15)

    def _parse(self, text):
        parsed = self.env["mail.thread"].message_parse(message_from_string(text, policy=SMTP))
        return parsed["message_type"]

    def _answer(self, moment, author=None, **values):
        values = {"message_type": "comment", **values}
        return self._write_mail(self.case, moment, author or self.user.partner_id, **values)

    def _check_minutes(self, minutes):
        self.assertRecordValues(
            self._run_clock(), [{"minutes": minutes, "answered_by_id": self.user.id, "is_in_time": True}]
        )
