"""What a customer says on the page, and what follows from it."""

from datetime import timedelta
from unittest.mock import patch

from freezegun import freeze_time

from odoo.exceptions import AccessError, ConcurrencyError, UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from ..plays.answer import Answer
from .feedback_common import FeedbackCommon, FeedbackHttp
from .plays_common import NOW


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestFeedback(FeedbackCommon):
    def _take(self, score=5, question=None, **values):
        question = question or self.order._get_lifecycle_question()
        return self.env["lifecycle.feedback"]._take_answer(question, Answer(score, **values))

    def test_an_answer_knows_the_order_who_gave_it_and_who_brought_it(self):
        feedback = self._take(4, packaging=3, courier=2, good="The oil")
        self.assertRecordValues(
            feedback,
            [
                {
                    "partner_id": self.customer.id,
                    "contact_id": self.anna.id,
                    "order_id": self.order.id,
                    "user_id": self.seller.id,
                    "carrier": "Lumaca Express",
                    "score": 4,
                    "packaging_score": 3,
                    "carrier_score": 2,
                    "case_id": False,
                }
            ],
        )

    def test_odoo_s_own_rating_of_the_order_says_the_same_even_after_a_correction(self):
        for score in (5, 4):
            feedback = self._take(score, better="A card")
            about = [("res_model", "=", "sale.order"), ("res_id", "=", self.order.id)]
            rating = self.env["rating.rating"].search(about)
            self.assertEqual(rating, feedback.rating_id)
            self.assertRecordValues(rating, [{"rating": score, "consumed": True, "partner_id": self.anna.id}])

    def test_a_low_score_opens_one_complaint_with_an_owner_a_deadline_and_an_activity(self):
        feedback = self._take(2, better="It came late")
        case = feedback.case_id
        self.assertRecordValues(
            case,
            [
                {
                    "kind": "complaint",
                    "partner_id": self.customer.id,
                    "order_id": self.order.id,
                    "user_id": self.seller.id,
                    "deadline": NOW.date() + timedelta(2),
                }
            ],
        )
        self.assertIn("It came late", case.description)
        self.assertRecordValues(case.activity_ids, [{"user_id": self.seller.id, "date_deadline": case.deadline}])
        self._take(1)
        self.assertEqual(self.env["lifecycle.case"].search([("partner_id", "=", self.customer.id)]), case)

    def test_without_a_salesperson_the_company_says_who_sees_to_it(self):
        self.order.user_id = self.customer.user_id = False
        self.company.lifecycle_complaint_user_id = self.manager
        self.assertEqual(self._take(1).case_id.user_id, self.manager)

    def test_a_salesperson_who_can_not_see_complaints_is_not_given_one(self):
        self.seller.group_ids = self.env.ref("sales_team.group_sale_salesman")
        for named, user in (("lifecycle_complaint_user_id", self.user), ("lifecycle_manager_id", self.manager)):
            self.company[named] = user
            owner = self._take(1, question=self._create_delivered(self.anna)._get_lifecycle_question()).case_id.user_id
            self.assertEqual(owner, user)
            self.company[named] = False
        owner = self._take(1).case_id.user_id
        self.assertTrue(owner.has_group("lifecycle_crm.group_lifecycle_manager"), "Somebody always sees to it.")

    def test_the_score_of_a_complaint_is_a_setting(self):
        self.company.lifecycle_low_score = 0
        self.assertFalse(self._take(1).case_id)

    def test_an_answer_may_be_corrected_for_some_days_and_then_no_more(self):
        first = self._take(5)
        with freeze_time(NOW + timedelta(14)):
            self.assertEqual(self._take(3), first)
        self.assertEqual((first.score, first.answered_on, first.corrected_on), (3, NOW, NOW + timedelta(14)))
        with freeze_time(NOW + timedelta(14, seconds=1)), self.assertRaises(UserError):
            self._take(1)
        self.assertEqual(first.score, 3)

    @mute_logger("odoo.sql_db")
    def test_an_answer_that_comes_twice_at_the_same_time_is_taken_down_once(self):
        self._take(5)
        feedbacks = self.env["lifecycle.feedback"]
        unseen = patch.object(type(feedbacks), "_find_answer", lambda self, question: self.browse())
        with unseen, self.assertRaises(ConcurrencyError):
            self._take(4)
        self.assertEqual(feedbacks.search([]).score, 5)

    def test_a_customer_who_answered_is_looked_at_again(self):
        self.env["lifecycle.mark"].search([]).unlink()
        self._take()
        mark = self.env["lifecycle.mark"].search([("cause", "=", "answer")])
        self.assertEqual(mark.partner_id, self.customer)

    def test_no_score_of_the_courier_is_no_score_of_0(self):
        self._take(5, courier=4)
        other = self._create_delivered(self.anna)
        self._take(5, question=other._get_lifecycle_question())
        rows = self.env["lifecycle.feedback"]._read_group(
            [("company_id", "=", self.company.id)], ["carrier"], ["carrier_score:avg", "packaging_score:avg"]
        )
        self.assertEqual(rows, [("Lumaca Express", 4.0, False)])

    # === CONSENTS === #

    def _get_words(self):
        consents = self.env["lifecycle.consent"].search([("partner_id", "=", self.anna.id)], order="id")
        return [(consent.purpose_id.code, consent.state) for consent in consents]

    def test_what_is_ticked_is_a_consent_and_what_is_not_is_no_refusal(self):
        self._take(5)
        self.assertEqual(self._get_words(), [])
        self._take(5, may_publish=True)
        self.assertEqual(self._get_words(), [("publication", "granted")])
        self._take(5, may_ask=True)
        self.assertEqual(self._get_words()[1:], [("publication", "refused"), ("testimonial", "granted")])

    def test_a_consent_is_kept_with_the_words_that_were_read_and_only_to_be_asked_is_about_e_mail(self):
        texts = self.company._get_lifecycle_consent_texts()
        with patch.object(self.registry["lifecycle.consent"], "_record") as record:
            self._take(5, may_publish=True, may_ask=True)
        kept = [(call.args[1], call.kwargs["channel"], call.kwargs["text"]) for call in record.call_args_list]
        self.assertEqual(
            kept, [("publication", None, texts["may_publish"]), ("testimonial", "email", texts["may_ask"])]
        )

    def test_a_colleague_who_corrects_it_speaks_for_himself(self):
        self._take(5, may_publish=True)
        feedback = self._take(4, question=self.order._get_lifecycle_question(self.customer), may_publish=True)
        self.assertRecordValues(feedback, [{"contact_id": self.customer.id, "may_publish": True}])
        self.env["lifecycle.consent"]._record(self.customer, "publication", "refused", "page", self.company)
        self.assertFalse(feedback.may_publish)
        self.assertEqual(self._get_words(), [("publication", "granted")])

    def test_only_what_may_be_published_is_approved_and_only_by_a_manager(self):
        feedback = self._take(5, good="Wonderful")
        with self.assertRaises(UserError):
            feedback.with_user(self.manager).action_approve()
        self._take(5, may_publish=True)
        with self.assertRaises(AccessError):
            feedback.with_user(self.user).action_approve()
        feedback.with_user(self.manager).action_approve()
        self.assertEqual((feedback.approved_on, feedback.approved_by_id), (NOW, self.manager))

    def test_who_takes_the_consent_back_is_off_the_list_at_once_and_somebody_takes_it_down(self):
        feedback = self._take(5, may_publish=True)
        feedback.with_user(self.manager).action_approve()
        feedback.with_user(self.manager).published_where = "www.example.com/voices"
        self.env["lifecycle.consent"]._record(self.anna, "publication", "refused", "page", self.company)
        self.assertRecordValues(feedback, [{"may_publish": False, "approved_on": False}])
        activity = self.customer.activity_ids
        self.assertEqual(activity.user_id, self.manager)
        self.assertIn("www.example.com/voices", activity.note)

    # === WHO SEES IT === #

    def test_nobody_writes_an_answer_by_hand(self):
        feedback = self._take(1)
        with self.assertRaises(AccessError):
            feedback.with_user(self.manager).write({"score": 5})
        with self.assertRaises(AccessError):
            feedback.with_user(self.manager).write({"may_publish": True})
        with self.assertRaises(AccessError):
            feedback.with_user(self.user).write({"published_where": "everywhere"})
        for user in (self.user, self.manager):
            with self.assertRaises(AccessError):
                feedback.with_user(user).unlink()

    def test_another_company_sees_nothing_of_it(self):
        self._take(1)
        elsewhere = self.env["res.company"].create({"name": "Elsewhere"})
        stranger = self._create_user(
            "lifecycle_elsewhere",
            "lifecycle_crm.group_lifecycle_manager",
            company_id=elsewhere.id,
            company_ids=[(6, 0, elsewhere.ids)],
        )
        self.assertFalse(self.env["lifecycle.feedback"].with_user(stranger).search([]))

    # === PLAYS === #

    def _find_answered(self, **values):
        play = self._create_play(
            ({"trigger": "answered"},), code="test_answered", stage_id=False, started_on=NOW - timedelta(1), **values
        )
        return play._find_entering(play._get_answered_sql(NOW - timedelta(1)))

    def test_an_answer_lets_customers_in_once_by_its_score(self):
        feedback = self._take(3)
        rows = self._find_answered()
        self.assertEqual([row["key"] for row in rows], [f"feedback:{feedback.id}"])
        self.assertEqual((rows[0]["partner_id"], rows[0]["contact_id"]), (self.customer.id, self.anna.id))

    def test_only_the_satisfied_are_asked_for_a_testimonial(self):
        self._take(3)
        self.assertFalse(self._find_answered(least_score=4))

    def test_an_order_rated_by_another_way_counts_as_well(self):
        token = self.order._rating_get_access_token()
        self.order.rating_apply(5, token=token)
        self.assertEqual(len(self._find_answered(least_score=4)), 1)

    def test_a_testimonial_does_not_ask_for_the_next(self):
        touch = self._create_touch(partner=self.anna, asks="testimonial")
        self._take(5, question=touch._get_question())
        self.assertFalse(self._find_answered())

    def test_nobody_enters_again_within_the_days_of_the_play(self):
        play = self._create_play(
            ({"trigger": "answered"},), code="test_answered", stage_id=False, started_on=NOW, again_days=30
        )
        self._take(5)
        rows = play._get_answered_sql(NOW - timedelta(1))
        self.assertEqual(len(play._enter(rows)), 1)
        self._take(5, question=self._create_delivered(self.anna)._get_lifecycle_question())
        self.assertFalse(play._enter(rows))
        with freeze_time(NOW + timedelta(31)):
            self.assertEqual(len(play._enter(rows)), 1)

    def test_who_answers_is_not_reminded(self):
        entry = self._create_touch(self.order).entry_id
        with freeze_time(NOW + timedelta(1)):
            self._take(5, question=self._create_delivered(self.anna)._get_lifecycle_question())
            self.assertEqual(entry._get_stops(["replied"]), {}, "An answer about another order ended it.")
            self._take(5)
        self.assertEqual(entry._get_stops(["replied"]), {entry.id: {"replied": NOW.date() + timedelta(1)}})


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestFeedbackPage(FeedbackHttp):
    def setUp(self):
        super().setUp()
        self.touch = self._create_touch(self.order)

    def test_opening_the_page_answers_nothing(self):
        text = self.url_open(f"{self._path(self.touch)}?score=1").text
        self.assertIn("Lumaca Express", text)
        self.assertFalse(self._get_feedback())

    def test_an_answer_through_the_link_is_taken_down_and_thanked_for(self):
        page = self._answer(self._path(self.touch), score="5", good="The oil", may_publish="on")
        self.assertIn("Your answer has arrived", page.text)
        self.assertRecordValues(
            self._get_feedback(), [{"score": 5, "good": "The oil", "may_publish": True, "touch_id": self.touch.id}]
        )

    def test_a_low_score_is_answered_politely_and_shows_nothing_of_ours(self):
        self.product.standard_price = 77.31
        self.customer.comment = "Slow payer"
        page = self._answer(self._path(self.touch), score="1", better="<script>alert(1)</script>")
        self.assertIn("We are sorry", page.text)
        again = self.url_open(self._path(self.touch)).text
        self.assertIn("&lt;script&gt;", again)
        for secret in ("77.31", "Slow payer", self.seller.name, "margin"):
            self.assertNotIn(secret, page.text + again)

    def test_without_a_score_nothing_is_taken_down_and_what_was_written_is_kept(self):
        page = self._answer(self._path(self.touch), score="9", better="It came late")
        self.assertIn("Please choose a score", page.text)
        self.assertIn("It came late", page.text)
        self.assertFalse(self._get_feedback())

    def test_a_question_without_an_order_is_about_the_relation(self):
        touch = self._create_touch(partner=self.anna)
        self._answer(self._path(touch), score="4")
        self.assertRecordValues(self._get_feedback(), [{"kind": "check_up", "order_id": False, "rating_id": False}])

    def test_the_reminder_is_about_the_same_answer(self):
        reminder = self._create_touch(self.order)
        self._answer(self._path(self.touch), score="5")
        self._answer(self._path(reminder), score="4")
        self.assertRecordValues(self._get_feedback(), [{"score": 4, "touch_id": self.touch.id}])

    def test_every_link_that_opens_nothing_gets_the_same_answer(self):
        other = self._create_touch(partner=self.anna)
        gone = self._get_no_page()
        wrong = [f"/lifecycle/feedback/{self.touch.id}/{token}" for token in (other.token, "x", "è", "A" * 400)]
        wrong += [f"/lifecycle/feedback/{10**12}/x", f"/my/orders/{10**12}/feedback", "/my/orders/0/feedback"]
        with freeze_time(NOW + timedelta(181)):
            late = self.url_open(self._path(self.touch))
        for response in (late, *map(self.url_open, wrong)):
            self.assertEqual((response.status_code, response.content), (404, gone))
        self.customer.active = False
        self.assertEqual(self.url_open(self._path(self.touch)).content, gone)

    def test_no_page_is_indexed_cached_or_told_to_others(self):
        for path in (self._path(self.touch), "/lifecycle/feedback/0/x"):
            headers = self.url_open(path).headers
            self.assertEqual(headers["Cache-Control"], "private, no-store")
            self.assertEqual(headers["Referrer-Policy"], "no-referrer")
            self.assertEqual(headers["X-Robots-Tag"], "noindex, nofollow")

    # === THE PORTAL === #

    def test_the_order_in_the_portal_leads_to_the_page(self):
        self._create_portal_user("lifecycle_anna", self.anna)
        self.authenticate("lifecycle_anna", "lifecycle_anna")
        path = f"/my/orders/{self.order.id}/feedback"
        self.assertIn(path, self.url_open(f"/my/orders/{self.order.id}").text)
        self._answer(path, score="4")
        self.assertRecordValues(self._get_feedback(), [{"contact_id": self.anna.id, "key": f"order:{self.order.id}"}])

    def test_the_token_of_an_order_opens_its_page_and_no_other(self):
        self.order._portal_ensure_token()
        other = self._create_delivered(self._create_customer("Bar Verdi"))
        self._answer(f"/my/orders/{self.order.id}/feedback?access_token={self.order.access_token}", score="4")
        self.assertEqual(self._get_feedback().order_id, self.order)
        gone = self._get_no_page()
        for query in (f"?access_token={self.order.access_token}", "", "?access_token=x"):
            response = self.url_open(f"/my/orders/{other.id}/feedback{query}")
            self.assertEqual((response.status_code, response.content), (404, gone))

    def test_another_customer_s_order_is_not_there(self):
        stranger = self._create_customer("Bar Verdi")
        self._create_portal_user("lifecycle_verdi", stranger)
        self.authenticate("lifecycle_verdi", "lifecycle_verdi")
        self.assertEqual(self.url_open(f"/my/orders/{self.order.id}/feedback").status_code, 404)

    def test_what_was_not_delivered_is_not_asked_about(self):
        self.assertIn("feedback_courier_1", self.url_open(self._path(self.touch)).text)
        touch = self._create_touch(self._create_order(self.anna, NOW))
        self.assertNotIn("feedback_courier_1", self.url_open(self._path(touch)).text)

    def test_an_order_that_is_under_way_is_not_asked_about(self):
        order = self._create_order(self.anna, NOW)
        order._portal_ensure_token()
        path = f"/my/orders/{order.id}/feedback?access_token={order.access_token}"
        self.assertEqual(self.url_open(path).status_code, 404)


@tagged("post_install", "-at_install", "tour")
@freeze_time(NOW)
class TestFeedbackTour(FeedbackHttp):
    browser_size = "390x844"
    touch_enabled = True

    def test_on_a_phone_a_customer_says_what_could_be_better(self):
        touch = self._create_touch(self.order)
        self.start_tour(f"{self._path(touch)}?score=4", "lifecycle_feedback")
        self.assertRecordValues(
            self._get_feedback(),
            [{"score": 2, "carrier_score": 1, "packaging_score": 0, "better": "It came late", "may_ask": True}],
        )
        self.assertTrue(self._get_feedback().case_id)
