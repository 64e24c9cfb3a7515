"""Sending price lists: to whom, when, what is in the mail, and what can go wrong in the choice."""

import doctest
import importlib
import io
from datetime import timedelta

from freezegun import freeze_time

from odoo import fields
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Command
from odoo.tests import Form, tagged
from odoo.tools import mute_logger

from .. import sending as sending_package
from .sending_common import SendingCommon

NOON = "2026-03-02 12:00:00"


@tagged("post_install", "-at_install")
class TestSendingRules(SendingCommon):
    def test_doctests(self):
        for name in ("addresses", "outcome", "retry", "schedule"):
            with self.subTest(name):
                module = importlib.import_module(f"{sending_package.__name__}.{name}")
                self.assertFalse(doctest.testmod(module).failed)


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
class TestRecipients(SendingCommon):
    def _emails(self, sending):
        return sorted(each.email for each in sending._get_recipients())

    def test_customers_of_a_tag_and_its_children(self):
        parent = self.env["res.partner.category"].create({"name": "Shops"})
        child = self.env["res.partner.category"].create({"name": "Delis", "parent_id": parent.id})
        self.gino.category_id = child
        self.assertEqual(self._emails(self._create_sending(tag_ids=[Command.set(parent.ids)])), ["gino@example.com"])

    def test_customers_of_an_audience_by_their_list(self):
        audience = self.env["listino.audience"].create({"name": "Friends"})
        sending = self._create_sending(audience_ids=[Command.set(audience.ids)])
        self.assertEqual(self._emails(sending), [])
        self.resellers.audience_id = audience
        self.assertEqual(self._emails(sending), ["gino@example.com"])

    def test_an_address_is_written_to_once(self):
        clerk = self.env["res.partner"].create(
            {"name": "Clerk", "parent_id": self.gino.id, "email": "Gino <GINO@example.com>"}
        )
        sending = self._create_sending(self.gino + clerk, addresses="gino@example.com\nNew <new@example.com>")
        self.assertEqual(self._emails(sending), ["gino@example.com", "new@example.com"])

    def test_two_firms_with_one_address_get_each_their_prices(self):
        self.emma.email = self.gino.email
        self.sending.action_start()
        self._work()
        self.assertEqual(self._received(), {"gino@example.com": 2})

    def test_several_addresses_of_a_customer_are_in_one_mail(self):
        self.gino.email = "gino@example.com; orders@example.com"
        self.sending.action_start()
        self._work()
        self.assertEqual(self._received(), {"gino@example.com": 1, "orders@example.com": 1, "emma@example.com": 1})
        self.assertEqual(len(self.emails), 2)

    def test_who_gets_nothing_is_said_before(self):
        self.emma.email = False
        self.env["mail.blacklist"].create({"email": "gino@example.com"})
        self.assertEqual(
            self.sending.forecast.splitlines(),
            ["Readers who get it: 0", "Without an e-mail: 1 (Emma / Figli)", "Who want no mails: 1 (Gino)"],
        )
        self.sending.action_start()
        self._work()
        self.assertFalse(self._received())
        self.assertRecordValues(
            self._line(self.gino) + self._line(self.emma),
            [
                {"state": "skipped", "remark": "Wants no mails."},
                {"state": "skipped", "remark": "No valid e-mail address."},
            ],
        )

    def test_who_is_archived_or_refuses_in_the_meantime_gets_nothing(self):
        self.sending.write({"next_date": "2026-03-03 06:00:00"})
        self.sending.action_start()
        with freeze_time("2026-03-03 06:00:00"):
            self.sending._open_cycle()
            self.gino.active = False
            self.env["mail.blacklist"].create({"email": "emma@example.com"})
            self._work()
        self.assertEqual(set(self.sending.line_ids.mapped("state")), {"skipped"})

    def test_the_address_of_now_counts(self):
        self.sending.action_start()
        self.sending._open_cycle()
        self.gino.email = "moved@example.com"
        self._work()
        self.assertEqual(set(self._received()), {"moved@example.com", "emma@example.com"})
        self.assertEqual(self._line(self.gino).email, "moved@example.com")

    def test_nobody_chosen(self):
        sending = self._create_sending()
        for press in (sending.action_start, sending.action_preview):
            with self.assertRaisesRegex(UserError, "Nobody would get it"):
                press()

    def test_what_is_no_address_is_refused(self):
        with self.assertRaisesRegex(ValidationError, "“gino.example.com”, “a@b”"):
            self._create_sending(addresses="Emma <emma@example.com>\ngino.example.com\na@b")
        with self.assertRaisesRegex(ValidationError, "“nowhere”"):
            self._create_sending(reply_to="nowhere")

    def test_a_document_for_one_customer_does_not_go_to_a_stranger(self):
        self.document.partner_id = self.gino
        sending = self._create_sending(addresses="stranger@example.com", extension="csv")
        sending.action_start()
        self._work()
        self.assertEqual(sending.line_ids.state, "failed")
        self.assertIn("made for Gino, and his prices go to nobody else", sending.line_ids.remark)
        self.assertFalse(self._received())

    def test_a_document_for_one_customer_shows_another_his_own_prices(self):
        self.document.partner_id = self.gino
        sending = self._create_sending(self.emma, extension="csv")
        sending.action_start()
        self._work()
        self.assertIn("30.00", self._read_mail()[2]["Listino.csv"].decode("utf-8-sig"))
        self.assertNotIn("27.00", self._read_mail()[2]["Listino.csv"].decode("utf-8-sig"))


