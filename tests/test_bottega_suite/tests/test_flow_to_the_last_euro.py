"""From the list price to the claim: a quote is negotiated, signed, delivered, invoiced, and not paid."""

import base64
import io
import re
import zipfile

from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tests import Form, tagged
from odoo.tools import mute_logger

from .flow_common import RECEIPT, FlowCommon

COPY = b"%PDF-1.7 the quote with a signature in ink"


@tagged("post_install", "-at_install")
class TestFlowToTheLastEuro(FlowCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.limit = cls.env["quote.discount.limit"].create({"max_discount": 40})
        cls.level = cls.env["quote.discount.level"].create(
            {"name": "Direction", "max_discount": 60, "min_margin": 5, "user_ids": [Command.set(cls.boss.ids)]}
        )
        cls.list = cls._create_list(
            "Restaurants",
            {
                "compute_price": "percentage",
                "percent_price": 10,
                "base": "pricelist",
                "base_pricelist_id": cls.public_list.id,
            },
        )
        cls.customer.property_product_pricelist = cls.list
        cls.env["account_edi_proxy_client.user"]._register_proxy_user(cls.company, "l10n_it_edi", "demo")

    def test_a_signed_quote_is_found_in_the_evidence_against_who_does_not_pay(self):
        self._go_to("2026-03-02 09:00:00")
        order = self._quote()
        self._negotiate(order)
        link = self._send(order)
        self._go_to("2026-03-03 10:00:00")
        self.assertNotIn("error", self._sign(order, link))
        self.assertRecordValues(order, [{"state": "sale", "acceptance": "valid", "signed_by": "Mario Rossi"}])
        self._go_to("2026-03-05 08:00:00")
        picking = self._deliver(order)
        self.assertTrue(picking.l10n_it_ddt_number)
        self._go_to("2026-03-06 08:00:00")
        invoice = self._invoice(order)
        self._check_same_totals(order, invoice, self._read_xml(invoice))
        self._transmit(invoice)
        self._go_to("2026-04-07 08:00:00")
        self._pay(invoice, 3000)
        self.assertEqual(invoice.payment_state, "partial")
        self._go_to("2026-05-18 08:00:00")
        case = self._remind(invoice)
        self._go_to("2026-05-26 08:00:00")
        self._call(case)
        self._go_to("2026-06-08 08:00:00")
        self._send_reminder(case)
        self._go_to("2026-06-25 08:00:00")
        self._give_notice(case)
        self.assertEqual(self.customer.trust, "bad")
        evidence, files = self._make_evidence(case)
        self.assertNotIn("Necessary", evidence.missing)
        self.assertEqual(files[f"01_contract/{order.name}.pdf"], self._get_signed(order))
        self.assertIn(f"02_delivery/{picking.l10n_it_ddt_number.replace('/', '-')}.pdf", files)
        self.assertIn(base64.b64decode(invoice.l10n_it_edi_attachment_file), files.values())
        self.assertIn(RECEIPT, files.values())
        self.assertEqual(len([name for name in files if name.endswith(".eml")]), 2)
        self.assertEqual(case.amount_net, order.amount_total - 3000)

    def test_so_is_a_quote_that_came_back_signed_on_paper(self):
        self._go_to("2026-03-02 09:00:00")
        order = self._quote()
        self._negotiate(order)
        self._send(order)
        self._go_to("2026-03-04 09:00:00")
        values = {"file": base64.b64encode(COPY), "file_name": "scan.pdf", "signed_by": "Mario Rossi"}
        dialog = self._open_dialog(order.action_countersigned(), self.seller, same_content=True, **values)
        dialog.action_keep()
        order.action_confirm()
        self._go_to("2026-03-05 08:00:00")
        self._deliver(order)
        self._invoice(order)
        self._go_to("2026-06-25 08:00:00")
        self._run_action("dunning_it.ir_cron_dunning_scan")
        _evidence, files = self._make_evidence(self._find_case())
        signed = [content for name, content in files.items() if name.startswith("01_contract/")]
        self.assertEqual(signed, [COPY])
        self.assertIn("signed_quote", self._find_case()._get_document_codes())

    # === SALE === #

    def _quote(self):
        """The seller quotes from the customer's list, with two discounts one after the other."""
        with Form(self.env["sale.order"].with_user(self.seller)) as form:
            form.partner_id = self.customer
            for product, quantity in ((self.pasta_product, 100), (self.machine, 1)):
                with form.order_line.new() as line:
                    line.product_id = product
                    line.product_uom_qty = quantity
                    line.discount_text = "40+10"
        order = form.record
        self.assertEqual(order.pricelist_id, self.list)
        self.assertEqual(order.order_line.mapped("price_unit"), [12.5, 10000])
        self.assertEqual(order.discount_status, "to_request")
        return order

    def _negotiate(self, order):
        """It is beyond what the seller may give: the boss says yes."""
        with self.assertRaisesRegex(UserError, "Ask for approval"):
            order.action_quotation_send()
        self._open_dialog(order.action_ask_approval(), self.seller, reason="A competitor gives as much").action_ask()
        request = self.env["quote.discount.request"].with_user(self.boss).search([("order_id", "=", order.id)])
        self.assertEqual((request.state, request.activity_ids.user_id), ("pending", self.boss))
        request.action_approve()
        self.assertEqual(order.discount_status, "approved")

    def _send(self, order):
        """The seller sends it; the link in the customer's mail."""
        self._open_dialog(order.action_quotation_send(), self.seller)._action_send_mail()
        (mail,) = self._take_mails(self.customer)
        return re.search(r'href="[^"]*?(/mail/view[^"]+)"', self._read_html(mail))[1].replace("&amp;", "&")

    # === CLAIM === #

    def _transmit(self, invoice):
        """The bookkeeper sends the invoice to the customer and the exchange system, whose part Odoo's demo plays."""
        Wizard = self.env["account.move.send.wizard"].with_user(self.bookkeeper)
        Wizard = Wizard.with_context(active_model="account.move", active_ids=invoice.ids)
        Wizard.create({"extra_edis": ["it_edi_send"]}).action_send_and_print()
        mail = self._take_mails(self.customer)[-1]
        names = [part.get_filename() for part in mail.iter_attachments()]
        self.assertIn(invoice.l10n_it_edi_attachment_name, names)
        self.assertEqual(invoice.l10n_it_edi_state, "processing")
        invoice.l10n_it_edi_state = "forwarded"  # Odoo's own way to hear of it commits

    def _remind(self, invoice):
        """The scheduled actions find what is overdue, and the bookkeeper sends the courtesy mail of the day."""
        self._run_action("dunning_it.ir_cron_dunning_scan")
        case = self._find_case()
        self.assertEqual(case.line_ids.move_id, invoice)
        self.assertAlmostEqual(case.amount_net, invoice.amount_residual)
        self._send_reminder(case)
        return case

    def _send_reminder(self, case):
        self._run_action("dunning_it.ir_cron_dunning_scan")
        case.action_send_reminders()
        with self._mail_server() as sent:
            self._run_action("dunning_it.ir_cron_dunning_remind")
        self.assertEqual([mail["To"] for mail in sent], ["trattoria@example.com"])

    def _call(self, case):
        self._run_action("dunning_it.ir_cron_dunning_scan")
        self.assertTrue(case.is_due)
        self._open_dialog(case.action_call(), self.bookkeeper, note="No money, he says").action_other_payment()

    def _make_evidence(self, case):
        """The bookkeeper makes the file for the lawyer; with what is in it, by its path."""
        with mute_logger("pypdf._reader"):  # what the scans of these tests are made of
            action = self._open_dialog(case.action_make_evidence(), self.bookkeeper).action_make()
        evidence = self.env[action["res_model"]].with_user(self.bookkeeper).browse(action["res_id"])
        with zipfile.ZipFile(io.BytesIO(evidence.attachment_id.raw)) as archive:
            return evidence, {name: archive.read(name) for name in archive.namelist()}

    def _get_signed(self, order):
        """The paper that was kept when the customer signed, with his name on it."""
        paper = order.sudo().evidence_ids.attachment_id.raw
        self.assertIn(b"Mario Rossi", paper)
        return paper
