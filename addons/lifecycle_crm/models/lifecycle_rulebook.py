"""Versions of a company's rules."""

from odoo import api, fields, models


class LifecycleRulebook(models.Model):
    """A version of the rules: a draft may be changed and tried, what was once in force is kept as it was."""

    _name = "lifecycle.rulebook"
    _description = "Lifecycle Rules"
    _inherit = ["lifecycle.guarded"]
    _order = "company_id, version desc"
    _rec_name = "version"
    _check_company_auto = True

    version = fields.Integer(readonly=True, copy=False)
    company_id = fields.Many2one(
        "res.company", required=True, index=True, default=lambda self: self.env.company, ondelete="cascade"
    )
    state = fields.Selection(
        [("draft", "Draft"), ("active", "In Force"), ("retired", "Replaced")],
        required=True,
        readonly=True,
        copy=False,
        default="draft",
    )
    activated_on = fields.Datetime(string="In Force since", readonly=True, copy=False)
    activated_by_id = fields.Many2one("res.users", readonly=True, copy=False)
    note = fields.Text(help="What was changed, and why.")
    rule_ids = fields.One2many("lifecycle.rule", "rulebook_id", copy=True)
    gap_default = fields.Integer(string="Usual Gap", default=60, help="Days, until there are enough gaps to measure.")
    gap_weight = fields.Integer(
        string="Weight of All Customers",
        default=5,
        help="How many gaps of his own it takes for a customer's own habit to count as much as everybody's.",
    )
    gap_least = fields.Integer(string="Shortest Gap", default=30, help="Days: shorter gaps are not believed.")
    gap_most = fields.Integer(string="Longest Gap", default=365, help="Days: longer gaps are not believed.")
    gap_enough = fields.Integer(
        string="Enough Gaps", default=30, help="So many gaps in the company before their mean is used."
    )

    _version_unique = models.Constraint("unique(company_id, version)", "A company has one set of rules of a version.")
    _active_unique = models.UniqueIndex(
        "(company_id) WHERE state = 'active'", "A company has one set of rules in force."
    )

    @api.model_create_multi
    def create(self, vals_list):
        # OVERRIDE: versions count up within a company.
        rulebooks = super().create(vals_list)
        for rulebook in rulebooks.sudo():  # a number that the server gives
            [(last,)] = self.sudo()._read_group([("company_id", "=", rulebook.company_id.id)], [], ["version:max"])
            rulebook.version = (last or 0) + 1
        return rulebooks

    def _put_in_force(self):
        """Replace the rules in force; customers are looked at again by the scheduled action."""
        self.ensure_one()
        rulebook = self.sudo()  # who may is for the caller to say
        former = rulebook.company_id.lifecycle_rulebook_id
        former.state = "retired"  # whatever explains the past is kept
        former.flush_recordset(["state"])
        rulebook.write({"state": "active", "activated_on": fields.Datetime.now(), "activated_by_id": self.env.uid})
        rulebook.company_id.invalidate_recordset(["lifecycle_rulebook_id"])
        rulebook.company_id.lifecycle_sweep_date = False
        self.env.ref("lifecycle_crm.ir_cron_lifecycle_sweep").sudo()._trigger()  # the server's own
