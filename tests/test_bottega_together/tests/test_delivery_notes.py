"""What was delivered proves what is claimed, where goods are delivered from Odoo."""

from datetime import timedelta

from odoo import fields
from odoo.fields import Command
from odoo.tests import TransactionCase, new_test_user, tagged


@tagged("post_install", "-at_install")
class TestDeliveryNotes(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.customer = cls.env["res.partner"].create({"name": "Tipografia Ferrero", "is_company": True})
        cls.product = cls.env["product.product"].create(
            {"name": "Shelf", "type": "consu", "invoice_policy": "delivery", "list_price": 500}
        )
        cls.user = new_test_user(cls.env, "bookkeeper", groups="dunning_it.group_dunning_user")

    def _sell(self):
        """An order, its delivery and its invoice, which is overdue."""
        line = Command.create({"product_id": self.product.id, "product_uom_qty": 1})
        order = self.env["sale.order"].create({"partner_id": self.customer.id, "order_line": [line]})
        order.action_confirm()
        picking = order.picking_ids
        picking.move_ids.write({"quantity": 1, "picked": True})
        picking.button_validate()
        self.assertEqual(picking.state, "done")
        move = order._create_invoices()
        today = fields.Date.today()
        dates = {"invoice_date": today - timedelta(120), "invoice_date_due": today - timedelta(90)}
        move.write({**dates, "invoice_payment_term_id": False})
        move.action_post()
        return picking, move

    def test_a_delivery_is_at_hand_and_goes_into_the_evidence_file(self):
        picking, move = self._sell()
        Case = self.env["dunning.case"]
        Case._scan_batch(self.customer)
        case = Case.search([("partner_id", "=", self.customer.id)]).with_user(self.user)
        self.assertIn("delivery_note", case._get_document_codes())
        [note] = [each for each in case._get_documents() if each.kind == "delivery_note"]
        self.assertEqual((note.record, note.moves), (picking, move))
        self.assertEqual(note.name, picking.l10n_it_ddt_number or picking.name)
