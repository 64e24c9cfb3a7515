"""The outbox: nothing is sent twice and nothing is lost, whatever happens to worker, mail server and database."""

import smtplib
from datetime import timedelta
from unittest.mock import patch

from freezegun import freeze_time
from psycopg2.errors import UniqueViolation

from odoo import fields
from odoo.exceptions import UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .sending_common import NOON, Killed, SendingCommon

MAIL = "odoo.addons.mail.models.mail_mail"


def kill(*_args, **_options):
    raise Killed


@tagged("post_install", "-at_install")
@freeze_time(NOON)
class TestKilled(SendingCommon):
    def test_killed_while_the_prices_are_read_it_is_done_again(self):
        self.sending.action_start()
        with patch.object(type(self.document), "_get_builder", kill):
            self._kill()
        self.assertEqual(set(self.sending.line_ids.mapped("state")), {"waiting"})
        self.assertEqual(sorted(self.sending.line_ids.mapped("attempt_count")), [0, 1])
        self._work()
        self.assertEqual(self._received(), {"gino@example.com": 1, "emma@example.com": 1})
        self.assertEqual(self.sending.state, "done")

    def test_killed_before_the_mail_server_is_asked_it_is_uncertain(self):
        self._assert_uncertain(lambda _receivers, _accept: kill())
        self.assertEqual(self._received(), {"gino@example.com": 1})

    def test_killed_after_the_mail_server_has_it_it_is_uncertain_and_not_sent_again(self):
        def accept_and_die(_receivers, accept):
            accept()
            kill()

        self._assert_uncertain(accept_and_die)
        self.assertEqual(self._received(), {"gino@example.com": 1, "emma@example.com": 1})

    def _assert_uncertain(self, refuse):
        """Emma's mail kills the worker; Gino's follows, hers is for a person to decide."""
        self.sending.action_start()
        self._kill(refuse)
        line = self._line(self.emma)
        self.assertEqual(line.state, "handing")
        self.assertTrue(line.message_uid and line.sha256)
        self._work()
        self.assertEqual((line.state, self._line(self.gino).state), ("handing", "sent"))
        self.assertEqual(self.sending.state, "running", "a mail may be on its way with another worker")
        with freeze_time("2026-03-02 12:20:00"):
            self._work()
        self.assertRecordValues(
            line, [{"state": "uncertain", "remark": "The server stopped while the mail was being sent."}]
        )
        self.assertRecordValues(self.sending, [{"state": "done", "uncertain_count": 1}])
        with freeze_time("2026-03-03"):
            self.sending.action_start()
            self._work()
        self.assertEqual(line.state, "uncertain")

    def test_odoos_own_queue_never_sends_a_mail_of_the_outbox(self):
        self.sending.action_start()
        self._kill(lambda _receivers, _accept: kill())
        with self._post_office():
            self.env["mail.mail"].process_email_queue()
        self.assertFalse({"gino@example.com", "emma@example.com"}.intersection(self._received()))

    def test_a_person_says_that_it_has_arrived(self):
        line = self._make_uncertain()
        line.action_was_sent()
        self.assertRecordValues(line, [{"state": "sent", "sent_date": line.handing_date}])
        self.assertIn("Confirmed by", line.remark)
        self._work()
        self.assertNotIn("emma@example.com", self._received())

    def test_a_person_has_it_sent_again_under_the_same_message_id(self):
        line = self._make_uncertain()
        uid = line.message_uid
        line.action_send_again()
        self.assertEqual(self.sending.state, "running")
        self._work()
        self.assertEqual(line.state, "sent")
        self.assertEqual(self._read_mail(self.emma)[0]["Message-Id"], uid)
        self.assertEqual(len(self.env["mail.mail"].search([("message_id", "=", uid)])), 1)

    def _make_uncertain(self):
        self.sending.action_start()
        self._kill(lambda _receivers, _accept: kill())
        with freeze_time("2026-03-02 12:20:00"):
            self._work()
        return self._line(self.emma)

    def test_who_stops_the_worker_again_and_again_is_given_up(self):
        self.sending.action_start()
        builder = type(self.document)._get_builder

        def kill_for_emma(document, partner=None):
            return kill() if partner == self.emma else builder(document, partner)

        with patch.object(type(self.document), "_get_builder", kill_for_emma):
            for _attempt in range(5):
                self._kill()
            self._work()
        self.assertRecordValues(self._line(self.emma), [{"state": "failed", "remark": "Given up after 5 attempts."}])
        self.assertEqual(self._line(self.gino).state, "sent")

    def test_prices_are_those_of_the_moment_not_of_the_first_attempt(self):
        self.sending.action_start()
        with patch.object(type(self.document), "_get_builder", kill):
            self._kill()
        self.barolo.list_price = 40
        self._work()
        self.assertIn("36.00", self._read_mail(self.gino)[2]["Listino.csv"].decode("utf-8-sig"))


