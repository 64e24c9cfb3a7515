"""Our electronic invoices by the official schema: every test that reads one checks it, these say that it is so."""

from lxml import etree

from odoo.fields import Command
from odoo.tests import tagged

from .fatturapa_schema import official_schema
from .invoice_common import InvoiceCommon, written_discounts


@tagged("post_install", "-at_install")
class TestFatturaPASchema(InvoiceCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.schema = official_schema()

    def setUp(self):
        super().setUp()
        if not self.schema:
            self.skipTest("The official schema is not here: set BOTTEGA_FATTURAPA_XSD to its file.")

    def test_an_order_of_everything_is_valid_and_so_is_its_credit_note(self):
        line = {"product_id": self.machine.id, "product_uom_qty": 3}
        order = self._create_order(
            {**line, "discount_text": "33,33+12,345"},
            {**line, "agreed_price": 8765.43},
            {**line, "product_id": self.pasta_product.id, "discount_text": "50+10+5"},
            {**line, "price_unit": 10, "free_goods": "discount"},
            {**line, "price_unit": 10, "free_goods": "gift", "discount_text": "10"},
            {**line, "price_unit": 10, "free_goods": "gift_vat"},
            header_text="5+2",
            header_kind="amount",
            header_value=123.45,
        )
        self.assertEqual(len(order.order_line), 8, "with what takes back the gifts")
        invoice = self._confirm_and_invoice(order)
        note = self._post(invoice._reverse_moves([{"invoice_date": "2026-03-03"}]))
        for move, kind in ((invoice, "TD01"), (note, "TD04")):
            xml = self._read_xml(move)
            self.assertEqual(xml.findtext(".//TipoDocumento"), kind)
            self.assertEqual(len(written_discounts(xml.find(".//DettaglioLinee"))), 5)
            self._assert_valid(xml)

    def test_many_steps_and_long_names_are_valid(self):
        order = self._create_order(
            {"product_id": self.machine.id, "discount_text": "1+2+3+4+5+6+7+8+9+10", "name": "È così “grande” " * 90}
        )
        self._assert_valid(self._read_xml(self._confirm_and_invoice(order)))

    def test_a_down_payment_and_what_is_left_are_valid(self):
        order = self._create_order({"product_id": self.machine.id, "discount_text": "33,33+10"})
        order = order.with_user(self.env.user)
        order.action_confirm()
        values = {"sale_order_ids": [Command.set(order.ids)], "advance_payment_method": "percentage", "amount": 30}
        wizard = self.env["sale.advance.payment.inv"].create(values)
        wizard.create_invoices()
        self._assert_valid(self._read_xml(self._post(order.invoice_ids)))
        rest = self._post(order._create_invoices(final=True))
        self._assert_valid(self._read_xml(rest))

    def test_the_schema_refuses_what_is_wrong(self):
        invoice = self._confirm_and_invoice(self._create_order({"product_id": self.machine.id, "discount_text": "10"}))
        wrong = {"Percentuale": "1234567.123", "Tipo": "XX", "Natura": "N99", "PrezzoUnitario": "10"}
        for name, text in wrong.items():
            xml = etree.fromstring(invoice._l10n_it_edi_render_xml())
            for place in xml.iter("DettaglioLinee"):
                found = place.find(f".//{name}")
                if found is None:
                    found = etree.SubElement(place, name)
                found.text = text
            with self.subTest(name):
                self.assertFalse(self.schema.validate(xml))

    def _assert_valid(self, xml):
        self.assertTrue(self.schema.validate(xml), self.schema.error_log)
