"""What changed on an order since its customer signed it."""

from odoo import api, fields, models
from odoo.exceptions import UserError


class QuoteSignedDifference(models.TransientModel):
    """The order as it was signed beside the order as it is, statement by statement."""

    _name = "quote.signed.difference"
    _description = "Difference from What Was Signed"

    order_id = fields.Many2one("sale.order", required=True, readonly=True, ondelete="cascade")
    evidence_id = fields.Many2one(
        "quote.evidence", string="Signature", required=True, readonly=True, ondelete="cascade"
    )
    changes = fields.Html(compute="_compute_changes", sanitize=False)

    @api.depends("order_id", "evidence_id")
    @api.depends_context("lang")
    def _compute_changes(self):
        for wizard in self:
            wizard.order_id.check_access("read")
            wizard.evidence_id.check_access("read")
            changes = wizard.order_id._get_signed_changes(wizard.evidence_id)
            wizard.changes = self.env["ir.qweb"]._render(
                "quote_discounts.signed_difference", {"changes": changes, "names": wizard._get_names()}
            )

    def _get_names(self):
        """What the statements of the canonical text are called."""
        return {
            "quote": self.env._("Quote"),
            "partner": self.env._("Customer"),
            "partner_invoice": self.env._("Invoice address"),
            "partner_shipping": self.env._("Delivery address"),
            "line": self.env._("Line"),
            "line_section": self.env._("Section"),
            "line_subsection": self.env._("Subsection"),
            "line_note": self.env._("Note"),
            "amount_untaxed": self.env._("Total without VAT"),
            "amount_tax": self.env._("VAT"),
            "amount_total": self.env._("Total with VAT"),
            "terms": self.env._("Terms and conditions"),
            "early_payment": self.env._("Early payment"),
            "instalment": self.env._("Instalment"),
            "validity": self.env._("Valid until"),
            "text": self.env._("Condition or guarantee"),
        }

    @api.model
    def _open(self, order, evidence):
        """The window that shows the difference.

        :raise UserError: where nothing was signed
        """
        if not evidence:
            raise UserError(self.env._("Nobody has signed this quote yet."))
        wizard = self.create({"order_id": order.id, "evidence_id": evidence.id})
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Changed since it was signed"),
            "res_model": self._name,
            "res_id": wizard.id,
            "view_mode": "form",
            "target": "new",
        }