@tagged("post_install", "-at_install")
@freeze_time(NOON)
class TestWorkers(SendingCommon):
    def test_what_another_worker_holds_is_left_to_it(self):
        self.sending.action_start()
        self.sending._open_cycle()
        emma = self._line(self.emma)
        lock = type(emma).try_lock_for_update
        with patch.object(type(emma), "try_lock_for_update", lambda lines, **options: lock(lines - emma, **options)):
            self._work()
        self.assertEqual((emma.state, self._line(self.gino).state), ("waiting", "sent"))
        self.assertEqual(self.sending.state, "running")

    def test_a_line_that_another_worker_has_sent_in_the_meantime_is_left(self):
        self.sending.action_start()
        self.sending._open_cycle()
        line = self._line(self.gino)
        line.state = "sent"
        line.flush_recordset()
        with self._post_office():
            self.assertFalse(line._lock("waiting"))

    def test_the_database_keeps_a_reader_from_a_second_mail(self):
        self.sending.action_start()
        self.sending._open_cycle()
        line = self._line(self.gino)
        with mute_logger("odoo.sql_db"), self.assertRaises(UniqueViolation), self.env.cr.savepoint():
            line.copy({"sending_id": self.sending.id, "cycle": "1", "partner_id": self.gino.id})
            self.env.flush_all()
        values = {"sending_id": self.sending.id, "cycle": "1", "email": "new@example.com"}
        line.create(values)
        with mute_logger("odoo.sql_db"), self.assertRaises(UniqueViolation), self.env.cr.savepoint():
            line.create(values)

    def test_a_sending_that_another_worker_opens_is_left_to_it(self):
        self.sending.action_start()
        with patch.object(type(self.sending), "try_lock_for_update", lambda sendings, **_options: sendings.browse()):
            self._work()
        self.assertFalse(self.sending.line_ids)

    def test_paused_in_the_middle_it_sends_no_more_and_then_goes_on(self):
        self.sending.action_start()

        def pause(_receivers, accept):
            accept()
            sending = self.env["listino.sending"].browse(self.sending.id)
            sending.env.cr.execute("UPDATE listino_sending SET state = 'paused' WHERE id = %s", [sending.id])

        self._work(pause)
        self.env.invalidate_all()
        self.assertEqual(sorted(self.sending.line_ids.mapped("state")), ["sent", "waiting"])
        self._work()
        self.assertEqual(len(self.emails), 1)
        self.sending.action_start()
        self._work()
        self.assertEqual(self._received(), {"gino@example.com": 1, "emma@example.com": 1})

    def test_the_action_calls_itself_again_for_what_is_left(self):
        self.sending.action_start()
        triggers = self.env["ir.cron.trigger"]
        progress = patch.object(type(self.env["ir.cron"]), "_commit_progress", lambda *_args, **_options: 0)
        with progress, self._post_office():
            self.env["listino.sending"]._cron_send()
        self.assertEqual(sorted(self.sending.line_ids.mapped("state")), ["sent", "waiting"])
        self.assertTrue(triggers.search([("cron_id", "=", self.cron.id)]))

    def test_queries_of_a_mail_do_not_grow_with_the_mails(self):
        partners = self.env["res.partner"].create(
            [{"name": f"C{number}", "email": f"c{number}@example.com", "lang": "en_US"} for number in range(12)]
        )

        def count(customers):
            sending = self._create_sending(customers, extension="csv")
            sending.action_start()
            before = self.env.cr.sql_log_count
            with (
                self._post_office(),
                patch.object(type(self.env["ir.cron"]), "_commit_progress", lambda *_args, **_options: 1),
            ):
                self.env["listino.sending"]._cron_send()
            self.assertEqual(sending.state, "done")
            return (self.env.cr.sql_log_count - before) / len(customers)

        count(partners[:2])  # what is read once
        few, many = count(partners[2:4]), count(partners[4:])
        self.assertLessEqual(many, few + 5)


