"""Who may look at a review, who may decide, and that nobody writes the answer by hand."""

from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import tagged

from .review_common import ReviewCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-06-15 08:00:00")
class TestReviewRights(ReviewCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.invoicer = cls._create_user("dunning_invoicer", "account.group_account_invoice")
        elsewhere = cls.env["res.company"].create({"name": "Altra Srl"})
        cls.stranger = cls._create_user(
            "dunning_stranger",
            "dunning_it.group_dunning_manager",
            company_id=elsewhere.id,
            company_ids=[Command.set(elsewhere.ids)],
        )

    def take(self, way="injunction"):
        """A legal way that a user has decided on."""
        review = self._review()
        self._decide(review, way)
        return review, self.case.legal_way_id.with_user(self.user)

    def test_who_invoices_alone_sees_and_does_nothing_of_it(self):
        review, way = self.take()
        for records in (review, review.line_ids, way):
            with self.assertRaises(AccessError):
                records.with_user(self.invoicer).read(["id"])
            with self.assertRaises(AccessError):
                records.with_user(self.invoicer).search([])
        with self.assertRaises(AccessError):
            self.case.with_user(self.invoicer).action_review()
        with self.assertRaises(AccessError):
            self.env["dunning.assessment.decision"].with_user(self.invoicer).create({"line_id": review.line_ids[0].id})

    def test_another_company_sees_and_does_nothing_of_it(self):
        review = self._review()
        line = self._line(review, "injunction")
        foreign = review.with_user(self.stranger)
        for records in (foreign, line.with_user(self.stranger)):
            self.assertFalse(records.search([]) & records)
            with self.assertRaises(AccessError):
                records.read(["id"])
        for call in (foreign.action_renew, line.with_user(self.stranger).action_decide):
            with self.assertRaises(AccessError):
                call()
        self.env.invalidate_all()  # as in a request of the stranger's own
        with self.assertRaises(AccessError):
            self.env["dunning.assessment.decision"].with_user(self.stranger).create({"line_id": line.id}).read(["way"])
        decision = self.env["dunning.assessment.decision"].create({"line_id": line.id})
        with self.assertRaises(AccessError):
            decision.with_user(self.stranger).action_decide()
        self._decide(review, "injunction")
        way = self.case.legal_way_id.with_user(self.stranger)
        for call in (way.action_lose, way.action_withdraw, way.action_settle):
            with self.assertRaises(AccessError):
                call()
        with self.assertRaises(AccessError):
            way.filed_date = "2026-06-10"
        self.assertEqual(self.case.state, "legal")

    def test_the_answer_is_not_written_by_hand(self):
        review = self._review()
        line = self._line(review, "injunction")
        for user in (self.user, self.manager):
            forged = [
                (review, {"state": "decided"}),
                (review, {"amount_principal": 1}),
                (review, {"chosen_id": line.id, "way": "waiver"}),
                (review, {"case_id": self.case.id}),
                (review, {"line_ids": [Command.update(line.id, {"frozen": {"status": "open"}})]}),
                (line, {"frozen": {"status": "open"}}),
                (line, {"way": "waiver"}),
            ]
            for record, values in forged:
                with self.subTest(values=values), self.assertRaises(AccessError):
                    record.with_user(user).write(values)
            for record, values in ((review, {"case_id": self.case.id}), (line, {"way": "plan"})):
                with self.assertRaises(AccessError):
                    record.with_user(user).create(values)
                with self.assertRaises(AccessError):
                    record.with_user(user).unlink()
            with self.assertRaises(AccessError):
                review.with_user(user).write({"line_ids": [Command.delete(line.id)]})

    def test_what_is_decided_is_written_by_nobody(self):
        review, _way = self.take()
        line = self._line(review, "injunction")
        for user in (self.user, self.manager):
            for values in ({"state": "draft"}, {"note": "otherwise"}, {"decided_by_id": user.id}):
                with self.assertRaises(AccessError):
                    review.with_user(user).write(values)
            with self.assertRaises(AccessError):
                line.with_user(user).frozen = {}
            with self.assertRaises(UserError):
                review.with_user(user).write({"line_ids": [Command.update(line.id, {"probability": 1})]})
            with self.assertRaises(UserError):
                review.with_user(user).action_renew()

    def test_the_course_of_a_legal_way_is_the_server_s(self):
        _review, way = self.take()
        for user in (self.user, self.manager):
            for values in ({"outcome": "paid"}, {"way": "pcc_certification"}, {"case_id": self.case.id}):
                with self.assertRaises(AccessError):
                    way.with_user(user).write(values)
            with self.assertRaises(AccessError):
                way.with_user(user).create({"case_id": self.case.id, "way": "injunction"})
            with self.assertRaises(AccessError):
                way.with_user(user).unlink()

    def test_only_a_manager_gives_a_claim_up(self):
        _review, way = self.take()
        for call in (way.action_lose, way.action_settle):
            with self.assertRaisesRegex(AccessError, "manager"):
                call()
        way.with_user(self.manager).action_lose()
        self.assertRecordValues(self.case, [{"state": "closed", "close_reason": "lost"}])

    def test_a_user_confirms_no_law_to_open_a_way(self):
        deferred = self.env.ref("dunning_it.legal_justice_of_peace_limit_2026")
        with self.assertRaises(AccessError):
            deferred.with_user(self.user).action_confirm()

    def test_a_decision_names_the_way_of_its_own_review(self):
        review = self._review()
        other = self._review(self._bring_to_review(300, self._create_customer("Bar Verdi")))
        with self.assertRaises(ValueError):
            review._decide(self._line(other, "injunction"))
        self.assertEqual((review.state, other.state), ("draft", "draft"))
