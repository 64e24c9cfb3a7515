"""How a payment would count: as it is booked, and as the law lets the creditor count it. Nothing is posted."""

from decimal import Decimal

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command

from ..law.imputation import share_out
from ..models.dunning_case_money import amount_of, units_of
from ..paper.kinds import Letter


class DunningImputation(models.TransientModel):
    """A payment over what a case owes, both ways, and the note to the customer that says so."""

    _name = "dunning.imputation"
    _description = "How a Payment Would Count"

    case_id = fields.Many2one("dunning.case", required=True, readonly=True, ondelete="cascade")
    currency_id = fields.Many2one(related="case_id.currency_id")
    item_ids = fields.Many2many("account.move.line", compute="_compute_item_ids")
    item_id = fields.Many2one(
        "account.move.line",
        string="Payment",
        domain="[('id', 'in', item_ids)]",
        help="A payment or credit note that is not allocated yet; empty: an amount that you type.",
    )
    amount = fields.Monetary(compute="_compute_payment", store=True, readonly=False, compute_sudo=False)
    date = fields.Date(
        string="Paid On", compute="_compute_payment", store=True, readonly=False, required=True, compute_sudo=False
    )
    chosen_line_ids = fields.Many2many(
        "dunning.case.line",
        string="Named by the Customer",
        domain="[('case_id', '=', case_id), ('state', '=', 'active')]",
        help="The invoices that the customer said he pays (art. 1193 c.c.): they come first.",
    )
    line_ids = fields.One2many(
        "dunning.imputation.line", "imputation_id", compute="_compute_sharing", store=True, compute_sudo=False
    )
    cost_owed = fields.Monetary(
        string="Costs and Compensation",
        compute="_compute_sharing",
        store=True,
        compute_sudo=False,
        help="Those that are not invoiced.",
    )
    cost_paid = fields.Monetary(string="Of It Paid", compute="_compute_sharing", store=True, compute_sudo=False)
    left_law = fields.Monetary(string="Left Over by Law", compute="_compute_sharing", store=True, compute_sudo=False)
    left_books = fields.Monetary(
        string="Left Over as Booked", compute="_compute_sharing", store=True, compute_sudo=False
    )

    # === COMPUTE METHODS === #

    @api.depends("case_id")
    def _compute_item_ids(self):
        for imputation in self:
            imputation.item_ids = imputation.case_id._get_credit_items() if imputation.case_id else False

    @api.depends("item_id")
    def _compute_payment(self):
        for imputation in self:
            item = imputation.item_id
            imputation.amount = -item.amount_residual_currency if item else imputation.amount
            imputation.date = item.date or imputation.date or fields.Date.context_today(imputation)

    @api.depends("case_id", "amount", "date", "chosen_line_ids")
    def _compute_sharing(self):
        for imputation in self:
            if imputation.case_id and imputation.date:
                imputation._share_out()
            else:
                imputation.line_ids = False
                imputation.cost_owed = imputation.cost_paid = imputation.left_law = imputation.left_books = 0

    def _share_out(self):
        """Count the payment both ways; a debit note of interest and costs is interest and costs, not principal."""
        case, currency = self.case_id, self.currency_id
        case.check_access("read")
        chosen = self.chosen_line_ids._origin
        lines = case.line_ids.filtered(lambda line: line.state == "active")
        lines = lines.sorted(lambda line: (line not in chosen, line.due_date, line.id))
        owed = case._get_owed(self.date, lines)[case]
        debts = [self._get_debt(line, owed) for line in lines]
        costs = units_of(owed.compensation + sum(case._get_costs_asked(owed.compensation).values()), currency)
        paid = units_of(max(self.amount, 0), currency)
        law = share_out(paid, costs, debts, chosen=len(lines & chosen))
        books = share_out(paid, 0, [(0, units_of(line.amount_residual, currency)) for line in lines])
        self.cost_owed, self.cost_paid = self._amounts(costs, law.costs)
        self.left_law, self.left_books = self._amounts(law.left, books.left)
        parts = zip(lines, debts, law.interest, law.principal, books.principal, strict=True)
        vals_list = [self._prepare_line_vals(*part) for part in parts]
        self.line_ids = [Command.clear(), *map(Command.create, vals_list)]

    def _get_debt(self, line, owed):
        """Interest and principal of an instalment in the smallest units of its currency."""
        residual = units_of(line.amount_residual, self.currency_id)
        if owed.is_debit_note(line):
            return residual, 0
        return units_of(float(owed.interest_of[line]), self.currency_id), residual

    def _prepare_line_vals(self, line, debt, law_interest, law_principal, books):
        interest, principal = debt
        residual = units_of(line.amount_residual, self.currency_id)
        names = ("interest", "principal", "law_interest", "law_principal", "law_open", "books", "books_open")
        units = (interest, principal, law_interest, law_principal, principal - law_principal, books, residual - books)
        return {"case_line_id": line.id, **dict(zip(names, self._amounts(*units), strict=True))}

    def _amounts(self, *units):
        return [float(amount_of(each, self.currency_id)) for each in units]

    def _exact(self, amount):
        """A stored amount as the decimal number it stands for."""
        return amount_of(units_of(amount, self.currency_id), self.currency_id)

    # === NOTE === #

    def action_print(self):
        """The note to the customer, kept with the case."""
        self.ensure_one()
        self.case_id.check_access("write")
        if self.currency_id.compare_amounts(self.amount, 0) <= 0:
            raise UserError(self.env._("Enter the amount that was paid."))
        name, content = self.case_id._draw(self._prepare_letter())
        file = self.env["ir.attachment"].create(
            {"name": name, "raw": content, "res_model": self.case_id._name, "res_id": self.case_id.id}
        )
        words = self.env._(
            "A note on how a payment of %(amount)s counts was drawn up.", amount=self.currency_id.format(self.amount)
        )
        self.case_id.message_post(body=words, attachment_ids=file.ids)
        return {"type": "ir.actions.act_url", "url": f"/web/content/{file.id}?download=true", "target": "download"}

    def _prepare_letter(self):
        """What the payment was counted as, in the customer's language.

        :rtype: Letter
        """
        case = self.case_id._in_reader_language()
        figures = case._get_figures()
        paid_on = figures.day(self.date)
        opening = case.env._(
            "We thank you for your payment of **%(amount)s** of %(date)s. By "
            "art. 1194 of the Italian civil code it counts for costs first, then for interest, and then for the "
            "principal of the oldest invoices:",
            amount=figures.money(self._exact(self.amount)),
            date=paid_on,
        )
        return Letter(
            **case._get_letter_head(fields.Date.context_today(case)),
            title=case.env._("How a payment counts"),
            subject=case.env._("How your payment of %(date)s counts", date=paid_on),
            opening=(opening, *self._tell_parts(case, figures.money)),
            closing=(case.env._("If you meant it otherwise, or if these figures are not yours, please tell us."),),
        )

    def _tell_parts(self, case, money):
        """One sentence for each thing that the payment pays, and one for what stays open."""
        _ = case.env._
        if self.cost_paid:
            yield _("Costs and compensation: %(amount)s", amount=money(self._exact(self.cost_paid)))
        for line in self.line_ids:
            amounts = [self._exact(amount) for amount in (line.law_interest, line.law_principal, line.law_open)]
            if any(amounts[:2]):
                interest, principal, left = map(money, amounts)
                yield _(
                    "%(document)s: interest %(interest)s, principal %(principal)s; %(left)s of its principal stay open",
                    document=line.case_line_id.display_name,
                    interest=interest,
                    principal=principal,
                    left=left,
                )
        still = sum((self._exact(line.law_open) for line in self.line_ids), Decimal(0))
        yield _("Principal that stays open: **%(amount)s**.", amount=money(still))


class DunningImputationLine(models.TransientModel):
    """What the payment pays of an instalment."""

    _name = "dunning.imputation.line"
    _description = "Part of a Payment"

    imputation_id = fields.Many2one("dunning.imputation", required=True, ondelete="cascade")
    currency_id = fields.Many2one(related="imputation_id.currency_id")
    case_line_id = fields.Many2one("dunning.case.line", string="Invoice", readonly=True)
    due_date = fields.Date(related="case_line_id.due_date", related_sudo=False)
    interest = fields.Monetary(readonly=True, help="Up to the day of the payment; of a debit note all of it.")
    principal = fields.Monetary(readonly=True)
    law_interest = fields.Monetary(string="Law: Interest", readonly=True)
    law_principal = fields.Monetary(string="Law: Principal", readonly=True)
    law_open = fields.Monetary(string="Law: Open", readonly=True)
    books = fields.Monetary(string="Books: Paid", readonly=True)
    books_open = fields.Monetary(string="Books: Open", readonly=True)