@tagged("post_install", "-at_install")
@freeze_time(NOON)
class TestMailServer(SendingCommon):
    def _refuse_emma(self, error):
        def refuse(receivers, accept):
            if "emma@example.com" in receivers:
                raise error
            return accept()

        return refuse

    @mute_logger(MAIL)
    def test_a_refused_mail_fails_alone_and_can_be_tried_again(self):
        self.sending.action_start()
        self._work(self._refuse_emma(smtplib.SMTPRecipientsRefused({"emma@example.com": (550, b"no such user")})))
        line = self._line(self.emma)
        self.assertEqual((line.state, self._line(self.gino).state), ("failed", "sent"))
        self.assertIn("no such user", line.remark)
        self.assertRecordValues(self.sending, [{"state": "done", "failed_count": 1}])
        self.sending.action_retry()
        self._work()
        self.assertEqual(self._received(), {"gino@example.com": 1, "emma@example.com": 1})
        self.assertEqual(self.sending.failed_count, 0)

    @mute_logger(MAIL)
    def test_refused_for_now_it_waits_and_tries_again_by_itself(self):
        self.sending.action_start()
        self._work(self._refuse_emma(smtplib.SMTPDataError(451, b"greylisted, try later")))
        line = self._line(self.emma)
        self.assertRecordValues(
            line,
            [
                {
                    "state": "waiting",
                    "remark": "451 greylisted, try later",
                    "retry_date": fields.Datetime.now() + timedelta(minutes=10),
                }
            ],
        )
        self._work()
        self.assertEqual(line.state, "waiting", "not yet")
        with freeze_time("2026-03-02 12:10:00"):
            self._work()
        self.assertRecordValues(line, [{"state": "sent", "remark": False}])
        self.assertEqual(self._received(), {"gino@example.com": 1, "emma@example.com": 1})

    @mute_logger(MAIL)
    def test_a_connection_that_breaks_in_the_middle_is_uncertain(self):
        for error in (smtplib.SMTPServerDisconnected("gone"), TimeoutError("timed out"), ConnectionResetError()):
            with self.subTest(error):
                sending = self._create_sending(self.gino + self.emma, extension="csv")
                sending.action_start()
                self._work(self._refuse_emma(error))
                line = self._line(self.emma, sending)
                self.assertEqual(line.state, "uncertain")
                self.assertIn("answer of the mail server got lost", line.remark)
                self.assertEqual(self._line(self.gino, sending).state, "sent")

    def test_without_a_mail_server_all_waits(self):
        self.sending.action_start()
        servers = type(self.env["ir.mail_server"])
        tried = []

        def refuse(*_args, **_options):
            tried.append(1)
            raise ConnectionRefusedError("refused")

        for attempt, moment in enumerate(["12:00", "12:10", "12:30", "13:10", "14:30"], 1):
            with freeze_time(f"2026-03-02 {moment}:00"), patch.object(servers, "_connect__", refuse):
                self.cron_work()
            self.assertEqual(self._line(self.emma).attempt_count, attempt)
        self.assertEqual(self._line(self.emma).state, "failed")
        self.assertIn("refused", self._line(self.emma).remark)
        self.assertLessEqual(len(tried), 2 * attempt, "the others are not tried on a server that is not there")
        self.sending.action_retry()
        with freeze_time("2026-03-02 20:00:00"):
            self._work()
        self.assertEqual(self._received(), {"gino@example.com": 1, "emma@example.com": 1})

    def cron_work(self):
        with (
            patch.object(type(self.env["ir.mail_server"]), "_disable_send", lambda _server: False),
            self.enter_registry_test_mode(),
        ):
            self.cron.method_direct_trigger()

    def test_where_mails_are_switched_off_nothing_is_said_to_be_sent(self):
        self.sending.action_start()
        with self.enter_registry_test_mode():
            self.cron.method_direct_trigger()
        self.assertEqual(set(self.sending.line_ids.mapped("state")), {"waiting"})
        self._work()
        self.assertFalse(self._received(), "it waits a little")
        with freeze_time("2026-03-02 12:10:00"):
            self._work()
        self.assertEqual(self._received(), {"gino@example.com": 1, "emma@example.com": 1})

    def test_a_mail_that_comes_back_is_seen(self):
        self.sending.action_start()
        self._work()
        line = self._line(self.gino)
        line._message_receive_bounce("gino@example.com", self.gino)
        self.assertRecordValues(line, [{"state": "failed", "remark": "Returned by the reader's mail server."}])

    def test_a_bounce_finds_its_line_by_the_message_id(self):
        self.sending.action_start()
        self._work()
        line = self._line(self.gino)
        message = line.mail_message_id
        self.assertEqual((message.model, message.res_id, message.message_id), (line._name, line.id, line.message_uid))
        bounce = {
            "bounced_email": "gino@example.com",
            "bounced_partner": self.gino,
            "bounced_msg_ids": [line.message_uid],
            "bounced_message": message,
            "body": "",
            "email_from": "",
            "to": "",
            "message_id": "x",
        }
        self.env["mail.thread"]._routing_handle_bounce(None, bounce)
        self.assertEqual(line.state, "failed")


