"""The drafts that book a waiver: a credit note an invoice, or one entry of the losses. The accountant posts them."""

from odoo import fields, models
from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tools import format_date

from .dunning_waiver import LOSS, WITH_VAT


class DunningWaiver(models.Model):
    _inherit = "dunning.waiver"

    def _draft_entries(self):
        """Make the drafts of what was approved."""
        chosen = self.line_ids._get_chosen()
        if self.outcome == LOSS:
            self._draft_loss(chosen)
            return
        for move, lines in chosen.grouped("move_id").items():
            lines.entry_id = self._draft_credit_note(move, sum(lines.mapped("amount")))

    # === CREDIT NOTE === #

    def _draft_credit_note(self, move, amount):
        """A draft credit note of an invoice over an amount, the tax included.

        :rtype: account.move
        """
        wizard = (
            self.env["account.move.reversal"]
            .with_context(active_model="account.move", active_ids=move.ids)
            .create({"journal_id": move.journal_id.id, "reason": self._get_credit_note_words(move)})
        )
        wizard.refund_moves()
        refund = wizard.new_move_ids
        speaking = self._in_customer_language(move)
        if self.outcome != WITH_VAT:
            vals = speaking._prepare_allowance_vals(amount)
            refund.write({"invoice_line_ids": [Command.clear(), Command.create(vals)]})
        elif self.currency_id.compare_amounts(refund.amount_total, amount):
            lines = refund.with_env(speaking.env)._prepare_part_lines(amount)
            refund.write({"invoice_line_ids": [Command.clear(), *lines]})
        return refund

    def _in_customer_language(self, move):
        """The waiver with the words that the customer reads on the credit note of an invoice."""
        return self.with_context(lang=move.partner_id.lang or self.company_id.partner_id.lang or self.env.lang)

    def _get_credit_note_words(self, move):
        """What the customer reads on the credit note: its legal ground, and nothing of the file."""
        env = self._in_customer_language(move).env
        if self.outcome != WITH_VAT:
            return env._("without VAT, art. 26 D.P.R. 633/72")
        bases = dict(self.with_env(env)._fields["basis"]._description_selection(env))
        return env._(
            "art. 26 D.P.R. 633/72: %(basis)s, %(date)s, %(reference)s",
            basis=bases[self.basis],
            date=format_date(env, self.basis_date),
            reference=self.basis_reference,
        )

    def _prepare_allowance_vals(self, amount):
        """The only line of a credit note without VAT."""
        company = self.company_id
        return {
            "name": self.env._("Allowance without VAT (art. 26 D.P.R. 633/72)"),
            "account_id": company._get_dunning_allowance_account().id,
            "quantity": 1,
            "price_unit": amount,
            "tax_ids": [Command.set(company.dunning_allowance_tax_id.ids)],
        }

    # === LOSS === #

    def _draft_loss(self, lines):
        """One draft entry: the losses against the receivables, instalment by instalment."""
        company = self.company_id
        journal = self.env["account.journal"].search(
            [("type", "=", "general"), ("company_id", "=", company.id)], limit=1
        )
        if not journal:
            raise UserError(self.env._("There is no journal for other entries: the accountant has to make one."))
        receivables = [line._prepare_credit_vals() for line in lines]
        debit = {
            "name": self.env._("Loss on receivables: %(customer)s", customer=self.partner_id.name),
            "account_id": company._get_dunning_loss_account().id,
            "partner_id": self.partner_id.id,
            "currency_id": self.currency_id.id,
            "amount_currency": sum(lines.mapped("amount")),
            "balance": -sum(credit["balance"] for credit in receivables),
        }
        entry = self.env["account.move"].create(
            {
                "move_type": "entry",
                "journal_id": journal.id,
                "date": fields.Date.context_today(self),
                "ref": debit["name"],
                "line_ids": [Command.create(vals) for vals in (debit, *receivables)],
            }
        )
        items = entry.line_ids.filtered(lambda item: item.balance < 0).sorted("id")
        for line, item in zip(lines, items, strict=True):
            line.write({"entry_id": entry.id, "entry_line_id": item.id})


class DunningWaiverLine(models.Model):
    _inherit = "dunning.waiver.line"

    def _prepare_credit_vals(self):
        """What takes the loss off the receivable, in both currencies as the receivable has them."""
        item = self.move_line_id
        share = self.amount / item.amount_residual_currency
        return {
            "name": self.env._("Loss: %(invoice)s", invoice=self.display_name),
            "account_id": item.account_id.id,
            "partner_id": item.partner_id.id,
            "currency_id": item.currency_id.id,
            "amount_currency": -self.amount,
            "balance": -item.company_currency_id.round(item.amount_residual * share),
            "date_maturity": item.date_maturity,
        }


class AccountMove(models.Model):
    _inherit = "account.move"

    def _prepare_part_lines(self, amount):
        """Commands for lines that make a part of a draft credit note, in the proportions of its accounts and taxes.

        Core's own tool for down payments spreads the roundings, so that the total is the amount to the cent.

        :param float amount: the tax included
        """
        self.ensure_one()
        Tax = self.env["account.tax"]
        base_lines, _tax_lines = self._get_rounded_base_and_tax_lines()
        parts = Tax._prepare_down_payment_lines(
            base_lines=base_lines,
            company=self.company_id,
            amount_type="fixed",
            amount=amount,
            computation_key=f"dunning_waiver,{self.id}",
            grouping_function=lambda base_line: {"account_id": base_line["account_id"]},
        )
        return [
            Command.create(
                {
                    "name": self.env._("Part of %(invoice)s", invoice=self.reversed_entry_id.name),
                    "account_id": part["account_id"].id,
                    "quantity": part["quantity"],
                    "price_unit": part["price_unit"],
                    "tax_ids": [Command.set(part["tax_ids"].ids)],
                    "extra_tax_data": Tax._export_base_line_extra_tax_data(part),
                }
            )
            for part in parts
        ]
