"""What order lines hand over to their invoice beside Odoo's values: the steps of the discount, and free goods."""

from odoo import models

from ..einvoice import snapshot


class SaleOrderLine(models.Model):
    _inherit = "sale.order.line"

    def _prepare_invoice_line(self, **optional_values):
        # OVERRIDE: the invoice names the same discounts as the order, and knows what was given for nothing.
        if self.discount:
            optional_values = {"discount_steps": self._prepare_discount_snapshot(), **optional_values}
        if self.free_goods:
            optional_values = {"free_goods": self.free_goods, **optional_values}
        if self.reversal_of_id:
            optional_values = {**self._prepare_reversal_on_invoice(), **optional_values}
        return super()._prepare_invoice_line(**optional_values)

    def _prepare_reversal_on_invoice(self):
        """The account of what takes back a gift, and its words: Odoo would put the product's name before them."""
        account = self.company_id.quote_gift_account_id
        return {"name": self.name, **({"account_id": account.id} if account else {})}

    def _prepare_discount_snapshot(self):
        """The line's steps as its invoice stores them, see :mod:`..einvoice.snapshot`."""
        records = self.sudo().discount_step_ids.sorted("sequence")  # whoever invoices need not see quotes
        return snapshot.of_cascade(self._get_cascade(), [(step.label, step.visible) for step in records])
