"""Sending price lists: what is in the mail, of which revision, and how it looks beforehand."""

import io
from datetime import timedelta

from freezegun import freeze_time

from odoo import fields
from odoo.exceptions import ValidationError
from odoo.fields import Command
from odoo.tests import Form, tagged
from odoo.tools import mute_logger

from .sending_common import NOON, SendingCommon


@tagged("post_install", "-at_install")
@freeze_time(NOON)
class TestSending(SendingCommon):
    def test_each_customer_gets_his_own_prices(self):
        self.sending.action_start()
        self.assertEqual(self.sending.state, "running")
        self._work()
        self.assertRecordValues(self.sending, [{"state": "done", "sent_count": 2, "progress": 100.0}])
        self.assertEqual(self._received(), {"gino@example.com": 1, "emma@example.com": 1})
        _head, _texts, files = self._read_mail(self.gino)
        self.assertIn("27.00", files["Listino.csv"].decode("utf-8-sig"))
        _head, _texts, files = self._read_mail(self.emma)
        self.assertIn("30.00", files["Listino.csv"].decode("utf-8-sig"))
        self.assertNotIn("27.00", files["Listino.csv"].decode("utf-8-sig"))

    def test_the_mail_has_sender_reader_subject_and_its_message_id(self):
        self.sending.write({"introduction": "Nuovi prezzi da lunedì", "reply_to": "listini@example.com"})
        self.sending.action_start()
        self._work()
        line = self._line(self.gino)
        message, texts, _files = self._read_mail(self.gino)
        self.assertEqual(message["Message-Id"], line.message_uid)
        self.assertEqual(message["Subject"], f"Listino - {self.company.name}")
        self.assertEqual(message["To"], "Gino <gino@example.com>")
        self.assertIn("listini@example.com", message["Reply-To"])
        self.assertIn("listini@example.com", message["List-Unsubscribe"])
        self.assertIn("Nuovi prezzi da lunedì", texts["text/html"])
        self.assertIn("Nuovi prezzi da lunedì", texts["text/plain"])

    def test_a_reader_gets_his_language(self):
        self.env["res.lang"]._activate_lang("it_IT")
        self.gino.lang = "it_IT"
        self.sending.template_id.with_context(lang="it_IT").subject = "Il listino di {{ object.company_id.name }}"
        self.sending.action_start()
        self._work()
        self.assertTrue(self._read_mail(self.gino)[0]["Subject"].startswith("Il listino di"))
        self.assertTrue(self._read_mail(self.emma)[0]["Subject"].startswith("Listino -"))
        self.assertIn("27,00", self._read_mail(self.gino)[2]["Listino.csv"].decode("utf-8-sig"))

    def test_nothing_is_sent_twice(self):
        self.sending.action_start()
        self._work()
        self._work()
        self.sending.action_start()
        self._work()
        self.assertEqual(self._received(), {"gino@example.com": 1, "emma@example.com": 1})
        self.assertEqual(self.sending.state, "done")

    def test_those_added_later_get_it_alone(self):
        self.sending.action_start()
        self._work()
        late = self.env["res.partner"].create({"name": "Late", "email": "late@example.com"})
        self.sending.partner_ids += late
        self.sending.action_start()
        self._work()
        self.assertEqual(set(self._received().values()), {1})
        self.assertIn("late@example.com", self._received())

    def test_all_formats_and_the_link(self):
        for extension, begin in (("pdf", b"%PDF"), ("xlsx", b"PK")):
            sending = self._create_sending(self.gino, extension=extension, method="both")
            sending.action_start()
            self._work()
            _message, texts, files = self._read_mail()
            self.assertTrue(files[f"Listino.{extension}"].startswith(begin))
            share = sending.line_ids.share_id
            self.assertEqual(share.partner_id, self.gino)
            self.assertIn(share._get_path(), texts["text/html"])
            self.assertEqual(share.expiry_date, fields.Date.to_date("2026-04-01"))

    def test_a_link_alone_attaches_nothing(self):
        sending = self._create_sending(self.gino, method="link", addresses="Nuovo <nuovo@example.com>")
        sending.action_start()
        self._work()
        self.assertEqual(len(self.emails), 2)
        self.assertFalse(self._read_mail(self.gino)[2] or self._read_mail()[2])
        shares = sending.line_ids.share_id
        self.assertEqual(len(shares), 2)
        self.assertEqual(set(shares.mapped("email")), {False, "nuovo@example.com"})

    def test_links_are_found_by_the_day_on_which_they_were_opened(self):
        sending = self._create_sending(self.gino + self.emma, method="link")
        sending.action_start()
        self._work()
        line = sending.line_ids.filtered(lambda line: line.partner_id == self.gino)
        line.share_id.sudo().last_open_date = opened = line.handing_date + timedelta(days=1)
        lines = sending.line_ids
        for operator, found in ((">=", line), ("<=", line), (">", lines.browse()), ("!=", line), ("=", lines - line)):
            value = opened if "<" in operator or ">" in operator else False
            domain = [("id", "in", lines.ids), ("opened_date", operator, value)]
            self.assertEqual(lines.search(domain), found, operator)

    def test_a_part_of_the_document(self):
        sending = self._create_sending(self.gino, extension="csv", category_ids=[Command.set(self.pasta.ids)])
        sending.action_start()
        self._work()
        text = self._read_mail()[2]["Listino.csv"].decode("utf-8-sig")
        self.assertIn("Ravioli", text)
        self.assertNotIn("Barolo", text)

    def test_a_part_goes_as_a_file_for_a_link_shows_all(self):
        with self.assertRaisesRegex(ValidationError, "whole document"):
            self._create_sending(self.gino, method="link", category_ids=[Command.set(self.pasta.ids)])

    def test_pictures_are_in_the_file_though_they_are_not_kept(self):
        pixel = b"iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
        self.barolo.image_1920 = pixel
        self.document.show_image = True
        sending = self._create_sending(self.gino, extension="pdf")
        sending.action_start()
        self._work()
        self.assertEqual(sending.state, "done")
        self.assertIn(b"/Image", self._read_mail()[2]["Listino.pdf"])

    def test_what_was_sent_is_kept_and_can_be_written_again(self):
        self.sending.action_start()
        self._work()
        line = self._line(self.gino)
        file = line.attachment_id.raw
        self.assertEqual(line.line_count, 4)
        self.barolo.list_price = 99
        self.env["listino.sending.line"]._gc_files()
        self.assertTrue(line.attachment_id)
        with freeze_time("2026-05-02"):
            self.env["listino.sending.line"]._gc_files()
        self.assertFalse(line.attachment_id)
        self.assertIn("/listino/sent/", line.action_download()["url"])
        stream = io.BytesIO()
        line._write_file("csv", stream)
        self.assertEqual(stream.getvalue(), file)