@tagged("post_install", "-at_install")
class TestSchedule(SendingCommon):
    def setUp(self):
        super().setUp()
        self.env.user.tz = "Europe/Rome"

    def _at(self, moment):
        with freeze_time(moment):
            self._work()

    def test_each_month_on_the_last_day_whatever_the_month(self):
        self.sending.write({"schedule": "monthly", "month_day": 31, "next_date": "2026-01-31 05:00:00"})
        with freeze_time("2026-01-10 10:00:00"):
            self.sending.action_start()
        self.assertEqual(self.sending.state, "planned")
        self._at("2026-01-30 05:01:00")
        self.assertFalse(self._received())
        self._at("2026-01-31 05:01:00")
        self.assertEqual(self._received(), {"gino@example.com": 1, "emma@example.com": 1})
        self.assertRecordValues(
            self.sending, [{"state": "planned", "next_date": fields.Datetime.to_datetime("2026-02-28 05:00:00")}]
        )
        self._at("2026-02-28 05:01:00")
        self.assertEqual(self._received()["gino@example.com"], 2)
        self.assertEqual(self.sending.next_date, fields.Datetime.to_datetime("2026-03-31 04:00:00"), "summer time")
        self.assertEqual(sorted(set(self.sending.line_ids.mapped("cycle"))), ["2026-01", "2026-02"])

    def test_a_month_brings_one_mail_even_if_the_date_is_moved(self):
        self.sending.write({"schedule": "monthly", "month_day": 5, "next_date": "2026-01-05 05:00:00"})
        with freeze_time("2026-01-05 05:01:00"):
            self.sending.action_start()
            self._work()
            self.sending.action_pause()
            self.sending.write({"month_day": 20, "next_date": "2026-01-20 05:00:00"})
            self.sending.action_start()
        self._at("2026-01-20 05:01:00")
        self.assertEqual(self._received(), {"gino@example.com": 1, "emma@example.com": 1})

    def test_months_that_were_missed_are_not_made_up_for(self):
        self.sending.write({"schedule": "monthly", "month_day": 1, "next_date": "2026-01-01 05:00:00"})
        with freeze_time("2025-12-20"):
            self.sending.action_start()
        self._at("2026-06-15 10:00:00")
        self.assertEqual(self._received(), {"gino@example.com": 1, "emma@example.com": 1})
        self.assertEqual(self.sending.next_date, fields.Datetime.to_datetime("2026-07-01 04:00:00"))

    def test_when_prices_change_those_get_it_whose_prices_do(self):
        self.sending.schedule = "on_change"
        with freeze_time("2026-03-02 06:00:00"):
            self.sending.action_start()
        self._at("2026-03-02 06:01:00")
        self.assertEqual(self._received(), {"gino@example.com": 1, "emma@example.com": 1})
        self._at("2026-03-03 06:01:00")
        self.assertEqual(len(self.emails), 2, "nothing has changed but the date")
        self.assertEqual(len(self.sending.line_ids), 2)
        self.resellers.item_ids.price_discount = 12
        self._at("2026-03-03 10:00:00")
        self.assertEqual(len(self.emails), 2, "once a day")
        self._at("2026-03-04 06:01:00")
        self.assertEqual(self._received(), {"gino@example.com": 2, "emma@example.com": 1})
        self.assertEqual(self._line(self.gino).down_count, 4)
        self._at("2026-03-05 06:01:00")
        self.assertEqual(len(self.emails), 3)

    def test_a_price_that_begins_on_a_day_is_sent_on_that_day(self):
        self.sending.schedule = "on_change"
        product = {"applied_on": "1_product", "product_tmpl_id": self.barolo.product_tmpl_id.id}
        self.public_list.item_ids = [
            Command.create(
                {**product, "compute_price": "fixed", "fixed_price": 33, "date_start": "2026-03-09 00:00:00"}
            )
        ]
        with freeze_time("2026-03-02 06:00:00"):
            self.sending.action_start()
        self._at("2026-03-02 06:01:00")
        self._at("2026-03-08 06:01:00")
        self.assertEqual(len(self.emails), 2)
        self._at("2026-03-09 06:01:00")
        self.assertEqual(len(self.emails), 4)
        _message, texts, _files = self._read_mail(self.emma)
        self.assertIn("Barolo", texts["text/html"])
        self.assertIn("33.00", texts["text/html"])
        self.assertIn("10%", texts["text/html"])
        self.assertEqual(self._line(self.emma).up_count, 1)

    def test_customers_of_the_same_prices_are_reckoned_once(self):
        more = self.env["res.partner"].create(
            [
                {
                    "name": f"C{number}",
                    "email": f"c{number}@example.com",
                    "lang": "en_US",
                    "specific_property_product_pricelist": self.resellers.id,
                }
                for number in range(6)
            ]
        )
        sending = self._create_sending(more, schedule="on_change", extension="csv")
        with freeze_time("2026-03-02 06:00:00"):
            sending.action_start()
        self._at("2026-03-02 06:01:00")
        made = []
        freeze = type(sending)._freeze
        self.patch(type(sending), "_freeze", lambda self, source: made.append(1) or freeze(self, source))
        self._at("2026-03-03 06:01:00")
        self.assertEqual(len(made), 1)
        self.assertEqual(len(self.emails), 6)

    def test_only_those_whose_prices_changed_since_they_got_it(self):
        with freeze_time("2026-03-02 06:00:00"):
            self.sending.action_start()
            self._work()
        self.resellers.item_ids.price_discount = 12
        second = self._create_sending(self.gino + self.emma, only_changed=True, extension="csv")
        with freeze_time("2026-03-05 06:00:00"):
            second.action_start()
            self._work()
        self.assertEqual(self._line(self.gino, second).state, "sent")
        self.assertRecordValues(
            self._line(self.emma, second), [{"state": "skipped", "remark": "The prices are those of the last time."}]
        )
        self.assertEqual(self._line(self.gino, second).previous_id, self._line(self.gino))

    def test_a_part_is_not_compared_with_the_whole(self):
        with freeze_time("2026-03-02 06:00:00"):
            self.sending.action_start()
            self._work()
            part = self._create_sending(
                self.gino, only_changed=True, extension="csv", category_ids=[Command.set(self.pasta.ids)]
            )
            part.action_start()
            self._work()
        self.assertRecordValues(part.line_ids, [{"state": "sent", "previous_id": False}])

    def test_days_that_do_not_exist(self):
        for day in (0, 32, -1):
            with self.assertRaisesRegex(ValidationError, "between 1 and 31"):
                self._create_sending(schedule="monthly", month_day=day)
        for days in (0, 10000):
            with self.assertRaisesRegex(ValidationError, "1 to 3650"):
                self._create_sending(method="link", link_days=days)

    def test_a_later_date_is_waited_for(self):
        with freeze_time(NOON):
            self.sending.next_date = fields.Datetime.now() + timedelta(hours=2)
            self.sending.action_start()
            self.assertEqual(self.sending.state, "planned")
            self._work()
            self.assertFalse(self._received())
        self._at("2026-03-02 14:00:01")
        self.assertEqual(self.sending.state, "done")
        self.assertEqual(len(self.emails), 2)

    def test_a_sending_that_can_not_begin_pauses_and_says_why(self):
        other = self._create_sending(self.emma, extension="csv")
        with freeze_time(NOON):
            self.sending.action_start()
            other.action_start()
            origin = type(other)._get_recipients

            def fail(sending):
                if sending == self.sending:
                    raise ValueError("no ink")
                return origin(sending)

            self.patch(type(other), "_get_recipients", fail)
            self._work()
        self.assertRecordValues(self.sending, [{"state": "paused", "problem": "no ink"}])
        self.assertEqual(other.state, "done")


