"""A natural person is left alone in quiet hours and once contacted often enough, by phone and in writing."""

from freezegun import freeze_time

from odoo.exceptions import UserError
from odoo.fields import Date, Datetime
from odoo.tests import tagged

from .calls_common import CallCommon
from .outbox_common import MailServer


@tagged("post_install", "-at_install")
@freeze_time("2026-06-15 08:00:00")
class TestContactGate(MailServer, CallCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.person = cls._create_customer("Mario Bianchi", is_company=False, phone="+39 333 1")
        cls._create_invoice(200, partner=cls.person)
        cls.personal = cls._scan(cls.person)

    def test_a_reminder_at_night_waits_for_the_morning(self):
        self.personal.with_user(self.user).action_send_reminders()
        step = self.personal.step_ids
        with self._mail_server() as sent:
            with freeze_time("2026-06-15 18:30:00"):  # half past eight in Italy
                self._run()
            self.assertFalse(sent)
            self.assertRecordValues(
                step, [{"state": "claimed", "retry_on": Datetime.to_datetime("2026-06-16 06:00:00")}]
            )
            with freeze_time("2026-06-16 06:00:00"):
                self._run()
        self.assertEqual(len(sent), 1)
        self.assertRecordValues(step, [{"state": "done", "remark": False}])

    def test_a_business_is_written_to_at_any_hour(self):
        case = self._create_case("Bar Verdi")
        case.with_user(self.user).action_send_reminders()
        with self._mail_server() as sent, freeze_time("2026-06-15 20:30:00"):
            self._run()
        self.assertEqual(len(sent), 1)

    def test_calls_count_for_reminders(self):
        self._contact("2026-06-15 08:00:00", outcome="action_other_payment")
        self._contact("2026-06-16 08:00:00", outcome="action_other_payment")
        self.personal.with_user(self.user).action_send_reminders()
        with self._mail_server() as sent, freeze_time("2026-06-17 08:00:00"):
            self._run()
        self.assertFalse(sent)
        self.assertEqual(self.personal.step_ids.retry_on, Datetime.to_datetime("2026-06-22 08:00:00"))

    def test_reminders_count_for_calls(self):
        self.personal.policy_id.week_contacts = 1
        self.personal.with_user(self.user).action_send_reminders()
        with self._mail_server() as sent:
            self._run()
        self.assertEqual(len(sent), 1)
        with freeze_time("2026-06-20 08:00:00"):
            self.assertIn("often enough", self.personal.call_obstacle)
            with self.assertRaises(UserError):
                self._call(self.personal).action_no_answer()

    def test_whoever_calls_himself_is_answered_and_it_is_no_contact_of_ours(self):
        for _time in range(3):
            self._call(self.personal, channel="incoming").action_other_payment()
        self.assertFalse(self.personal.call_obstacle)

    def test_calls_nobody_answered_are_no_contacts(self):
        for _time in range(3):
            self._call(self.personal).action_no_answer()
        self.assertFalse(self.personal.call_obstacle)

    def test_nobody_is_called_at_night_or_on_a_day_of_rest(self):
        for moment, words in (
            ("2026-06-15 18:30:00", "Quiet hours"),
            ("2026-06-21 08:00:00", "Weekend"),
            ("2026-06-02 08:00:00", "Public holiday"),
        ):
            with freeze_time(moment):
                self.personal.invalidate_recordset(["call_obstacle"])
                self.assertIn(words, self.personal.call_obstacle)
                with self.assertRaises(UserError):
                    self._call(self.personal).action_promise()
        self.assertFalse(self.personal.call_ids)

    def test_a_call_that_began_in_time_may_end_in_the_quiet_hours(self):
        with freeze_time("2026-06-15 17:55:00"):
            wizard = self._call(self.personal)
        with freeze_time("2026-06-15 18:05:00"):
            wizard.action_other_payment()
        self.assertEqual(len(self.personal.call_ids), 1)

    def test_the_next_attempt_keeps_to_the_contacts_of_a_week(self):
        self.personal.policy_id.week_contacts = 1
        self._bring_to_call(self.personal)
        self._contact("2026-06-12 08:00:00", outcome="action_call_back")
        self.personal.attempt_date = False
        self.personal._log_call("no_answer", channel="incoming")
        self.assertEqual(self.personal.attempt_date, Date.to_date("2026-06-19"))

    def _contact(self, moment, outcome="action_call_back"):
        with freeze_time(moment):
            wizard = self._call(self.personal, back_date="2026-07-31")
            getattr(wizard, outcome)()

    def _create_case(self, name):
        partner = self._create_customer(name)
        self._create_invoice(partner=partner)
        return self._scan(partner)
