"""How a payment would count: as it is booked and as the law allows, to the cent, and nothing posted."""

import io

from freezegun import freeze_time
from hypothesis import given
from hypothesis import strategies as st
from pypdf import PdfReader

from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import Form, tagged
from odoo.tests.common import BaseCase

from ..law.imputation import share_out
from .charge_common import ChargeCommon

CENTS = st.integers(0, 1_000_000)


@tagged("post_install", "-at_install")
class TestShareOut(BaseCase):
    @given(CENTS, CENTS, st.lists(st.tuples(CENTS, CENTS), max_size=6), st.integers(0, 6))
    def test_every_cent_is_given_out_once_and_in_the_order_of_the_law(self, paid, costs, debts, chosen):
        chosen = min(chosen, len(debts))
        shared = share_out(paid, costs, debts, chosen)
        self.assertEqual(shared.costs + sum(shared.interest) + sum(shared.principal) + shared.left, paid)
        groups = [
            [("costs", shared.costs, costs)],
            *(
                [(kind, part, debt[at]) for part, debt in zip(parts[where], debts[where], strict=True)]
                for where in (slice(None, chosen), slice(chosen, None))
                for at, (kind, parts) in enumerate((("interest", shared.interest), ("principal", shared.principal)))
            ),
        ]
        owed = [entry for group in groups for entry in group]
        is_spent = False
        for _kind, part, debt in owed:
            self.assertTrue(0 <= part <= debt)
            self.assertFalse(is_spent and part, "what comes later gets nothing before this is paid")
            is_spent = is_spent or part < debt
        self.assertFalse(is_spent and shared.left)

    def test_nothing_negative_is_shared_out(self):
        for arguments in ((-1, 0, []), (1, -1, []), (1, 0, [(0, -1)])):
            with self.assertRaises(ValueError):
                share_out(*arguments)


