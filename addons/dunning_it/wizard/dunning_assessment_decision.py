"""The dialog in which a person decides on a way."""

from odoo import api, fields, models


class DunningAssessmentDecision(models.TransientModel):
    """What a decision needs, and what should be known before it; read with the rights of who decides."""

    _name = "dunning.assessment.decision"
    _description = "Decision on a Case"

    line_id = fields.Many2one("dunning.assessment.line", required=True, readonly=True, ondelete="cascade")
    company_id = fields.Many2one(related="line_id.company_id", related_sudo=False)
    way = fields.Selection(related="line_id.way", related_sudo=False)
    policy_id = fields.Many2one(related="line_id.assessment_id.case_id.policy_id", related_sudo=False)
    stage_id = fields.Many2one(
        "dunning.stage",
        string="Go On With",
        compute="_compute_stage_id",
        compute_sudo=False,
        store=True,
        readonly=False,
        domain="[('policy_id', '=', policy_id), ('kind', '!=', 'review')]",
        help="The stages from here on are taken once more; their days are counted from today.",
    )
    note = fields.Text(string="Why", help="It is kept with the decision.")
    warning = fields.Text(compute="_compute_warning")

    @api.depends("line_id")
    def _compute_stage_id(self):
        """The last call before the review, else the stage before it."""
        for decision in self:
            stages = decision.policy_id.stage_ids.sorted().filtered(lambda stage: stage.kind != "review")
            calls = stages.filtered(lambda stage: stage.kind == "call")
            decision.stage_id = calls[-1:] or stages[-1:]

    @api.depends("line_id")
    @api.depends_context("lang")
    def _compute_warning(self):
        for decision in self:
            decision.warning = "\n".join(decision._get_warnings())

    def _get_warnings(self):
        """What should be known first; nothing of it forbids to go on."""
        line, answer = self.line_id, self.line_id.answer
        warnings = [
            self.env._("Missing and necessary: %(paper)s.", paper=each["name"])
            for each in answer["missing"]
            if each["is_necessary"]
        ]
        if line.assessment_id.line_ids.filtered("is_best") - line:
            warnings.append(self.env._("More is to be expected of another way."))
        if line.way != "waiver" and answer["is_loss"]:
            warnings.append(self.env._("It costs more than is to be expected of it."))
        return warnings

    def action_decide(self):
        """Decide, and go on."""
        self.ensure_one()
        return self.line_id.assessment_id._decide(self.line_id, self.note, self.stage_id)
