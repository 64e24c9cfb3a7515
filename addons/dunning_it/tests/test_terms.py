"""The payment terms on an invoice's PDF: when, how much, how, and what follows from paying late; nothing twice."""

from freezegun import freeze_time
from lxml import html

from odoo.fields import Command
from odoo.tests import tagged

from .charge_common import ChargeCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-06-15")
class TestTerms(ChargeCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.account = cls.env["res.partner.bank"].create(
            {"acc_number": "IT60X0542811101000000123456", "partner_id": cls.company.partner_id.id}
        )

    def _print(self, move):
        content, _kind = self.env["ir.actions.report"]._render_qweb_html("account.report_invoice", move.ids)
        return html.fromstring(content)

    def _read(self, move, name="dunning_terms"):
        found = self._print(move).xpath(f"//div[@name='{name}']")
        return " ".join(found[0].text_content().split()) if found else ""

    def test_a_business_reads_when_how_much_how_and_what_the_law_says(self):
        text = self._read(self.move)
        for words in ("03/15/2026", "1,000.00", "D.Lgs. 231/2002", "40.00"):
            self.assertIn(words, text)
        self.assertEqual(self._count_accounts(), 1)

    def test_no_row_of_a_long_invoice_is_cut_in_two_or_printed_under_the_heading(self):
        [table] = self._print(self.move).xpath("//table[@name='invoice_line_table']")
        self.assertEqual(table.find("thead").get("style"), "display: table-row-group;")
        self.assertEqual([row.get("style") for row in table.find("tbody")][:1], ["page-break-inside: avoid;"])

    def test_a_consumer_reads_a_softer_word(self):
        consumer = self._create_customer("Bianchi", is_company=False)
        text = self._read(self._create_invoice(partner=consumer))
        self.assertIn("we shall find a way together", text)
        self.assertNotIn("231", text)

    def test_a_policy_without_the_flat_sum_or_without_interest_says_neither(self):
        self.business.has_compensation = False
        self.assertNotIn("40.00", self._read(self.move))
        self.business.interest_regime = "none"
        self.assertFalse(self._read(self.move, "dunning_late_payment"))

    def test_the_flat_sum_is_that_of_the_law(self):
        self.env["dunning.legal.value"].search([("code", "=", "flat_compensation")]).amount = 55
        self.assertIn("55.00", self._read(self.move))

    def test_instalments_that_core_prints_are_not_printed_twice(self):
        term = self.env["account.payment.term"].create(
            {
                "name": "30/60",
                "display_on_invoice": True,
                "line_ids": [
                    Command.create({"value": "percent", "value_amount": 50, "nb_days": days}) for days in (30, 60)
                ],
            }
        )
        move = self._create_invoice(1000, due=False, invoice_payment_term_id=term.id)
        page = self._print(move)
        self.assertEqual(page.text_content().count("500.00"), 2)
        term.display_on_invoice = False
        self.env.invalidate_all()
        self.assertEqual(self._print(move).text_content().count("500.00"), 2)

    def test_the_account_is_printed_once(self):
        for bank in (self.account, self.account.browse()):
            self.move.partner_bank_id = bank
            self.assertEqual(self._count_accounts(), 1)

    def test_a_credit_note_a_debit_note_and_a_company_that_wants_none(self):
        self.assertFalse(self._read(self._create_invoice(10, move_type="out_refund")))
        self.assertFalse(self._read(self._charge(), "dunning_late_payment"))
        self.company.dunning_prints_terms = False
        self.assertFalse(self._read(self.move))

    def _count_accounts(self):
        text = self._print(self.move).text_content()
        return text.replace(" ", "").count("IT60X0542811101000000123456")
