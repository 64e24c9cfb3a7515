"""Interest and compensation of a case: to the day and to the cent, on what was open each day."""

from freezegun import freeze_time

from odoo.fields import Date
from odoo.tests import tagged

from ..models.dunning_case_money import units_of
from .common import DunningCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-06-15")
class TestMoney(DunningCommon):
    def test_a_company_owes_interest_for_late_payment_and_forty_euro_an_invoice(self):
        self._create_invoice(1000, due="2026-03-15", date="2026-01-15")
        self._create_invoice(1000, due="2026-05-31", date="2026-04-30")
        case = self._scan()
        # 91 and 14 days at 2.15 + 8 %: both fell due on a Sunday
        self.assertRecordValues(
            case, [{"interest_amount": 29.2, "compensation_amount": 80, "total_amount": 2109.2, "amount_net": 2000}]
        )

    def test_what_was_paid_bears_interest_up_to_the_day_of_the_payment(self):
        move = self._create_invoice(1000, due="2026-03-15", date="2026-01-15")
        self._pay(move, amount=400, date="2026-04-14")
        # 29 days on 1,000, 62 on 600
        self.assertRecordValues(self._scan(), [{"interest_amount": 18.41, "amount_net": 600}])

    def test_what_falls_due_on_a_sunday_and_is_paid_on_monday_bears_nothing(self):
        self._pay(self._create_invoice(1000, due="2026-03-15", date="2026-01-15"), amount=1, date="2026-03-16")
        case = self._scan()
        for day, owed in (("2026-03-16", (0, 0)), ("2026-03-17", (0.28, 40))):
            case.invalidate_recordset()
            with freeze_time(day):
                self.assertEqual((case.interest_amount, case.compensation_amount), owed)

    def test_consumers_owe_the_legal_rate_and_no_compensation(self):
        consumer = self._create_customer("Bianchi", is_company=False)
        self._create_invoice(1000, due="2026-03-15", partner=consumer)
        # 91 days at 1.6 %
        self.assertRecordValues(self._scan(consumer), [{"interest_amount": 3.99, "compensation_amount": 0}])

    @freeze_time("2026-07-10")
    def test_a_missing_rate_makes_the_amount_provisional(self):
        self.env["dunning.legal.value"].search(
            [("code", "=", "ecb_reference"), ("date_from", ">=", "2026-07-01")]
        ).unlink()
        self._create_invoice(1000, due="2026-06-30", date="2026-05-31")
        case = self._scan()
        self.assertRecordValues(case, [{"interest_amount": 0, "is_provisional": True}])
        self.env["dunning.legal.value"].create(
            {"code": "ecb_reference", "amount": 2, "date_from": "2026-07-01", "date_to": "2026-12-31"}
        ).action_confirm()
        self.env.invalidate_all()
        self.assertRecordValues(case, [{"interest_amount": 2.74, "is_provisional": False}])

    def test_many_cases_are_reckoned_in_as_many_queries_as_one(self):
        partners = [self._create_customer(f"Customer {number}") for number in range(5)]
        for partner in partners:
            self._create_invoice(partner=partner)
        cases = self.env["dunning.case"].union(*map(self._scan, partners))
        cases[0].interest_amount  # noqa: B018 - the rates are cached for all
        counts = []
        for some in (cases[:1], cases):
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            some.mapped("total_amount")
            counts.append(self.env.cr.sql_log_count - before)
        self.assertEqual(*counts)

    def test_the_case_and_its_papers_say_the_same_to_the_cent(self):
        for number in range(7):
            self._create_invoice(1000.01 + number, due=f"2026-03-{11 + number}", date="2026-01-15")
        case = self._scan()
        claim = case._get_claim(Date.context_today(case))
        self.assertEqual(float(claim.interest_amount), case.interest_amount)
        self.assertEqual(float(claim.total), case.total_amount)

    def test_in_any_currency_the_case_and_its_papers_say_the_same_to_the_smallest_unit(self):
        for code, amount in (("JPY", 1001), ("KWD", 1000.125)):
            with self.subTest(code):
                currency = self.env.ref(f"base.{code}")
                currency.active = True
                self.env["res.currency.rate"].create({"currency_id": currency.id, "name": "2026-01-01", "rate": 2})
                for _number in range(3):
                    self._create_invoice(amount, due="2026-03-11", currency_id=currency.id)
                case = self._scan().filtered(lambda case, currency=currency: case.currency_id == currency)
                claim = case._get_claim(Date.context_today(case))
                self.assertEqual(float(claim.interest_amount), case.interest_amount)

    def test_stored_amounts_are_taken_without_the_noise_of_floats(self):
        self.assertEqual(
            [units_of(amount, self.euro) for amount in (0.1 + 0.2, 1.1 * 3, 99999999.99)], [30, 330, 9999999999]
        )
