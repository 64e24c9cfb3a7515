"""What a customer may say about an order, and what he may know of it."""

from odoo import models

from .lifecycle_feedback_answer import Question


class SaleOrder(models.Model):
    _inherit = "sale.order"

    def _can_lifecycle_answer(self):
        """Whether it makes sense to ask how it was: nothing is to be delivered any more."""
        self.ensure_one()
        return self.state == "sale" and self.delivery_status in ("full", False)

    def _get_lifecycle_question(self, person=None, touch=None):
        """What is asked about the order.

        :param person: who answers; None: whoever ordered
        :rtype: Question
        """
        self.ensure_one()
        return Question(
            kind="order",
            key=f"order:{self.id}",
            person=person or self.partner_id,
            partner=self.partner_id.commercial_partner_id,
            company=self.company_id,
            order=self,
            touch=touch or self.env["lifecycle.touch"],
        )

    def _get_lifecycle_shipments(self):
        """What is known of what was sent, in the order in which it left; a list of ``Shipment``."""
        sent = self.picking_ids.filtered(lambda each: each.state == "done" and each.picking_type_code == "outgoing")
        return [picking._get_lifecycle_shipment() for picking in sent.sorted("date_done")]

    def _get_lifecycle_courier(self):
        """Who brought the last of it, "" where nobody knows."""
        return next((each.courier for each in reversed(self._get_lifecycle_shipments()) if each.courier), "")

    def _get_lifecycle_invoices(self):
        """The invoices that the customer has got."""
        return self.invoice_ids.filtered(lambda move: move.state == "posted" and move.move_type == "out_invoice")
