"""Cases follow the journal items: what is overdue, when something is done about it, and when nothing is."""

from unittest.mock import patch

from freezegun import freeze_time
from psycopg2.errors import SerializationFailure

from odoo.fields import Date
from odoo.tests import RecordCapturer, tagged
from odoo.tools import mute_logger

from .common import DunningCommon

LOGGER = "odoo.addons.dunning_it.models.dunning_case_scan"


@tagged("post_install", "-at_install")
@freeze_time("2026-06-15")
class TestScan(DunningCommon):
    def test_overdue_instalments_of_a_customer_make_one_case(self):
        self._create_invoice(1000, due="2026-03-15", date="2026-01-15")
        self._create_invoice(500, due="2026-05-31", date="2026-04-30")
        self._create_invoice(300, due="2026-06-15")  # due today is not overdue
        case = self._scan()
        self.assertRecordValues(
            case,
            [
                {
                    "partner_id": self.customer.id,
                    "state": "open",
                    "amount_due": 1500,
                    "amount_net": 1500,
                    "oldest_due_date": Date.to_date("2026-03-15"),
                    "action_date": Date.to_date("2026-04-10"),
                    "stage_id": self.business.stage_ids[0].id,
                    "hold_reason": False,
                }
            ],
        )
        self.assertRecordValues(
            case.line_ids,
            [
                {"due_date": Date.to_date("2026-03-15"), "action_date": Date.to_date("2026-04-10")},
                {"due_date": Date.to_date("2026-05-31"), "action_date": Date.to_date("2026-06-29")},
            ],
        )

    def test_a_second_scan_writes_nothing(self):
        self._create_invoice()
        self._scan()
        self.env.flush_all()
        self.env.invalidate_all()
        with self.assertNoWrites():
            self._scan()
            self.env.flush_all()

    def test_a_payment_closes_the_case_and_a_bounced_one_opens_it_again(self):
        move = self._create_invoice()
        case = self._scan()
        payment = self._pay(move)
        self._scan()
        self.assertRecordValues(case, [{"state": "closed", "close_reason": "paid", "action_date": False}])
        self.assertEqual(case.line_ids.state, "closed")
        self._get_item(move).remove_move_reconcile()
        self.assertEqual(self._scan(), case)
        self.assertRecordValues(case, [{"state": "open", "cycle": 2, "close_reason": False}])
        self.assertEqual(case.line_ids.filtered(lambda line: line.state == "active").move_id, move)
        self.assertTrue(payment)

    def test_a_later_due_date_closes_the_case_until_it_has_come(self):
        move = self._create_invoice()
        case = self._scan()
        self._get_item(move).date_maturity = "2026-07-15"
        self._scan()
        self.assertRecordValues(case, [{"state": "closed", "close_reason": "cleared"}])
        with freeze_time("2026-07-20"):
            self.assertEqual(self._scan(), case)
        self.assertRecordValues(case, [{"state": "open", "oldest_due_date": Date.to_date("2026-07-15")}])

    def test_a_part_payment_lowers_the_claim(self):
        move = self._create_invoice(1000)
        self._scan()
        self._pay(move, amount=400)
        self.assertRecordValues(self._scan(), [{"state": "open", "amount_due": 600, "amount_net": 600}])

    def test_open_credits_are_netted_and_may_cover_all(self):
        self._create_invoice(1000)
        self._create_invoice(300, move_type="out_refund", due="2026-05-01", date="2026-05-01")
        case = self._scan()
        self.assertRecordValues(case, [{"amount_due": 1000, "amount_credit": 300, "amount_net": 700}])
        self._create_invoice(700, move_type="out_refund", due="2026-05-01", date="2026-05-01")
        self._scan()
        self.assertRecordValues(case, [{"amount_net": 0, "hold_reason": "covered", "action_date": False}])

    def test_a_payment_under_way_without_entry_counts_as_a_credit(self):
        move = self._create_invoice(1000)
        self.bank.inbound_payment_method_line_ids.payment_account_id = False
        Move = self.env.registry["account.move"]
        with patch.object(Move, "_get_invoice_in_payment_state", lambda self: "in_payment"):  # as Enterprise has it
            payment = self._pay(move)
        self.assertRecordValues(payment, [{"state": "in_process", "move_id": False}])
        self.assertRecordValues(self._scan(), [{"amount_credit": 1000, "hold_reason": "covered"}])

    def test_what_is_left_out_by_hand_is_left_out(self):
        move = self._create_invoice(1000)
        move.no_followup = True
        self.assertFalse(self._scan())

    def test_an_agreed_date_wins(self):
        move = self._create_invoice(1000)
        self._get_item(move).dunning_agreed_date = "2026-09-01"
        self.assertEqual(self._scan().action_date, Date.to_date("2026-09-01"))

    def test_small_amounts_are_left_alone(self):
        self.business.min_amount = 50
        self._create_invoice(49.99)
        self.assertRecordValues(self._scan(), [{"hold_reason": "small", "action_date": False}])

    def test_what_is_small_in_another_currency_is_told_by_its_rate(self):
        dollar = self.env.ref("base.USD")
        dollar.active = True
        self.env["res.currency.rate"].create({"currency_id": dollar.id, "name": "2026-01-01", "rate": 2})
        self.business.min_amount = 50
        self._create_invoice(99, currency_id=dollar.id)
        self.assertEqual(self._scan().hold_reason, "small")
        self._create_invoice(1, currency_id=dollar.id)
        self.assertFalse(self._scan().hold_reason)

    def test_insolvency_stops_everything(self):
        self._create_invoice()
        case = self._scan()
        self.customer.dunning_insolvency_date = "2026-06-01"
        self._scan()
        self.assertRecordValues(case, [{"state": "stopped", "is_due": False}])

    def test_a_customer_is_judged_by_his_own_patience(self):
        self.customer.write({"dunning_has_own_patience": True, "dunning_technical_days": 0, "dunning_floor_days": 120})
        self._create_invoice()
        self.assertEqual(self._scan().action_date, Date.to_date("2026-05-15"))

    def test_each_currency_has_a_case(self):
        dollar = self.env.ref("base.USD")
        dollar.active = True
        self._create_invoice(1000)
        self._create_invoice(1000, currency_id=dollar.id)
        self.assertEqual(self._scan().currency_id, self.euro + dollar)

    def test_customers_are_treated_by_their_kind(self):
        consumer = self._create_customer("Bianchi", is_company=False)
        office = self._create_customer("Comune", l10n_it_pa_index="ABC123")
        for partner, kind in ((consumer, "consumer"), (office, "public"), (self.customer, "business")):
            self._create_invoice(partner=partner)
            self.assertEqual(self._scan(partner).policy_id, self.env.ref(f"dunning_it.dunning_policy_{kind}"))

    def test_the_scheduled_action_scans_a_company_once_a_day_and_a_customer_after_each_payment(self):
        move = self._create_invoice()
        self._run_scan()
        case = self.env["dunning.case"].search([("partner_id", "=", self.customer.id)])
        self.assertEqual(self.company.dunning_scan_date, Date.to_date("2026-06-15"))
        self._pay(move)
        self.assertEqual(self.env["dunning.change"].search([]).partner_id, self.customer)
        self._run_scan()
        self.assertEqual(case.state, "closed")
        self.assertFalse(self.env["dunning.change"].search([]))

    def test_one_that_cannot_be_brought_in_line_holds_up_no_other(self):
        partners = self.customer | self._create_customer("Bar Verdi") | self._create_customer("Bar Neri")
        moves = [self._create_invoice(partner=partner) for partner in partners]
        with self._broken(partners[1]), mute_logger(LOGGER):
            self._run_scan()  # each of them alone, where a batch fails
            found = self.env["dunning.case"].search([("partner_id", "in", partners.ids)])
            self.assertEqual(found.partner_id, partners - partners[1])
            self.assertEqual(self.company.dunning_scan_date, Date.to_date("2026-06-15"))
            for move in moves[:2]:
                self._pay(move, amount=400)
            for _time in range(2):  # with another, then alone
                with self.assertLogs(LOGGER, "ERROR") as logs:
                    self._run_scan()
                self.assertIn(f"res.partner({partners[1].id},)", logs.output[0])
                self.assertEqual(len(logs.output), 1)
        self.assertEqual(sorted(found.mapped("amount_due")), [600, 1000])
        self._run_scan()
        self.assertEqual(self.env["dunning.case"].search([("partner_id", "=", partners[1].id)]).amount_due, 600)

    def test_a_scan_that_meets_another_worker_is_done_again(self):
        self._create_invoice()
        error = SerializationFailure("could not serialize access")
        with self._broken(self.customer, error), self.assertRaises(SerializationFailure):
            self.env["dunning.case"]._scan_batch(self.customer)

    def test_many_payments_ask_for_one_scan(self):
        """Odoo keeps each trigger until the commit: a day's bank statement has hundreds of payments."""
        scans = [("cron_id", "=", self.env.ref("dunning_it.ir_cron_dunning_scan").id)]
        moves = [self._create_invoice() for _number in range(3)]
        self.env.cr.precommit.clear()  # as in a transaction of its own
        with RecordCapturer(self.env["ir.cron.trigger"], scans) as asked:
            for move in moves:
                self._pay(move)
        self.assertEqual(len(asked.records), 1)

    def _broken(self, partner, error=None):
        """What is known of a customer's patience raises an error."""
        Policy = self.env.registry["dunning.policy"]
        get_patience = Policy._get_patience

        def break_one(policy, customer):
            if customer == partner:
                raise error or ValueError("His patience is broken")
            return get_patience(policy, customer)

        return patch.object(Policy, "_get_patience", break_one)

    def _run_scan(self):
        with self.enter_registry_test_mode():
            self.env.ref("dunning_it.ir_cron_dunning_scan").method_direct_trigger()
        self.env.invalidate_all()

    def assertNoWrites(self):  # noqa: N802 - as the assertions of unittest
        return self.assertNoStatement("INSERT", "UPDATE", "DELETE")
