"""Debit notes: to the cent of the interest sheet, never twice for the same days, free again once cancelled."""

import io

from freezegun import freeze_time
from pypdf import PdfReader

from odoo.exceptions import AccessError, UserError
from odoo.fields import Command, Date
from odoo.tests import tagged

from .charge_common import ChargeCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-06-15")
class TestCharges(ChargeCommon):
    # === WHAT IS CHARGED === #

    def test_the_draft_has_a_line_for_each_interest_compensation_and_cost(self):
        self._create_invoice(1000, due="2026-05-31", date="2026-04-30")
        self._scan()
        self._add_cost(87.5)
        note = self._charge()
        self.assertRecordValues(note, [{"state": "draft", "move_type": "out_invoice", "partner_id": self.customer.id}])
        self.assertEqual(note.l10n_it_document_type.code, "TD05")
        # 91 and 14 days at 2.15 + 8 %: both fell due on a Sunday
        self.assertEqual(note.invoice_line_ids.mapped("price_subtotal"), [25.31, 3.89, 40, 40, 7.5])
        self.assertEqual(note.amount_total, 116.7)
        self.assertEqual(set(note.invoice_line_ids.tax_ids.mapped("l10n_it_exempt_reason")), {"N1"})
        self.assertEqual(note.amount_tax, 0)
        self.assertRecordValues(
            self.case, [{"interest_amount": 0, "compensation_amount": 0, "cost_amount": 0, "charge_count": 1}]
        )

    def test_a_line_says_on_what_for_which_days_and_at_which_rate(self):
        line = self._charge().invoice_line_ids[0]
        self.assertEqual(
            line.name.split("\n"),
            [
                f"Interest for late payment on {self.move.name}, due on 15 Mar 2026",
                "17 Mar 2026 - 15 Jun 2026: 91 days on EUR 1,000.00 at 10.15% = EUR 25.31",
            ],
        )
        self.assertEqual(line.account_id.code[:4], "5110")

    def test_the_debit_note_says_the_same_as_the_interest_sheet_beside_it(self):
        for number in range(7):
            self._create_invoice(1000.01 + number, due=f"2026-03-{11 + number}", date="2026-01-15")
        self._scan()
        claim = self.case._get_claim(Date.to_date("2026-06-15"))
        note = self._charge()
        self.assertEqual(note.amount_total, float(claim.interest_amount + claim.compensation_amount))
        sheet = self.env["ir.attachment"].search([("res_model", "=", note._name), ("res_id", "=", note.id)])
        text = "".join(page.extract_text() for page in PdfReader(io.BytesIO(sheet.raw)).pages)
        self.assertIn(f"{claim.interest_amount:,.2f}", text)

    def test_what_is_not_ticked_is_not_invoiced(self):
        note = self._charge(leave_out=("compensation",))
        self.assertEqual(note.invoice_line_ids.mapped("price_subtotal"), [25.31])
        self.assertEqual(self.case.compensation_amount, 40)
        with self.assertRaises(UserError):
            self._charge(leave_out=("compensation",))

    def test_consumers_are_charged_the_legal_rate_and_nothing_else(self):
        consumer = self._create_customer("Bianchi", is_company=False)
        self._create_invoice(1000, due="2026-03-15", partner=consumer)
        note = self._charge(self._scan(consumer))
        self.assertEqual(note.invoice_line_ids.mapped("price_subtotal"), [3.99])

    def test_what_was_paid_late_is_charged_on_demand(self):
        self._pay(self.move, date="2026-04-14")
        self._scan()
        self.assertEqual(self.case.state, "closed")
        with self.assertRaises(UserError):
            self._charge()
        # 30 days
        self.assertEqual(self._charge(has_paid=True).invoice_line_ids.mapped("price_subtotal"), [8.06, 40])

    def test_what_was_paid_in_time_and_booked_late_bears_no_compensation(self):
        self._pay(self.move, date="2026-03-13")
        self._create_invoice(500, due="2026-06-30", date="2026-05-31")
        self._scan()
        self.assertEqual(self.case.state, "closed")
        self.assertFalse(self._open(has_paid=True).line_ids)

    def test_what_was_credited_in_full_was_not_paid_late(self):
        self._refund(self.move)
        self._scan()
        self.assertEqual(self.case.state, "closed")
        self.assertFalse(self._open(has_paid=True).line_ids)

    def test_a_disputed_instalment_is_not_charged(self):
        self.case._dispute(self.case.line_ids, "price")
        self.assertFalse(self._open().line_ids)

    def test_days_without_a_rate_are_not_charged_with_nothing(self):
        self.env["dunning.legal.value"].search(
            [("code", "=", "ecb_reference"), ("date_from", ">=", "2026-07-01")]
        ).unlink()
        with freeze_time("2026-07-10"):
            with self.assertRaises(UserError):
                self._charge()
            self.assertEqual(self._charge(leave_out=("interest",)).amount_total, 40)
            self.assertEqual(self._charge(until="2026-06-30").invoice_line_ids[0].price_subtotal, 29.48)

    def test_an_invoice_that_gets_fewer_instalments_is_not_charged_again(self):
        parts = [Command.create({"value": "percent", "value_amount": 25, "nb_days": days}) for days in (10, 20, 30, 40)]
        term = self.env["account.payment.term"].create({"name": "Quarters", "line_ids": parts})
        move = self._create_invoice(1000, invoice_payment_term_id=term.id, invoice_date_due=False)
        self._scan()
        note = self._charge()
        note.invoice_date = "2026-06-15"
        note.action_post()
        self.assertFalse(self._open().line_ids)
        move.button_draft()
        move.write({"invoice_payment_term_id": False, "invoice_date_due": "2026-03-01"})
        move.action_post()
        self._scan()
        self.assertEqual(len(self._get_item(move)), 1)
        self.assertFalse(self._open().line_ids)
        self.assertTrue(self.case._get_charge_remarks(self.case.line_ids))

    def test_tomorrow_is_not_charged(self):
        with self.assertRaises(UserError):
            self._charge(until="2026-06-16")

    # === ONCE === #

    def test_a_second_debit_note_begins_the_day_after(self):
        self._charge()
        with freeze_time("2026-06-25"):
            self.env.invalidate_all()
            self.assertRecordValues(self.case, [{"interest_amount": 2.78, "compensation_amount": 0}])  # 10 days
            note = self._charge()
        self.assertEqual(note.invoice_line_ids.mapped("price_subtotal"), [2.78])
        self.assertIn("16 Jun 2026 - 25 Jun 2026", note.invoice_line_ids.name)

    def test_cancelling_the_draft_frees_what_it_charged_and_it_stays_cancelled(self):
        note = self._charge()
        note.button_cancel()
        self.assertRecordValues(self.case, [{"interest_amount": 25.31, "compensation_amount": 40}])
        again = self._charge()
        self.assertEqual(again.amount_total, 65.31)
        with self.assertRaises(UserError):
            note.button_draft()
        again.unlink()
        note.button_draft()
        self.env.invalidate_all()
        self.assertRecordValues(self.case, [{"interest_amount": 0, "compensation_amount": 0}])

    def test_deleting_the_draft_or_a_line_of_it_frees_what_it_charged(self):
        note = self._charge()
        note.invoice_line_ids[0].unlink()
        self.assertRecordValues(self.case, [{"interest_amount": 25.31, "compensation_amount": 0}])
        note.unlink()
        self.assertRecordValues(self.case, [{"compensation_amount": 40, "charge_count": 0}])

    def test_the_days_of_an_earlier_note_that_was_cancelled_are_charged_in_between(self):
        first = self._charge(until="2026-04-14")
        self._charge(until="2026-05-14")
        first.button_cancel()
        # 30 days before and 32 after the second one
        self.assertEqual(self.case.interest_amount, 16.96)
        third = self._charge()
        self.assertEqual(third.invoice_line_ids[0].price_subtotal, 16.96)
        self.assertEqual(self.case.interest_amount, 0)

    def test_a_credit_note_over_all_of_it_frees_it(self):
        note = self._charge()
        note.action_post()
        self._refund(note)
        self.env.invalidate_all()
        self.assertRecordValues(self.case, [{"interest_amount": 25.31, "compensation_amount": 40}])

    # === IT IS PURSUED, AND BEARS NOTHING === #

    def test_a_debit_note_is_pursued_but_bears_neither_interest_nor_compensation(self):
        note = self._charge()
        note.write({"invoice_payment_term_id": False, "invoice_date": "2026-06-15", "invoice_date_due": "2026-06-20"})
        note.action_post()
        with freeze_time("2026-07-20"):
            self.env["dunning.legal.value"].create(
                {"code": "ecb_reference", "amount": 2, "date_from": "2026-07-01", "date_to": "2026-12-31"}
            )
            self._scan()
            self.assertEqual(self.case.amount_net, 1065.31)
            # 15 days at 10.15 %, 20 at 10 % on the invoice alone
            self.assertRecordValues(self.case, [{"interest_amount": 9.65, "compensation_amount": 0}])
            self.assertEqual([each.kind for each in self._get_chargeables()], ["interest"])

    def test_the_sheet_says_what_is_invoiced_already(self):
        note = self._charge()
        note.action_post()
        _name, content = self.case._draw(self.case._prepare_interest_sheet())
        text = " ".join(PdfReader(io.BytesIO(content)).pages[0].extract_text().split())
        self.assertIn(f"Interest up to 15 Jun 2026 on {self.move.name} is invoiced with {note.name}", text)

    def test_a_formal_notice_claims_charged_interest_no_second_time(self):
        self._charge()
        claim = self.case._get_claim(Date.to_date("2026-06-15"))
        self.assertEqual((float(claim.total), claim.compensated), (1000.0, 0))
        self.case.stage_id = self.business.stage_ids.filtered(lambda stage: stage.kind == "notice")
        notice = self.env["dunning.notice"].browse(self.case.with_user(self.user).action_make_notice()["res_id"])
        self.assertRecordValues(notice, [{"amount_total": 1000, "amount_interest": 0, "amount_compensation": 0}])
        self.assertEqual(notice.line_ids.amount_compensation, 0)

    # === COSTS === #

    def test_costs_are_owed_until_they_are_charged_and_then_stay_as_they_are(self):
        cost = self._add_cost()
        self._add_cost(100, is_recoverable=False)
        self.assertRecordValues(self.case, [{"cost_amount": 7.5, "total_amount": 1072.81}])
        note = self._charge()
        self.assertEqual(cost.charge_move_id, note)
        for change in (lambda: cost.write({"amount": 1}), cost.unlink):
            with self.assertRaises(UserError):
                change()
        note.button_cancel()
        cost.amount = 48
        self.assertEqual(self.case.cost_amount, 8)

    def test_costs_are_owed_as_far_as_they_exceed_the_flat_compensation(self):
        first, second = self._add_cost(15), self._add_cost(60)
        self.assertEqual((first | second).mapped("asked_amount"), [0, 35])
        self.assertEqual(self.case.cost_amount, 35)
        note = self._charge()
        self.assertRecordValues(
            note.invoice_line_ids[-1], [{"name": "Registered letter of 10 June: what exceeds the flat compensation"}]
        )
        self.assertEqual(note.invoice_line_ids.mapped("price_subtotal")[1:], [40, 35])
        self.assertFalse(first.charge_move_id)
        self.assertEqual((first | second).mapped("asked_amount"), [0, 35], "the flat compensation is for both")

    def test_consumers_owe_costs_whole_for_they_owe_no_flat_compensation(self):
        self.case.policy_id.write({"audience": "consumer", "interest_regime": "legal", "has_compensation": False})
        self.assertRecordValues(self._add_cost(15), [{"asked_amount": 15}])
        self.assertEqual(self.case.cost_amount, 15)

    # === WHO MAY === #

    def test_charges_are_written_by_nobody_and_costs_by_who_looks_after_dunning(self):
        self._charge()
        charges = self.case.charge_ids
        self.assertEqual(len(charges), 2)
        for user in (self.user, self.manager):
            with self.assertRaises(AccessError):
                charges.with_user(user).write({"date_to": "2026-03-16"})
            with self.assertRaises(AccessError):
                charges.with_user(user).unlink()
            with self.assertRaises(AccessError):
                charges.with_user(user).create({"case_id": self.case.id, "kind": "cost"})
        seller = self._create_user("dunning_seller", "sales_team.group_sale_salesman")
        for model in ("dunning.cost", "dunning.charge", "dunning.charge.wizard"):
            with self.assertRaises(AccessError):
                self.env[model].with_user(seller).search([])

    def test_another_company_sees_and_charges_nothing(self):
        cost = self._add_cost()
        self._charge()
        stranger = self._use_other_company()
        self.assertFalse(self.env["dunning.cost"].with_user(stranger).search([]))
        self.assertFalse(self.env["dunning.charge"].with_user(stranger).search([]))
        with self.assertRaises(AccessError):
            self.case.with_user(stranger).action_charge()
        with self.assertRaises(AccessError):
            self.case.with_user(stranger)._charge(Date.to_date("2026-06-15"))
        with self.assertRaises(AccessError):
            self.env["dunning.cost"].with_user(stranger).create({"case_id": self.case.id, "amount": 5})
        with self.assertRaises(AccessError):
            self.env["dunning.charge.wizard"].with_user(stranger).create({"case_id": self.case.id}).read(["line_ids"])
        with self.assertRaises(AccessError):
            cost.with_user(stranger).amount = 9

    def test_amounts_come_from_the_law_and_not_from_the_dialog(self):
        wizard = self._open()
        wizard.line_ids.write({"amount": 9999, "name": "Anything"})
        note = self.env["account.move"].browse(wizard.action_confirm()["res_id"])
        self.assertEqual(note.amount_total, 65.31)

    def test_no_interest_is_charged_of_a_customer_who_was_given_up(self):
        self.case._close("waived")
        with self.assertRaises(UserError):
            self.case.with_user(self.user).action_charge()
        self.customer.dunning_insolvency_date = "2026-06-10"

    # === SETTINGS === #

    def test_a_company_with_the_italian_chart_has_its_taxes_and_accounts(self):
        fields = [name for kind in ("interest", "compensation", "cost") for name in self._setting_names(kind)]
        self.company.write(dict.fromkeys(fields, False))
        self.company._fill_dunning_charges()
        self.assertTrue(all(self.company[name] for name in fields))
        kept = self.company.dunning_interest_tax_id.copy()
        self.company.dunning_interest_tax_id = kept
        self.company._fill_dunning_charges()
        self.assertEqual(self.company.dunning_interest_tax_id, kept)

    def test_the_document_is_the_one_of_the_settings(self):
        self.company.dunning_charge_document = "TD01"
        self.assertEqual(self._charge().l10n_it_document_type.code, "TD01")

    def test_a_line_without_a_tax_in_the_settings_gets_none_by_itself(self):
        self.company.dunning_interest_tax_id = False
        self.assertTrue(self._open().has_no_tax)
        self.assertEqual(self._charge().invoice_line_ids[0].tax_ids.ids, [])

    def _setting_names(self, kind):
        return f"dunning_{kind}_tax_id", f"dunning_{kind}_account_id"

    def _get_chargeables(self):
        return self.case._get_chargeables(Date.context_today(self.case), self.case._get_charge_lines())
