"""Courtesy notes before the due date: to those who pay late, about amounts that matter, once."""

import smtplib
from unittest.mock import patch

from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import tagged

from .common import DunningCommon
from .outbox_common import MailServer


@tagged("post_install", "-at_install")
@freeze_time("2026-06-15 09:00:00")
class TestCourtesy(MailServer, DunningCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.business.write({"has_courtesy": True, "courtesy_days": 5})
        cls.company.dunning_is_automatic = True
        cls._pay(cls._create_invoice(100, due="2026-03-15"), date="2026-04-04")  # 20 days late
        cls.move = cls._create_invoice(1500, due="2026-06-20", date="2026-05-20")
        cls.item = cls.move.line_ids.filtered(lambda line: line.account_type == "asset_receivable")

    def _get_items(self):
        self.env.invalidate_all()
        return self.env["account.move.line"]._get_courtesy_items()

    def _run_and_collect(self, **kwargs):
        with self._mail_server(**kwargs) as sent:
            self._run("ir_cron_dunning_courtesy")
        return sent

    def _get_notes(self):
        return self.env["dunning.courtesy"].search([("move_line_id", "=", self.item.id)])

    # === WHO GETS ONE === #

    def test_one_who_pays_late_gets_a_friendly_note_before_a_big_amount_is_due(self):
        (message,) = self._run_and_collect()
        self.assertEqual(message["To"], "rossi@example.com")
        self.assertIn(self.move.name, message["Subject"])
        text = message.get_body(("html",)).get_content()
        for words in ("1,500.00", "06/20/2026", self.item._get_courtesy_link().replace("&", "&amp;")):
            self.assertIn(words, text)
        for threat in ("interest", "legal", "reminder", "overdue", "past"):
            self.assertNotIn(threat, text.lower())
        note = self._get_notes()
        self.assertRecordValues(note, [{"state": "done", "amount": 1500, "remark": False}])
        self.assertEqual(note.mail_message_id.message_id, message["Message-Id"])
        self.assertIn(note.mail_message_id, self.move.message_ids)
        self.assertFalse(self._scan(), "nothing is overdue")

    def test_an_entry_that_is_no_invoice_gets_no_page_when_odoo_tries_the_template_on_it(self):
        entry = self.env["account.move"].search([("move_type", "=", "entry"), ("state", "=", "posted")], limit=1)
        self.assertFalse(entry.line_ids[0]._get_courtesy_link())
        self.assertFalse(entry.access_token)

    def test_the_policy_says_when_and_for_how_much(self):
        self.assertEqual(self._get_items(), self.item)
        for values in ({"courtesy_days": 4}, {"courtesy_min_amount": 1501}, {"courtesy_days_late": 20}):
            before = self.business.read(list(values))[0]
            self.business.write(values)
            self.assertFalse(self._get_items(), values)
            self.business.write({name: before[name] for name in values})
        self.business.has_courtesy = False
        self.assertFalse(self._get_items())

    def test_one_who_pays_in_time_or_has_never_paid_is_left_alone(self):
        punctual, new = self._create_customer("Puntuale"), self._create_customer("Nuova")
        self._pay(self._create_invoice(100, due="2026-03-15", partner=punctual), date="2026-03-10")
        for partner in (punctual, new):
            self._create_invoice(5000, due="2026-06-18", date="2026-05-18", partner=partner)
        self.assertEqual(self._get_items(), self.item)

    def test_none_for_what_is_paid_left_out_or_agreed_otherwise(self):
        self.item.dunning_agreed_date = "2026-07-31"
        self.assertFalse(self._get_items())
        self.item.dunning_agreed_date = False
        self.item.no_followup = True
        self.assertFalse(self._get_items())
        self.item.no_followup = False
        self.assertEqual(self._get_items(), self.item)
        self._pay(self.move)
        self.assertFalse(self._get_items())

    def test_none_to_a_customer_with_a_promise_or_who_is_insolvent(self):
        self._create_invoice(100)
        case = self._scan()
        self.assertEqual(self._get_items(), self.item, "an open case stands not against it")
        case.write({"state": "paused", "paused_until": "2026-06-30"})
        self.assertFalse(self._get_items())
        case.write({"state": "open", "paused_until": False})
        self.customer.dunning_insolvency_date = "2026-06-01"
        self.assertFalse(self._get_items())

    def test_none_about_an_invoice_of_which_another_instalment_is_disputed(self):
        term = self.env["account.payment.term"].create(
            {
                "name": "Half and half",
                "line_ids": [
                    Command.create({"value": "percent", "value_amount": 50, "nb_days": days}) for days in (0, 31)
                ],
            }
        )
        move = self._create_invoice(4000, date="2026-05-20", due=False, invoice_payment_term_id=term.id)
        late, soon = move.line_ids.filtered("date_maturity").sorted("date_maturity")
        self.assertIn(soon, self._get_items())
        case = self._scan()
        case._dispute(case.line_ids.filtered(lambda line: line.move_line_id == late), "price")
        self.assertNotIn(soon, self._get_items())

    # === ONCE === #

    def test_it_is_sent_once_however_often_the_action_runs(self):
        self.assertEqual(len(self._run_and_collect()), 1)
        self.assertFalse(self._run_and_collect())
        self.assertFalse(self.env["dunning.courtesy"]._claim(self.item))

    def test_an_amount_that_changed_is_told_anew_and_a_payment_cancels_it(self):
        note = self.env["dunning.courtesy"]._claim(self.item)
        self._pay(self.move, amount=300)
        (message,) = self._run_and_collect()
        self.assertIn("1,200.00", message.get_body(("html",)).get_content())
        self.assertEqual(note.state, "cancelled")
        other = self._create_invoice(1500, due="2026-06-19", date="2026-05-20")
        note = self.env["dunning.courtesy"]._claim(self._get_item(other))
        self._pay(other)
        self.assertFalse(self._run_and_collect())
        self.assertEqual(note.state, "cancelled")

    def test_once_the_due_date_has_passed_it_is_not_sent_any_more(self):
        note = self.env["dunning.courtesy"]._claim(self.item)
        with freeze_time("2026-06-21 09:00:00"):
            self.assertFalse(self._run_and_collect())
        self.assertEqual(note.state, "cancelled")

    def test_a_lost_answer_leaves_it_to_a_person(self):
        self.assertFalse(self._run_and_collect(error=smtplib.SMTPServerDisconnected("gone")))
        note = self._get_notes()
        self.assertEqual(note.state, "uncertain")
        self.assertFalse(self._run_and_collect(), "nobody knows, so it is not sent again")
        note.with_user(self.user).action_was_sent()
        self.assertEqual(note.state, "done")
        self.assertTrue(note.mail_message_id)

    def test_a_worker_that_died_while_sending_leaves_it_to_a_person(self):
        note = self.env["dunning.courtesy"]._claim(self.item)
        note.write({"state": "handing", "handing_on": "2026-06-15 08:00:00"})
        self.assertFalse(self._run_and_collect())
        self.assertEqual(note.state, "uncertain")

    def test_one_that_died_after_sending_is_shown_by_the_invoice(self):
        with self._mail_server(), patch.object(self.env.registry["dunning.courtesy"], "_finish"):
            self._run("ir_cron_dunning_courtesy")
        note = self._get_notes()
        self.assertRecordValues(note, [{"state": "done", "mail_message_id": False}])
        self.assertFalse(self._run_and_collect())
        self.assertTrue(note.mail_message_id)

    def test_one_that_cannot_be_written_holds_up_no_other(self):
        other = self._create_invoice(1600, due="2026-06-20", date="2026-05-20")
        Item = self.env.registry["account.move.line"]
        get_words = Item._get_courtesy_words

        def break_one(item):
            if item == self.item:
                raise ValueError("The words are broken")
            return get_words(item)

        with patch.object(Item, "_get_courtesy_words", break_one):
            (message,) = self._run_and_collect()
            self.assertFalse(self._run_and_collect(), "it is a person's now")
        self.assertIn(other.name, message["Subject"])
        self.assertRecordValues(self._get_notes(), [{"state": "failed", "email": "rossi@example.com"}])
        self.assertIn("The words are broken", self._get_notes().remark)

    # === WHEN AND HOW === #

    def test_a_person_is_left_alone_in_quiet_hours_and_no_more_often_than_the_policy_says(self):
        consumer = self._create_customer("Bianchi", is_company=False)
        self._pay(self._create_invoice(100, due="2026-03-15", partner=consumer), date="2026-05-04")
        policy = self.env.ref("dunning_it.dunning_policy_consumer")
        policy.write({"has_courtesy": True, "week_contacts": 1})
        for day in (18, 19):
            self._create_invoice(2000, due=f"2026-06-{day}", date="2026-05-20", partner=consumer)
        with freeze_time("2026-06-15 20:30:00"):  # half past ten in Italy
            self.assertEqual([message["To"] for message in self._run_and_collect()], ["rossi@example.com"])
        with freeze_time("2026-06-16 09:00:00"):
            self.assertEqual([message["To"] for message in self._run_and_collect()], ["bianchi@example.com"])
        notes = self.env["dunning.courtesy"].search([("partner_id", "=", consumer.id)])
        self.assertEqual(sorted(notes.mapped("state")), ["claimed", "done"])

    def test_one_on_the_list_of_those_who_want_no_mail_gets_none(self):
        self.env["mail.blacklist"]._add("rossi@example.com")
        self.assertFalse(self._run_and_collect())
        self.assertFalse(self._get_notes())

    def test_a_company_that_sends_by_hand_sends_nothing_by_itself(self):
        self.company.dunning_is_automatic = False
        self.assertFalse(self._run_and_collect())
        preview = self._look()
        self.assertRecordValues(preview.line_ids, [{"can_go": True, "amount": 1500, "email": "rossi@example.com"}])
        self.assertIn(self.move.name, preview.line_ids.body)
        preview.action_send()
        (message,) = self._run_and_collect()
        self.assertEqual(message["From"], self.user.email_formatted)
        with self.assertRaises(UserError):
            self._look()

    def test_it_is_in_the_language_of_who_pays(self):
        self.env["res.lang"]._activate_lang("it_IT")
        self.customer.lang = "it_IT"
        self.assertIn("1.500,00", str(self.item._get_courtesy_words()["body_html"]))

    # === RIGHTS === #

    def test_only_who_looks_after_dunning_here_sees_and_sends(self):
        note = self.env["dunning.courtesy"]._claim(self.item)
        for user in (self.user, self.manager):
            with self.assertRaises(AccessError):
                note.with_user(user).write({"state": "done"})
            with self.assertRaises(AccessError):
                note.with_user(user).unlink()
        seller = self._create_user("dunning_seller", "sales_team.group_sale_salesman")
        with self.assertRaises(AccessError):
            self.env["dunning.courtesy"].with_user(seller).action_preview()
        elsewhere = self.env["res.company"].create({"name": "Altra Srl"})
        stranger = self._create_user(
            "dunning_stranger",
            "dunning_it.group_dunning_user",
            company_id=elsewhere.id,
            company_ids=[Command.set(elsewhere.ids)],
        )
        Note = self.env["dunning.courtesy"].with_user(stranger)
        self.assertFalse(Note.search([]))
        with self.assertRaises(AccessError):
            Note._send_items(self.item.with_user(stranger))
        with self.assertRaises(UserError):
            Note.action_preview()

    def test_many_customers_are_looked_at_in_few_queries(self):
        for number in range(6):
            partner = self._create_customer(f"Customer {number}")
            self._pay(self._create_invoice(100, due="2026-03-15", partner=partner), date="2026-05-04")
            self._create_invoice(2000, due="2026-06-18", date="2026-05-20", partner=partner)
        self._get_items()
        with self.assertQueryCount(40):
            self.assertEqual(len(self._get_items()), 7)

    def _look(self):
        action = self.env["dunning.courtesy"].with_user(self.user).action_preview()
        return self.env["dunning.preview"].with_user(self.user).browse(action["res_id"])
