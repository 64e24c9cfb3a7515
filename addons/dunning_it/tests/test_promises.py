"""A promise pauses the case; the scan says whether it was kept, and a broken one lets the case go on."""

import datetime
from itertools import pairwise

from freezegun import freeze_time
from hypothesis import given
from hypothesis import strategies as st

from odoo.exceptions import UserError
from odoo.fields import Date
from odoo.tests import TransactionCase, tagged
from odoo.tools.misc import format_date

from ..promises.schedule import INTERVALS, split
from .calls_common import CallCommon


@tagged("post_install", "-at_install")
class TestSchedule(TransactionCase):
    @given(
        amount=st.integers(1, 10**9),
        count=st.integers(1, 60),
        first=st.dates(datetime.date(2020, 1, 1), datetime.date(2040, 1, 1)),
        interval=st.sampled_from(INTERVALS),
    )
    def test_instalments_add_up_to_the_cent_and_differ_by_one_at_most(self, amount, count, first, interval):
        if amount < count:
            with self.assertRaises(ValueError):
                split(amount, count, first, interval)
            return
        parts = split(amount, count, first, interval)
        amounts = [part.amount for part in parts]
        self.assertEqual(sum(amounts), amount)
        self.assertEqual(parts[-1].until_then, amount)
        self.assertLessEqual(max(amounts) - min(amounts), 1)
        dates = [part.date for part in parts]
        self.assertEqual(dates[0], first)
        self.assertTrue(all(earlier < later for earlier, later in pairwise(dates)))


