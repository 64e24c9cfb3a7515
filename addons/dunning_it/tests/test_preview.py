"""Before reminders go out a person sees how many, to whom, why some can't, and each as it would be."""

from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError
from odoo.fields import Command, Date
from odoo.tests import HttpCase, tagged

from ..promises.schedule import Instalment
from .common import DunningCommon
from .outbox_common import MailServer


@tagged("post_install", "-at_install")
@freeze_time("2026-06-15 09:00:00")
class TestPreview(MailServer, DunningCommon, HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.move = cls._create_invoice(1000)
        cls.case = cls._scan()
        cls.other = cls._create_customer("Bar Verdi")
        cls._create_invoice(250, partner=cls.other)
        cls.cases = cls.case | cls._scan(cls.other)

    def _look(self, cases=None, user=None):
        action = (self.cases if cases is None else cases).with_user(user or self.user).action_preview_reminders()
        return self.env["dunning.preview"].with_user(user or self.user).browse(action["res_id"])

    def _get_line(self, case):
        return self._look(case).line_ids

    def test_the_preview_says_how_many_to_whom_and_how_much(self):
        preview = self._look()
        self.assertRecordValues(preview, [{"count": 2, "held_count": 0}])
        self.assertRecordValues(
            preview.line_ids,
            [
                {"email": "rossi@example.com", "amount": 1000, "lang": "en_US", "file_count": 1, "can_go": True},
                {"email": "verdi@example.com", "amount": 250, "lang": "en_US", "file_count": 1, "can_go": True},
            ],
        )

    def test_a_look_sends_nothing(self):
        with self._mail_server() as sent:
            self._look()
            self._run()
        self.assertFalse(sent)
        self.assertFalse(self.cases.step_ids)

    def test_what_is_shown_is_what_is_sent(self):
        preview = self._look(self.case)
        line = preview.line_ids
        subject, body = line.subject, line.body
        self.assertIn(self.move.name, body)
        with self._mail_server() as sent:
            preview.action_send()
            self._run()
        self.assertEqual(sent[0]["Subject"], subject)
        shown = self.case.step_ids
        self.assertEqual((shown.body, len(shown.attachment_ids)), (body, line.file_count))

    def test_what_is_ticked_off_is_not_sent(self):
        preview = self._look()
        preview.line_ids[0].is_chosen = False
        self.assertEqual(preview.count, 1)
        with self._mail_server() as sent:
            preview.action_send()
            self._run()
        self.assertEqual([message["To"] for message in sent], ["verdi@example.com"])
        with self.assertRaises(UserError):
            self._look(self.case.browse()).action_send()

    def test_a_payment_after_the_look_sends_nothing(self):
        preview = self._look(self.case)
        self._pay(self.move)
        with self._mail_server() as sent:
            with self.assertRaises(UserError):
                self._scan()
                preview.action_send()
            self._run()
        self.assertFalse(sent)

    def test_the_files_of_the_invoices_are_counted_where_they_go_along(self):
        self.case.stage_id.attaches_invoices = True
        self.assertEqual(self._get_line(self.case).file_count, 1 + len(self.case._get_invoice_files()))

    def test_each_reason_why_one_cannot_go_is_told(self):
        self.case.partner_id.email = False
        self.assert_held(self.case, "no valid e-mail address")
        self.case.partner_id.email = "rossi@example.com"
        blocked = self.env["mail.blacklist"]._add("rossi@example.com")
        self.assert_held(self.case, "want no mail")
        blocked.unlink()
        self.case._promise([Instalment(1, Date.to_date("2026-06-30"), 100_000, 100_000)])
        self.assert_held(self.case, "Paused until 06/30/2026")
        self.other.dunning_insolvency_date = "2026-06-10"
        self.assert_held(self.cases - self.case, "Stopped")

    def test_one_whose_next_step_is_another_or_later_cannot_go(self):
        first, second = self.business.stage_ids[:2]
        self.assertEqual(second.kind, "call")
        self.case._complete_stage(first, Date.to_date("2026-06-15"))
        self.assert_held(self.case, "The next step is no reminder")
        self.case.write({"stage_id": first.id, "step_date": "2026-06-15"})
        first.wait_days = 10
        self.assert_held(self.case, "not time for it before 06/25/2026")

    def test_one_that_was_made_already_cannot_go_again(self):
        self._look(self.case).action_send()
        self.assert_held(self.case, "made already")

    def test_one_in_quiet_hours_goes_later_and_says_so(self):
        consumer = self._create_customer("Bianchi", is_company=False)
        self._create_invoice(1000, partner=consumer)
        case = self._scan(consumer)
        with freeze_time("2026-06-15 19:30:00"):  # half past nine in Italy
            line = self._get_line(case)
        self.assertTrue(line.can_go)
        self.assertIn("Quiet hours: not before", line.remark)

    def test_the_statement_of_a_line_can_be_looked_at(self):
        line = self._get_line(self.case)
        self.authenticate(self.user.login, self.user.login)
        response = self.url_open(line.statement_url)
        self.assertEqual((response.status_code, response.content[:4]), (200, b"%PDF"))

    def test_only_who_looks_after_dunning_may_look_and_send(self):
        seller = self._create_user("dunning_seller", "sales_team.group_sale_salesman")
        with self.assertRaises(AccessError):
            self.case.with_user(seller).action_preview_reminders()
        with self.assertRaises(AccessError):
            self.env["dunning.preview"].with_user(seller).create({})

    def test_a_line_made_by_hand_shows_and_sends_no_more_than_its_case_allows(self):
        elsewhere = self.env["res.company"].create({"name": "Altra Srl"})
        stranger = self._create_user(
            "dunning_stranger",
            "dunning_it.group_dunning_user",
            company_id=elsewhere.id,
            company_ids=[Command.set(elsewhere.ids)],
        )
        line = {"case_id": self.case.id, "can_go": True, "is_chosen": True}
        preview = self.env["dunning.preview"].with_user(stranger).create({"line_ids": [Command.create(line)]})
        with self.assertRaises(AccessError):
            preview.line_ids.read(["body"])
        with self.assertRaises(AccessError):
            preview.action_send()

    def assert_held(self, case, words):
        self.env.invalidate_all()
        preview = self._look(case)
        self.assertRecordValues(preview.line_ids, [{"can_go": False, "is_chosen": False}])
        self.assertIn(words, preview.line_ids.remark)
        with self.assertRaises(UserError):
            preview.action_send()
