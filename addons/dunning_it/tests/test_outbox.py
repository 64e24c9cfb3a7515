"""Reminders are sent once, on the figures of now, and a case moves on only when one was sent."""

import smtplib
from unittest.mock import patch

from freezegun import freeze_time
from psycopg2.errors import SerializationFailure

from odoo.exceptions import AccessError, UserError
from odoo.fields import Date
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import DunningCommon
from .outbox_common import MailServer


@tagged("post_install", "-at_install")
@freeze_time("2026-06-15 09:00:00")
class TestOutbox(MailServer, DunningCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.move = cls._create_invoice(1000)
        cls.case = cls._scan()
        cls.first, cls.second = cls.business.stage_ids[:2]

    def test_a_reminder_is_sent_with_the_figures_and_the_case_moves_on(self):
        with self._mail_server() as sent:
            self._send()
        self.assertEqual(len(sent), 1)
        message = sent[0]
        self.assertEqual(message["To"], "rossi@example.com")
        text = message.get_body(("html",)).get_content()
        self.assertIn(self.move.name, text)
        self.assertIn("1,000.00", text)
        step = self.case.step_ids
        self.assertRecordValues(step, [{"state": "done", "amount_net": 1000, "kind": "mail"}])
        self.assertEqual(step.mail_message_id.message_id, message["Message-Id"])
        self.assertRecordValues(
            self.case,
            [
                {
                    "stage_id": self.second.id,
                    "step_date": Date.to_date("2026-06-15"),
                    "action_date": Date.to_date("2026-06-22"),
                }
            ],
        )

    def test_a_reminder_is_sent_once_however_often_the_button_is_pressed(self):
        with self._mail_server() as sent:
            self._send()
            with self.assertRaises(UserError):
                self.case.with_user(self.user).action_send_reminders()
            self._run()
        self.assertEqual(len(sent), 1)

    def test_a_payment_before_the_mail_leaves_cancels_it(self):
        self.case.with_user(self.user).action_send_reminders()
        step = self.case.step_ids
        self._pay(self.move)
        with self._mail_server() as sent:
            self._run()
        self.assertFalse(sent)
        self.assertEqual(step.state, "cancelled")
        self.assertEqual(self.case.state, "closed")

    def test_a_part_payment_before_the_mail_leaves_makes_it_anew(self):
        self.case.with_user(self.user).action_send_reminders()
        self._pay(self.move, amount=400)
        with self._mail_server() as sent:
            self._run()
        self.assertIn("600.00", sent[0].get_body(("html",)).get_content())
        self.assertEqual(sorted(self.case.step_ids.mapped("state")), ["cancelled", "done"])

    def test_one_that_cannot_be_written_holds_up_no_other(self):
        self.company.dunning_is_automatic = True
        other = self._create_customer("Bar Verdi", email="verdi@example.com")
        self._create_invoice(900, partner=other)
        self._scan(other)
        self._check_only_the_other_is_sent("_get_reminder_files")

    @mute_logger("odoo.sql_db")
    def test_one_that_another_worker_has_put_in_meanwhile_holds_up_no_other(self):
        """He has committed since this transaction began: it does not see his step, and the database refuses its own."""
        other = self._create_customer("Bar Verdi", email="verdi@example.com")
        self._create_invoice(900, partner=other)
        cases = self.case | self._scan(other)
        self.case._claim_mail()
        with patch.object(self.env.registry["dunning.case"], "_has_step", lambda _case, _stage: False):
            self.assertFalse(self.case._claim_mail())
            self.assertTrue((cases - self.case)._claim_mail())
        self.assertEqual([len(case.step_ids) for case in cases], [1, 1])

    def test_one_whose_figures_cannot_be_read_once_more_holds_up_no_other(self):
        self._check_one_broken_holds_up_no_other("_take_snapshot")

    def test_one_whose_quiet_hours_cannot_be_told_holds_up_no_other(self):
        self._check_one_broken_holds_up_no_other("_may_contact")

    @mute_logger("odoo.addons.dunning_it.models.dunning_mail_shown")
    def test_one_that_the_history_cannot_show_holds_up_no_other(self):
        other = self._create_customer("Bar Verdi", email="verdi@example.com")
        self._create_invoice(900, partner=other)
        (self.case | self._scan(other)).with_user(self.user).action_send_reminders()
        with self._broken("_complete_stage"):
            with self._mail_server() as sent:
                self._run()
            self.assertEqual([message["To"] for message in sent], ["rossi@example.com", "verdi@example.com"])
            self.assertRecordValues(self.case.step_ids, [{"state": "done", "mail_message_id": False}])
        self._run()
        self.assertTrue(self.case.step_ids.mail_message_id)
        self.assertEqual(self.case.stage_id, self.second)

    def test_one_that_meets_another_worker_is_done_again(self):
        self.case.with_user(self.user).action_send_reminders()
        Case, error = self.env.registry["dunning.case"], SerializationFailure("could not serialize access")
        with patch.object(Case, "_take_snapshot", side_effect=error), self.assertRaises(SerializationFailure):
            self.case.step_ids._work()
        self.assertRecordValues(self.case.step_ids, [{"state": "claimed", "remark": False}])

    def test_without_an_address_the_stage_is_not_passed(self):
        self.customer.email = False
        self._send()
        self.assertRecordValues(self.case.step_ids, [{"state": "failed"}])
        self.assertIn("e-mail address", self.case.step_ids.remark)
        self.assertEqual(self.case.stage_id, self.first)
        self.customer.email = "new@example.com"
        with self._mail_server() as sent:
            self.case.step_ids.with_user(self.user).action_send_again()
            self._run()
        self.assertEqual(sent[0]["To"], "new@example.com")

    def test_a_company_without_an_address_is_told_so(self):
        self.company.email = False
        self._send()
        self.assertRecordValues(self.case.step_ids, [{"state": "failed"}])
        self.assertIn("no e-mail address to write from", self.case.step_ids.remark)

    def test_a_blacklisted_address_is_not_written_to(self):
        self.env["mail.blacklist"]._add("rossi@example.com")
        self._send()
        self.assertRecordValues(self.case.step_ids, [{"state": "failed"}])

    def test_a_server_that_cannot_be_reached_is_tried_again_later(self):
        with self._mail_server(ConnectionRefusedError("down"), at="connect"):
            self._send()
        self.assertRecordValues(self.case.step_ids, [{"state": "claimed"}])
        self.assertTrue(self.case.step_ids.retry_on)

    def test_an_address_that_the_server_refuses_has_failed(self):
        with self._mail_server(smtplib.SMTPRecipientsRefused({"rossi@example.com": (550, b"unknown")})):
            self._send()
        self.assertRecordValues(self.case.step_ids, [{"state": "failed"}])
        self.assertEqual(self.case.stage_id, self.first)

    def test_a_lost_answer_is_uncertain_and_a_person_decides(self):
        with self._mail_server(smtplib.SMTPServerDisconnected("gone")) as sent:
            self._send()
            self._run()
        self.assertFalse(sent)
        step = self.case.step_ids
        self.assertEqual(step.state, "uncertain")
        self.assertEqual(self.case.stage_id, self.first)
        step.with_user(self.user).action_was_sent()
        self.assertRecordValues(step, [{"state": "done"}])
        self.assertEqual(self.case.stage_id, self.second)

    def test_a_worker_that_died_while_sending_leaves_it_to_a_person(self):
        self.case.with_user(self.user).action_send_reminders()
        self.case.step_ids.write({"state": "handing", "handing_on": "2026-06-15 08:00:00"})
        with self._mail_server() as sent:
            self._run()
        self.assertFalse(sent)
        self.assertEqual(self.case.step_ids.state, "uncertain")

    def test_a_worker_that_died_after_sending_does_not_hold_the_case_back(self):
        self.case.with_user(self.user).action_send_reminders()
        self.case.step_ids.write({"state": "done", "done_on": "2026-06-15 08:00:00"})
        with self._mail_server() as sent:
            self._run()
        self.assertFalse(sent)
        self.assertEqual(self.case.stage_id, self.second)
        self.assertTrue(self.case.step_ids.mail_message_id)

    def test_nothing_is_sent_by_itself_unless_the_company_has_it_so(self):
        with self._mail_server() as sent:
            self._run()
            self.assertFalse(sent)
            self.company.dunning_is_automatic = True
            self._run()
        self.assertEqual(len(sent), 1)

    def test_what_was_sent_is_not_written_by_hand(self):
        self._send()
        step = self.case.step_ids.with_user(self.manager)
        with self.assertRaises(AccessError):
            step.write({"state": "done"})
        with self.assertRaises(AccessError):
            self.env["dunning.step"].with_user(self.manager).create({"case_id": self.case.id})
        with self.assertRaises(AccessError):
            self.case.with_user(self.manager).write({"stage_id": self.second.id})

    # === HELP === #

    def _check_one_broken_holds_up_no_other(self, name):
        """Of two reminders in the outbox the first one's case raises an error in one of its methods."""
        other = self._create_customer("Bar Verdi", email="verdi@example.com")
        self._create_invoice(900, partner=other)
        (self.case | self._scan(other)).with_user(self.user).action_send_reminders()
        self._check_only_the_other_is_sent(name)

    def _check_only_the_other_is_sent(self, name):
        with self._broken(name), self._mail_server() as sent:
            self._run()
        self.assertEqual([message["To"] for message in sent], ["verdi@example.com"])
        self.assertRecordValues(self.case.step_ids, [{"state": "failed"}])
        self.assertIn("A figure is broken", self.case.step_ids.remark)
        self.assertEqual(self.case.stage_id, self.first)

    def _broken(self, name):
        """Have a method of cases fail for the first one."""
        Case = self.env.registry["dunning.case"]
        method = getattr(Case, name)

        def break_one(case, *args, **kwargs):
            if case == self.case:
                raise ValueError("A figure is broken")
            return method(case, *args, **kwargs)

        return patch.object(Case, name, break_one)

    def _send(self):
        self.case.with_user(self.user).action_send_reminders()
        self._run()
