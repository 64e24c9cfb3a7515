"""What is done one after the other."""

from odoo import fields, models


class DunningStage(models.Model):
    """A step of a policy; its waiting days run from the proven completion of the step before."""

    _name = "dunning.stage"
    _description = "Dunning Stage"
    _order = "policy_id, sequence, id"

    policy_id = fields.Many2one("dunning.policy", required=True, index=True, ondelete="cascade")
    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    kind = fields.Selection(
        [
            ("mail", "Reminder by e-mail"),
            ("call", "Phone call"),
            ("notice", "Formal notice (messa in mora)"),
            ("review", "Review by a person"),
        ],
        required=True,
        default="mail",
    )
    wait_days = fields.Integer(
        help="Days after the step before was proven done; for the first one, after the patience."
    )
    template_id = fields.Many2one(
        "mail.template",
        domain=[("model", "=", "dunning.case")],
        ondelete="restrict",
        help="The words of a reminder, in the customer's language.",
    )
    attaches_invoices = fields.Boolean(help="The invoices go along, as PDF and as the e-invoice's file.")
    call_script = fields.Html(string="Script", translate=True, help="What to say on the phone.")
    call_attempts = fields.Integer(
        string="Attempts", default=3, help="After so many calls without an answer the stage counts as done."
    )

    _check_attempts = models.Constraint("CHECK (call_attempts > 0)", "A call is attempted once at least.")
    _check_wait = models.Constraint("CHECK (wait_days >= 0)", "Waiting days are not below zero.")
    _check_template = models.Constraint(
        "CHECK (kind != 'mail' OR template_id IS NOT NULL)", "A reminder by e-mail needs a template."
    )

    def action_open_script(self):
        """The script of a call, in a form of its own: it is too long for a list."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Script: %(stage)s", stage=self.display_name),
            "res_model": self._name,
            "res_id": self.id,
            "view_mode": "form",
            "views": [(self.env.ref("dunning_it.dunning_stage_view_form_script").id, "form")],
            "target": "new",
        }
