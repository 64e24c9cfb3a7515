"""Builders for debit notes: a case of an Italian company that charges interest by its chart of accounts."""

from odoo.fields import Command

from .common import DunningCommon


class ChargeCommon(DunningCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company._fill_dunning_charges()
        cls.move = cls._create_invoice(1000, due="2026-03-15", date="2026-01-15")
        cls.case = cls._scan()

    def _charge(self, case=None, leave_out=(), **values):
        """The debit note that a user makes in the dialog.

        :param leave_out: kinds that are not invoiced
        """
        wizard = self._open(case, **values)
        wizard.line_ids.filtered(lambda line: line.kind in leave_out).is_chosen = False
        return self.env["account.move"].browse(wizard.action_confirm()["res_id"])

    def _open(self, case=None, **values):
        action = (case or self.case).with_user(self.user).action_charge()
        return self.env["dunning.charge.wizard"].with_user(self.user).with_context(**action["context"]).create(values)

    def _add_cost(self, amount=47.5, **values):
        values = {"case_id": self.case.id, "amount": amount, "name": "Registered letter of 10 June", **values}
        return self.env["dunning.cost"].with_user(self.user).create(values)

    def _refund(self, move):
        """A posted credit note over all of an invoice, reconciled with it."""
        return move._reverse_moves([{"invoice_date": "2026-06-15"}], cancel=True)

    @classmethod
    def _use_other_company(cls):
        """A user who looks after dunning in another company only."""
        elsewhere = cls.env["res.company"].create({"name": "Altra Srl"})
        return cls._create_user(
            "dunning_stranger",
            "dunning_it.group_dunning_user",
            company_id=elsewhere.id,
            company_ids=[Command.set(elsewhere.ids)],
        )
