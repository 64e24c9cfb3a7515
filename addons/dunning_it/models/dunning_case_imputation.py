"""Where one asks how a payment would count: on the case, and on a payment that is not allocated."""

from odoo import models
from odoo.exceptions import UserError


class DunningCase(models.Model):
    _inherit = "dunning.case"

    def action_impute(self):
        """Look at how a payment would count; the only open one is proposed."""
        self.ensure_one()
        items = self._get_credit_items()
        return self._get_imputation_window(default_item_id=items.id if len(items) == 1 else False)

    def _get_imputation_window(self, **defaults):
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("How a Payment Would Count"),
            "res_model": "dunning.imputation",
            "view_mode": "form",
            "target": "new",
            "context": {"default_case_id": self.id, **defaults, "dialog_size": "extra-large"},
        }


class AccountPayment(models.Model):
    _inherit = "account.payment"

    def action_dunning_impute(self):
        """Look at how the payment would count for what the customer owes."""
        self.ensure_one()
        customer = self.partner_id.commercial_partner_id
        case = self.env["dunning.case"].search(
            [
                ("company_id", "=", self.company_id.id),
                ("partner_id", "=", customer.id),
                ("currency_id", "=", self.currency_id.id),
                ("state", "!=", "closed"),
            ]
        )
        if not case:
            raise UserError(
                self.env._("%(customer)s owes nothing overdue in this currency.", customer=customer.display_name)
            )
        item = case._get_credit_items().filtered(lambda item: item.move_id == self.move_id)[:1]
        if item:
            return case._get_imputation_window(default_item_id=item.id)
        return case._get_imputation_window(default_amount=self.amount, default_date=self.date.isoformat())