@tagged("post_install", "-at_install")
@freeze_time("2026-06-15 08:00:00")
class TestPromises(CallCommon):
    def test_of_a_merged_customer_a_promise_pauses_the_case_that_is_kept(self):
        stays = self._create_customer("Trattoria Rossi Srl")
        self._create_invoice(50, partner=stays)
        kept = self._scan(stays)
        self._promise("2026-06-30")
        promise = self.case.promise_ids
        self.env["dunning.case"].sudo()._merge_cases(self.customer, stays)
        self.assertEqual(kept.state, "paused", "before the next scan")
        self.move.line_ids.partner_id = stays
        self._scan(stays)
        self.assertRecordValues(promise, [{"case_id": kept.id, "state": "open"}])
        self.assertRecordValues(kept, [{"state": "paused", "paused_until": Date.to_date("2026-06-30")}])
        self._pay(self.move)
        self._scan(stays)
        self.assertEqual((promise.state, kept.state), ("kept", "open"))

    def test_of_a_merged_customer_what_kept_a_promise_bounces_in_the_case_that_is_kept(self):
        stays = self._create_customer("Trattoria Rossi Srl")
        self._create_invoice(50, partner=stays)
        kept = self._scan(stays)
        self._create_invoice(700)
        self._scan()
        self._promise("2026-06-30", amount=1000)
        promise = self.case.promise_ids
        payment = self._pay(self.move)
        self._scan()
        self.assertEqual(promise.state, "kept")
        self.env["base.partner.merge.automatic.wizard"]._merge((self.customer | stays).ids, stays)
        self.env.invalidate_all()
        self.assertEqual(promise.case_id, kept)
        self._get_item(self.move).remove_move_reconcile()
        payment.action_draft()
        self._scan(stays)
        self.assertEqual(promise.state, "open")

    def test_a_promise_pauses_the_case_and_completes_the_call(self):
        self._promise("2026-06-30")
        self.assertRecordValues(
            self.case,
            [
                {
                    "state": "paused",
                    "paused_until": Date.to_date("2026-06-30"),
                    "stage_id": self.second_mail.id,
                    "is_due": False,
                }
            ],
        )
        self.assertRecordValues(
            self.case.promise_ids, [{"amount": 1000, "state": "open", "source": "call", "user_id": self.user.id}]
        )

    def test_a_promise_that_is_paid_in_time_is_kept(self):
        self._promise("2026-06-30")
        with freeze_time("2026-06-30 08:00:00"):
            self._pay(self.move, date="2026-06-30")
            self._rescan()
        self.assertRecordValues(self.case.promise_ids, [{"state": "kept", "judged_date": Date.to_date("2026-06-30")}])
        self.assertEqual(self.case.state, "closed")

    def test_a_payment_that_is_not_allocated_yet_keeps_a_promise(self):
        self._promise("2026-06-30", amount=400)
        self._create_payment(400)
        self._rescan()
        self.assertEqual(self.case.promise_ids.state, "kept")

    def test_a_payment_from_before_the_promise_does_not_keep_it(self):
        self._create_payment(400)
        self._scan()
        self._promise("2026-06-30", amount=400)
        self._rescan()
        self.assertEqual(self.case.promise_ids.state, "open")

    def test_a_promise_is_broken_on_the_day_after_and_the_case_goes_on_where_it_stood(self):
        self.case.user_id = self.manager
        self._promise("2026-06-30")
        with freeze_time("2026-06-30 08:00:00"):
            self._rescan()
            self.assertEqual(self.case.state, "paused")
        with freeze_time("2026-07-01 08:00:00"):
            self._rescan()
            self.assertRecordValues(
                self.case,
                [
                    {
                        "state": "open",
                        "paused_until": False,
                        "stage_id": self.second_mail.id,
                        "action_date": Date.to_date("2026-06-25"),
                        "is_due": True,
                    }
                ],
            )
        self.assertEqual(self.case.promise_ids.state, "broken")
        self.assertRecordValues(self.case.activity_ids, [{"user_id": self.manager.id}])
        self.assertIn(self.euro.format(1000), self.case.activity_ids.summary)

    def test_a_part_of_what_was_promised_does_not_keep_it(self):
        self._promise("2026-06-30")
        self._pay(self.move, amount=999.99)
        with freeze_time("2026-07-01 08:00:00"):
            self._rescan()
        self.assertEqual(self.case.promise_ids.state, "broken")

    def test_a_scan_that_is_run_again_writes_nothing(self):
        self._promise("2026-06-30")
        for day in ("2026-06-16 08:00:00", "2026-07-01 08:00:00"):
            with freeze_time(day):
                self._rescan()
                self.env.flush_all()
                with self.assertNoStatement("INSERT", "UPDATE", "DELETE"):
                    self._rescan()
                    self.env.flush_all()

    def test_a_plan_is_several_promises_to_the_cent(self):
        self._promise("2026-06-30", count=3)
        self.assertRecordValues(
            self.case.promise_ids.sorted("date"),
            [
                {"amount": 333.34, "amount_until_then": 333.34, "date": Date.to_date("2026-06-30"), "number": 1},
                {"amount": 333.33, "amount_until_then": 666.67, "date": Date.to_date("2026-07-30"), "number": 2},
                {"amount": 333.33, "amount_until_then": 1000, "date": Date.to_date("2026-08-30"), "number": 3},
            ],
        )

    def test_a_plan_pauses_from_instalment_to_instalment(self):
        self._promise("2026-06-30", count=3)
        self._pay(self.move, amount=333.34)
        self._rescan()
        self.assertEqual(self.case.promise_ids.sorted("date").mapped("state"), ["kept", "open", "open"])
        self.assertRecordValues(self.case, [{"state": "paused", "paused_until": Date.to_date("2026-07-30")}])

    def test_the_rest_of_a_plan_falls_with_its_first_broken_promise(self):
        self._promise("2026-06-30", count=3)
        with freeze_time("2026-07-01 08:00:00"):
            self._rescan()
        self.assertEqual(self.case.promise_ids.sorted("date").mapped("state"), ["broken", "withdrawn", "withdrawn"])
        self.assertEqual(self.case.state, "open")
        self.assertEqual(len(self.case.activity_ids), 1)

    def test_a_newer_promise_takes_the_place_of_the_one_before(self):
        self._promise("2026-06-30")
        self._promise("2026-07-15")
        self.assertEqual(self.case.promise_ids.sorted("date").mapped("state"), ["withdrawn", "open"])
        self.assertEqual(self.case.paused_until, Date.to_date("2026-07-15"))

    def test_a_promise_in_a_letter_is_known_as_one(self):
        self._call(channel="letter", promise_date="2026-06-30").action_promise()
        self.assertRecordValues(self.case.promise_ids, [{"source": "letter", "state": "open"}])

    def test_what_is_left_after_a_kept_promise_is_pursued_at_once(self):
        self._promise("2026-07-31", amount=400)
        self._pay(self.move, amount=400)
        self._rescan()
        self.assertRecordValues(
            self.case, [{"state": "open", "amount_net": 600, "action_date": Date.to_date("2026-06-25")}]
        )

    def test_a_payment_that_bounces_breaks_the_promise_it_had_kept(self):
        self._promise("2026-06-30")
        payment = self._pay(self.move)
        self._rescan()
        self.assertEqual(self.case.promise_ids.state, "kept")
        self._bounce(payment)
        self.assertEqual(self.case.promise_ids.state, "broken")
        self.assertRecordValues(self.case, [{"state": "open", "cycle": 2}])

    def test_a_payment_that_bounces_breaks_its_promise_in_a_case_that_was_never_closed(self):
        self._create_invoice(700)
        self._rescan()
        self._promise("2026-06-30", amount=1000)
        payment = self._pay(self.move)
        self._rescan()
        self.assertRecordValues(self.case, [{"state": "open", "cycle": 1}])
        self.assertEqual(self.case.promise_ids.state, "kept")
        self._bounce(payment)
        self.assertEqual(self.case.promise_ids.state, "broken")

    def _bounce(self, payment):
        """The bank takes the payment back some weeks later."""
        with freeze_time("2026-07-20 08:00:00"):
            self._get_item(self.move).remove_move_reconcile()
            payment.action_draft()
            self._rescan()

    def test_an_allocation_that_is_undone_leaves_a_promise_kept(self):
        self._promise("2026-06-30")
        self._pay(self.move)
        self._rescan()
        with freeze_time("2026-07-20 08:00:00"):
            self._get_item(self.move).remove_move_reconcile()
            self._rescan()
        self.assertEqual(self.case.promise_ids.state, "kept")

    def test_insolvency_stops_all_contact_at_once_and_warns_to_file_the_claim(self):
        self._promise("2026-06-30")
        self.customer.dunning_insolvency_date = "2026-06-10"
        self.assertRecordValues(self.case, [{"state": "stopped"}])
        self.assertEqual(self.case.promise_ids.state, "withdrawn")
        day = format_date(self.env, Date.to_date("2026-06-10"))
        self.assertEqual(self._get_activities(), [f"Insolvent since {day}: file the claim"])
        self.assertIn("1,000.00", self.case.activity_ids.note)
        with self.assertRaises(UserError):
            self._call()
        self.customer.dunning_insolvency_date = False
        self.assertEqual(self.case.state, "open")

    def test_a_promise_is_for_a_day_to_come_and_not_for_more_than_is_open(self):
        for values in ({"promise_date": "2026-06-14"}, {"promise_amount": 1000.01}, {"promise_amount": 0}):
            with self.assertRaises(UserError):
                self._call(**values).action_promise()
        self.assertFalse(self.case.promise_ids)

    def test_promises_of_many_customers_are_judged_in_as_many_queries_as_those_of_two(self):
        cases = self.case
        for number in range(19):
            partner = self._create_customer(f"Customer {number}")
            self._create_invoice(partner=partner)
            cases |= self._bring_to_call(self._scan(partner))
        counts = []
        for chosen in (cases[:2], cases):
            for case in chosen:
                self._promise("2026-06-30", case=case)
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self.env["dunning.case"]._sync(chosen.partner_id)
            counts.append(self.env.cr.sql_log_count - before)
        self.assertLessEqual(counts[1], counts[0])

    def _promise(self, date, amount=None, count=1, case=None):
        values = {"promise_date": date, "promise_count": count}
        if amount is not None:
            values["promise_amount"] = amount
        self._call(case, **values).action_promise()

    def _create_payment(self, amount):
        payment = self.env["account.payment"].create(
            {
                "partner_id": self.customer.id,
                "amount": amount,
                "payment_type": "inbound",
                "partner_type": "customer",
                "journal_id": self.bank.id,
                "date": "2026-06-15",
            }
        )
        payment.action_post()
        return payment
