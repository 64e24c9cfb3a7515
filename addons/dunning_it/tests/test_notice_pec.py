"""A formal notice by PEC: sent once, and where it stands told by its receipts."""

import base64
import smtplib
from unittest.mock import patch

from freezegun import freeze_time

from odoo.exceptions import UserError, ValidationError
from odoo.fields import Date, Datetime
from odoo.tests import tagged
from odoo.tools import mute_logger

from ..pec.receipts import PROBLEMS, read_receipt
from .notice_common import SIGNED, NoticeCommon
from .pec_samples import RECIPIENT, SENDER, STYLES, acceptance, delivery, failure

AT = {"day": "15/06/2026", "zone": "+0200", "time": "11:00:07"}


class PecNoticeCommon(NoticeCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._set_up_pec()

    def _sent(self):
        notice = self._make_signed_pec()
        with self._mail_server():
            self._send_pec(notice)
        return notice

    def _receipt(self, make, notice, **changes):
        return make(**{"reference": notice.message_uid, **changes}).but(**AT)


@tagged("post_install", "-at_install")
@freeze_time("2026-06-15 09:00:00")
class TestNoticePec(PecNoticeCommon):
    def test_the_signed_file_goes_out_from_the_companys_pec_to_the_debtors(self):
        notice = self._make_signed_pec()
        with self._mail_server() as sent:
            self._send_pec(notice)
            self._run_cron()
        self.assertEqual(len(sent), 1)
        message = sent[0]
        self.assertEqual((message["From"], message["To"], message["Reply-To"]), (SENDER, RECIPIENT, SENDER))
        self.assertEqual(message["Message-Id"], notice.message_uid)
        self.assertEqual([file.get_content() for file in message.iter_attachments()], [SIGNED])
        self.assertRecordValues(
            notice, [{"state": "sent", "mail_state": "done", "sent_date": Date.to_date("2026-06-15")}]
        )

    def test_one_that_leaves_after_midnight_was_sent_on_the_day_of_italian_clocks(self):
        notice = self._make_signed_pec()
        notice.action_send_pec()
        with freeze_time("2026-06-15 22:30:00"), self._mail_server():
            self._run_cron()
        self.assertRecordValues(notice, [{"state": "sent", "sent_date": Date.to_date("2026-06-16")}])

    def test_an_unsigned_notice_does_not_go_out(self):
        notice = self._make_ready()
        with self.assertRaises(UserError) as caught:
            notice.action_send_pec()
        self.assertIn("unsigned", str(caught.exception))

    def test_it_is_not_posted_as_a_letter(self):
        notice = self._make_signed_pec()
        with self.assertRaises(UserError):
            self._enter(notice, "sent", tracking_number="RR1")

    def test_a_payment_before_it_leaves_asks_for_a_new_draft(self):
        notice = self._make_signed_pec()
        notice.action_send_pec()
        self._pay(self.move, amount=400)
        with self._mail_server() as sent:
            self._run_cron()
        self.assertFalse(sent)
        self.assertRecordValues(notice, [{"state": "ready", "mail_state": "failed"}])
        self.assertIn("new draft", notice.remark)
        self.assertTrue(notice.activity_ids)

    def test_acceptance_proves_the_sending_and_delivery_the_arrival(self):
        notice = self._sent()
        self._receive(self._receipt(acceptance, notice))
        self.assertRecordValues(notice, [{"state": "sent", "accepted_on": Datetime.to_datetime("2026-06-15 09:00:07")}])
        self._receive(self._receipt(delivery, notice))
        self.assertRecordValues(notice, [{"state": "delivered", "arrival_date": Date.to_date("2026-06-15")}])
        self.assertEqual(notice.file_ids.mapped("kind"), ["letter", "signed", "receipt", "proof"])
        self.assertEqual(self.case.step_ids.kind, "notice")
        self.assertEqual(notice.receipt_ids.mapped("state"), ["matched", "matched"])

    def test_the_proof_is_the_receipt_as_every_provider_sends_it(self):
        for name, style in STYLES.items():
            with self.subTest(name):
                sample = delivery(style, reference="<nothing@example.com>")
                self._receive(sample)
                receipt = self.env["dunning.receipt"].search([], limit=1)
                self.assertEqual(read_receipt(base64.b64decode(receipt.content)), read_receipt(sample.message()))

    def test_silence_is_told_once(self):
        notice = self._sent()
        for day, count in (("2026-06-16", 0), ("2026-06-17", 1), ("2026-06-18", 1)):
            with freeze_time(f"{day} 09:00:00"):
                self._run_cron()
                self.assertEqual(len(notice.activity_ids), count)

    @mute_logger("odoo.addons.base.models.ir_mail_server")  # no server but the PEC's for who is called
    def test_a_failure_fails_the_notice_and_calls_for_somebody(self):
        notice = self._sent()
        self._receive(self._receipt(failure, notice))
        self.assertEqual(notice.state, "failed")
        self.assertIn("indirizzo non valido", notice.activity_ids.summary)
        self.assertEqual(self.case.stage_id, self.stage)
        self.assertTrue(self.case.can_make_notice)

    def test_a_receipt_twice_changes_nothing(self):
        notice = self._sent()
        for _time in range(2):
            self._receive(self._receipt(delivery, notice))
        self.assertEqual(len(notice.receipt_ids), 1)
        self.assertEqual(len(notice.file_ids), 3)
        self.assertEqual(self.env["dunning.receipt"].search_count([]), 1)

    def test_a_receipt_that_matches_nothing_waits_for_a_person(self):
        self._receive(delivery())
        receipt = self.env["dunning.receipt"].search([])
        self.assertRecordValues(receipt, [{"state": "open", "kind": "delivery", "notice_id": False}])
        self.assertEqual(receipt.company_id, self.company)
        receipt.with_user(self.user).action_settle()
        self.assertEqual(receipt.state, "settled")

    def test_what_can_not_be_relied_on_changes_nothing_and_is_kept(self):
        notice = self._sent()
        self._receive(self._receipt(delivery, notice).but(is_signed=False))
        self._receive(self._receipt(delivery, notice).but(from_address="somebody@example.com"))
        self._receive(self._receipt(delivery, notice).but(xml=b"<broken"))
        self.assertEqual(notice.state, "sent")
        problems = self.env["dunning.receipt"].search([]).mapped("problem")
        self.assertEqual(sorted(problems), ["malformed_certificate", "not_from_provider", "unsigned"])

    def test_each_problem_of_a_receipt_has_its_words(self):
        field = self.env["dunning.receipt"]._fields["problem"]
        self.assertEqual({code for code, _words in field.selection}, set(PROBLEMS))

    def test_a_receipt_is_kept_whatever_goes_wrong(self):
        notice = self._sent()
        with patch.object(self.env.registry["dunning.notice"], "_take_receipt", side_effect=KeyError("broken")):
            self._receive(self._receipt(delivery, notice))
        receipt = self.env["dunning.receipt"].search([])
        self.assertRecordValues(receipt, [{"state": "open", "kind": "delivery"}])
        self.assertIn("broken", receipt.remark)
        self.assertEqual(notice.state, "sent")
        self._run_cron()
        self.assertRecordValues(receipt, [{"state": "matched", "remark": False}])
        self.assertEqual(notice.state, "delivered")

    def test_a_receipt_that_comes_while_somebody_works_on_the_notice_is_matched_later(self):
        notice = self._sent()
        Notice = self.env.registry["dunning.notice"]
        with patch.object(Notice, "try_lock_for_update", lambda notices: notices.browse()):
            self._receive(self._receipt(delivery, notice))
        self.assertRecordValues(notice.receipt_ids, [{"state": "open"}])
        self._run_cron()
        self.assertEqual((notice.state, notice.receipt_ids.state), ("delivered", "matched"))

    def test_receipts_that_waited_are_matched_in_the_order_in_which_they_came(self):
        notice = self._sent()
        Notice = self.env.registry["dunning.notice"]
        with patch.object(Notice, "try_lock_for_update", lambda notices: notices.browse()):
            self._receive(self._receipt(acceptance, notice))
            self._receive(self._receipt(failure, notice))
        self._run_cron()
        self.assertEqual(notice.receipt_ids.mapped("state"), ["matched", "matched"])
        self.assertRecordValues(
            notice, [{"state": "failed", "accepted_on": Datetime.to_datetime("2026-06-15 09:00:07")}]
        )

    def test_the_acceptance_proves_the_sending_if_it_comes_after_the_delivery_too(self):
        notice = self._sent()
        self._receive(self._receipt(delivery, notice))
        self._receive(self._receipt(acceptance, notice))
        self.assertRecordValues(
            notice, [{"state": "delivered", "accepted_on": Datetime.to_datetime("2026-06-15 09:00:07")}]
        )
        self.assertEqual(notice.receipt_ids.mapped("state"), ["matched", "matched"])

    def test_a_receipt_of_the_letter_before_says_nothing_of_the_new_one(self):
        notice = self._make_signed_pec()
        with self._mail_server(smtplib.SMTPServerDisconnected("gone")):
            self._send_pec(notice)
        before = notice.message_uid
        notice.action_was_not_sent()
        notice.action_renew()
        notice.action_ready()
        self._enter(notice, "signed", SIGNED + b" anew")
        with self._mail_server():
            self._send_pec(notice)
        self._receive(self._receipt(delivery, notice, reference=before))
        self.assertEqual(notice.state, "sent")
        self.assertRecordValues(self.env["dunning.receipt"].search([]), [{"state": "open", "notice_id": False}])

    def test_it_arrived_on_the_day_of_italian_clocks_whatever_zone_the_receipt_is_in(self):
        notice = self._sent()
        sample = delivery(reference=notice.message_uid).but(day="15/06/2026", zone="+0000", time="22:30:00")
        with freeze_time("2026-06-15 23:00:00"):
            self._receive(sample)
        self.assertRecordValues(notice, [{"state": "delivered", "arrival_date": Date.to_date("2026-06-16")}])

    def test_a_receipt_about_another_address_changes_nothing(self):
        notice = self._sent()
        other = "altro@pec.example.org"
        self._receive(self._receipt(delivery, notice, recipients=((other, "certificato"),), delivered_to=other))
        self.assertEqual(notice.state, "sent")
        self.assertIn("another address", notice.receipt_ids.remark)

    @mute_logger("odoo.addons.base.models.ir_mail_server")  # no server but the PEC's for who is called
    def test_an_address_that_is_no_pec_is_told(self):
        notice = self._sent()
        self._receive(self._receipt(acceptance, notice, recipients=((RECIPIENT, "esterno"),)))
        self.assertIn("no certified mail", notice.activity_ids.summary)

    def test_an_ordinary_mail_goes_its_ordinary_way(self):
        with self.assertRaisesRegex(ValueError, "No possible route"):
            self.env["mail.thread"].message_process(False, b"From: a@example.com\r\nTo: b@example.com\r\n\r\nHello")
        self.assertFalse(self.env["dunning.receipt"].search([]))

    def test_a_lost_answer_is_uncertain_and_a_receipt_settles_it(self):
        notice = self._make_signed_pec()
        with self._mail_server(smtplib.SMTPServerDisconnected("gone")) as sent:
            self._send_pec(notice)
            self._run_cron()
        self.assertFalse(sent)
        self.assertRecordValues(notice, [{"state": "ready", "mail_state": "uncertain"}])
        with self.assertRaises(UserError):
            notice.action_send_pec()
        self._receive(self._receipt(acceptance, notice))
        self.assertRecordValues(notice, [{"state": "sent", "mail_state": "done"}])

    def test_a_worker_that_died_while_sending_leaves_it_to_a_person(self):
        notice = self._make_signed_pec()
        notice.action_send_pec()
        notice.sudo().write({"mail_state": "handing", "handing_on": "2026-06-15 08:00:00"})
        with self._mail_server() as sent:
            self._run_cron()
        self.assertFalse(sent)
        self.assertEqual(notice.mail_state, "uncertain")
        notice.action_was_not_sent()
        uid = notice.message_uid
        with self._mail_server() as sent:
            self._send_pec(notice)
        self.assertEqual(sent[0]["Message-Id"], uid)

    def test_a_refused_mail_is_not_sent_again_by_itself(self):
        notice = self._make_signed_pec()
        with self._mail_server(smtplib.SMTPDataError(550, b"no")):
            self._send_pec(notice)
        self.assertRecordValues(notice, [{"state": "ready", "mail_state": "failed"}])
        with self._mail_server() as sent:
            self._run_cron()
        self.assertFalse(sent)


@tagged("post_install", "-at_install")
@freeze_time("2026-06-15 09:00:00")
class TestLegalPec(PecNoticeCommon):
    def test_without_the_debtors_pec_it_does_not_become_ready(self):
        self.customer.dunning_pec = False
        notice = self._make()
        self.assertEqual(notice.channel, "registered")
        notice.channel = "pec"
        with self.assertRaises(UserError) as caught:
            notice.action_ready()
        self.assertIn("legal PEC", str(caught.exception))

    def test_an_address_that_changed_since_asks_for_a_new_draft(self):
        notice = self._make_signed_pec()
        self.customer.dunning_pec = "nuovo@pec.example.org"
        with self.assertRaises(UserError) as caught:
            notice.action_send_pec()
        self.assertIn("new draft", str(caught.exception))
        notice.action_renew()
        notice.action_ready()
        self.assertEqual(notice.recipient_pec, "nuovo@pec.example.org")

    def test_an_address_that_was_looked_up_long_ago_is_told(self):
        notice = self._make()
        self.assertFalse(notice.warning)
        self.customer.dunning_pec_checked_date = "2026-05-01"
        notice.invalidate_recordset(["warning"])
        self.assertIn("long ago", notice.warning)
        notice.action_ready()  # told, not forbidden

    def test_a_new_address_was_not_looked_up_yet(self):
        self.customer.dunning_pec = "nuovo@pec.example.org"
        self.assertRecordValues(self.customer, [{"dunning_pec_register": False, "dunning_pec_checked_date": False}])
        self.assertIn("Nobody has looked up", self.customer._get_pec_warnings(self.company)[0])

    def test_the_pec_of_invoices_is_a_proposal(self):
        self.customer.write({"dunning_pec": False, "l10n_it_pec_email": "fatture@pec.example.org"})
        self.customer.action_propose_dunning_pec()
        self.assertEqual(self.customer.dunning_pec, "fatture@pec.example.org")
        self.assertFalse(self.customer.dunning_pec_register)

    def test_a_server_for_all_addresses_is_no_pec(self):
        server = self.env["ir.mail_server"].create({"name": "Any", "smtp_host": "smtp.example.com"})
        with self.assertRaises(ValidationError):
            self.company.dunning_pec_server_id = server
