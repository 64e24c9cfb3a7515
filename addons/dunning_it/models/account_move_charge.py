"""Debit notes for interest and costs as invoices: what they refer to in the electronic invoice, and what frees them."""

from odoo import models
from odoo.exceptions import UserError


class AccountMove(models.Model):
    _inherit = "account.move"

    def _l10n_it_edi_get_values(self, pdf_values=None):
        # OVERRIDE: a debit note names the invoices that it charges interest on (DatiFattureCollegate).
        values = super()._l10n_it_edi_get_values(pdf_values)
        charged = self.sudo().dunning_charge_ids.origin_id  # whoever sends invoices
        return {**values, "linked_moves": values["linked_moves"] | charged}

    def button_draft(self):
        # OVERRIDE: what a cancelled debit note charged may be on another one by now.
        for move in self.filtered(lambda move: move.state == "cancel"):
            move._check_not_charged_again()
        return super().button_draft()

    def _check_not_charged_again(self):
        charges = self.sudo().dunning_charge_ids  # whoever may cancel invoices
        if any(charge._is_charged_again() for charge in charges):
            raise UserError(
                self.env._(
                    "What %(note)s charges has been put on another debit note since then: it stays cancelled.",
                    note=self.display_name,
                )
            )

    def _get_debit_note_window(self):
        """The debit notes in a window: one in a form, several in a list."""
        action = {
            "type": "ir.actions.act_window",
            "name": self.env._("Debit Notes"),
            "res_model": self._name,
            "domain": [("id", "in", self.ids)],
            "view_mode": "list,form",
            "context": {"create": False},
        }
        return {**action, "view_mode": "form", "res_id": self.id} if len(self) == 1 else action
