"""The debit note: interest, compensation and costs of a case as a draft invoice, to the cent of the interest sheet."""

from typing import NamedTuple

from markupsafe import Markup

from odoo import fields, models
from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tools.misc import format_date

from ..law.interest import rounded
from ..law.reading import euros
from .dunning_case_line import CLOSED
from .dunning_case_money import amount_of
from .dunning_charge import COMPENSATION, COST, INTEREST

PAID = ("paid", "cleared")  # a case that ended so may have been paid late


class Chargeable(NamedTuple):
    """Something that can be put on a debit note, as one line.

    :param record: the ``dunning.case.line``, or the ``dunning.cost``
    :param stretches: of interest: the first and the last day with the amount, one for each stretch
    """

    kind: str
    record: object
    name: str
    amount: float
    stretches: tuple = ()

    @property
    def key(self):
        """What the wizard knows it by."""
        return f"{self.kind},{self.record.id}"


class DunningCase(models.Model):
    _inherit = "dunning.case"

    can_charge = fields.Boolean(compute="_compute_can_charge")

    def _compute_can_charge(self):
        for case in self:
            is_open = case.state in ("open", "paused", "legal")
            case.can_charge = is_open or (case.state == CLOSED and case.close_reason in PAID)

    # === WHAT CAN BE CHARGED === #

    def _get_charge_lines(self, has_paid=False):
        """The instalments whose interest is charged: those that are pursued and, on demand, those paid late.

        :param bool has_paid: what was paid in this case too
        """
        lines = self.line_ids.filtered(lambda line: line.state == "active")
        if has_paid:
            known = lines.move_line_id
            paid = self.line_ids.filtered(lambda line: line.state == CLOSED and line._is_paid())
            for line in paid.sorted("id", reverse=True):
                if line.move_line_id not in known:
                    known |= line.move_line_id
                    lines |= line
        return lines.sorted(lambda line: (line.due_date, line.id))

    def _get_chargeables(self, until, lines):
        """What a debit note of a day can hold, as it reads in the customer's language.

        :param datetime.date until: the last day that bears interest
        :param lines: the instalments, see :meth:`_get_charge_lines`
        :return: list of :class:`Chargeable`
        """
        self.ensure_one()
        case = self._in_reader_language()
        lines = lines.with_env(case.env)
        owed = case._get_owed(until, lines)[case]
        found = [case._get_interest_chargeable(line, owed) for line in lines]
        found += case._get_compensation_chargeables(lines, owed)
        found += case._get_cost_chargeables(owed)
        return [each for each in found if each.amount > 0]

    def _get_interest_chargeable(self, line, owed):
        gaps = owed.gaps(line)
        exact = [owed.interest_between(line, *gap) for gap in gaps]
        parts = [float(amount_of(units, self.currency_id)) for units in rounded(exact)]
        firsts = [fields.Date.add(since, days=1) for since, _last in gaps]
        stretches = tuple(zip(firsts, (last for _since, last in gaps), parts, strict=True))
        amount = float(owed.interest_of[line])
        return Chargeable(INTEREST, line, self._describe_interest(line, owed), amount, stretches)

    def _describe_interest(self, line, owed):
        """The words of a line: invoice, period, and each rate with its days and base."""
        figures, code = self._get_figures(), self.currency_id.name
        head = self.env._(
            "Interest for late payment on %(document)s, due on %(date)s",
            document=line.display_name,
            date=figures.day(line.due_date),
        )
        facts = line._get_interest_facts(owed)
        stretches = [
            self.env._(
                "%(first)s - %(last)s: %(days)s days on %(currency)s %(base)s at %(rate)s = %(currency)s %(amount)s",
                first=figures.day(part.start),
                last=figures.day(part.end),
                days=part.days,
                currency=code,  # the exchange system's letters have no euro sign
                base=figures.amount(part.base),
                rate=figures.rate(part.rate or 0),
                amount=figures.amount(share),
            )
            for part, share in zip(facts.stretches, facts.shares(figures.decimals), strict=True)
        ]
        return "\n".join([head, *stretches])

    def _get_compensation_chargeables(self, lines, owed):
        for each in owed.compensations:
            line = lines.filtered(lambda line, each=each: line.move_id.id == each.invoice)[:1]
            name = self.env._(
                "Flat compensation for the cost of collecting %(document)s (art. 6 D.Lgs. 231/2002)",
                document=line.display_name,
            )
            yield Chargeable(COMPENSATION, line, name, float(euros(each.cents)))

    def _get_cost_chargeables(self, owed):
        for cost, amount in self._get_costs_asked(owed.compensation).items():
            is_whole = not self.currency_id.compare_amounts(amount, cost.amount)
            beyond = self.env._("%(cost)s: what exceeds the flat compensation", cost=cost.display_name)
            yield Chargeable(COST, cost, cost.display_name if is_whole else beyond, amount)

    # === DEBIT NOTE === #

    def action_charge(self):
        """Look at what a debit note would hold, and make it."""
        self.ensure_one()
        self._check_can_charge()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Invoice Interest and Costs"),
            "res_model": "dunning.charge.wizard",
            "view_mode": "form",
            "target": "new",
            "context": {"default_case_id": self.id},
        }

    def _check_can_charge(self):
        self.check_access("write")
        if not self.can_charge:
            raise UserError(
                self.env._("This case is stopped or was given up: neither interest nor costs are invoiced for it.")
            )

    def _charge(self, until, has_paid=False, keys=None):
        """Make the draft of a debit note, and remember what it charges.

        :param datetime.date until: the last day whose interest is charged
        :param bool has_paid: with what was paid late
        :param keys: of the :class:`Chargeable` that are wanted; None: all
        :rtype: account.move
        """
        self.ensure_one()
        self._check_can_charge()
        case = self.sudo()  # the case's figures are the server's
        if not case.try_lock_for_update():
            raise UserError(self.env._("Somebody else is working on this case at the moment: try again."))
        case.invalidate_recordset()
        if case.state != CLOSED:
            case._resync()
        lines = case._get_charge_lines(has_paid)
        chosen = [each for each in case._get_chargeables(until, lines) if keys is None or each.key in keys]
        if not chosen:
            raise UserError(self.env._("There is nothing to charge: choose a line, or a later day."))
        charged = lines.filtered(lambda line: any(each.kind == INTEREST and each.record == line for each in chosen))
        case._check_charge_day(until, charged)
        sheet = case._draw(case._prepare_interest_sheet(until, charged)) if charged else None
        note = self._create_debit_note(until, chosen)
        case._remember_charges(chosen, note)
        self._file_debit_note(note, sheet)
        return note

    def _check_charge_day(self, until, lines):
        if until > fields.Date.context_today(self):
            raise UserError(self.env._("Interest is invoiced up to today at the latest: choose an earlier day."))
        if self._get_owed(until, lines)[self].has_missing_rate:
            raise UserError(
                self.env._(
                    "The rate of some of these days is not entered yet, and they would be charged with nothing: enter "
                    "it under Law, or choose an earlier day."
                )
            )

    def _create_debit_note(self, until, chosen):
        """The invoice itself, with the rights of whoever makes it."""
        vals = self.sudo()._prepare_debit_note_vals(until, chosen)  # the settings of the company
        return self.env["account.move"].with_company(self.company_id).create(vals)

    def _prepare_debit_note_vals(self, until, chosen):
        """Values of the debit note, in the language of the customer; a hook."""
        case = self._in_reader_language()
        invoices = self._get_charged_invoices(chosen)
        document = self.env["l10n_it.document.type"].search(
            [("code", "=", self.company_id.dunning_charge_document)], limit=1
        )
        words = case.env._("Interest for late payment up to %(date)s and costs.", date=format_date(case.env, until))
        if invoices:
            names = ", ".join(invoices.mapped("name"))
            words = " ".join([words, case.env._("They are owed on: %(invoices)s.", invoices=names)])
        return {
            "move_type": "out_invoice",
            "partner_id": (invoices.sorted("invoice_date")[-1:].partner_id or self.partner_id).id,
            "company_id": self.company_id.id,
            "currency_id": self.currency_id.id,
            "l10n_it_document_type": document.id,
            "narration": Markup("<p>%s</p>") % words,
            "invoice_line_ids": [
                Command.create(self._prepare_charge_line_vals(each, place)) for place, each in enumerate(chosen)
            ],
        }

    def _get_charged_invoices(self, chosen):
        lines = self.line_ids.browse([each.record.id for each in chosen if each.kind != COST])
        return lines.move_id.filtered(lambda move: move.is_sale_document())

    def _prepare_charge_line_vals(self, chargeable, place):
        company = self.company_id
        return {
            "sequence": place,
            "name": chargeable.name,
            "quantity": 1,
            "price_unit": chargeable.amount,
            "account_id": company[f"dunning_{chargeable.kind}_account_id"].id,
            "tax_ids": [Command.set(company[f"dunning_{chargeable.kind}_tax_id"].ids)],
        }

    def _remember_charges(self, chosen, note):
        """Note what each line of a debit note charges.

        :param list chosen: as :class:`Chargeable`, in the order of the lines
        """
        lines = note.invoice_line_ids.sorted(lambda line: (line.sequence, line.id))
        vals_list = []
        for each, line in zip(chosen, lines, strict=True):
            common = {"case_id": self.id, "kind": each.kind, "invoice_line_id": line.id, "amount": each.amount}
            if each.kind == COST:
                vals_list.append({**common, "cost_id": each.record.id})
                continue
            item = {**common, "item_id": each.record.move_line_id.id, "origin_id": each.record.move_id.id}
            if each.kind == COMPENSATION:
                vals_list.append(item)
            for first, last, amount in each.stretches:
                vals_list.append({**item, "date_from": first, "date_to": last, "amount": amount})
        self.env["dunning.charge"].create(vals_list)

    def _file_debit_note(self, note, sheet):
        """Put the interest sheet beside the invoice, and a word on the case."""
        if sheet:
            name, content = sheet
            self.env["ir.attachment"].create({"name": name, "raw": content, "res_model": note._name, "res_id": note.id})
        words = self.env._(
            "A draft debit note of %(amount)s was made: ", amount=note.currency_id.format(note.amount_total)
        )
        self.message_post(body=Markup("%s%s") % (words, note._get_html_link()))


class DunningCaseLine(models.Model):
    _inherit = "dunning.case.line"

    def _is_paid(self):
        """Whether nothing is open since it was paid; what was credited in full was not. A hook for other ends."""
        self.ensure_one()
        return self.move_line_id.reconciled and self.move_id.payment_state != "reversed"
