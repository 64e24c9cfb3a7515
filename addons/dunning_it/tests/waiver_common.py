"""A case with two late invoices, who proposes to give them up, and who approves."""

from odoo.fields import Command

from .common import DunningCommon


class WaiverCommon(DunningCommon):
    """Two invoices with VAT at 22 %: of 1,220 and 610 euro, due in March 2026."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.accountant = cls._create_user("dunning_accountant", "account.group_account_user")
        accounts = cls.env["account.account"].create(
            [
                {"name": "Losses", "code": "W4905", "account_type": "expense"},
                {"name": "Allowances", "code": "W3111", "account_type": "income"},
            ]
        )
        cls.company.write({"dunning_loss_account_id": accounts[0].id, "dunning_allowance_account_id": accounts[1].id})
        cls.tax = cls.env["account.tax"].create(
            {"name": "22", "amount": 22, "type_tax_use": "sale", "company_id": cls.company.id}
        )
        cls.move = cls._create_taxed(1000)
        cls.other = cls._create_taxed(500, due="2026-03-20")
        cls.case = cls._scan()

    @classmethod
    def _create_taxed(cls, amount, **values):
        line = Command.create({"name": "Goods", "price_unit": amount, "tax_ids": [Command.set(cls.tax.ids)]})
        return cls._create_invoice(invoice_line_ids=[line], **values)

    def _draft(self, outcome="loss", amounts=None, case=None, user=None, **values):
        """A draft of a waiver, filled in by a user.

        :param amounts: by journal entry, with one instalment each; the others are not given up. None: all
        """
        action = (case or self.case).with_user(user or self.user).action_waive()
        waiver = self.env["dunning.waiver"].browse(action["res_id"]).with_user(user or self.user)
        waiver.write({"outcome": outcome, "reason": "Two letters came back", **values})
        if amounts is not None:
            for line in waiver.line_ids:
                line.amount = amounts.get(line.move_id, 0)
        return waiver

    def _propose(self, *args, **kwargs):
        waiver = self._draft(*args, **kwargs)
        waiver.action_propose()
        return waiver

    def _approve(self, waiver, user=None):
        waiver.with_user(user or self.manager).action_approve()
        return waiver.line_ids.sudo().entry_id

    def _post(self, entries):
        entries.with_user(self.accountant).action_post()
        self.env.flush_all()
        self.env.invalidate_all()

    def _give_up(self, *args, **kwargs):
        """Proposed, approved, and booked."""
        waiver = self._propose(*args, **kwargs)
        self._post(self._approve(waiver))
        return waiver

    def _get_trail(self, waiver):
        return [(event.kind, event.user_id.login, event.amount) for event in waiver.sudo().event_ids]
