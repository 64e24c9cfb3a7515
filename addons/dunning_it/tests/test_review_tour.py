"""The review as a manager clicks it: weigh, confirm a row of the law, decide, and enter the first milestone."""

import datetime

from freezegun import freeze_time

from odoo.tests import HttpCase, tagged

from .review_common import ReviewCommon


@tagged("post_install", "-at_install", "tour")
@freeze_time("2026-06-15 08:00:00")
class TestReviewTour(ReviewCommon, HttpCase):
    def test_a_case_is_weighed_and_goes_on_the_legal_way(self):
        deferred = self.env.ref("dunning_it.legal_justice_of_peace_limit_2026")
        self.env.ref("dunning_it.legal_justice_of_peace_limit_2023").date_to = "2026-05-31"
        deferred.date_from = "2026-06-01"
        customer = self._create_customer("Bar Verdi")
        case = self._bring_to_review(10000.01, customer)
        self.start_tour(f"/odoo/dunning.case/{case.id}", "dunning_review_tour", login=self.manager.login)
        self.assertEqual((deferred.state, deferred.confirmed_by_id), ("confirmed", self.manager))
        self.assertRecordValues(
            case.assessment_ids,
            [{"state": "decided", "way": "injunction", "note": "The contract is in the safe"}],
        )
        self.assertRecordValues(
            case.legal_way_id, [{"register_number": "R.G. 123/2026", "deadline_date": datetime.date(2026, 8, 11)}]
        )
