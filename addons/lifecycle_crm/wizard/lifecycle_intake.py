"""Take in those who are in the stage of a play already."""

from odoo import api, fields, models
from odoo.exceptions import UserError


class LifecycleIntake(models.TransientModel):
    """A play begins with what happens from its start on; whoever wants more decides it with the number before him."""

    _name = "lifecycle.intake"
    _description = "Customers Already in the Stage"
    _inherit = ["lifecycle.form"]

    play_id = fields.Many2one("lifecycle.play", required=True, readonly=True, ondelete="cascade")
    stage_id = fields.Many2one(related="play_id.stage_id", related_sudo=False)
    entering_count = fields.Integer(string="Customers", compute="_compute_entering_count")

    @api.depends("play_id")
    def _compute_entering_count(self):
        for intake in self:
            intake.entering_count = intake.play_id._count_entering(intake.play_id._get_standing_sql())

    def action_take_in(self):
        """Let them in, from today on; the frequency cap and all else that the gate asks for hold as for anybody."""
        self.play_id._check_manager()
        if self.play_id.state != "running":
            raise UserError(self.env._("Start the play first."))
        while self.play_id._enter(self.play_id._get_standing_sql(), fields.Datetime.now()):
            pass
        self.env.ref("lifecycle_crm.ir_cron_lifecycle_plan").sudo()._trigger()  # managers have no rights on it
        return {"type": "ir.actions.act_window_close"}
