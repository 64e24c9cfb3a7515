"""Conversations with leads, and leads on which nothing happens any more."""

import datetime

from freezegun import freeze_time

from odoo import fields
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged

from .leads_common import LeadsCommon
from .test_first_source import dated

LONG_AGO = datetime.datetime(2026, 5, 1, 9)


@tagged("post_install", "-at_install")
@freeze_time("2026-06-15 10:00:00")
class TestConversations(LeadsCommon):
    def test_who_of_us_talked_is_kept(self):
        talk = self.lead.with_user(self.seller)._lifecycle_conversation("chat", "The price of the course", "Marta")
        self.assertRecordValues(
            talk.sudo(),
            [{"human": "Marta", "user_id": self.seller.id, "channel": "chat", "partner_id": self.customer.id}],
        )
        event = self.env["lifecycle.event"].search([("key", "=", f"conversation:{talk.id}")])
        self.assertEqual(event.code, "conversation")

    def test_what_was_said_is_never_changed(self):
        talk = self.lead._lifecycle_conversation("chat", "The price")
        with self.assertRaises(UserError):
            talk.about = "Something else"
        with self.assertRaises(UserError):
            talk.unlink()

    def test_with_nobody_and_tomorrow_are_refused(self):
        Conversation = self.env["lifecycle.conversation"]
        with self.assertRaises(ValidationError):
            Conversation.create({"human": "Marta", "about": "Prices"})
        with self.assertRaises(ValidationError):
            self.lead._lifecycle_conversation("chat", "Prices", moment=datetime.datetime(2026, 6, 16))

    def test_the_wizard_notes_what_it_was_opened_from(self):
        self.lead.user_id = self.user
        for record in (self.lead, self.customer):
            wizard = self.env["lifecycle.conversation.wizard"].with_user(self.user)
            wizard = wizard.with_context(active_model=record._name, active_id=record.id).create({"about": "Prices"})
            wizard.action_note()
            domain = record.action_lifecycle_conversations()["domain"]
            self.assertIn("Prices", self.env["lifecycle.conversation"].search(domain).mapped("about"))

    def test_conversations_go_along_with_a_merged_lead(self):
        other = self._create_lead("Again", self.customer)
        talks = other._lifecycle_conversation("chat", "Prices") | self.lead._lifecycle_conversation("phone", "Dates")
        head = (self.lead | other).merge_opportunity()
        self.assertEqual(talks.lead_id, head)


@tagged("post_install", "-at_install")
@freeze_time("2026-06-15 10:00:00")
class TestStaleLeads(LeadsCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["crm.lead"].search([("id", "!=", cls.lead.id)]).active = False
        cls.company.write({"lifecycle_stale_days": 14, "lifecycle_stale_quota": 2})
        cls._silence(cls.lead)

    @classmethod
    def _silence(cls, lead, moment=LONG_AGO):
        """Nothing has happened to a lead since a moment."""
        dated(lead, moment)
        lead.message_ids.unlink()
        cls.env.cr.execute("UPDATE crm_lead SET date_last_stage_update = create_date WHERE id = %s", (lead.id,))
        lead.invalidate_recordset()
        return lead

    def _remind(self):
        for lead, words in self.env["crm.lead"]._lifecycle_pick_stale(self.company):
            lead._lifecycle_remind_of_silence(words, self.company)

    def test_the_reason_is_said_with_the_numbers(self):
        self.assertTrue(self.lead.lifecycle_is_stale)
        self.assertIn("45 days", self.lead.lifecycle_stale_words)
        self.assertIn(self.lead, self.env["crm.lead"].search([("lifecycle_is_stale", "=", True)]))
        self.assertNotIn(self.lead, self.env["crm.lead"].search([("lifecycle_is_stale", "=", False)]))

    def test_whatever_happens_ends_the_silence(self):
        things = (
            lambda lead: lead.message_post(body="Hello", message_type="comment"),
            lambda lead: lead._lifecycle_conversation("chat", "Prices"),
            self._create_quote,
            lambda lead: lead.activity_schedule("mail.mail_activity_data_todo", user_id=self.seller.id),
            lambda lead: lead.action_set_lost(),
            lambda lead: lead.action_set_won(),
        )
        for number, thing in enumerate(things):
            lead = self._silence(self._create_lead(f"Number {number}", self.customer))
            self.assertTrue(lead.lifecycle_is_stale, number)
            thing(lead)
            lead.invalidate_recordset()
            self.assertFalse(lead.lifecycle_is_stale, number)

    def test_a_salesperson_gets_so_many_a_day_the_longest_silent_first(self):
        later = [
            self._silence(self._create_lead(f"Number {day}", self.customer), datetime.datetime(2026, 5, day, 9))
            for day in (4, 3, 2)
        ]
        self._remind()
        self._remind()
        self.assertEqual([lead.lifecycle_stale_on for lead in later], [False, False, fields.Date.today()])
        self.assertEqual(self.lead.activity_ids.user_id, self.seller)
        self.assertIn("45 days", self.lead.activity_ids.summary)
        with freeze_time("2026-06-16 10:00:00"):
            self._remind()
        self.assertTrue(all(lead.lifecycle_stale_on for lead in later))

    def test_a_silence_is_told_once(self):
        self._remind()
        self.lead.activity_ids.unlink()
        with freeze_time("2026-06-20 10:00:00"):
            self._remind()
        self.assertFalse(self.lead.activity_ids)
        with freeze_time("2026-06-21 10:00:00"):
            self.lead._lifecycle_conversation("chat", "Prices")
        with freeze_time("2026-07-21 10:00:00"):
            self._remind()
        self.assertTrue(self.lead.activity_ids)

    def test_zero_days_reminds_of_none(self):
        self.company.lifecycle_stale_days = 0
        self._remind()
        self.assertFalse(self.lead.lifecycle_stale_on)

    def test_nobody_writes_that_somebody_was_reminded(self):
        with self.assertRaises(AccessError):
            self.lead.with_user(self.seller).lifecycle_stale_on = False

    def test_the_cron_reminds(self):
        with self.enter_registry_test_mode():
            self.env.ref("lifecycle_crm.ir_cron_lifecycle_stale").method_direct_trigger()
        self.assertTrue(self.lead.lifecycle_stale_on)
