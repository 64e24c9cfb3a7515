"""What collecting costs: postage of a notice, the court's fee, a lawyer."""

from odoo import api, fields, models
from odoo.exceptions import UserError

from ..law.compensation import beyond
from .dunning_case_money import amount_of, units_of
from .dunning_charge import COMPENSATION, COST

KINDS = [
    ("registered", "Registered letter"),
    ("court", "Court fee"),
    ("lawyer", "Lawyer"),
    ("agency", "Collection agency"),
    ("other", "Other"),
]


class DunningCost(models.Model):
    """An expense that the creditor bore for a case, with its document; a person enters it and says if it is asked back.

    Once a debit note asks it back it stays as it is.
    """

    _name = "dunning.cost"
    _description = "Cost of a Dunning Case"
    _order = "date, id"
    _check_company_auto = True

    case_id = fields.Many2one("dunning.case", required=True, index=True, ondelete="cascade", check_company=True)
    company_id = fields.Many2one(related="case_id.company_id", store=True, index=True)
    currency_id = fields.Many2one(related="case_id.currency_id")
    date = fields.Date(required=True, default=fields.Date.context_today)
    kind = fields.Selection(KINDS, required=True, default="registered")
    name = fields.Char(string="Description", help="What the customer reads on the debit note; empty: the kind.")
    amount = fields.Monetary(required=True)
    is_recoverable = fields.Boolean(
        string="Asked Back", default=True, help="Whether the customer is to pay it: it is owed beside the principal."
    )
    asked_amount = fields.Monetary(
        string="To Pay",
        compute="_compute_asked_amount",
        help="What the costs exceed the flat compensation of the invoices by: the rest of them is in it.",
    )
    file = fields.Binary(string="Document", attachment=True)
    file_name = fields.Char()
    charge_ids = fields.One2many("dunning.charge", "cost_id", readonly=True)
    charge_move_id = fields.Many2one("account.move", string="Charged With", compute="_compute_charge_move_id")

    _check_amount = models.Constraint("CHECK (amount > 0)", "A cost is more than zero.")

    @api.depends("charge_ids.move_id.state", "charge_ids.move_id.payment_state")
    def _compute_charge_move_id(self):
        charges = self.charge_ids._filter_in_force()
        for cost in self:
            cost.charge_move_id = (charges & cost.charge_ids).move_id[:1]

    @api.depends("amount", "is_recoverable", "charge_ids.amount", "case_id.cost_amount")
    def _compute_asked_amount(self):
        for case, costs in self.grouped("case_id").items():
            asked = case._get_costs_asked(case.compensation_amount)
            for cost in costs:
                charges = cost.charge_ids._filter_in_force()
                cost.asked_amount = sum(charges.mapped("amount")) if charges else asked.get(cost, 0)

    @api.depends("name", "kind")
    def _compute_display_name(self):
        kinds = dict(self._fields["kind"]._description_selection(self.env))
        for cost in self:
            cost.display_name = cost.name or kinds.get(cost.kind, "")

    def write(self, vals):
        # OVERRIDE: what was charged is in the customer's hands.
        self._check_not_charged()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _check_not_charged(self):
        if charged := self.filtered("charge_move_id"):
            raise UserError(
                self.env._(
                    "%(cost)s is on the debit note %(note)s: cancel that one first.",
                    cost=charged[0].display_name,
                    note=charged[0].charge_move_id.display_name,
                )
            )


class DunningCase(models.Model):
    _inherit = "dunning.case"

    cost_ids = fields.One2many("dunning.cost", "case_id", string="Costs")
    cost_amount = fields.Monetary(
        string="Costs to Ask Back",
        compute="_compute_money",
        help="Those that are on no debit note yet, as far as they exceed the flat compensation.",
    )

    @api.depends("cost_ids.amount", "cost_ids.is_recoverable", "cost_ids.charge_move_id", "charge_ids.amount")
    def _compute_money(self):
        # OVERRIDE: costs are owed beside interest and compensation.
        result = super()._compute_money()
        for case in self:
            case.cost_amount = sum(case._get_costs_asked(case.compensation_amount).values())
            case.total_amount += case.cost_amount
        return result

    def _get_costs_asked(self, compensation):
        """What is to be paid of each cost that no debit note asks for yet, see :func:`..law.compensation.beyond`.

        :param compensation: the flat compensation that is owed and on no debit note yet
        :return: dict from cost to amount
        """
        self.ensure_one()
        costs = self._get_costs_to_charge().sorted(lambda cost: (cost.date, cost.id))
        if not costs:
            return {}
        charges = self.charge_ids._filter_in_force().grouped("kind")
        in_notes = charges.get(COST, self.charge_ids.browse())
        flat = compensation + sum(charges.get(COMPENSATION, in_notes.browse()).mapped("amount"))
        flat -= sum(charge.cost_id.amount - charge.amount for charge in in_notes)
        currency = self.currency_id
        asked = beyond([units_of(cost.amount, currency) for cost in costs], units_of(flat, currency))
        return {cost: float(amount_of(units, currency)) for cost, units in zip(costs, asked, strict=True)}

    def _get_costs_to_charge(self):
        """The costs that the customer is to pay and that no debit note asks for yet."""
        return self.cost_ids.filtered(lambda cost: cost.is_recoverable and not cost.charge_move_id)

    def _move_into(self, other):
        # OVERRIDE: the costs go where the instalments go; those that were charged stay where they were.
        self._get_costs_to_charge().write({"case_id": other.id})
        return super()._move_into(other)
