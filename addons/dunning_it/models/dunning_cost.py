"""What collecting costs: postage of a notice, the court's fee, a lawyer."""

from odoo import api, fields, models
from odoo.exceptions import UserError

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
        string="Costs to Ask Back", compute="_compute_cost_amount", help="Those that are on no debit note yet."
    )

    @api.depends("cost_ids.amount", "cost_ids.is_recoverable", "cost_ids.charge_move_id")
    def _compute_cost_amount(self):
        for case in self:
            case.cost_amount = sum(case._get_costs_to_charge().mapped("amount"))

    @api.depends("cost_amount")
    def _compute_money(self):
        # OVERRIDE: costs are owed beside interest and compensation.
        result = super()._compute_money()
        for case in self:
            case.total_amount += case.cost_amount
        return result

    def _get_costs_to_charge(self):
        """The costs that the customer is to pay and that no debit note asks for yet."""
        return self.cost_ids.filtered(lambda cost: cost.is_recoverable and not cost.charge_move_id)

    def _move_into(self, other):
        # OVERRIDE: the costs go where the instalments go; those that were charged stay where they were.
        self._get_costs_to_charge().write({"case_id": other.id})
        return super()._move_into(other)
