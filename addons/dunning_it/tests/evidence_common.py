"""Builders for what proves a claim: signed orders, e-invoices, printed invoices, added papers."""

import base64

from odoo.fields import Command, Datetime
from odoo.tools import mute_logger

from .notice_common import NoticeCommon

PNG = base64.b64encode(
    base64.b64decode("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==")
)
PDF = b"%PDF-1.4 a paper"
XML = b"<?xml version='1.0'?><FatturaElettronica/>"


class EvidenceCommon(NoticeCommon):
    def setUp(self):
        super().setUp()
        self.enterContext(mute_logger("pypdf._reader"))  # what the printed invoices of these tests are made of

    @classmethod
    def _create_order_and_invoice(cls, due="2026-03-15", date="2026-01-15", price=500, *, is_signed=False):
        """A confirmed order of the customer, and the invoice of it."""
        product = cls.env["product.product"].create(
            {"name": "Service", "type": "service", "invoice_policy": "order", "taxes_id": [Command.clear()]}
        )
        line = Command.create({"product_id": product.id, "product_uom_qty": 1, "price_unit": price})
        order = cls.env["sale.order"].create({"partner_id": cls.customer.id, "order_line": [line]})
        if is_signed:
            order.write({"signature": PNG, "signed_by": "Mario Rossi", "signed_on": Datetime.now()})
        order.action_confirm()
        move = order._create_invoices()
        move.write({"invoice_date": date, "invoice_payment_term_id": False, "invoice_date_due": due})
        move.action_post()
        return order, move

    @classmethod
    def _attach(cls, record, name, content=PDF, **values):
        vals = {"name": name, "raw": content, "res_model": record._name, "res_id": record.id, **values}
        return cls.env["ir.attachment"].create(vals)

    @classmethod
    def _give_xml(cls, move, state="forwarded", name="IT01234560157_00001.xml"):
        """The file that the exchange system has of an invoice."""
        move.write(
            {
                "l10n_it_edi_attachment_file": base64.b64encode(XML),
                "l10n_it_edi_attachment_name": name,
                "l10n_it_edi_state": state,
                "l10n_it_edi_transaction": "1234567",
            }
        )

    @classmethod
    def _give_pdf(cls, move, content=PDF):
        """The invoice as it was printed."""
        name = move._get_invoice_report_filename()
        return cls._attach(move, name, content, res_field="invoice_pdf_report_file", mimetype="application/pdf")

    @classmethod
    def _add(cls, kind="contract", name="Contract.pdf", content=PDF, case=None, **values):
        vals = {"case_id": (case or cls.case).id, "kind": kind, **values}
        return cls.env["dunning.document"]._add(name, content, vals)
