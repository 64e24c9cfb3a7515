from lxml.html import fromstring

from odoo.exceptions import ValidationError
from odoo.fields import Command
from odoo.tests import Form, tagged

from .invoice_common import InvoiceCommon


@tagged("post_install", "-at_install")
class TestInvoiceSteps(InvoiceCommon):
    def _create_machine_order(self, **values):
        line = {"product_id": self.machine.id, "discount_text": "33,33+10", **values}
        return self._create_order(line)

    def test_no_cent_is_lost_between_order_invoice_and_credit_note(self):
        order = self._create_machine_order()
        self.assertEqual(order.amount_untaxed, 6000.30)
        invoice = self._confirm_and_invoice(order)
        self.assertRecordValues(invoice, [{"amount_untaxed": 6000.30, "amount_total": 7320.37}])
        self.assertRecordValues(
            invoice.invoice_line_ids, [{"discount": 39.997, "discount_text": "33,33+10", "price_subtotal": 6000.30}]
        )
        note = invoice._reverse_moves([{"invoice_date": "2026-03-03"}])
        self.assertRecordValues(note, [{"amount_untaxed": 6000.30, "amount_total": 7320.37}])
        self.assertEqual(note.invoice_line_ids.discount_steps, invoice.invoice_line_ids.discount_steps)
        self.assertEqual(note.invoice_line_ids.discount_text, "33,33+10")
        self.assertEqual(invoice.copy().invoice_line_ids.discount_text, "33,33+10")

    def test_steps_reach_the_invoice_with_their_kind_name_and_visibility(self):
        order = self._create_machine_order(discount_text="50")
        order.header_text = "4"
        order.order_line.discount_step_ids[0].write({"label": "Fiera", "visible": False})
        invoice = self._confirm_and_invoice(order)
        self.assertEqual(
            invoice.invoice_line_ids.discount_steps,
            [
                {"kind": "negotiated", "cut": "50", "by": "percent", "label": "Fiera", "visible": False},
                {"kind": "header", "cut": "4", "by": "percent", "label": None, "visible": True},
            ],
        )
        self.assertEqual(invoice.invoice_line_ids._get_shown_price(), 5000.0)
        self.assertEqual(invoice.invoice_line_ids._get_shown_discount(), "4 %")

    def test_an_agreed_price_and_a_share_of_the_orders_cut_keep_for_a_part_of_the_quantity(self):
        order = self._create_machine_order(discount_text=False, agreed_price=9000, product_uom_qty=3)
        order.order_line.sudo().header_discount = 100
        order.with_user(self.env.user).action_confirm()
        invoice = order.with_user(self.env.user)._create_invoices()
        self.assertEqual(invoice.amount_untaxed, 26900)
        invoice.invoice_line_ids.quantity = 1
        self.assertEqual(invoice.amount_untaxed, 8966.67)
        line = invoice.invoice_line_ids
        self.assertEqual([step["by"] for step in line.discount_steps], ["price", "amount"])
        shown = line.with_context(lang="en_US")._get_shown_discount()
        self.assertRegex(shown, "^net .*9,000.00.*, -.*33.33")

    def test_a_down_payment_and_its_deduction_keep_the_rest_right(self):
        order = self._create_machine_order()
        order.with_user(self.env.user).action_confirm()
        wizard = {"advance_payment_method": "percentage", "amount": 30, "sale_order_ids": [Command.set(order.ids)]}
        wizard = self.env["sale.advance.payment.inv"].create(wizard)
        down = self._post(wizard._create_invoices(wizard.sale_order_ids))
        rest = self._post(order.with_user(self.env.user)._create_invoices(final=True))
        self.assertAlmostEqual(down.amount_total + rest.amount_total, order.amount_total, 2)
        self.assertEqual(rest.invoice_line_ids.filtered("discount").discount_text, "33,33+10")
        self._read_xml(rest)

    def test_a_cascade_may_be_typed_on_an_invoice_without_order(self):
        form = Form(self.env["account.move"].with_context(default_move_type="out_invoice"))
        form.partner_id = self.customer
        with form.invoice_line_ids.new() as line:
            line.product_id = self.machine
            line.discount_text = "50 + 10 + 5"
            self.assertEqual(line.discount, 57.25)
        invoice = form.save()
        self.assertRecordValues(
            invoice.invoice_line_ids, [{"discount": 57.25, "discount_text": "50+10+5", "price_subtotal": 4275.0}]
        )
        with self._open(invoice) as form, form.invoice_line_ids.edit(0) as line:
            line.discount_text = "20"
        self.assertEqual(invoice.amount_untaxed, 8000.0)
        with self._open(invoice) as form, form.invoice_line_ids.edit(0) as line:
            line.discount = 30
            self.assertEqual(line.discount_text, "30")
        self.assertRecordValues(invoice.invoice_line_ids, [{"discount": 30.0, "discount_text": "30"}])
        with self._open(invoice) as form, form.invoice_line_ids.edit(0) as line:
            line.discount_text = False
        self.assertRecordValues(invoice.invoice_line_ids, [{"discount": 0.0, "discount_text": False}])

    def test_a_typed_cascade_replaces_what_was_negotiated_and_leaves_the_rest(self):
        order = self._create_machine_order(discount_text="50")
        order.header_text = "10"
        order.with_user(self.env.user).action_confirm()
        invoice = order.with_user(self.env.user)._create_invoices()
        invoice.invoice_line_ids.discount_text = "20+5"
        self.assertEqual(invoice.amount_untaxed, 6840.0)
        kinds = [step["kind"] for step in invoice.invoice_line_ids.discount_steps]
        self.assertEqual(kinds, ["negotiated", "negotiated", "header"])

    def test_lines_with_different_steps_are_written_together(self):
        invoice = self._create_invoice({"price_unit": 100, "discount_text": "10"}, {"price_unit": 100})
        first, second = invoice.invoice_line_ids
        first.discount_steps = [{**first.discount_steps[0], "kind": "header"}]
        (first + second).discount_text = "50"
        self.assertEqual((first + second).mapped("discount"), [55.0, 50.0])

    def test_a_percentage_alone_works_as_in_odoo(self):
        invoice = self._create_invoice({"price_unit": 1000, "discount": 12.3456})
        line = invoice.invoice_line_ids
        self.assertRecordValues(line, [{"price_subtotal": 876.54, "discount_text": "12,3456"}])
        line.discount_text = "50+10"
        line.discount = 7
        self.assertRecordValues(line, [{"price_subtotal": 930.0, "discount_text": "7"}])
        line.discount = 0
        self.assertRecordValues(line, [{"price_subtotal": 1000.0, "discount_text": False, "discount_steps": False}])

    def test_of_a_cascade_and_another_percentage_the_percentage_holds(self):
        lines = [
            {"price_unit": 100, "discount_text": "50+10", "discount": 55},
            {"price_unit": 100, "discount_text": "50+10", "discount": 20},
        ]
        invoice = self._create_invoice(*lines)
        self.assertRecordValues(
            invoice.invoice_line_ids,
            [{"discount": 55.0, "discount_text": "50+10"}, {"discount": 20.0, "discount_text": "20"}],
        )

    def test_invented_steps_are_not_taken(self):
        steps = [{"kind": "negotiated", "cut": "90", "by": "percent", "label": "!", "visible": True}]
        invoice = self._create_invoice({"price_unit": 100, "discount": 10, "discount_steps": steps})
        line = invoice.invoice_line_ids
        self.assertRecordValues(line, [{"price_subtotal": 90.0, "discount_text": "10"}])
        line.write({"discount_steps": steps})
        self.assertEqual(line._get_shown_discount(), "10 %")
        self.assertEqual(line.price_subtotal, 90.0)

    def test_what_is_no_cascade_is_refused_with_a_word_of_help(self):
        with self.assertRaisesRegex(ValidationError, "50\\+10\\+5"):
            self._create_invoice({"price_unit": 100, "discount_text": "50++10"})
        invoice = self._create_invoice({"price_unit": 100, "discount_text": "50"})
        with self.assertRaisesRegex(ValidationError, "at most 100"):
            invoice.invoice_line_ids.discount_text = "101"
        self.assertEqual(invoice.amount_untaxed, 50.0)

    def test_a_vendors_bill_is_as_he_wrote_it(self):
        bill = self._create_invoice(
            {"price_unit": 100, "discount": 12.5, "tax_ids": [], "discount_text": "50"}, move_type="in_invoice"
        )
        self.assertRecordValues(
            bill.invoice_line_ids,
            [{"price_subtotal": 87.5, "discount": 12.5, "discount_text": False, "discount_steps": False}],
        )

    def test_an_invoice_from_before_shows_its_one_discount(self):
        invoice = self._create_invoice({"price_unit": 100, "discount": 25})
        self.env.flush_all()
        self.env.cr.execute("UPDATE account_move_line SET discount_steps = NULL WHERE move_id = %s", [invoice.id])
        self.env.invalidate_all()
        self.assertEqual(invoice.invoice_line_ids._get_shown_discount(), "25 %")
        self.assertEqual(self._read_xml(self._post(invoice)).findtext(".//ScontoMaggiorazione/Percentuale"), "25.00")

    def test_the_printed_invoice_names_the_steps(self):
        invoice = self._confirm_and_invoice(self._create_machine_order(discount_text="50+10+5"))
        report = self.env["ir.actions.report"]
        html = report._render_qweb_html("account.report_invoice", invoice.ids)[0].decode()
        self.assertIn("50+10+5 %", html)
        self.assertNotIn("57.25", html)
        [table] = fromstring(html).xpath("//table[@name='invoice_line_table']")
        self.assertEqual(table.find("thead").get("style"), "display: table-row-group;")
        self.assertEqual([row.get("style") for row in table.find("tbody")], ["page-break-inside: avoid;"])
