"""Take in a quote that the customer signed on paper."""

import base64
import binascii

from odoo import fields, models
from odoo.exceptions import UserError
from odoo.tools.osutil import clean_filename

from ..evidence.pages import kind_of


class QuoteCountersigned(models.TransientModel):
    """The scan of a countersigned quote, kept with its SHA-256, who took it in and when."""

    _name = "quote.countersigned"
    _description = "Countersigned Copy Received"

    order_id = fields.Many2one("sale.order", required=True, readonly=True, ondelete="cascade")
    file = fields.Binary(string="Scan", required=True, attachment=False)
    file_name = fields.Char()
    signed_by = fields.Char(required=True, help="Who signed for the customer.")
    signed_on = fields.Date(required=True, default=fields.Date.context_today)
    same_content = fields.Boolean(
        string="It says what the quote says now",
        help="The scan counts as the customer's signature for the quote as it is now.",
    )

    def action_keep(self):
        """Keep the scan as evidence of the order."""
        self.ensure_one()
        self.order_id.check_access("write")
        raw = self._read_file()
        if not self.same_content:
            raise UserError(
                self.env._("Compare the scan with the quote and tick that it says the same, or send the quote anew.")
            )
        if self.signed_on > fields.Date.context_today(self):
            raise UserError(self.env._("The copy can't be signed on a day that is still to come."))
        order = self.order_id.sudo()  # evidence is noted by the server, for whoever may change the order
        evidence = order.env["quote.evidence"].create(self._prepare_evidence_vals(order))
        name = self._get_file_name(raw)
        evidence._pin(name, raw)
        order._note_countersigned()
        author = self.env.user.partner_id
        order.message_post(body=evidence._describe(), author_id=author.id, attachments=[(name, raw)])
        return {"type": "ir.actions.act_window_close"}

    def _read_file(self):
        """
        :raise UserError: where the file is no scan
        """
        try:
            raw = base64.b64decode(self.with_context(bin_size=False).file or b"")
        except binascii.Error:
            raw = b""
        if not kind_of(raw):
            raise UserError(self.env._("Choose the scan as a PDF, a JPEG or a PNG."))
        return raw

    def _get_file_name(self, raw):
        name = self.env._("%(order)s countersigned", order=self.order_id.name)
        return clean_filename(f"{name}.{kind_of(raw)}")

    def _prepare_evidence_vals(self, order):
        content = order._get_paper_content()
        return {
            "order_id": order.id,
            "kind": "countersigned",
            "content": content.text,
            "digest": content.digest,
            "signed_by": self.signed_by,
            "signed_on": fields.Datetime.to_datetime(self.signed_on),
            "user_id": self.env.user.id,
        }