@tagged("post_install", "-at_install")
@freeze_time(NOON)
class TestSendingPreview(SendingCommon):
    def test_the_preview_is_the_mail_and_leaves_nothing(self):
        models = ("listino.sending.line", "listino.share", "mail.mail", "ir.attachment")
        sending = self._create_sending(self.emma + self.gino, method="both", extension="csv")
        before = [self.env[model].search_count([]) for model in models]
        action = sending.action_preview()
        preview = self.env["listino.sending.preview"].browse(action["res_id"]).with_context(bin_size=True)
        self.assertEqual(preview.email_to, "Emma / Figli <emma@example.com>")
        self.assertEqual((preview.files, preview.problem), ("Listino.csv", ""))
        self.assertIn("/listino/link/", preview.body)
        with Form(preview) as form:
            form.partner_id = self.gino
            self.assertIn("gino@", form.email_to)
        self.assertEqual([self.env[model].search_count([]) for model in models], before)
        self.assertFalse(self.env["mail.message"].search([("model", "=", "listino.sending.line")]))
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
        self.sending.template_id.subject = "{{ object.no_such_field }}"
        preview = self.env["listino.sending.preview"].create(
            {"sending_id": self.sending.id, "partner_id": self.gino.id}
        )
        with mute_logger("odoo.addons.mail.models.mail_render_mixin"):
            self.assertTrue(preview.problem)
