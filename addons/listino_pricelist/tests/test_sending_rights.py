"""Who may send, whose prices he may send, and who sees what was sent; what a salesperson clicks to do it."""

from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import HttpCase, new_test_user, tagged
from odoo.tools import mute_logger

from .sending_common import SendingCommon


@tagged("post_install", "-at_install")
class TestSendingRights(SendingCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.seller, cls.other = cls._create_salesperson("send_seller"), cls._create_salesperson("send_other")
        cls.manager = cls._create_manager("send_manager")
        (cls.seller + cls.other + cls.manager).write({"email": "seller@example.com"})
        cls.own = (
            cls.env["listino.sending"]
            .with_user(cls.seller)
            .create({"document_id": cls.document.id, "partner_ids": [Command.set(cls.gino.ids)], "extension": "csv"})
        )

    def test_a_salesperson_sends_and_sees_his_own(self):
        self.own.action_start()
        self._work()
        self.assertEqual(self.own.state, "done")
        line = self.own.line_ids
        self.assertRecordValues(line, [{"state": "sent", "user_id": self.seller.id}])
        self.assertIn("seller@example.com", self._read_mail()[0]["From"])
        self.assertTrue(line.change_html is False or not line.change_html)
        self.assertTrue(line.attachment_id.raw)
        self.assertTrue(line.get_preview()["sections"])
        self.assertEqual(self.gino.with_user(self.seller).listino_sent_count, 1)

    def test_others_do_not_see_it_but_managers_do(self):
        self.own.action_start()
        self._work()
        line = self.own.line_ids
        for record in (self.own, line):
            with self.assertRaises(AccessError):
                record.with_user(self.other).read(["state"])
            self.assertEqual(record.with_user(self.manager).state[:2], record.state[:2])
        with self.assertRaises(AccessError):
            line.with_user(self.other).attachment_id.read(["raw"])
        with self.assertRaises(AccessError):
            line.mail_message_id.with_user(self.other).read(["body"])
        self.assertEqual(self.gino.with_user(self.other).listino_sent_count, 0)

    def test_whoever_has_no_part_in_price_lists_sees_nothing(self):
        clerk = new_test_user(self.env, "send_clerk", groups="base.group_user")
        portal = new_test_user(self.env, "send_portal", groups="base.group_portal")
        for user in (clerk, portal):
            for model in ("listino.sending", "listino.sending.line", "listino.sending.preview"):
                with self.assertRaises(AccessError):
                    self.env[model].with_user(user).search([])
            with self.assertRaises(AccessError):
                self.gino.with_user(user).read(["listino_sent_count"])

    def test_state_and_sender_are_not_set_by_hand(self):
        for values in ({"state": "done"}, {"user_id": self.manager.id}, {"line_ids": []}, {"problem": "x"}):
            for user in (self.seller, self.manager):
                with self.subTest(values), self.assertRaises(AccessError):
                    self.own.with_user(user).write(values)
                with self.subTest(values), self.assertRaises(AccessError):
                    self.env["listino.sending"].with_user(user).create({"document_id": self.document.id, **values})

    def test_nor_by_the_defaults_of_a_client(self):
        context = {
            "default_state": "running",
            "default_user_id": self.manager.id,
            "default_problem": "x",
            "default_line_ids": [Command.create({"cycle": "1", "email": "x@example.com"})],
        }
        made = (
            self.env["listino.sending"]
            .with_user(self.seller)
            .with_context(**context)
            .create({"document_id": self.document.id})
        )
        self.assertRecordValues(made, [{"state": "draft", "user_id": self.seller.id, "problem": False}])
        self.assertFalse(made.line_ids)
        self.assertRecordValues(made.copy(), [{"state": "draft", "user_id": self.seller.id}])

    def test_what_was_sent_stays_what_it_was(self):
        self.own.action_start()
        self._work()
        other = self._create_document(name="Other")
        publication = self.document.with_user(self.manager)._publish("New")
        for values in (
            {"document_id": other.id},
            {"publication_id": publication.id},
            {"category_ids": [Command.set(self.pasta.ids)]},
        ):
            for user in (self.seller, self.manager):
                with self.subTest(values), self.assertRaisesRegex(UserError, "Make a new one"):
                    self.own.with_user(user).write(values)
        self.assertEqual(self.own.line_ids.document_id, self.document)

    def test_lines_are_evidence_that_nobody_writes(self):
        self.own.action_start()
        self._work()
        for user in (self.seller, self.manager):
            line = self.own.line_ids.with_user(user)
            for forbidden in (
                lambda line=line: line.write({"state": "failed"}),
                lambda line=line: line.write({"email": "x@example.com"}),
                lambda line=line: line.create({"sending_id": self.own.id, "cycle": "2", "email": "x@example.com"}),
                lambda line=line: line.unlink(),
            ):
                with self.assertRaises(AccessError):
                    forbidden()

    def test_the_buttons_are_for_those_who_may(self):
        for press in ("action_start", "action_pause", "action_retry", "action_preview"):
            with self.subTest(press), self.assertRaises(AccessError):
                getattr(self.own.with_user(self.other), press)()
        self.own.action_start()
        self._work()
        self.own.sudo().line_ids.state = "uncertain"
        for press in ("action_send_again", "action_was_sent", "action_preview"):
            with self.subTest(press), self.assertRaises(AccessError):
                getattr(self.own.line_ids.with_user(self.other), press)()
        self.own.line_ids.with_user(self.manager).action_was_sent()
        self.assertEqual(self.own.line_ids.state, "sent")

    def test_a_salesperson_previews_his_own(self):
        self.own.method = "both"
        action = self.own.action_preview()
        preview = self.env["listino.sending.preview"].with_user(self.seller).browse(action["res_id"])
        self.assertFalse(preview.problem)
        self.assertIn("gino@example.com", preview.email_to)
        self.assertIn("/listino/link/", preview.body)

    def test_a_preview_is_for_those_who_may_send(self):
        preview = (
            self.env["listino.sending.preview"]
            .with_user(self.other)
            .create({"sending_id": self.own.id, "partner_id": self.gino.id})
        )
        self.assertFalse(preview.body)
        self.assertTrue(preview.problem)

    def test_the_background_has_no_more_rights_than_the_sender(self):
        self.own.action_start()
        seen = []
        builder = type(self.document)._get_builder

        def remember(document, partner=None):
            seen.append((document.env.user, document.env.su))
            return builder(document, partner)

        self.patch(type(self.document), "_get_builder", remember)
        self._work()
        self.assertEqual(seen, [(self.seller, False)])

    def test_customers_out_of_sight_get_nothing(self):
        self.env["ir.rule"].create(
            {
                "name": "Not Gino",
                "model_id": self.env["ir.model"]._get_id("res.partner"),
                "domain_force": f"[('id', '!=', {self.gino.id})]",
                "groups": [Command.set(self.env.ref("sales_team.group_sale_salesman").ids)],
            }
        )
        tag = self.env["res.partner.category"].create({"name": "All"})
        (self.gino + self.emma).category_id = tag
        self.own.sudo().write({"tag_ids": [Command.set(tag.ids)]})
        self.assertEqual([each.email for each in self.own._get_recipients()], ["emma@example.com"])
        self.own.sudo().write({"state": "running"})
        line = self.env["listino.sending.line"].create(
            {"sending_id": self.own.id, "cycle": "1", "partner_id": self.gino.id, "email": "gino@example.com"}
        )
        self._work()
        self.assertEqual(line.state, "failed")
        self.assertFalse(self._received())

    def test_whoever_starts_it_is_the_sender(self):
        self.own.with_user(self.manager).action_start()
        self.assertEqual(self.own.sudo().user_id, self.manager)
        with self.assertRaises(AccessError):
            self.own.with_user(self.seller).write({"addresses": "friend@example.com"})

    def test_another_company_sees_nothing(self):
        company = self.env["res.company"].create({"name": "Elsewhere"})
        foreigner = new_test_user(
            self.env,
            "send_foreigner",
            groups="sales_team.group_sale_manager",
            company_id=company.id,
            company_ids=[Command.set(company.ids)],
        )
        self.own.action_start()
        self._work()
        for record in (self.own, self.own.line_ids):
            with self.assertRaises(AccessError):
                record.with_user(foreigner).read(["state"])

    def test_what_changed_is_told_though_a_colleague_sent_the_time_before(self):
        with freeze_time("2026-03-02"):
            self.own.action_start()
            self._work()
        self.resellers.item_ids.price_discount = 20
        second = (
            self.env["listino.sending"]
            .with_user(self.other)
            .create({"document_id": self.document.id, "partner_ids": [Command.set(self.gino.ids)], "extension": "csv"})
        )
        with freeze_time("2026-03-09"):
            second.action_start()
            self._work()
        self.assertEqual(second.line_ids.down_count, 4)
        self.assertIn("Barolo", second.line_ids.change_html)
        self.assertIn("24.00", self._read_mail()[1]["text/plain"])


@tagged("post_install", "-at_install")
class TestSendingDownloads(SendingCommon, HttpCase):
    @mute_logger("odoo.http")
    def test_what_was_sent_is_for_those_who_may_see_it(self):
        seller, other = self._create_salesperson("send_seller"), self._create_salesperson("send_other")
        own = (
            self.env["listino.sending"]
            .with_user(seller)
            .create({"document_id": self.document.id, "partner_ids": [Command.set(self.gino.ids)]})
        )
        own.action_start()
        self._work()
        url = f"/listino/sent/{own.line_ids.id}/pdf"
        self.authenticate(seller.login, seller.login)
        answer = self.url_open(url)
        self.assertEqual((answer.status_code, answer.content[:4]), (200, b"%PDF"))
        self.authenticate(other.login, other.login)
        self.assertEqual(self.url_open(url).status_code, 403)
        self.authenticate(None, None)
        self.assertNotIn(b"%PDF", self.url_open(url).content[:4])


@tagged("post_install", "-at_install", "tour")
class TestSendingTour(SendingCommon, HttpCase):
    def test_a_salesperson_sends_a_list_by_link_and_looks_at_what_went_out(self):
        seller = self._create_salesperson("tour_sender")
        seller.email = "tour@example.com"
        self.document.write({"name": "Tour listino", "partner_id": self.gino.id})
        self.start_tour("/odoo/listino-documents", "listino_send", login="tour_sender")
        sending = self.env["listino.sending"].search([("user_id", "=", seller.id)])
        self.assertRecordValues(
            sending, [{"method": "link", "state": "running", "partner_ids": self.gino.ids, "introduction": "Ciao!"}]
        )
        self._work()
        self.assertEqual(self._received(), {"gino@example.com": 1})
        _message, texts, files = self._read_mail()
        self.assertIn(sending.line_ids.share_id._get_path(), texts["text/html"])
        self.assertIn("Ciao!", texts["text/plain"])
        self.assertFalse(files)
        self.start_tour("/odoo/listino-sent", "listino_sent", login="tour_sender")
