"""What of interest, compensation and costs was invoiced already: nothing is charged twice."""

from collections import defaultdict

from odoo import api, fields, models
from odoo.fields import Domain

from ..law.charged import gaps
from ..law.table import DAY

INTEREST, COMPENSATION, COST = KINDS = ("interest", "compensation", "cost")


class DunningCharge(models.Model):
    """A line of a debit note and what it charges; gone with the line, and without force where the note is cancelled or
    credited in full: then it can be charged again.
    """

    _name = "dunning.charge"
    _description = "Invoiced Interest or Cost"
    _order = "id"
    _check_company_auto = True

    case_id = fields.Many2one("dunning.case", required=True, readonly=True, index=True, ondelete="cascade")
    company_id = fields.Many2one(related="case_id.company_id", store=True, index=True)
    currency_id = fields.Many2one(related="case_id.currency_id")
    kind = fields.Selection(
        [(INTEREST, "Interest"), (COMPENSATION, "Compensation"), (COST, "Cost")], required=True, readonly=True
    )
    item_id = fields.Many2one(
        "account.move.line", string="Instalment", readonly=True, index="btree_not_null", ondelete="set null"
    )
    origin_id = fields.Many2one(
        "account.move", string="Invoice", readonly=True, index="btree_not_null", ondelete="cascade"
    )
    cost_id = fields.Many2one("dunning.cost", readonly=True, index="btree_not_null", ondelete="cascade")
    date_from = fields.Date(string="From", readonly=True)
    date_to = fields.Date(string="To", readonly=True, help="The last day whose interest is charged.")
    amount = fields.Monetary(readonly=True)
    invoice_line_id = fields.Many2one(
        "account.move.line", string="Line", required=True, readonly=True, index=True, ondelete="cascade"
    )
    move_id = fields.Many2one(related="invoice_line_id.move_id", string="Debit Note", store=True, index=True)
    state = fields.Selection(related="move_id.state")

    @api.model
    def _get_in_force_domain(self):
        """Charges that hold; a hook for other ends of a debit note."""
        return Domain("move_id.state", "!=", "cancel") & Domain("move_id.payment_state", "!=", "reversed")

    def _filter_in_force(self):
        return self.filtered_domain(self._get_in_force_domain())

    def _is_charged_again(self):
        """Whether another debit note in force charges the same, as far as it does."""
        self.ensure_one()
        charged = self._get_charged(self.origin_id)
        if self.kind == INTEREST:
            whole = self.date_from - DAY, self.date_to
            return charged.gaps(self.item_id, *whole) != [whole]
        return bool(self.origin_id & charged.compensated or self.cost_id.charge_move_id)

    @api.model
    def _get_charged(self, moves):
        """What was charged of invoices.

        :param moves: the invoices of instalments
        :rtype: Charged
        """
        Charge = self.sudo()  # whoever reads a case knows what it owes
        mine = Domain("origin_id", "in", moves.ids) | Domain("move_id", "in", moves.ids)
        return Charged(Charge.search(mine & self._get_in_force_domain()))


class Charged:
    """What was charged, by what it is asked for.

    :ivar compensated: the invoices whose compensation is charged
    :ivar notes: the debit notes themselves, whose instalments bear neither interest (art. 1283 c.c.) nor compensation
    """

    def __init__(self, charges):
        self._stretches = defaultdict(list)
        for charge in charges.filtered(lambda charge: charge.kind == INTEREST):
            self._stretches[charge.item_id or charge.origin_id].append((charge.date_from, charge.date_to))
        self.compensated = charges.filtered(lambda charge: charge.kind == COMPENSATION).origin_id
        self.notes = charges.move_id

    def gaps(self, item, since, until):
        """The stretches of an instalment whose interest is not charged, see :func:`..law.charged.gaps`."""
        return gaps(since, until, self._stretches[item] + self._stretches[item.move_id])


class AccountMove(models.Model):
    _inherit = "account.move"

    dunning_charge_ids = fields.One2many(
        "dunning.charge", "move_id", readonly=True, groups="dunning_it.group_dunning_user"
    )


class DunningCase(models.Model):
    _inherit = "dunning.case"

    charge_ids = fields.One2many("dunning.charge", "case_id", string="Invoiced Interest and Costs", readonly=True)
    charge_count = fields.Integer(string="Debit Notes", compute="_compute_charge_count")

    @api.depends("charge_ids.move_id")
    def _compute_charge_count(self):
        for case in self:
            case.charge_count = len(case.charge_ids.move_id)

    def action_open_charges(self):
        """The debit notes of the case."""
        self.ensure_one()
        return self.charge_ids.move_id._get_debit_note_window()

    def _get_charge_remarks(self, lines):
        """What an interest sheet says of interest that is invoiced already, one sentence a debit note.

        :param lines: the instalments of the sheet
        """
        Charge = self.env["dunning.charge"].sudo()  # whoever reads the sheet
        gone = Domain("item_id", "=", False) & Domain("origin_id", "in", lines.move_id.ids)  # with other instalments
        mine = Domain("kind", "=", INTEREST) & (Domain("item_id", "in", lines.move_line_id.ids) | gone)
        found = defaultdict(list)
        for charge in Charge.search(mine & Charge._get_in_force_domain()):
            found[charge.move_id, charge.date_to].append(charge.origin_id.name)
        words = self.env._("Interest up to %(date)s on %(invoices)s is invoiced with %(note)s and not counted here.")
        day = self._get_figures().day
        return tuple(
            words % {"date": day(until), "invoices": ", ".join(dict.fromkeys(names)), "note": note.display_name}
            for (note, until), names in found.items()
        )


class DunningCaseLine(models.Model):
    _inherit = "dunning.case.line"

    def _get_without_compensation(self):
        """The invoices that bear no flat compensation (any more): it is invoiced, or they are debit notes."""
        charged = self.env["dunning.charge"]._get_charged(self.move_id)
        return charged.compensated | charged.notes
