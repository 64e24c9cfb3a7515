from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from odoo.tests import tagged

from .invoice_common import InvoiceCommon, written_discounts

BASKETS = st.lists(
    st.fixed_dictionaries(
        {
            "price_unit": st.decimals("0.01", "2000", places=2).map(float),
            "product_uom_qty": st.integers(1, 30).map(float),
            "rate": st.sampled_from([22, 10, 4]),
            "discount_text": st.sampled_from([False, "10", "50+10+5", "33,33+10", "12,345", "-2", "7,5+3,3+1,15"]),
            "header_discount": st.sampled_from([0.0, 0.01]),
            "free_goods": st.sampled_from([False, False, False, "discount", "gift", "gift_vat"]),
        }
    ),
    min_size=1,
    max_size=4,
)


@tagged("post_install", "-at_install")
class TestFatturaPA(InvoiceCommon):
    def _invoice_line(self, **values):
        """The XML of an order with one machine."""
        order = self._create_order({"product_id": self.machine.id, **values})
        invoice = self._confirm_and_invoice(order)
        xml = self._read_xml(invoice)
        self._check_same_totals(order, invoice, xml)
        return xml.find(".//DettaglioLinee")

    def test_each_step_is_an_entry(self):
        line = self._invoice_line(discount_text="33,33+10")
        self.assertEqual(written_discounts(line), ["SC 33.33 %", "SC 10.00 %"])
        self.assertEqual(line.findtext("PrezzoUnitario"), "10000.00000000")
        self.assertEqual(line.findtext("PrezzoTotale"), "6000.30000000")

    def test_a_surcharge_is_one_too(self):
        self.company.quote_surcharge = True
        line = self._invoice_line(discount_text="10+-2")
        self.assertEqual(written_discounts(line), ["SC 10.00 %", "MG 2.00 %"])

    def test_what_two_decimals_can_not_say_is_an_amount(self):
        line = self._invoice_line(discount_text="50+12,345")
        self.assertEqual(written_discounts(line), ["SC 50.00 %", "SC 617.25000000"])

    def test_an_agreed_price_is_an_amount(self):
        self.assertEqual(written_discounts(self._invoice_line(agreed_price=8765.43)), ["SC 1234.57000000"])

    def test_a_share_of_the_orders_cut_is_an_amount(self):
        order = self._create_order({"product_id": self.machine.id, "product_uom_qty": 3, "discount_text": "50"})
        order.order_line.sudo().header_discount = 100
        xml = self._read_xml(self._confirm_and_invoice(order))
        self.assertEqual(written_discounts(xml.find(".//DettaglioLinee")), ["SC 50.00 %", "SC 33.33333333"])
        self.assertEqual(xml.findtext(".//ImponibileImporto"), "14900.00")

    def test_a_step_that_is_not_shown_is_in_the_price(self):
        order = self._create_order({"product_id": self.machine.id, "discount_text": "50+10"})
        order.order_line.discount_step_ids[0].visible = False
        line = self._read_xml(self._confirm_and_invoice(order)).find(".//DettaglioLinee")
        self.assertEqual(line.findtext("PrezzoUnitario"), "5000.00000000")
        self.assertEqual(written_discounts(line), ["SC 10.00 %"])

    def test_a_free_line_with_the_tax_in_the_price_has_its_untaxed_price(self):
        """Odoo writes 122 here."""
        tax = self.vat22.copy({"price_include_override": "tax_included", "name": "22% in"})
        invoice = self._create_invoice({"price_unit": 122, "discount": 100, "tax_ids": tax.ids}, {"price_unit": 10})
        line = self._read_xml(self._post(invoice)).find(".//DettaglioLinee")
        self.assertEqual(line.findtext("PrezzoUnitario"), "100.00000000")
        self.assertEqual(line.findtext("PrezzoTotale"), "0.00000000")
        self.assertEqual(written_discounts(line), ["SC 100.00 %"])

    def test_a_returned_quantity_is_discounted_too(self):
        lines = [{"price_unit": 100, "quantity": 5}, {"price_unit": 30, "quantity": -2, "discount_text": "10+12,345"}]
        invoice = self._post(self._create_invoice(*lines))
        xml = self._read_xml(invoice)
        returned = xml.findall(".//DettaglioLinee")[1]
        self.assertEqual(returned.findtext("Quantita"), "2.00")
        self.assertEqual(returned.findtext("PrezzoUnitario"), "-30.00000000")
        self.assertEqual(written_discounts(returned), ["SC 10.00 %", "MG 3.33315000"])

    def test_a_credit_note_has_the_same_entries(self):
        order = self._create_order({"product_id": self.machine.id, "discount_text": "33,33+12,345"})
        invoice = self._confirm_and_invoice(order)
        note = self._post(invoice._reverse_moves([{"invoice_date": "2026-03-03"}]))
        entries = [written_discounts(self._read_xml(move).find(".//DettaglioLinee")) for move in (invoice, note)]
        self.assertEqual(entries[0], entries[1])
        self.assertEqual(note.amount_total, invoice.amount_total)

    def test_a_foreign_currency_is_written_in_euro(self):
        dollar = self.env.ref("base.USD")
        dollar.active = True
        rate = {"name": "2026-03-01", "currency_id": dollar.id, "company_id": self.company.id, "rate": 1.0837}
        self.env["res.currency.rate"].create(rate)
        lines = [{"price_unit": 1234.56, "quantity": 7, "discount_text": "33,33+12,345"}]
        invoice = self._post(self._create_invoice(*lines, currency_id=dollar.id))
        xml = self._read_xml(invoice)
        self.assertEqual(xml.findtext(".//DatiRiepilogo/ImponibileImporto"), f"{invoice.amount_untaxed_signed:.2f}")
        self.assertAlmostEqual(float(xml.findtext(".//PrezzoUnitario")), 1234.56 / invoice.invoice_currency_rate, 6)

    def test_a_fixed_tax_in_the_price_is_not_discounted_with_it(self):
        fixed = {"name": "Eco", "amount_type": "fixed", "amount": 1.0, "price_include_override": "tax_included"}
        fixed = self.vat22.copy({**fixed, "include_base_amount": True, "sequence": 1})
        vat = self.vat22.copy({"price_include_override": "tax_included", "name": "22% in", "sequence": 2})
        lines = [{"price_unit": 13.2, "quantity": 3, "discount_text": "50+10", "tax_ids": (fixed + vat).ids}]
        invoice = self._create_invoice(*lines)
        self._check_lines_of(self._post(invoice))

    def test_a_cent_of_global_rounding_is_named(self):
        """Odoo's XML is a cent below its invoice here."""
        self.company.tax_calculation_rounding_method = "round_globally"
        lines = [
            {"product_id": self.machine.id, "price_unit": 256.21, "product_uom_qty": 26, "discount_text": "50+10+5"},
            {"product_id": self.pasta_product.id, "price_unit": 1.4178, "product_uom_qty": 16},
        ]
        order = self._create_order(*lines)
        order.order_line[0].tax_ids = self.vat4
        invoice = self._confirm_and_invoice(order)
        xml = self._read_xml(invoice)
        self._check_same_totals(order, invoice, xml)
        self.assertEqual(xml.findtext(".//DatiGeneraliDocumento/Arrotondamento"), "0.01")

    def _check_lines_of(self, invoice):
        """Only the lines' own check: Odoo writes two rates for a fixed tax, which the format does not know."""
        xml = etree.fromstring(invoice._l10n_it_edi_render_xml())
        for line in xml.iter("DettaglioLinee"):
            line.remove(line.findall("AliquotaIVA")[0])
        self._check_lines(xml)

    def test_our_xml_is_imported_with_the_same_total(self):
        lines = [
            {"product_id": self.machine.id, "discount_text": "33,33+12,345"},
            {"product_id": self.pasta_product.id, "product_uom_qty": 17, "discount_text": "50+10+5"},
            {"product_id": self.pasta_product.id, "product_uom_qty": 3, "agreed_price": 9.99},
        ]
        invoice = self._confirm_and_invoice(self._create_order(*lines))
        raw = invoice._l10n_it_edi_render_xml()
        self._become_the_customer()
        attachment = {"name": "IT01234560157_00001.xml", "raw": raw, "mimetype": "application/xml"}
        attachment = self.env["ir.attachment"].create(attachment)
        journal = self.env["account.journal"].search([("type", "=", "purchase")], limit=1)
        bill = journal._create_document_from_attachment(attachment.ids)
        self.assertEqual(bill.move_type, "in_invoice")
        self.assertEqual(bill.amount_untaxed, invoice.amount_untaxed)
        self.assertEqual(bill.amount_total, invoice.amount_total)

    def _become_the_customer(self):
        """What we sent is then what we receive."""
        ours, theirs = (
            {"vat": partner.vat, "l10n_it_codice_fiscale": partner.l10n_it_codice_fiscale}
            for partner in (self.company.partner_id, self.customer)
        )
        self.company.partner_id.write(theirs)
        self.customer.write(ours)