@tagged("post_install", "-at_install")
@freeze_time(NOON)
class TestSendingRevisions(SendingCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.publication = cls.document._publish("Spring")

    def test_every_reader_gets_the_revision_as_it_was_published(self):
        self.barolo.list_price = 99
        sending = self._create_sending(
            self.gino + self.emma, publication_id=self.publication.id, addresses="new@example.com"
        )
        sending.action_start()
        self._work()
        self.assertEqual(len(self.emails), 3)
        for partner in (self.gino, self.emma, None):
            [file] = self._read_mail(partner)[2].values()
            self.assertEqual(file, self.publication.pdf_id.raw)
        self.assertEqual(set(sending.line_ids.mapped("sha256")), {self.publication.sha256})

    def test_the_revision_of_one_customer_goes_to_him_alone(self):
        his = self.document._publish("His own", self.gino)
        sending = self._create_sending(self.gino + self.emma, publication_id=his.id, extension="csv")
        sending.action_start()
        self._work()
        self.assertEqual(self._received(), {"gino@example.com": 1})
        self.assertIn("made for Gino", self._line(self.emma, sending).remark)

    def test_a_revision_goes_once_and_whole(self):
        for values in (
            {"schedule": "monthly"},
            {"only_changed": True},
            {"category_ids": [Command.set(self.pasta.ids)]},
            {"document_id": self._create_document().id},
        ):
            with self.subTest(values), self.assertRaises(ValidationError):
                self._create_sending(self.gino, **{"publication_id": self.publication.id, **values})

    def test_the_buttons_fill_the_form(self):
        self.document.partner_id = self.gino
        context = self.document.action_send()["context"]
        form = Form(self.env["listino.sending"].with_context(**context))
        self.assertEqual((form.document_id, form.partner_ids[:], form.name), (self.document, self.gino, "Listino"))
        context = self.publication.action_send()["context"]
        form = Form(self.env["listino.sending"].with_context(**context))
        self.assertEqual((form.publication_id, form.document_id), (self.publication, self.document))

    def test_what_a_customer_got_by_mail_is_what_he_got_last(self):
        self.assertFalse(self.document._get_last_frozen(self.gino))
        self.sending.action_start()
        self._work()
        self.assertEqual(self.document._get_last_frozen(self.gino), self._line(self.gino))
        self.assertEqual(self.document._get_last_frozen(), self.publication)
        with freeze_time("2026-04-01"):
            newer = self.document._publish("April", self.gino)
        self.assertEqual(self.document._get_last_frozen(self.gino), newer)


@tagged("post_install", "-at_install")
@freeze_time(NOON)
class TestSendingPreview(SendingCommon):
    def test_the_preview_is_the_mail_and_leaves_nothing(self):
        models = ("listino.sending.line", "listino.share", "mail.mail", "ir.attachment")
        sending = self._create_sending(self.emma + self.gino, method="both", extension="csv")
        before = [self.env[model].search_count([]) for model in models]
        messages = self.env["mail.message"].search_count([("model", "=", "listino.sending.line")])
        action = sending.action_preview()
        preview = self.env["listino.sending.preview"].browse(action["res_id"]).with_context(bin_size=True)
        self.assertEqual(preview.email_to, "Emma / Figli <emma@example.com>")
        self.assertEqual((preview.files, preview.problem), ("Listino.csv", ""))
        self.assertIn("/listino/link/", preview.body)
        with Form(preview) as form:
            form.partner_id = self.gino
            self.assertIn("gino@", form.email_to)
        self.assertEqual([self.env[model].search_count([]) for model in models], before)
        self.assertEqual(self.env["mail.message"].search_count([("model", "=", "listino.sending.line")]), messages)
        self.assertFalse(self._received())

    def test_what_would_stop_the_mail_is_told(self):
        preview = self.env["listino.sending.preview"].create(
            {"sending_id": self.sending.id, "partner_id": self.gino.id}
        )
        self.resellers.active = False
        self.assertFalse(preview.problem)  # Odoo takes another list for him then
        self.document.product_domain = '[("default_code", "=", "none")]'
        preview.invalidate_recordset()
        self.assertIn("no products", preview.problem)
        self.document.product_domain = "[]"
        self.env["mail.blacklist"].create({"email": "gino@example.com"})
        preview.invalidate_recordset()
        self.assertEqual(preview.problem, "Wants no mails.")

    def test_a_template_that_fails_is_told(self):
        self._break_template()
        preview = self.env["listino.sending.preview"].create(
            {"sending_id": self.sending.id, "partner_id": self.gino.id}
        )
        with mute_logger("odoo.addons.mail.models.mail_render_mixin"):
            self.assertTrue(preview.problem)
