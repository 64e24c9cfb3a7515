"""What a change of the rules would do, before it does it."""

from collections import Counter

from odoo import api, fields, models

from ..models.lifecycle_words import reason_words

MOVES_SHOWN = 500


class LifecycleTrial(models.TransientModel):
    """A dry run of a draft: who would move from where to where, and why."""

    _name = "lifecycle.trial"
    _description = "Dry Run of Lifecycle Rules"
    _inherit = ["lifecycle.form"]

    rulebook_id = fields.Many2one("lifecycle.rulebook", required=True, readonly=True, ondelete="cascade")
    company_id = fields.Many2one(related="rulebook_id.company_id")
    customer_count = fields.Integer(string="Customers", readonly=True)
    move_count = fields.Integer(string="Would Move", readonly=True)
    flow_ids = fields.One2many("lifecycle.trial.flow", "trial_id", readonly=True)
    move_ids = fields.One2many("lifecycle.trial.move", "trial_id", string="Customers Who Would Move", readonly=True)
    is_cut = fields.Boolean(compute="_compute_is_cut")

    @api.depends("move_count")
    def _compute_is_cut(self):
        for trial in self:
            trial.is_cut = trial.move_count > MOVES_SHOWN

    def _run(self):
        """Decide about everybody by the draft; all flows are counted, the first moves are shown."""
        self.ensure_one()
        Status = self.env["lifecycle.status"]
        moves = Status._try(self.rulebook_id)
        flows = Counter((before, after) for _partner, before, after, _reason in moves)
        self.write(
            {
                "customer_count": Status.search_count([("company_id", "=", self.company_id.id)]),
                "move_count": len(moves),
            }
        )
        self.env["lifecycle.trial.flow"].create(
            [
                {"trial_id": self.id, "from_stage_id": before, "to_stage_id": after, "count": count}
                for (before, after), count in flows.most_common()
            ]
        )
        shown = moves[:MOVES_SHOWN]
        statuses = Status.search(
            [("company_id", "=", self.company_id.id), ("partner_id", "in", [partner for partner, *_rest in shown])]
        ).grouped("partner_id")
        self.env["lifecycle.trial.move"].create([self._prepare_move_vals(move, statuses) for move in shown])

    def _prepare_move_vals(self, move, statuses):
        partner, before, after, reason = move
        status = statuses[self.env["res.partner"].browse(partner)]
        return {
            "trial_id": self.id,
            "partner_id": partner,
            "from_stage_id": before,
            "to_stage_id": after,
            "reason_before": status.reason_text,
            "reason_after": reason_words(self.env, reason, self.company_id.currency_id),
        }

    def action_activate(self):
        """Put the draft in force that was tried."""
        self.ensure_one()
        self.rulebook_id.action_activate()
        return self.rulebook_id._get_form_action()


class LifecycleTrialFlow(models.TransientModel):
    """How many would move from one stage into another."""

    _name = "lifecycle.trial.flow"
    _description = "Flow of a Dry Run"
    _order = "count desc, id"

    trial_id = fields.Many2one("lifecycle.trial", required=True, ondelete="cascade")
    from_stage_id = fields.Many2one("lifecycle.stage", string="From", ondelete="cascade")
    to_stage_id = fields.Many2one("lifecycle.stage", string="To", ondelete="cascade")
    count = fields.Integer(string="Customers")


class LifecycleTrialMove(models.TransientModel):
    """A customer who would move, and both reasons."""

    _name = "lifecycle.trial.move"
    _description = "Move of a Dry Run"
    _order = "id"

    trial_id = fields.Many2one("lifecycle.trial", required=True, ondelete="cascade")
    partner_id = fields.Many2one("res.partner", string="Customer", ondelete="cascade")
    from_stage_id = fields.Many2one("lifecycle.stage", string="From", ondelete="cascade")
    to_stage_id = fields.Many2one("lifecycle.stage", string="To", ondelete="cascade")
    reason_before = fields.Text(string="Why Now")
    reason_after = fields.Text(string="Why Then")
