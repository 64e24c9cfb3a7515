"""A waiver from its proposal to the books, and back."""

from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError
from odoo.fields import Command, Date
from odoo.tests import tagged

from .waiver_common import WaiverCommon

INSOLVENCY = {"basis": "insolvency", "basis_date": "2026-05-04", "basis_reference": "Tribunale di Torino 12/2026"}


@tagged("post_install", "-at_install")
@freeze_time("2026-06-15 08:00:00")
class TestWaiver(WaiverCommon):
    # === LOSS === #

    def test_a_loss_takes_all_off_the_receivables_once_the_accountant_posts_it(self):
        waiver = self._propose("loss")
        entry = self._approve(waiver)
        self.assertRecordValues(entry, [{"move_type": "entry", "state": "draft"}])
        self.assertEqual(self._get_item(self.move).amount_residual, 1220, "a draft books nothing")
        self._post(entry)
        self.assertRecordValues(waiver.sudo(), [{"state": "booked", "amount": 1830}])
        for move in (self.move, self.other):
            self.assertTrue(self._get_item(move).reconciled)
        self.assertRecordValues(self.case, [{"state": "closed", "close_reason": "lost"}])
        loss = entry.line_ids.filtered(lambda item: item.account_id == self.company.dunning_loss_account_id)
        self.assertEqual(loss.balance, 1830)
        self.assertEqual(
            self._get_trail(waiver),
            [
                ("proposed", "dunning_user", 1830),
                ("approved", "dunning_manager", 1830),
                ("booked", "dunning_accountant", 1830),
            ],
        )

    def test_a_part_leaves_the_rest_to_be_pursued(self):
        waiver = self._give_up("loss", {self.move: 1220, self.other: 110.01})
        self.assertEqual(waiver.sudo().state, "booked")
        self.assertEqual(self._get_item(self.other).amount_residual, 499.99)
        self.assertRecordValues(self.case, [{"state": "open", "amount_due": 499.99}])
        self.assertEqual(self.case.line_ids.sorted("due_date").mapped("state"), ["closed", "active"])

    def test_in_another_currency_the_loss_is_what_the_receivable_was_booked_at(self):
        dollar = self.env.ref("base.USD")
        dollar.active = True
        self.env["res.currency.rate"].create({"currency_id": dollar.id, "name": "2026-01-01", "rate": 1.1})
        move = self._create_invoice(330, currency_id=dollar.id)
        case = self._scan().filtered(lambda case: case.currency_id == dollar)
        entry = self._approve(self._propose("loss", {move: 110}, case=case))
        self.assertEqual(entry.line_ids.mapped("balance"), [100, -100])
        self._post(entry)
        self.assertEqual(self._get_item(move).amount_residual_currency, 220)

    # === CREDIT NOTES === #

    def test_each_invoice_gets_its_credit_note_with_vat_and_the_ground_on_it(self):
        waiver = self._propose("with_vat", **INSOLVENCY)
        notes = self._approve(waiver)
        self.assertRecordValues(
            notes.sorted("amount_total"),
            [
                {"move_type": "out_refund", "state": "draft", "amount_total": 610, "amount_tax": 110},
                {"move_type": "out_refund", "state": "draft", "amount_total": 1220, "amount_tax": 220},
            ],
        )
        self.assertIn("art. 26", notes[0].ref)
        self.assertIn("Tribunale di Torino 12/2026", notes[0].ref)
        self.assertNotIn("letters", notes[0].ref, "why is for the file")
        self._post(notes[0])
        self.assertEqual(waiver.sudo().state, "approved", "a part of it waits for the accountant still")
        self._post(notes[1])
        self.assertEqual(waiver.sudo().state, "booked")
        self.assertRecordValues(self.case, [{"state": "closed", "close_reason": "waived"}])

    def test_a_part_of_an_invoice_is_credited_to_the_cent_tax_included(self):
        reduced = self.env["account.tax"].create({"name": "10", "amount": 10, "type_tax_use": "sale"})
        lines = [
            Command.create({"name": name, "price_unit": price, "tax_ids": [Command.set(tax.ids)]})
            for name, price, tax in (("A", 33.33, self.tax), ("B", 66.66, self.tax), ("C", 17.77, reduced))
        ]
        move = self._create_invoice(invoice_line_ids=lines)
        self._scan()
        for amount in (0.01, 13.37, 100.01):
            with self.subTest(amount=amount):
                waiver = self._propose("with_vat", {move: amount}, **INSOLVENCY)
                note = self._approve(waiver)
                self.assertEqual(note.amount_total, amount)
                waiver.with_user(self.manager).action_withdraw()
        note = self._approve(self._propose("with_vat", {move: 100}, **INSOLVENCY))
        shares = {group["group_name"]: group for group in note.tax_totals["subtotals"][0]["tax_groups"]}
        self.assertTrue(shares)
        self.assertAlmostEqual(note.amount_tax / note.amount_total, move.amount_tax / move.amount_total, places=3)
        rest = move.amount_residual - 100
        self._post(note)
        self.assertAlmostEqual(move.amount_residual, rest, 2)

    def test_the_ground_has_its_day_as_the_customer_writes_days(self):
        self.env["res.lang"]._activate_lang("it_IT")
        self.customer.lang = "it_IT"
        note = self._approve(self._propose("with_vat", {self.move: 1220}, **INSOLVENCY))
        self.assertIn(", 04/05/2026, Tribunale di Torino", note.ref)

    def test_without_vat_the_tax_stays_and_the_allowance_has_its_account(self):
        exempt = self.env["account.tax"].create(
            {
                "name": "N2.2",
                "amount": 0,
                "type_tax_use": "sale",
                "l10n_it_exempt_reason": "N2.2",
                "invoice_legal_notes": "Art. 26 D.P.R. 633/72",
            }
        )
        self.company.dunning_allowance_tax_id = exempt
        note = self._approve(self._propose("without_vat", {self.move: 700}))
        self.assertRecordValues(note, [{"amount_total": 700, "amount_tax": 0}])
        self.assertEqual(note.invoice_line_ids.account_id, self.company.dunning_allowance_account_id)
        self.assertEqual(note.invoice_line_ids.tax_ids, exempt)
        self._post(note)
        self.assertEqual(self.move.amount_residual, 520)

    def _create_in_halves(self, amount=1000, **values):
        """An invoice with two instalments that are both late."""
        halves = [Command.create({"value": "percent", "value_amount": 50, "nb_days": days}) for days in (10, 40)]
        term = self.env["account.payment.term"].create({"name": "Halves", "line_ids": halves})
        return self._create_invoice(amount, invoice_payment_term_id=term.id, invoice_date_due=False, **values)

    def test_the_instalment_that_was_given_up_is_credited_not_the_first_one(self):
        move = self._create_in_halves()
        first, second = self._get_item(move).sorted("date_maturity")
        self._scan()
        waiver = self._draft("without_vat", {})
        waiver.line_ids.filtered(lambda line: line.move_line_id == second).amount = 300
        waiver.action_propose()
        self._post(self._approve(waiver))
        self.assertEqual((first.amount_residual, second.amount_residual), (500, 200))

    def test_two_parts_of_one_invoice_are_no_credit_note(self):
        move = self._create_in_halves()
        self._scan()
        waiver = self._draft("without_vat", {move: 300})
        with self.assertRaisesRegex(UserError, "more than one instalment"):
            waiver.action_propose()
        waiver.outcome = "loss"
        waiver.action_propose()
        self._post(self._approve(waiver))
        self.assertEqual(self._get_item(move).mapped("amount_residual"), [200, 200])

    def test_an_entry_that_is_no_invoice_can_only_be_a_loss(self):
        item = self._get_item(self.move)
        entry = self.env["account.move"].create(
            {
                "date": "2026-01-15",
                "line_ids": [
                    Command.create(
                        {
                            "account_id": item.account_id.id,
                            "partner_id": self.customer.id,
                            "date_maturity": "2026-02-15",
                            "debit": 80,
                            "no_followup": False,
                        }
                    ),
                    Command.create({"account_id": self.company.dunning_allowance_account_id.id, "credit": 80}),
                ],
            }
        )
        entry.action_post()
        self._scan()
        waiver = self._draft("without_vat", {entry: 80})
        with self.assertRaisesRegex(UserError, "no invoice"):
            waiver.action_propose()
        waiver.outcome = "loss"
        waiver.action_propose()
        self._post(self._approve(waiver))
        self.assertTrue(self._get_item(entry).reconciled)

    # === WHAT CAN'T BE === #

    def test_a_proposal_needs_how_why_and_how_much(self):
        waiver = self._draft(False, {}, reason=" ")
        with self.assertRaises(UserError) as caught:
            waiver.action_propose()
        for words in ("Choose how", "Write down the reason", "at least one"):
            self.assertIn(words, str(caught.exception))

    def test_no_more_than_is_open_is_given_up(self):
        waiver = self._draft("loss", {self.move: 1220.01})
        with self.assertRaisesRegex(UserError, "1,220.00"):
            waiver.action_propose()

    def test_non_payment_by_itself_gives_no_vat_back(self):
        with self.assertRaisesRegex(UserError, "no such ground"):
            self._draft("with_vat").action_propose()

    def test_an_agreement_is_for_a_year_from_the_supply(self):
        agreement = {"basis": "agreement_within_year", "basis_date": "2026-06-10", "basis_reference": "Letter"}
        old = self._create_invoice(date="2025-06-14", due="2025-07-14")
        self._scan()
        waiver = self._draft("with_vat", {old: 1000}, **agreement)
        with self.assertRaisesRegex(UserError, "possible until"):
            waiver.action_propose()
        waiver.line_ids.amount = 0
        waiver.line_ids.filtered(lambda line: line.move_id == self.move).amount = 1220
        waiver.action_propose()
        note = self._approve(waiver)
        note.invoice_date = "2027-01-16"
        with self.assertRaisesRegex(UserError, "possible until"):
            self._post(note)
        note.invoice_date = "2026-06-15"
        self._post(note)
        self.assertTrue(self._get_item(self.move).reconciled)

    @freeze_time("2026-04-20 08:00:00")
    def test_law_that_nobody_has_confirmed_is_confirmed_first(self):
        ground = {**INSOLVENCY, "basis_date": "2025-11-03"}
        waiver = self._propose("with_vat", **ground)
        self.assertIn("Confirm first", waiver.advice)
        with self.assertRaisesRegex(UserError, "Confirm first"):
            self._approve(waiver)
        waiver.row_ids.filtered(lambda row: row.state == "to_confirm").with_user(self.manager).action_confirm()
        self._approve(waiver)

    def test_a_loss_says_whether_the_credits_are_small(self):
        small = self._create_invoice(2500, date="2025-09-01", due="2025-12-01")
        self._scan()
        self.assertIn("Not all", self._draft("loss").advice)
        self.assertIn("Small credits", self._draft("loss", {small: 2500}).advice)
        self.assertTrue(self._draft("loss", {small: 2500}).row_ids)

    def test_the_credits_of_a_large_company_are_small_up_to_more(self):
        small = self._create_invoice(5000, date="2025-09-01", due="2025-12-01")
        self._scan()
        waiver = self._draft("loss", {small: 5000})
        self.assertIn("Not all", waiver.advice)
        self.company.dunning_is_large = True
        waiver.invalidate_recordset(["advice"])
        self.assertIn("Small credits", waiver.advice)

    def test_an_invoice_in_small_instalments_is_no_small_credit(self):
        move = self._create_in_halves(5000, date="2025-09-01")
        self._scan()
        waiver = self._draft("loss", {})
        waiver.line_ids.filtered(lambda line: line.move_id == move)[0].amount = 2500
        self.assertIn("Not all", waiver.advice)

    # === THE INVOICE CHANGES === #

    def test_an_invoice_whose_waiver_was_refused_can_get_other_instalments(self):
        move = self._create_in_halves()
        self._scan()
        waiver = self._propose("loss")
        waiver.with_user(self.manager).write({"decision_note": "No"})
        waiver.with_user(self.manager).action_refuse()
        mine = move.with_user(self.accountant)
        mine.button_draft()
        mine.write({"invoice_payment_term_id": False, "invoice_date_due": "2026-03-01"})
        mine.action_post()
        self.assertEqual(len(self._get_item(move)), 1)

    def test_an_invoice_whose_waiver_is_under_way_keeps_its_instalments(self):
        move = self._create_in_halves()
        self._scan()
        self._propose("loss")
        mine = move.with_user(self.accountant)
        mine.button_draft()
        with self.assertRaisesRegex(UserError, "refused or withdrawn"):
            mine.write({"invoice_payment_term_id": False, "invoice_date_due": "2026-03-01"})

    def test_a_credit_note_speaks_the_customers_language_not_the_approvers(self):
        self.customer.lang = self.env["res.lang"]._activate_lang("it_IT").code
        part = self._approve(self._propose("with_vat", {self.move: 100}, **INSOLVENCY))
        self.assertEqual(part.invoice_line_ids.name, f"Parte di {self.move.name}")
        whole = self._approve(self._propose("without_vat", {self.other: 610}, case=self._withdrawn(part)))
        self.assertEqual(whole.invoice_line_ids.name, "Abbuono senza IVA (art. 26 D.P.R. 633/72)")

    def _withdrawn(self, entry):
        """The case, after the waiver that an entry books was withdrawn."""
        entry._get_waiver_lines().waiver_id.with_user(self.manager).action_withdraw()
        return self.case

    def test_a_draft_that_was_approved_is_not_cancelled_but_withdrawn(self):
        waiver = self._propose("without_vat", {self.move: 1220, self.other: 610})
        notes = self._approve(waiver)
        with self.assertRaisesRegex(UserError, "withdraw"):
            notes[1].with_user(self.accountant).button_cancel()
        waiver.with_user(self.manager).action_withdraw()
        self.assertFalse(notes.exists())

    def test_what_was_taken_back_may_be_cancelled(self):
        entry = self._approve(waiver := self._propose("loss"))
        self._post(entry)
        entry.with_user(self.accountant).button_draft()
        entry.with_user(self.accountant).button_cancel()
        self.assertRecordValues(waiver.sudo(), [{"state": "undone"}])

    # === APPROVAL === #

    def test_who_proposes_does_not_approve(self):
        waiver = self._propose("loss", user=self.manager)
        for attempt in (waiver.action_approve, waiver.action_refuse, waiver.sudo().action_approve):
            with self.assertRaises(AccessError):
                attempt()
        admin = self.env.ref("base.user_admin")
        mine = waiver.with_user(admin)
        mine.action_reset()
        mine.action_propose()
        with self.assertRaises(AccessError):
            mine.action_approve()
        self._approve(waiver)

    def test_who_is_no_manager_does_not_approve(self):
        waiver = self._propose("loss", user=self.manager)
        for attempt in ("action_approve", "action_refuse"):
            with self.assertRaises(AccessError):
                getattr(waiver.with_user(self.user), attempt)()
            with self.assertRaises(AccessError):
                getattr(waiver.with_user(self.user).sudo(), attempt)()

    def test_after_the_proposal_nothing_is_changed_without_a_new_one(self):
        waiver = self._propose("loss")
        with self.assertRaises(UserError):
            waiver.reason = "Another"
        with self.assertRaises(UserError):
            waiver.line_ids[0].amount = 1
        waiver.sudo().line_ids[0].amount = 1
        with self.assertRaisesRegex(UserError, "not what was proposed"):
            self._approve(waiver)
        waiver.action_reset()
        waiver.action_propose()
        self._approve(waiver)
        self.assertEqual(
            [kind for kind, _login, _amount in self._get_trail(waiver)][1:], ["reset", "proposed", "approved"]
        )

    def test_a_payment_in_between_asks_for_a_new_proposal(self):
        waiver = self._propose("loss")
        self._pay(self.other)
        with self.assertRaisesRegex(UserError, "is open"):
            self._approve(waiver)

    def test_a_refusal_has_its_reason_and_lets_the_case_go_on(self):
        due = self.case.action_date
        waiver = self._propose("loss")
        self.assertFalse(self.case.action_date, "nobody is pressed for what may be given up")
        with self.assertRaisesRegex(UserError, "why it is refused"):
            waiver.with_user(self.manager).action_refuse()
        waiver.with_user(self.manager).decision_note = "Call once more"
        waiver.with_user(self.manager).action_refuse()
        self.assertEqual(self.case.action_date, due)
        self.assertFalse(waiver.line_ids.entry_id)

    def test_managers_are_asked_until_it_is_decided(self):
        waiver = self._propose("loss")
        self.assertIn(self.manager, waiver.activity_ids.user_id)
        self._approve(waiver)
        self.assertFalse(waiver.activity_ids)

    def test_a_case_has_one_waiver_under_way(self):
        waiver = self._propose("loss")
        self.assertEqual(self.case.with_user(self.user).action_waive()["res_id"], waiver.id)

    # === BOOKS === #

    def test_what_is_posted_is_what_was_approved(self):
        note = self._approve(self._propose("without_vat", {self.move: 700}))
        note.invoice_line_ids.price_unit = 701
        with self.assertRaisesRegex(UserError, "what was approved"):
            self._post(note)
        note.invoice_line_ids.price_unit = 700
        self._pay(self.move, 600)
        with self.assertRaisesRegex(UserError, "is open"):
            self._post(note)

    def test_a_credit_note_without_vat_gets_none_by_hand(self):
        note = self._approve(self._propose("without_vat", {self.move: 610}))
        note.invoice_line_ids.write({"price_unit": 500, "tax_ids": [Command.set(self.tax.ids)]})
        self.assertEqual(note.amount_total, 610)
        with self.assertRaisesRegex(UserError, "what was approved"):
            self._post(note)

    def test_an_entry_that_was_changed_is_not_posted(self):
        entry = self._approve(self._propose("loss", {self.move: 100}))
        debit, credit = entry.line_ids.sorted("balance", reverse=True)
        entry.write({"line_ids": [Command.update(debit.id, {"debit": 90}), Command.update(credit.id, {"credit": 90})]})
        with self.assertRaisesRegex(UserError, "what was approved"):
            self._post(entry)

    def test_a_draft_that_was_approved_is_not_deleted_but_withdrawn(self):
        waiver = self._propose("loss")
        entry = self._approve(waiver)
        with self.assertRaisesRegex(UserError, "withdraw"):
            entry.with_user(self.accountant).unlink()
        with self.assertRaises(AccessError):
            waiver.with_user(self.user).action_withdraw()
        waiver.with_user(self.manager).action_withdraw()
        self.assertFalse(entry.exists())
        self.assertTrue(self.case.action_date)

    def test_set_back_to_draft_it_is_pursued_again_and_posted_again_it_is_lost_again(self):
        waiver = self._propose("loss")
        entry = self._approve(waiver)
        self._post(entry)
        entry.button_draft()
        self.assertEqual(waiver.sudo().state, "undone")
        self._scan()
        self.assertRecordValues(self.case, [{"state": "open", "amount_due": 1830, "cycle": 2}])
        self._post(entry)
        self.assertRecordValues(self.case, [{"state": "closed", "close_reason": "lost"}])
        self.assertEqual([kind for kind, *_rest in self._get_trail(waiver)][-3:], ["booked", "undone", "booked"])

    def test_reversed_it_is_pursued_again(self):
        entry = self._approve(waiver := self._propose("loss"))
        self._post(entry)
        entry._reverse_moves(cancel=True)
        self.assertEqual(waiver.sudo().state, "undone")
        self._scan()
        self.assertRecordValues(self.case, [{"state": "open", "amount_due": 1830}])

    def test_a_part_that_is_taken_back_is_pursued_again(self):
        note = self._approve(self._propose("with_vat", {self.move: 1220}, **INSOLVENCY))
        self._post(note)
        self.assertEqual(self.case.amount_due, 610)
        note.button_draft()
        self._scan()
        self.assertEqual(self.case.amount_due, 1830)

    def test_taken_back_after_a_new_case_was_opened_it_comes_into_that_one(self):
        entry = self._approve(self._propose("loss"))
        self._post(entry)
        self._create_invoice(70)
        newer = self._scan() - self.case
        entry.button_draft()
        self._scan()
        self.assertEqual(newer.amount_due, 1900)
        self.assertEqual(self.case.state, "closed")

    # === WATCH LIST === #

    def test_the_customer_goes_on_the_watch_list_as_the_waiver_says(self):
        self._give_up("loss", watch_effect="prepay")
        watch = self.env["dunning.watch"].search([("partner_id", "=", self.customer.id)])
        self.assertRecordValues(
            watch,
            [
                {
                    "effect": "prepay",
                    "reason": "Two letters came back",
                    "user_id": self.user.id,
                    "start_date": Date.today(),
                }
            ],
        )

    def test_or_does_not(self):
        self._give_up("loss", watch_effect=False)
        self.assertFalse(self.env["dunning.watch"].search([("partner_id", "=", self.customer.id)]))
        self.assertFalse(self.case.activity_ids)

    def test_a_case_that_is_closed_as_lost_otherwise_asks_for_it(self):
        self.case._close("lost")
        self.assertIn("watch list", self.case.activity_ids.summary)

    # === WHAT ELSE IS INVOICED === #

    def test_of_what_was_given_up_neither_interest_nor_compensation_is_invoiced(self):
        self._give_up("loss", {self.move: 1220})
        wizard = self.env["dunning.charge.wizard"].create({"case_id": self.case.id, "has_paid": True})
        names = " ".join(wizard.line_ids.mapped("name"))
        self.assertIn(self.other.name, names)
        self.assertNotIn(self.move.name, names)
