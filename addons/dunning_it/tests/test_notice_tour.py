"""The way of a formal notice, clicked by a person."""

import datetime

from odoo.tests import HttpCase, tagged

from .notice_common import NoticeCommon


@tagged("post_install", "-at_install", "tour")
class TestNoticeTour(NoticeCommon, HttpCase):
    def test_a_notice_from_draft_to_delivered(self):
        self.start_tour(f"/odoo/dunning.case/{self.case.id}", "dunning_notice", login=self.user.login)
        notice = self.case.notice_ids
        self.assertRecordValues(
            notice,
            [{"state": "delivered", "tracking_number": "RR123456789IT", "arrival_date": datetime.date.today()}],
        )
        self.assertEqual(notice.file_ids.mapped("kind"), ["letter", "signed", "proof"])
        self.assertEqual(self.case.stage_kind, "call")
