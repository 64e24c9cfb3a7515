"""What the accountant posts of a waiver is what was approved, and closes its instalments; taken back, it opens them."""

from odoo import api, models
from odoo.exceptions import UserError

from .dunning_waiver import WITH_VAT


class AccountMove(models.Model):
    _inherit = "account.move"

    def _get_waiver_lines(self):
        """The parts of waivers that entries book.

        :rtype: dunning.waiver.line
        """
        Line = self.env["dunning.waiver.line"].sudo()  # who posts need not know the waivers
        return Line.search([("entry_id", "in", self.ids)]) if self.ids else Line

    def _post(self, soft=True):
        # OVERRIDE: an entry of a waiver is posted as it was approved, and settles what was given up.
        lines = self._get_waiver_lines()
        lines._check_entries()
        posted = super()._post(soft)
        lines.filtered(lambda line: line.entry_id in posted)._settle()
        return posted

    def button_draft(self):
        # OVERRIDE: core leaves a draft reconciled; what is given up by a draft only is still owed.
        done = super().button_draft()
        self._get_waiver_lines().entry_id.line_ids.remove_move_reconcile()
        return done

    def button_cancel(self):
        # OVERRIDE: the waiver of a cancelled draft would wait for it for good, and so would the case.
        self._check_waiver_withdrawn(self._get_waiver_lines().filtered(lambda line: line.state == "approved"))
        return super().button_cancel()

    def _reconcile_reversed_moves(self, reverse_moves, move_reverse_cancel):
        # OVERRIDE: core would credit the first instalments; those that were given up are meant.
        reverse_moves._get_waiver_lines()._reconcile_credit_notes()
        return super()._reconcile_reversed_moves(reverse_moves, move_reverse_cancel)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_waiver(self):
        self._check_waiver_withdrawn(self._get_waiver_lines())

    def _check_waiver_withdrawn(self, lines):
        if lines:
            raise UserError(
                self.env._(
                    "%(waiver)s was approved and is booked by this draft: a manager of dunning can withdraw it.",
                    waiver=lines[0].waiver_id.display_name,
                )
            )


class AccountMoveLine(models.Model):
    _inherit = "account.move.line"

    @api.ondelete(at_uninstall=False)
    def _unlink_except_given_up(self):
        """An invoice may get other instalments, unless some of these are given up or may be."""
        lines = self.env["dunning.waiver.line"].sudo().search([("move_line_id", "in", self.ids)])  # whoever may book
        if firm := lines.filtered(lambda line: line.state not in ("draft", "refused")):
            raise UserError(
                self.env._(
                    "%(invoice)s is in %(waiver)s: it gets other instalments once that is refused or withdrawn.",
                    invoice=firm[0].display_name,
                    waiver=firm[0].waiver_id.display_name,
                )
            )
        lines.unlink()


class AccountPartialReconcile(models.Model):
    _inherit = "account.partial.reconcile"

    def unlink(self):
        # OVERRIDE: what was given up is open again where its entry is set back, reversed or unreconciled.
        lines = self.credit_move_id.move_id._get_waiver_lines()
        lines = lines.filtered(lambda line: line.move_line_id in self.debit_move_id)
        done = super().unlink()
        lines.waiver_id._note_undone()
        return done


class DunningWaiverLine(models.Model):
    _inherit = "dunning.waiver.line"

    def _check_entries(self):
        """Check that entries about to be posted book what was approved.

        :raise UserError: naming the first that does not
        """
        for entry, lines in self.grouped("entry_id").items():
            waiver = lines.waiver_id
            if waiver.state not in ("approved", "undone") or not lines._is_as_approved(entry):
                raise UserError(
                    self.env._(
                        "%(entry)s does not book what was approved (%(amount)s of %(customer)s): restore it, or have "
                        "the waiver withdrawn and proposed anew.",
                        entry=entry.display_name,
                        amount=waiver.currency_id.format(sum(lines.mapped("amount"))),
                        customer=waiver.partner_id.name,
                    )
                )
            problems = lines._get_amount_problems()
            if waiver.outcome == WITH_VAT:
                problems += waiver._get_vat_problems(entry.invoice_date)
            if problems:
                raise UserError("\n".join(problems))

    def _is_as_approved(self, entry):
        """Whether an entry takes off the receivable what was approved."""
        waiver = self.waiver_id
        if waiver._get_digest() != waiver.digest:
            return False
        compare = waiver.currency_id.compare_amounts
        if entry.move_type == "entry":
            return all(
                line.entry_line_id.account_id == line.move_line_id.account_id
                and line.entry_line_id.currency_id == line.currency_id
                and not compare(-line.entry_line_id.amount_currency, line.amount)
                for line in self
            )
        has_right_tax = waiver.outcome == WITH_VAT or waiver.currency_id.is_zero(entry.amount_tax)
        is_whole = not compare(entry.amount_total, sum(self.mapped("amount")))
        return entry.reversed_entry_id == self.move_id and has_right_tax and is_whole

    def _reconcile_credit_notes(self):
        """Credit the instalments that were given up: those in whole first, so that what is left is the part."""
        for entry, lines in self.grouped("entry_id").items():
            credit = entry.line_ids.filtered(lambda item: item.account_type == "asset_receivable")
            for line in lines.sorted(lambda line: not line._is_whole()):
                (credit + line.move_line_id).filtered(lambda item: not item.reconciled).reconcile()

    def _settle(self):
        """Their entries were posted: losses are reconciled, and waivers of which all is posted close their lines."""
        for line in self.filtered("entry_line_id"):
            (line.entry_line_id + line.move_line_id).reconcile()
        for waiver in self.waiver_id:
            entries = waiver.line_ids.entry_id
            if all(entry.state == "posted" for entry in entries):
                waiver._note_booked()