@tagged("post_install", "-at_install")
@freeze_time("2026-06-15")
class TestImputation(ChargeCommon):
    def _impute(self, amount=500, **values):
        values = {"case_id": self.case.id, "amount": amount, "date": "2026-06-15", **values}
        return self.env["dunning.imputation"].with_user(self.user).create(values)

    def test_a_payment_counts_for_costs_then_interest_then_principal(self):
        self._add_cost(50)
        found = self._impute()
        self.assertRecordValues(found, [{"cost_owed": 50, "cost_paid": 50, "left_law": 0, "left_books": 0}])
        self.assertRecordValues(
            found.line_ids,
            [
                {
                    "interest": 25.31,
                    "principal": 1000,
                    "law_interest": 25.31,
                    "law_principal": 424.69,
                    "law_open": 575.31,
                    "books": 500,
                    "books_open": 500,
                }
            ],
        )

    def test_interest_is_reckoned_up_to_the_day_of_the_payment(self):
        # 29 days: the due date is a Sunday
        self.assertEqual(self._impute(date="2026-04-14").line_ids.law_interest, 8.06)

    def test_the_oldest_invoice_comes_first_unless_the_customer_named_another(self):
        self._create_invoice(300, due="2026-05-31", date="2026-04-30")
        self._scan()
        old, new = self.case.line_ids.sorted("due_date")
        self.assertEqual(self._impute().line_ids.mapped("books"), [500, 0])
        named = self._impute(chosen_line_ids=[Command.set(new.ids)])
        self.assertEqual(named.line_ids.case_line_id.ids, [new.id, old.id])
        # of 500: 80 of compensation, then 1.17 and 300 of the named one, then 25.31 and the rest of the other
        self.assertEqual(named.line_ids.mapped("law_interest"), [1.17, 25.31])
        self.assertEqual(named.line_ids.mapped("law_principal"), [300, 93.52])
        self.assertEqual(named.line_ids.mapped("books"), [300, 200])

    def test_a_debit_note_counts_as_interest_and_costs(self):
        note = self._charge()
        note.write({"invoice_payment_term_id": False, "invoice_date": "2026-06-01", "invoice_date_due": "2026-06-10"})
        note.action_post()
        self._scan()
        found = self._impute(100)
        self.assertEqual(found.cost_owed, 0)
        self.assertEqual(found.line_ids.mapped("law_interest"), [0, 65.31])
        self.assertEqual(found.line_ids.mapped("law_principal"), [34.69, 0])
        self.assertEqual(found.line_ids.mapped("books"), [100, 0])

    def test_thousandths_are_not_lost_where_the_currency_has_them(self):
        dinar = self.env.ref("base.KWD")
        dinar.active = True
        self.env["res.currency.rate"].create({"currency_id": dinar.id, "name": "2026-01-01", "rate": 0.3})
        self._create_invoice(1000.125, currency_id=dinar.id)
        case = self._scan().filtered(lambda case: case.currency_id == dinar)
        found = self._impute(500.005, case_id=case.id)
        self.assertRecordValues(found.line_ids, [{"principal": 1000.125, "books": 500.005, "books_open": 500.12}])

    def test_what_is_more_than_owed_is_left(self):
        self.assertRecordValues(self._impute(2000), [{"left_law": 934.69, "left_books": 1000}])

    def test_the_open_payment_of_the_customer_is_proposed(self):
        payment = self._receive(400)
        action = payment.with_user(self.user).action_dunning_impute()
        for found in (action, self.case.with_user(self.user).action_impute()):
            form = Form(self.env["dunning.imputation"].with_user(self.user).with_context(**found["context"]))
            self.assertEqual(form.amount, 400)
            self.assertEqual(str(form.date), "2026-06-12")
            self.assertEqual(form.save().line_ids.mapped("books"), [400])

    def test_a_customer_who_owes_nothing_has_nothing_to_impute(self):
        payment = self._receive(400, partner=self._create_customer("Verdi"))
        with self.assertRaises(UserError):
            payment.with_user(self.user).action_dunning_impute()

    def test_nothing_is_posted_or_allocated(self):
        before = self.env["account.move"].search_count([]), self.env["account.partial.reconcile"].search_count([])
        self._impute().action_print()
        after = self.env["account.move"].search_count([]), self.env["account.partial.reconcile"].search_count([])
        self.assertEqual(before, after)
        self.assertEqual(self.case.line_ids.amount_residual, 1000)

    def test_the_note_tells_the_customer_in_his_language_and_stays_with_the_case(self):
        for lang, words in (("en_US", "interest € 25.31, principal € 434.69"), ("it_IT", "434,69")):
            self.customer.lang = lang
            url = self._impute().action_print()["url"]
            file = self.env["ir.attachment"].browse(int(url.split("/")[3].split("?")[0]))
            self.assertEqual((file.res_model, file.res_id), ("dunning.case", self.case.id))
            text = " ".join(PdfReader(io.BytesIO(file.raw)).pages[0].extract_text().split())
            self.assertIn(words, text)
            self.assertIn(self.move.name, text)
        with self.assertRaises(UserError):
            self._impute(0).action_print()

    def test_only_who_looks_after_dunning_here_may_ask(self):
        seller = self._create_user("dunning_seller", "sales_team.group_sale_salesman")
        with self.assertRaises(AccessError):
            self.env["dunning.imputation"].with_user(seller).create({"case_id": self.case.id, "amount": 1})
        with self.assertRaises(AccessError):
            self.env["dunning.imputation"].with_user(self._use_other_company()).create(
                {"case_id": self.case.id, "amount": 1, "date": "2026-06-15"}
            ).read(["line_ids"])

    def _receive(self, amount, partner=None):
        """A payment that is not allocated."""
        payment = self.env["account.payment"].create(
            {
                "payment_type": "inbound",
                "partner_type": "customer",
                "partner_id": (partner or self.customer).id,
                "amount": amount,
                "date": "2026-06-12",
                "journal_id": self.bank.id,
            }
        )
        payment.action_post()
        self._scan()
        return payment
