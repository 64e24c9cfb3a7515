"""How customers pay, told from real invoices, payments and credit notes."""

from freezegun import freeze_time

from odoo.tests import tagged

from .common import TODAY, DunningCommon


@tagged("post_install", "-at_install")
@freeze_time(TODAY)
class TestPartnerBehaviour(DunningCommon):
    def _paid(self, due, paid, amount=1000, partner=None):
        move = self._create_invoice(amount, due=due, date="2025-01-15", partner=partner)
        self._pay(move, date=paid)
        return move

    def _behaviour(self, partner=None):
        partner = partner or self.customer
        return partner._get_dunning_behaviour()[partner]

    def test_a_customer_without_payments_has_no_habits(self):
        self._create_invoice(due="2026-06-30")
        found = self._behaviour()
        self.assertEqual((found.count, found.median_days_late, found.on_time_share), (0, None, None))
        self.assertEqual((found.amount_open, found.amount_overdue), (1000, 0))
        self.assertIn("nothing to judge by", found.sentence)

    def test_payments_are_measured_against_the_terms(self):
        self._paid("2026-02-28", "2026-02-28", 100)
        self._paid("2026-03-31", "2026-04-12", 300)
        self._paid("2026-04-30", "2026-05-20", 600)
        found = self._behaviour()
        self.assertEqual((found.count, found.median_days_late, found.worst), (3, 12, 20))
        self.assertAlmostEqual(found.on_time_share, 1 / 3)
        self.assertAlmostEqual(found.on_time_amount_share, 0.1)
        self.assertEqual(found.sentence, "Usually pays 12 days after the due date, 33% on time.")

    def test_what_is_overdue_is_expected_as_he_has_paid_so_far(self):
        for due, paid in (("2026-02-28", "2026-03-05"), ("2026-03-31", "2026-04-12"), ("2026-04-30", "2026-05-20")):
            self._paid(due, paid)
        self._create_invoice(due="2026-06-08")
        self.assertIn("what fell due on 06/08/2026 would be paid by 06/24/2026.", self._behaviour().sentence)
        self._create_invoice(due="2026-04-30")
        self.assertIn("never paid as late as what fell due on 04/30/2026", self._behaviour().sentence)

    def test_the_last_year_is_set_against_the_time_before(self):
        self._paid("2025-03-31", "2025-04-01")
        self._paid("2026-03-31", "2026-04-12")
        found = self._behaviour()
        self.assertEqual((found.recent_median, found.earlier_median), (12, 1))
        self.assertIn("In the last 12 months 11 days later than before.", found.sentence)

    def test_an_invoice_paid_in_parts_counts_once_on_the_day_of_the_last_part(self):
        move = self._create_invoice(due="2026-03-31")
        self._pay(move, 400, date="2026-03-31")
        self.assertEqual(self._behaviour().count, 0)
        self._pay(move, 600, date="2026-04-10")
        found = self._behaviour()
        self.assertEqual((found.count, found.median_days_late, found.on_time_share), (1, 10, 0))

    def test_a_credit_note_is_no_payment(self):
        self._create_invoice(due="2026-03-31")._reverse_moves([{"invoice_date": "2026-06-01"}], cancel=True)
        found = self._behaviour()
        self.assertEqual((found.count, found.on_time_share, found.amount_open), (0, None, 0))

    def test_what_was_given_up_was_never_paid(self):
        move = self._create_invoice(due="2026-03-31")
        case = self._scan()
        self._pay(move, date="2026-06-10")  # as the entry of a loss clears the journal item
        case._close("lost")
        found = self._behaviour()
        self.assertEqual((found.count, found.on_time_share), (0, 0))

    def test_what_happened_long_ago_does_not_count(self):
        self._paid("2023-06-15", "2023-09-01")
        self.assertEqual(self._behaviour().count, 0)

    def test_open_and_overdue_are_net_of_credits_and_of_what_is_not_due(self):
        self._create_invoice(1000, due="2026-03-31")
        self._create_invoice(500, due="2026-07-31")
        self._create_invoice(200, due="2026-03-31", move_type="out_refund")
        found = self._behaviour()
        self.assertEqual((found.amount_open, found.amount_overdue), (1300, 1000))

    def test_a_contact_has_the_habits_of_its_company(self):
        self._paid("2026-03-31", "2026-04-12")
        contact = self.env["res.partner"].create({"name": "Ufficio acquisti", "parent_id": self.customer.id})
        self.assertEqual(self._behaviour(contact), self._behaviour())

    def test_another_company_sees_nothing_of_it(self):
        self._paid("2026-03-31", "2026-04-12")
        other = self.env["res.company"].create({"name": "Altra S.r.l."})
        self.assertEqual(self._behaviour(self.customer.with_company(other)).count, 0)

    def test_promises_kept_and_broken_are_counted(self):
        self._create_invoice(due="2026-03-15")
        case = self._scan()
        vals = {"case_id": case.id, "amount": 10, "date": TODAY, "made_date": TODAY, "snapshot": {}}
        states = ("kept", "broken", "kept", "withdrawn")
        self.env["dunning.promise"].create([{**vals, "state": state} for state in states])
        found = self._behaviour()
        self.assertEqual((found.promises_kept, found.promises_broken), (2, 1))
        self.assertIn("Promises kept: 2 of 3.", found.sentence)

    def test_many_customers_take_as_few_queries_as_one(self):
        partners = self.customer
        for number in range(3):
            partners |= self._create_customer(f"Cliente {number}")
            self._paid("2026-03-31", f"2026-04-1{number}", partner=partners[-1])
        self.env.flush_all()
        for some in (self.customer, partners):
            self.env.invalidate_all()
            with self.assertQueryCount(7):
                some._get_dunning_behaviour()