@tagged("post_install", "-at_install", "slow")
class TestBaskets(InvoiceCommon):
    """Random baskets: the order, its invoice, its credit note and their XML say the same."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        rates = {22: cls.vat22, 10: cls.vat10, 4: cls.vat4}
        cls.taxes = {
            mode: {
                rate: tax.copy({"price_include_override": f"tax_{mode}", "name": f"{rate}% {mode}"})
                for rate, tax in rates.items()
            }
            for mode in ("included", "excluded")
        }

    @given(BASKETS, st.sampled_from(["included", "excluded"]), st.sampled_from(["round_per_line", "round_globally"]))
    @settings(max_examples=12)
    def test_order_invoice_and_xml_say_the_same(self, basket, mode, rounding):
        with self.env.cr.savepoint() as savepoint:
            self.company.tax_calculation_rounding_method = rounding
            order = self._create_order(*(self._prepare_line(mode, **line) for line in basket), user=self.env.user)
            for line, values in zip(order.order_line.filtered("price_unit"), basket, strict=False):
                if values["header_discount"] and not line.free_goods and not line.reversal_of_id:
                    line.sudo().header_discount = values["header_discount"]
            self._check_basket(order)
            savepoint.rollback()
        self.env.invalidate_all()

    def _prepare_line(self, mode, rate, header_discount, **values):
        values = {"product_id": self.machine.id, "tax_ids": self.taxes[mode][rate].ids, **values}
        if values["free_goods"] == "discount":
            del values["tax_ids"]
        return values

    def _check_basket(self, order):
        invoice = self._confirm_and_invoice(order)
        xml = self._read_xml(invoice)
        self._check_same_totals(order, invoice, xml)
        if invoice.move_type == "out_invoice":
            note = self._post(invoice._reverse_moves([{"invoice_date": "2026-03-03"}]))
            self.assertEqual(note.amount_total, invoice.amount_total)
            self.assertEqual(self._read_xml(note).findtext(".//ImportoTotaleDocumento"), f"{invoice.amount_total:.2f}")
