"""Builders of the tests of the paper: quotes that are sent, signed and changed."""

import base64
import io

from PIL import Image

from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tools import mute_logger

from .common import QuoteCommon


def signature_image():
    stream = io.BytesIO()
    Image.new("RGB", (60, 20), "white").save(stream, "PNG")
    return base64.b64encode(stream.getvalue())


SIGNATURE = signature_image()


class PaperCommon(QuoteCommon):
    """A quote of two rates of VAT, sent to a customer who has to sign it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.term = cls.env["account.payment.term"].create(
            {
                "name": "30 now, rest end of month",
                "line_ids": [
                    Command.create({"value": "percent", "value_amount": 30, "nb_days": 0}),
                    Command.create(
                        {"value": "percent", "value_amount": 70, "delay_type": "days_after_end_of_month", "nb_days": 30}
                    ),
                ],
            }
        )
        cls.guarantee = cls.env["quote.block"].create(
            {"name": "Satisfied", "body": "<p>Or refunded</p>", "kind": "guarantee"}
        )

    @classmethod
    def _create_quote(cls, *lines, **values):
        """A quote sent to the customer; without lines, of pasta and a machine with discounts."""
        lines = lines or (
            {"product_id": cls.pasta_product.id, "product_uom_qty": 10, "discount_text": "50+10"},
            {"product_id": cls.machine.id, "discount_text": "5"},
        )
        values = {"require_signature": True, "require_payment": False, "payment_term_id": cls.term.id, **values}
        order = cls._create_order(*lines, **{"quote_block_ids": cls.guarantee.ids, **values})
        order = order.with_context(lang="en_US")
        order.action_quotation_sent()
        cls.env.flush_all()  # as at the end of a request
        return order

    @classmethod
    def _sign(cls, order):
        """What the route does when the customer signs."""
        order.sudo().write({"signature": SIGNATURE, "signed_by": "Mario Rossi", "signed_on": "2026-03-02 10:00:00"})
        order.invalidate_recordset()
        return order

    def assert_refused(self, call, *args):
        """What is refused, whether for want of rights or since nobody may do it."""
        with (
            self.assertRaises(UserError),
            mute_logger("odoo.addons.base.models.ir_model", "odoo.addons.base.models.ir_rule"),
        ):
            call(*args)

    def _render(self, order, lang="en_US"):
        """The paper as HTML."""
        order.partner_id.sudo().lang = lang
        report = self.env["ir.actions.report"].with_context(lang=lang)
        return report._render_qweb_html("sale.action_report_saleorder", order.ids)[0].decode()
