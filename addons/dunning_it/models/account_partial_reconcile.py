from odoo import api, models


class AccountPartialReconcile(models.Model):
    _inherit = "account.partial.reconcile"

    @api.model_create_multi
    def create(self, vals_list):
        # OVERRIDE: a payment or credit note changes what is owed.
        partials = super().create(vals_list)
        self.env["dunning.change"]._note(partials.debit_move_id)
        return partials

    def unlink(self):
        # OVERRIDE: a payment that bounced opens the invoice again.
        if not self:
            return super().unlink()  # Odoo asks for it at nearly every write on a journal item
        lines = self.debit_move_id
        done = super().unlink()
        items = lines.exists()
        self.env["dunning.change"]._note(items)
        self.env["dunning.promise"].sudo()._note_unpaid(items)  # whoever takes a payment back
        return done
