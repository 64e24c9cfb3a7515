"""What is due is made, once, and whatever stands in the way is said."""

import ast
from datetime import timedelta

from freezegun import freeze_time

from odoo.tests import tagged
from odoo.tools import mute_logger

from ..gate.verdict import LATER, REFUSED, Reason, Verdict
from .plays_common import NOW, PlaysCommon

SENDING = "odoo.addons.lifecycle_crm.models.lifecycle_touch_do"


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestOutbox(PlaysCommon):
    def setUp(self):
        super().setUp()
        self.play = self._create_play()

    def test_whoever_enters_the_stage_gets_the_mail_once(self):
        self._start_with(self.play, self.customer)
        with self._gate():
            self._send()
            self._plan()
            self._send()
        touch = self._get_touches(self.play)
        self.assertRecordValues(touch, [{"state": "done", "address": "rossi@example.com", "settled_on": NOW}])
        self.assertRecordValues(
            touch.mail_id,
            [
                {
                    "subject": "Hello Trattoria Rossi",
                    "email_to": "Trattoria Rossi <rossi@example.com>",
                    "message_id": touch.message_uid,
                    "model": "res.partner",
                    "res_id": self.customer.id,
                    "state": "outgoing",
                    "auto_delete": False,
                }
            ],
        )
        self.assertEqual(self.play.entry_ids.state, "done")

    def test_who_objects_while_his_mail_waits_in_the_queue_does_not_get_it(self):
        self._start_with(self.play, self.customer)
        with self._gate():
            self._send()
        touch = self._get_touches(self.play)
        self.env["lifecycle.preference"]._unsubscribe(self.customer, self.company, self.purpose.code)
        touch.mail_id.send()
        self.assertEqual((touch.mail_id.state, touch.state), ("cancel", "skipped"))
        self.assertIn("objected", touch.verdict_words)

    def test_who_objects_between_claim_and_mail_does_not_get_it(self):
        self._start_with(self.play, self.customer)
        with self._gate():
            touch = self._claim()
        self.env["lifecycle.preference"]._unsubscribe(self.customer, self.company, self.purpose.code)
        touch._make()
        touch.mail_id.send()
        self.assertEqual((touch.mail_id.state, touch.state), ("cancel", "skipped"))

    def test_a_mail_that_is_no_part_of_a_contract_says_to_the_reader_s_program_how_to_end_such_mails(self):
        self._start_with(self.play, self.customer)
        with self._gate():
            self._send()
        touch = self._get_touches(self.play)
        self.assertEqual(
            ast.literal_eval(touch.mail_id.headers),
            {
                "List-Unsubscribe": f"<{touch._get_unsubscribe_url()}>",
                "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
            },
        )
        touch.sudo().purpose_id = self.env.ref("lifecycle_crm.lifecycle_purpose_service")
        self.assertEqual(touch._get_headers(), {})

    def test_scheduled_actions_without_work_do_not_call_each_other(self):
        Trigger = self.env["ir.cron.trigger"]
        self._start_with(self.play, self.customer)
        with self._gate():
            self._send()
            self._plan()
            known = Trigger.search([])
            self.assertTrue(known, "Where there was work, the next one was called.")
            self._send()
            self._plan()
        self.assertEqual(Trigger.search([]), known)

    def test_what_the_gate_puts_off_comes_back(self):
        until = NOW + timedelta(3)
        self._start_with(self.play, self.customer)
        with self._gate(lambda request, now: Verdict(LATER, until, (Reason("frequency_cap", {"cap": 2}, until),))):
            self._send()
        touch = self._get_touches(self.play)
        self.assertRecordValues(touch, [{"state": "deferred", "not_before": until, "mail_id": False}])
        self.assertEqual([reason["code"] for reason in touch.verdict], ["frequency_cap"])
        with self._gate() as asked:
            self._send()
            self.assertFalse(asked, "It was asked about before its time.")
            with freeze_time(until):
                self._send()
        self.assertRecordValues(touch, [{"state": "done", "not_before": False, "verdict": False}])

    def test_what_the_gate_refuses_is_skipped_with_its_reasons_and_the_ladder_goes_on(self):
        play = self._create_play(({}, {"days": 2}), code="test_ladder")
        self._start_with(play, self.customer)
        with self._gate(lambda request, now: Verdict(REFUSED, None, (Reason("no_consent"),))):
            self._send()
        first = self._get_touches(play)
        self.assertEqual((first.state, first.verdict[0]["code"]), ("skipped", "no_consent"))
        self._plan()
        second = self._get_touches(play) - first
        self.assertRecordValues(second, [{"state": "due", "due_on": NOW.replace(day=17, hour=7)}])

    @mute_logger(SENDING)
    def test_one_bad_record_does_not_stop_the_rest(self):
        customers = self._create_customers(7)
        self.template.body_html = "<p t-out=\"1 / (object.partner_id.name != 'Customer 4')\"/>"
        self._start_with(self.play, customers)
        with self._gate():
            self._send()
        touches = self._get_touches(self.play)
        self.assertEqual(touches.filtered(lambda touch: touch.state == "failed").partner_id.name, "Customer 4")
        self.assertEqual(len(touches.filtered("mail_id")), 6)
        self.assertIn("division by zero", touches.filtered("remark").remark)
        self.assertEqual(self.play.state, "running")

    @mute_logger(SENDING)
    def test_a_template_that_fails_for_everybody_pauses_the_play_and_goes_on_when_mended(self):
        customers = self._create_customers(5)
        self.play.action_start()
        self.template.body_html = '<p t-out="object.no_such_field"/>'  # before there is a contact that shows the fault
        self._start_with(self.play, customers)
        with self._gate():
            self._send()
            touches = self._get_touches(self.play)
            self.assertEqual(self.play.state, "paused")
            self.assertEqual(set(touches.mapped("state")), {"due"}, "A half of them was given up.")
            self.assertIn("no_such_field", touches[0].remark)
            activity = self.play.activity_ids
            self.assertIn("no_such_field", activity.note)
            self.assertEqual(activity.user_id, self.play.user_id)
            self.template.body_html = "<p>Hello</p>"
            self.play.action_start()
            self._plan()
            self._send()
        self.assertEqual(self._get_touches(self.play).mapped("state"), ["done"] * 5)

    def test_a_paused_play_stops_at_once(self):
        self._start_with(self.play, self.customer)
        self.play.action_pause()
        with self._gate() as asked:
            self._send()
        self.assertFalse(asked)
        self.assertEqual(self._get_touches(self.play).state, "due")

    def test_a_play_that_is_paused_between_claim_and_mail_makes_no_mail(self):
        self._start_with(self.play, self.customer)
        with self._gate():
            claimed = self._claim()
            self.assertEqual(claimed.state, "claimed")
            self.play.action_pause()
            claimed._make()
        self.assertRecordValues(claimed, [{"state": "due", "mail_id": False, "message_uid": False}])

    def test_whoever_ordered_a_moment_ago_gets_no_win_back_mail(self):
        self._start_with(self.play, self.customer, days_ago=1)
        with self._gate():
            claimed = self._claim()
            self._create_order(self.customer, NOW)
            claimed._make()
        self.assertRecordValues(claimed, [{"state": "skipped", "stop": "ordered", "mail_id": False}])
        self.assertRecordValues(self.play.entry_ids, [{"state": "stopped", "stop": "ordered"}])

    def test_what_a_dead_worker_claimed_is_due_again_unless_there_is_a_mail(self):
        self._start_with(self.play, self._create_customers(2))
        with self._gate():
            first, second = claimed = self._claim()
            self.env["mail.message"].create({"message_id": second.message_uid, "body": "Hello"})
            self._send()
            self.assertEqual(claimed.mapped("state"), ["claimed"] * 2, "They were taken from a worker that is at it.")
            with freeze_time(NOW + timedelta(minutes=16)):
                self._send()
        self.assertEqual((first.state, second.state), ("done", "uncertain"))

    def test_a_call_waits_for_a_person(self):
        play = self._create_play(({"action": "call", "template_id": False},), code="test_call")
        self.customer.phone = "+39 02 1234567"
        self._start_with(play, self.customer)
        with self._gate() as asked:
            self._send()
            self._send()
        self.assertEqual([(request.channel, request.address) for request in asked], [("phone", "+39021234567")])
        touch = self._get_touches(play)
        self.assertRecordValues(touch, [{"state": "due", "listed_on": NOW}])

    def test_an_activity_is_for_today_and_for_whoever_looks_after_the_customer(self):
        play = self._create_play(({"action": "activity", "template_id": False},), code="test_activity")
        self.customer.user_id = self.user
        self._start_with(play, self.customer)
        self._send()
        activity = self.env["mail.activity"].search(
            [("res_model", "=", "res.partner"), ("res_id", "=", self.customer.id)]
        )
        self.assertRecordValues(activity, [{"user_id": self.user.id, "date_deadline": NOW.date(), "summary": "Step 0"}])
        self.assertEqual(self._get_touches(play).state, "done")

    def test_an_activity_goes_to_nobody_who_cannot_open_the_customer(self):
        """Whoever has left, works elsewhere or is a customer himself does nothing about it."""
        elsewhere = self.env["res.company"].create({"name": "Other"})
        group = "sales_team.group_sale_salesman"
        left = self._create_user("lifecycle_left", group)
        left.active = False
        away = self._create_user("lifecycle_away", group, company_id=elsewhere.id, company_ids=elsewhere.ids)
        outside = self._create_user("lifecycle_outside", "base.group_portal")
        self.company.lifecycle_manager_id = self.manager
        self._start_with(self.play, self.customer)
        touch = self._get_touches(self.play)
        for seller in (left, away, outside):
            for owner, doer in ((self.user, self.user), (away, self.manager)):
                with self.subTest(seller=seller.login, owner=owner.login):
                    self.customer.user_id, self.play.user_id = seller, owner
                    self.assertEqual(touch._get_doer(), doer)

    def test_a_mail_goes_to_nobody_but_the_address_that_was_asked_about(self):
        self.template.write({"email_to": "other@example.com", "email_cc": "cc@example.com", "use_default_to": False})
        self._start_with(self.play, self.customer)
        with self._gate():
            self._send()
        mail = self._get_touches(self.play).mail_id
        self.assertEqual((mail.email_to, mail.email_cc), ("Trattoria Rossi <rossi@example.com>", False))
        self.assertFalse(mail.recipient_ids)
