"""Whether a waiver can be: its amounts, its ground by the law, and what nobody has confirmed of that law."""

from decimal import Decimal

from odoo import api, fields, models
from odoo.tools import float_repr
from odoo.tools.misc import format_date

from ..law.waiver import AGREEMENT, small_credit, vat_ground
from .dunning_waiver import LOSS, WITH_VAT


class DunningWaiver(models.Model):
    _inherit = "dunning.waiver"

    advice = fields.Text(compute="_compute_advice", help="What to know before it is proposed or approved.")
    last_date = fields.Date(
        string="Credit Note until", compute="_compute_advice", help="After it the VAT does not come back any more."
    )
    row_ids = fields.Many2many(
        "dunning.legal.value", string="Rests On", compute="_compute_advice", help="The rows of law that it rests on."
    )

    @api.depends("outcome", "basis", "basis_date", "line_ids.amount", "state")
    @api.depends_context("lang", "tz", "uid")
    def _compute_advice(self):
        for waiver in self:
            answer = waiver._get_vat_answer()
            small = waiver._get_small_credits()
            rows = [*(answer.rows if answer else ()), *(row for each in small for row in each.rows)]
            waiver.last_date = answer.last if answer else False
            waiver.row_ids = self.env["dunning.legal.value"].browse(dict.fromkeys(row.key for row in rows))
            waiver.advice = "\n".join(waiver._get_advice(small)) if waiver.state in ("draft", "proposed") else False

    # === CHECKS === #

    def _get_problems(self):
        """Why it can't be proposed, approved or booked, in whole sentences; empty: it can."""
        self.ensure_one()
        _ = self.env._
        problems = []
        if not self.outcome:
            problems.append(_("Choose how it is given up: with a credit note or as a loss."))
        if not (self.reason or "").strip():
            problems.append(_("Write down the reason: whoever approves has to know it, and so has the auditor."))
        chosen = self.line_ids._get_chosen()
        if not chosen:
            problems.append(_("Enter of at least one instalment how much is given up."))
        problems += chosen._get_amount_problems()
        if self.outcome != LOSS:
            problems += chosen._get_credit_note_problems()
        if self.outcome == WITH_VAT:
            problems += self._get_vat_problems()
        return problems

    def _get_vat_problems(self, day=None):
        """What is wrong with the ground of a credit note with VAT.

        :param datetime.date day: of the credit note; None: today
        """
        _ = self.env._
        if not self.basis or not self.basis_date or not (self.basis_reference or "").strip():
            return [
                _(
                    "A credit note gives VAT back only on a ground of the law (art. 26 D.P.R. 633/72): choose it, with "
                    "its date and reference. That an invoice was not paid is no such ground."
                )
            ]
        answer = self._get_vat_answer(day)
        if not answer or not answer.problem:
            return []
        since = format_date(self.env, self.basis_date)
        last = answer.last and format_date(self.env, answer.last)
        words = {
            "future": _("The legal basis is dated %(day)s, which is still to come.", day=since),
            "unknown": _(
                "The law as it was entered has no such ground on %(day)s: ask the accountant, and enter it under Law.",
                day=since,
            ),
            "late": _(
                "The credit note with VAT was possible until %(last)s: now it is without VAT, or a loss.", last=last
            ),
        }
        return [words[answer.problem]]

    # === LAW === #

    def _get_vat_answer(self, day=None):
        """What the law says about the ground of a credit note with VAT.

        :param datetime.date day: of the credit note; None: today
        :return: a :class:`..law.waiver.Answer`; None where no ground is to be judged
        """
        moves = self.line_ids._get_chosen().move_id.filtered(lambda move: move.is_sale_document())
        if self.outcome != WITH_VAT or not self.basis or not self.basis_date or not moves:
            return None
        supplies = [min(filter(None, [move.invoice_date, move.delivery_date])) for move in moves]
        table = self.env["dunning.legal.value"]._get_table()
        return vat_ground(table, self.basis, self.basis_date, supplies, day or fields.Date.context_today(self))

    def _get_small_credits(self):
        """Of a loss, whether the credit of each instalment is small (art. 101 c.5 TUIR): that of the whole invoice."""
        if self.outcome != LOSS or self.currency_id != self.company_id.currency_id:
            return []
        table = self.env["dunning.legal.value"]._get_table()
        today, is_large = fields.Date.context_today(self), self.company_id.dunning_is_large
        return [
            small_credit(table, Decimal(float_repr(line._get_credit(), 2)), line.due_date, today, is_large=is_large)
            for line in self.line_ids._get_chosen()
        ]

    def _get_rows_to_confirm_words(self):
        """Rows of law that it rests on and that nobody has confirmed."""
        rows = self.row_ids.filtered(lambda row: row.state == "to_confirm")
        return [
            self.env._("Confirm first: %(row)s (%(act)s).", row=row.display_name, act=row.source or "") for row in rows
        ]

    def _get_advice(self, small):
        """What to know, in whole sentences.

        :param small: the :class:`..law.waiver.SmallCredit` of a loss
        """
        _ = self.env._
        advice = self._get_rows_to_confirm_words()
        if self.outcome == WITH_VAT and self.basis and self.basis_date:
            advice += self._get_vat_problems()
        if self.outcome == WITH_VAT and self.basis == AGREEMENT and self.last_date:
            advice.append(_("The accountant has to date the credit note within the year from the supply."))
        if small and all(each.is_small for each in small):
            advice.append(
                _(
                    "Small credits, long past due: as a rule the loss is deductible without further proof "
                    "(art. 101 c.5 TUIR)."
                )
            )
        elif self.outcome == LOSS:
            advice.append(
                _("Not all of these are small credits: the loss is deductible only with certain and precise elements.")
            )
        advice.append(_("Interest and compensation are not booked: nothing is to be given up of them."))
        return advice


class DunningWaiverLine(models.Model):
    _inherit = "dunning.waiver.line"

    def _get_credit(self):
        """What is open of the whole credit: an invoice is one, however many instalments it has."""
        return self.move_id.amount_residual if self.move_id.is_sale_document() else self.amount_residual

    def _get_amount_problems(self):
        """Amounts beyond what is open."""
        return [
            self.env._(
                "Of %(invoice)s only %(open)s is open: no more can be given up.",
                invoice=line.display_name,
                open=line.currency_id.format(line.amount_residual),
            )
            for line in self
            if line.currency_id.compare_amounts(line.amount, line.amount_residual) > 0
        ]

    def _get_credit_note_problems(self):
        """What no credit note can do: entries that are no invoice, two parts of one invoice."""
        problems = []
        for move, lines in self.grouped("move_id").items():
            if not move.is_sale_document():
                problems.append(
                    self.env._("%(entry)s is no invoice: it can only be a loss.", entry=lines[0].display_name)
                )
            elif len(lines.filtered(lambda line: not line._is_whole())) > 1:
                problems.append(
                    self.env._(
                        "Of %(invoice)s more than one instalment is given up in part: one credit note can't be divided "
                        "so. Give up the others in whole, or not.",
                        invoice=lines[0].display_name,
                    )
                )
        return problems
