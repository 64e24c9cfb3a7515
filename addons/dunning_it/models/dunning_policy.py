"""How a kind of customer is treated: how long one waits, and what is done then."""

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain

from ..patience.dates import Patience

AUDIENCES = [
    ("company", "Businesses"),
    ("pa", "Public administrations"),
    ("consumer", "Consumers"),
]


class DunningPolicy(models.Model):
    """Patience, claims and stages for an audience; one without a company serves all that have none of their own."""

    _name = "dunning.policy"
    _description = "Dunning Policy"
    _order = "sequence, id"
    _check_company_auto = True

    name = fields.Char(required=True, translate=True)
    active = fields.Boolean(default=True)
    sequence = fields.Integer(default=10)
    company_id = fields.Many2one("res.company", index=True, help="Empty: for every company without one of its own.")
    currency_id = fields.Many2one("res.currency", compute="_compute_currency_id")
    audience = fields.Selection(AUDIENCES, required=True, default="company")

    is_month_end = fields.Boolean(
        string="From the End of the Month", default=True, help="Customers pay at the end of the month they owe in."
    )
    technical_days = fields.Integer(default=10, help="Days that a transfer, a bank and an office need.")
    floor_days = fields.Integer(
        string="Days from the Invoice", help="Nothing is done before so many days from the date of the invoice."
    )

    interest_regime = fields.Selection(
        [
            ("late_payment", "Late payment (D.Lgs. 231/2002)"),
            ("legal", "Legal rate (art. 1284 c.c.)"),
            ("none", "None"),
        ],
        required=True,
        default="late_payment",
    )
    is_agro_food = fields.Boolean(
        string="Agro-food Surcharge", help="D.Lgs. 198/2021: sales of food between businesses."
    )
    has_compensation = fields.Boolean(
        string="Flat Compensation", default=True, help="For each invoice, D.Lgs. 231/2002 art. 6; never for consumers."
    )
    min_amount = fields.Monetary(string="Leave Alone Below", help="Cases with less open than this are not pursued.")

    week_contacts = fields.Integer(string="Contacts a Week", help="The most in seven days; 0: no limit.")
    quiet_from = fields.Float(default=20.0, help="Nobody is called or written to from this hour on.")
    quiet_to = fields.Float(default=8.0, help="Until this hour of the next day.")
    stage_ids = fields.One2many("dunning.stage", "policy_id", copy=True)

    _check_days = models.Constraint(
        "CHECK (technical_days >= 0 AND floor_days >= 0 AND week_contacts >= 0 AND min_amount >= 0)",
        "Days, contacts and amounts of a policy are not below zero.",
    )
    _check_hours = models.Constraint(
        "CHECK (quiet_from >= 0 AND quiet_from < 24 AND quiet_to >= 0 AND quiet_to < 24)",
        "Quiet hours are between 0:00 and 23:59.",
    )

    @api.depends("company_id")
    @api.depends_context("company")
    def _compute_currency_id(self):
        for policy in self:
            policy.currency_id = (policy.company_id or self.env.company).currency_id

    @api.constrains("audience", "interest_regime", "has_compensation")
    def _check_consumers(self):
        for policy in self.filtered(lambda policy: policy.audience == "consumer"):
            if policy.has_compensation or policy.interest_regime == "late_payment":
                raise ValidationError(
                    self.env._(
                        "Consumers owe neither the flat compensation nor interest for late payment (D.Lgs. 231/2002): "
                        "choose the legal rate and no compensation in %(policy)s.",
                        policy=policy.display_name,
                    )
                )

    @api.model
    def _get_defaults(self, company):
        """The policy for each audience in a company, its own before the shared ones.

        :return: dict from audience to policy; an audience without any is missing
        """
        domain = Domain("company_id", "in", [company.id, False])
        found = self.search(domain).sorted(lambda policy: (not policy.company_id, policy.sequence, policy.id))
        defaults = {}
        for policy in found:
            defaults.setdefault(policy.audience, policy)
        return defaults

    def _get_in_currency(self, amount, currency):
        """An amount of the policy, which is money of the company, in another currency at the rate of today."""
        company = self.company_id or self.env.company
        return company.currency_id._convert(amount, currency, company, fields.Date.context_today(self))

    def _get_next_stage(self, stage):
        """The stage after one; the first of all after none."""
        self.ensure_one()
        stages = self.stage_ids.sorted()
        if not stage:
            return stages[:1]
        later = stages.filtered(lambda other: (other.sequence, other.id) > (stage.sequence, stage.id))
        return later[:1]

    def _get_patience(self, partner):
        """The patience with a customer: his own where it is set, else the policy's.

        :rtype: Patience
        """
        self.ensure_one()
        own = partner if partner.dunning_has_own_patience else None
        return Patience(
            is_month_end=own.dunning_is_month_end if own else self.is_month_end,
            technical_days=own.dunning_technical_days if own else self.technical_days,
            floor_days=own.dunning_floor_days if own else self.floor_days,
            closing_day=partner.dunning_closing_day or None,
        )
