"""A day that was entered wrongly is corrected on record; invoices go along with a notice."""

from datetime import timedelta

from freezegun import freeze_time

from odoo.exceptions import UserError
from odoo.fields import Date
from odoo.tests import tagged

from .common import speak_english
from .notice_common import PROOF, NoticeCommon

FRIDAY, MONDAY = Date.to_date("2026-06-12"), Date.to_date("2026-06-15")


@tagged("post_install", "-at_install")
@freeze_time("2026-06-15 09:00:00")
class TestNoticeCorrections(NoticeCommon):
    def _make_delivered(self):
        with freeze_time("2026-06-10 09:00:00"):
            notice = self._make_sent()
        self._enter(notice, "delivered", PROOF, date=MONDAY)
        return notice

    def _correct(self, notice, user=None, **values):
        notice = notice.with_user(user or self.manager)
        self._enter(notice, "corrected", **{"date": FRIDAY, "why": "Misread", **values})

    def test_deadline_limitation_and_next_step_follow_the_right_day(self):
        notice = self._make_delivered()
        line, stage, action_date = self.case.line_ids, self.case.stage_id, self.case.action_date
        limitation = line.limitation_date
        self._correct(notice)
        self.assertRecordValues(
            notice, [{"state": "delivered", "arrival_date": FRIDAY, "deadline_date": FRIDAY + timedelta(15)}]
        )
        self.assertEqual(line.limitation_date, limitation - timedelta(3))
        self.assertRecordValues(
            self.case, [{"stage_id": stage.id, "step_date": FRIDAY, "action_date": action_date - timedelta(3)}]
        )

    def test_the_wrong_day_stays_on_record(self):
        speak_english(self)
        notice = self._make_delivered()
        self._correct(notice)
        words = "".join(
            notice.message_ids.filtered(lambda message: message.author_id == self.manager.partner_id).mapped("body")
        )
        self.assertIn("from 2026-06-15 to 2026-06-12: Misread", words)

    def test_a_manager_corrects_it_and_says_why(self):
        notice = self._make_delivered()
        for user, values in ((self.user, {}), (self.manager, {"why": False}), (self.manager, {"date": "2026-06-16"})):
            with self.subTest(user=user.login, **values), self.assertRaises(UserError):
                self._correct(notice, user, **values)
        self.assertEqual(notice.arrival_date, MONDAY)

    def test_what_has_not_arrived_has_no_day_to_correct(self):
        with self.assertRaises(UserError):
            self._correct(self._make_sent())


@tagged("post_install", "-at_install")
@freeze_time("2026-06-15 09:00:00")
class TestNoticeEnclosures(NoticeCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._set_up_pec()
        cls.env["ir.attachment"].create(
            {
                "name": "IT01234560157_00001.xml",
                "raw": b"<FatturaElettronica/>",
                "res_model": "account.move",
                "res_id": cls.move.id,
                "res_field": "l10n_it_edi_attachment_file",
            }
        )
        cls.move.l10n_it_edi_attachment_name = "IT01234560157_00001.xml"

    def test_the_invoices_go_along_where_the_stage_has_it_so(self):
        self.stage.attaches_invoices = True
        notice = self._make_signed_pec()
        self.assertEqual(notice.enclosure_ids.attachment_id.mapped("name"), ["IT01234560157_00001.xml"])
        self.assertEqual(notice.sudo()._prepare_letter().attachments, ("IT01234560157_00001.xml",))
        with self._mail_server() as sent:
            self._send_pec(notice)
        names = [part.get_filename() for part in sent[0].iter_attachments()]
        self.assertEqual(names, [notice.signed_id.attachment_id.name, "IT01234560157_00001.xml"])

    def test_a_new_draft_puts_them_aside(self):
        self.stage.attaches_invoices = True
        notice = self._make_ready()
        notice.action_renew()
        self.assertFalse(notice.enclosure_ids)
        notice.action_ready()
        self.assertEqual(len(notice.enclosure_ids), 1)

    def test_nothing_goes_along_otherwise(self):
        self.assertFalse(self._make_ready().enclosure_ids)
