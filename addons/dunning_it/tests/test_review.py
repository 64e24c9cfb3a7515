"""The ways out of a case through the model: by amount and day, live while a user types, and kept once decided."""

from datetime import date
from itertools import product

from freezegun import freeze_time
from psycopg2.errors import CheckViolation

from odoo.exceptions import UserError
from odoo.tests import Form, tagged
from odoo.tools import mute_logger

from ..law import outlines
from ..law.record import way_data
from ..law.routes import Claim, ways
from ..models import dunning_assessment_names as names
from .review_common import ReviewCommon

DAYS = ["2023-02-28", "2023-03-01", "2026-10-30", "2026-10-31"]
PEACE, TRIBUNAL = "justice_of_peace", "tribunal"


@tagged("post_install", "-at_install")
@freeze_time("2026-06-15 08:00:00")
class TestWaysOfACase(ReviewCommon):
    def around(self, euros):
        """Reviews of cases over a cent less, the amount, and a cent more."""
        cents = [euros * 100 - 1, euros * 100, euros * 100 + 1]
        customers = [self._create_customer(f"Customer {each}") for each in cents]
        return [
            self._review(self._bring_to_review(each / 100, customer))
            for each, customer in zip(cents, customers, strict=True)
        ]

    def read(self, reviews, day, way, name):
        for review in reviews:
            review.filing_date = day
        return [self._line(review, way)[name] for review in reviews]

    def test_the_court_by_amount_and_day_of_filing(self):
        expected = {
            1100: [[PEACE] * 3] * 4,
            10000: [[TRIBUNAL] * 3, [PEACE, PEACE, TRIBUNAL], [PEACE, PEACE, TRIBUNAL], [PEACE] * 3],
            50000: [[TRIBUNAL] * 3] * 4,
        }
        for euros, courts in expected.items():
            reviews = self.around(euros)
            for (i, day), way in product(enumerate(DAYS), ("injunction", "ordinary_action")):
                with self.subTest(euros=euros, day=day, way=way):
                    self.assertEqual(self.read(reviews, day, way, "court"), courts[i])

    def test_at_1_100_a_cent_decides_on_the_lawyer_and_the_fee(self):
        reviews = self.around(1100)
        answers = [self._line(review, "injunction").answer for review in reviews]
        lawyer = [answer["lawyer"] for answer in answers]
        self.assertEqual(lawyer, ["No lawyer is needed", "No lawyer is needed", "A lawyer is needed"])
        self.assertEqual(self.read(reviews, DAYS[2], "injunction", "amount_cost"), [21.5, 21.5, 76])
        self.assertEqual(self.read(reviews, DAYS[2], "ordinary_action", "amount_cost"), [43, 43, 125])

    def test_at_50_000_a_cent_decides_on_the_negotiation_before_an_action(self):
        necessary = "Attempt at assisted negotiation"
        found = [
            necessary in [paper["name"] for paper in self._line(review, "ordinary_action").answer["missing"]]
            for review in self.around(50000)
        ]
        self.assertEqual(found, [True, True, False])

    def test_since_the_day_of_the_deferred_limit_it_is_confirmed_first_where_it_decides(self):
        reviews = self.around(10000)
        self.assertEqual(self.read(reviews, DAYS[2], "injunction", "status"), ["open"] * 3)
        self.assertEqual(self.read(reviews, DAYS[3], "injunction", "status"), ["open", "open", "confirm_first"])
        deferred = self.env.ref("dunning_it.legal_justice_of_peace_limit_2026")
        (row,) = self._line(reviews[2], "injunction").answer["confirm"]
        self.assertEqual((row["id"], row["source"]), (deferred.id, deferred.source))
        deferred.with_user(self.manager).action_confirm()
        self.env.invalidate_all()
        self.assertEqual(self.read(reviews, DAYS[3], "injunction", "status"), ["open"] * 3)
        self.assertFalse(self._line(reviews[2], "injunction").answer["confirm"])

    def test_who_confirms_nothing_can_not_take_a_way_that_hangs_on_it(self):
        review = self.around(10000)[2]
        review.filing_date = DAYS[3]
        with self.assertRaisesRegex(UserError, "30,000 EUR"):
            self._line(review, "injunction").action_decide()
        self._confirm_law()
        self.env.invalidate_all()
        self.assertTrue(self._line(review, "injunction").action_decide())

    def test_a_row_that_the_table_lacks_is_named(self):
        self.env["dunning.legal.value"].search([("code", "=", "justice_of_peace_limit")]).unlink()
        line = self._line(self._review(), "injunction")
        self.assertEqual((line.status, line.court), ("confirm_first", False))
        self.assertEqual(line.answer["lacking"], ["Justice of the peace: claims up to"])
        with self.assertRaisesRegex(UserError, "Justice of the peace: claims up to"):
            line.action_decide()

    def test_every_code_of_the_law_has_its_words(self):
        self.assertEqual([code for code, _name in names.WAYS], list(outlines.OUTLINES))
        line, table = self._line(self._review(), "insist"), self.env["dunning.legal.value"]._get_table()
        papers = [frozenset(), frozenset({"signed_quote"}), frozenset({"bill_or_cheque", "insolvency"})]
        for audience, insolvent, documents in product(["company", "pa", "consumer"], [False, True], papers):
            claim = Claim(
                200_000,
                date(2026, 6, 15),
                interest=100,
                audience=audience,
                documents=documents,
                insolvent=insolvent,
                limitation=date(2026, 6, 14),
            )
            for way in ways(claim, table):
                words = line._put_in_words(way_data(way))
                told = [len(words[name]) for name in ("reasons", "remarks", "terms", "missing")]
                data = way_data(way)
                self.assertEqual(told, [len(data[name]) for name in ("reasons", "remarks", "deadlines", "missing")])