@tagged("post_install", "-at_install")
@freeze_time(NOON)
class TestBadContent(SendingCommon):
    def _assert_failed(self, words, sending=None):
        (sending or self.sending).action_start()
        self._work()
        line = self._line(self.gino, sending)
        self.assertEqual(line.state, "failed")
        self.assertRegex(line.remark, words)
        self.assertFalse(line.mail_message_id or line.attachment_id)
        self.assertFalse(self._received())

    def test_no_products(self):
        self.document.product_domain = '[("default_code", "=", "none")]'
        self._assert_failed("no products")

    def test_an_archived_document(self):
        self.document.active = False
        self._assert_failed("archived")

    def test_an_archived_list(self):
        lists = self.env["product.pricelist"].search([])
        self._assert_archived(lists)

    def _assert_archived(self, lists):
        self.gino.specific_property_product_pricelist = False
        lists.active = False
        self._assert_failed("archived")

    def test_an_empty_file(self):
        with patch.object(type(self.document), "_write_listing", lambda *_args, **_options: None):
            self._assert_failed("The file is empty")

    def test_a_file_that_no_mail_can_carry(self):
        with patch.object(type(self.env["ir.mail_server"]), "_get_max_email_size", lambda _server: 0.0001):
            self._assert_failed("Send a link")

    def test_a_template_that_fails(self):
        self._break_template()
        with mute_logger("odoo.addons.mail.models.mail_render_mixin"):
            self._assert_failed(".")

    def test_a_template_without_a_subject(self):
        self.sending.template_id.subject = "  "
        self._assert_failed("no subject")

    def test_one_bad_reader_harms_no_other(self):
        writer = type(self.document)._write_listing

        def fail_for_gino(document, extension, listing, blocks, stream):
            if listing.customer.name == "Gino":
                raise ValueError("no ink")
            return writer(document, extension, listing, blocks, stream)

        self.sending.action_start()
        with patch.object(type(self.document), "_write_listing", fail_for_gino):
            self._work()
        self.assertRecordValues(
            self._line(self.gino) + self._line(self.emma),
            [{"state": "failed", "remark": "no ink"}, {"state": "sent", "remark": False}],
        )

    def test_a_mail_deleted_in_between(self):
        self.sending.action_start()
        original = type(self.env["listino.sending.line"])._lock

        def delete_first(line, state):
            if state == "handing":
                line.mail_message_id.unlink()
            return original(line, state)

        with patch.object(type(self.env["listino.sending.line"]), "_lock", delete_first):
            self._work()
        self.assertEqual(set(self.sending.line_ids.mapped("state")), {"failed"})
        self.assertIn("deleted", self.sending.line_ids[0].remark)

    def test_what_was_sent_is_evidence(self):
        self.sending.action_start()
        self._work()
        with self.assertRaisesRegex(UserError, "evidence"):
            self.sending.unlink()
        draft = self._create_sending(self.gino)
        draft.unlink()
        self.assertFalse(draft.exists())

    def test_a_document_that_was_sent_is_not_deleted(self):
        self.sending.action_start()
        self._work()
        with self.assertRaisesRegex(UserError, "Archive it instead"):
            self.document.unlink()
        other = self._create_document()
        draft = self._create_sending(self.gino, document_id=other.id)
        other.unlink()
        self.assertFalse(draft.exists())

    def test_what_was_sent_well_is_not_sent_again_by_a_button(self):
        self.sending.action_start()
        self._work()
        with self.assertRaisesRegex(UserError, "can be sent again"):
            self._line(self.gino).action_send_again()