@tagged("post_install", "-at_install")
@freeze_time("2026-06-15 08:00:00")
class TestReview(ReviewCommon):
    def test_interest_runs_up_to_the_day_of_filing_and_decides_on_the_court(self):
        self.business.write({"interest_regime": "legal"})
        case = self._bring_to_review(9990, self._create_customer("Bar Verdi"))
        review = self._review(case)
        self.assertEqual(self._line(review, "injunction").court, TRIBUNAL, "9,990 and 39.85 of interest")
        self.assertAlmostEqual(review.amount_interest, 39.85, places=2, msg="91 days at 1.6 %")
        self.assertEqual(self._line(review, "injunction").status, "confirm_first", "whether interest counts")
        review.filing_date = "2026-03-17"
        self.assertAlmostEqual(review.amount_interest, 0.44, places=2)
        self.assertEqual(self._line(review, "injunction").court, PEACE)

    def test_what_can_be_expected_follows_what_is_typed(self):
        with Form(self._review()) as form:
            self.assertEqual(form.advice, "Enter how likely each way is to bring the money in.")
            with form.line_ids.edit(2) as line:
                self.assertEqual(line.way, "injunction")
                line.probability, line.hours, line.lawyer_amount = 0.7, 2.5, 300
                self.assertEqual(line.amount_net, 3024, "3,500 less 49, 27, 100 and 300")
                self.assertEqual(line.amount_cost, 476)
            self.assertIn("Injunction", form.advice)
            with form.line_ids.edit(1) as line:
                line.probability = 0.9
            self.assertIn("Payment plan", form.advice)
            form.hour_cost = 0
        review = form.record
        self.assertEqual(self._line(review, "injunction").amount_net, 3124)
        self.assertEqual(review.line_ids.filtered("is_best").way, "plan")

    def test_a_waiver_is_best_where_every_way_costs_more_than_it_brings(self):
        review = self._review()
        self._estimate(review, "injunction", 0.01, lawyer=1000)
        self._estimate(review, "insist", 0.001, hours=10)
        self._estimate(review, "ordinary_action", 0.01, lawyer=1000)
        self._estimate(review, "assisted_negotiation", 0.01, lawyer=1000)
        self._estimate(review, "plan", 0, hours=1)
        self.assertEqual(review.line_ids.filtered("is_best").way, "waiver")

    def test_closed_ways_say_why(self):
        line = self._line(self._review(), "pcc_certification")
        self.assertEqual(line.status, "closed")
        self.assertEqual(line.answer["reasons"], ["Only a public administration certifies what it owes."])
        with self.assertRaisesRegex(UserError, "public administration"):
            line.action_decide()

    def test_an_insolvent_customer_is_not_sued_nor_asked(self):
        self.customer.dunning_insolvency_date = "2026-06-01"
        review = self._review()
        self.assertTrue(review.is_insolvent)
        closed = review.line_ids.filtered(lambda line: line.status == "closed").mapped("way")
        self.assertEqual(closed, ["injunction", "ordinary_action", "assisted_negotiation", "pcc_certification"])
        with self.assertRaisesRegex(UserError, "insolvent"):
            self._decide(review, "plan")
        self.assertIn("There is a basis for a credit note with VAT.", self._line(review, "waiver").answer["remarks"])

    def test_a_case_has_one_review_to_decide_and_it_takes_the_figures_of_now(self):
        review = self._review()
        self._estimate(review, "plan", 0.5)
        self._pay(self.case.line_ids.move_id, 1000)
        self.assertEqual(self._review(user=self.manager).id, review.id)
        self.assertEqual(review.amount_principal, 4000)
        self.assertEqual(self._line(review, "plan").amount_net, 2000)

    def test_nothing_is_weighed_where_nothing_is_left(self):
        self._pay(self.case.line_ids.move_id)
        with self.assertRaisesRegex(UserError, "Nothing is left"):
            self._review()

    def test_a_payment_in_between_asks_for_new_figures(self):
        review = self._review()
        self._pay(self.case.line_ids.move_id, 1000)
        with self.assertRaisesRegex(UserError, "Renew Figures"):
            self._decide(review, "injunction")
        review.action_renew()
        self._decide(review, "injunction")
        self.assertEqual((review.state, review.amount_principal), ("decided", 4000))

    def test_interest_that_was_invoiced_in_between_asks_for_new_figures(self):
        self.business.write({"interest_regime": "late_payment", "has_compensation": True})
        self.company._fill_dunning_charges()
        review = self._review()
        self.case._charge(date(2026, 6, 15))
        with self.assertRaisesRegex(UserError, "Renew Figures"):
            self._decide(review, "injunction")
        review.action_renew()
        self._decide(review, "injunction")
        self.assertRecordValues(review, [{"state": "decided", "amount_total": 5000}])

    def test_a_payment_in_full_in_between_leaves_nothing_to_decide(self):
        review = self._review()
        self._pay(self.case.line_ids.move_id)
        with self.assertRaisesRegex(UserError, "Nothing is left"):
            self._decide(review, "injunction")
        self.assertEqual(review.state, "draft")

    def test_what_was_entered_is_remembered_for_the_next_review_of_the_company(self):
        review = self._review()
        self._estimate(review, "injunction", 0.6, 5, 800)
        self._decide(review, "injunction")
        other = self._review(self._bring_to_review(700, self._create_customer("Bar Verdi")))
        line = self._line(other, "injunction")
        self.assertEqual((line.probability, line.hours, line.lawyer_amount), (0.6, 5, 800))
        elsewhere = self.env["res.company"].create({"name": "Altra Srl"})
        self.assertEqual(self.env["dunning.assessment"]._remember(elsewhere), {})

    def test_what_is_decided_reads_the_same_when_the_law_is_another_one(self):
        review = self._review()
        self._estimate(review, "injunction", 0.7, 2.5, 300)
        self._decide(review, "injunction", note="The quote is signed")
        lines = review.line_ids
        before = [(line.status, line.court, line.amount_cost, line.amount_net, line.answer) for line in lines]
        fee = self.env.ref("dunning_it.legal_court_fee_5200")
        fee.amount = 980
        self.env.ref("dunning_it.legal_justice_of_peace_limit_2023").amount = 100
        self.env.invalidate_all()
        after = [(line.status, line.court, line.amount_cost, line.amount_net, line.answer) for line in lines]
        self.assertEqual(after, before)
        self.assertRecordValues(
            review,
            [{"way": "injunction", "amount_expected": 3024, "note": "The quote is signed", "advice": False}],
        )
        fee.unlink()
        self.env.invalidate_all()
        rows = self._line(review, "injunction").answer["rows"]
        kept = [row for row in rows if "98 EUR" in row["name"]]
        self.assertEqual([row["id"] for row in kept], [False], "told, though the row is gone")
        with self.assertRaisesRegex(UserError, "decided"):
            review.filing_date = "2026-07-01"
        with self.assertRaisesRegex(UserError, "decided"):
            self._line(review, "plan").probability = 1
        with self.assertRaisesRegex(UserError, "decided"):
            self._line(review, "plan").action_decide()

    def test_nonsense_is_refused(self):
        line = self._line(self._review(), "plan")
        for values in ({"probability": 1.01}, {"probability": -0.1}, {"hours": -1}, {"lawyer_amount": -1}):
            muted = mute_logger("odoo.sql_db")
            with self.subTest(values=values), muted, self.assertRaises(CheckViolation), self.env.cr.savepoint():
                line.write(values)
                line.flush_recordset()

    def test_the_claim_in_another_currency_is_weighed_in_euro(self):
        dollar = self.env.ref("base.USD")
        dollar.active = True
        self.env["res.currency.rate"].create({"currency_id": dollar.id, "name": "2026-01-01", "rate": 2})
        customer = self._create_customer("Bar Verdi")
        self._create_invoice(2000, partner=customer, currency_id=dollar.id)
        review = self._review(self._scan(customer))
        self.assertEqual((review.amount_principal, review.currency_id), (1000, self.euro))
