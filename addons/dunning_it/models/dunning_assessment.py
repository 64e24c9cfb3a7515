"""The review of a case: the ways out side by side, and the decision of a person."""

from dataclasses import replace
from decimal import Decimal

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import float_repr, format_date

from ..law.reading import euros, to_cents
from ..law.record import best
from ..law.routes import assess
from .dunning_assessment_names import WAYS
from .dunning_policy import AUDIENCES

DECIDED = "decided"


class DunningAssessment(models.Model):
    """What a claim is worth and what each way out costs, brings in, asks for and rests on, as of a day of filing.

    While it is a draft everything follows the case, the law and what the user enters; once somebody has decided, it is
    kept as it was. Amounts are in the currency of the company, in which the law has its limits.
    """

    _name = "dunning.assessment"
    _description = "Review of a Case"
    _inherit = ["dunning.guarded"]
    _order = "id desc"
    _check_company_auto = True
    _window = "dunning_it.dunning_assessment_action"

    case_id = fields.Many2one("dunning.case", required=True, readonly=True, index=True, ondelete="cascade")
    company_id = fields.Many2one("res.company", required=True, readonly=True, index=True)
    partner_id = fields.Many2one(related="case_id.partner_id", store=True, index=True)
    currency_id = fields.Many2one(related="company_id.currency_id")
    user_id = fields.Many2one("res.users", string="Opened by", readonly=True)
    state = fields.Selection(
        [("draft", "To decide"), (DECIDED, "Decided")], required=True, default="draft", readonly=True, index=True
    )
    filing_date = fields.Date(
        required=True,
        default=fields.Date.context_today,
        help="The day on which something would be filed: the law of that day counts, and interest runs up to it.",
    )
    hour_cost = fields.Monetary(string="An Own Hour", help="What an hour of own work costs: see Settings.")

    amount_principal = fields.Monetary(
        string="Principal",
        compute="_compute_claim",
        store=True,
        help="Overdue less open credits, without disputes.",
    )
    amount_interest = fields.Monetary(
        string="Interest", compute="_compute_claim", store=True, help="Up to the day of filing."
    )
    amount_compensation = fields.Monetary(string="Compensation", compute="_compute_claim", store=True)
    amount_total = fields.Monetary(string="Claim", compute="_compute_claim", store=True)
    is_provisional = fields.Boolean(
        string="Interest is provisional", compute="_compute_claim", store=True, help="A rate is missing or unconfirmed."
    )
    audience = fields.Selection(AUDIENCES, string="Customer is of", compute="_compute_claim", store=True)
    limitation_date = fields.Date(string="Limitation", compute="_compute_claim", store=True)
    is_insolvent = fields.Boolean(string="Insolvent", compute="_compute_claim", store=True)
    line_ids = fields.One2many("dunning.assessment.line", "assessment_id", string="Ways")
    advice = fields.Char(compute="_compute_advice", help="The way with the most to expect, in words.")

    chosen_id = fields.Many2one("dunning.assessment.line", readonly=True, index="btree_not_null", ondelete="set null")
    way = fields.Selection(WAYS, string="Chosen Way", readonly=True, index="btree_not_null")
    amount_expected = fields.Monetary(string="To Be Expected", readonly=True, help="Of the chosen way.")
    note = fields.Text(string="Why", readonly=True)
    decided_by_id = fields.Many2one("res.users", readonly=True)
    decided_on = fields.Datetime(readonly=True)

    _one_draft = models.UniqueIndex("(case_id) WHERE state = 'draft'", "A case is under one review at a time.")
    _check_hour_cost = models.Constraint("CHECK (hour_cost >= 0)", "An own hour costs nothing at the least.")

    # === COMPUTE METHODS === #

    @api.depends("partner_id", "filing_date")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for assessment in self:
            day = assessment.filing_date and format_date(self.env, assessment.filing_date)
            assessment.display_name = " · ".join(filter(None, [assessment.partner_id.display_name, day]))

    @api.depends("filing_date")
    def _compute_claim(self):
        """What is owed on the day of filing, as the case stands now; payments that come later need new figures."""
        for assessment in self:
            case = assessment.case_id
            day = assessment.filing_date or fields.Date.context_today(assessment)
            claim = case._get_law_claim(day)
            assessment.amount_principal = float(euros(claim.principal))
            assessment.amount_interest = float(euros(claim.interest))
            assessment.amount_compensation = float(euros(claim.compensation))
            assessment.amount_total = float(euros(claim.total))
            assessment.is_provisional = case._get_owed(day)[case].is_provisional
            assessment.audience = claim.audience
            assessment.limitation_date = claim.limitation
            assessment.is_insolvent = claim.insolvent

    @api.depends("line_ids.is_best", "line_ids.amount_net", "way")
    @api.depends_context("lang")
    def _compute_advice(self):
        for assessment in self:
            line = assessment.line_ids.filtered("is_best")[:1]
            if assessment.state == DECIDED:
                assessment.advice = False
            elif not line:
                assessment.advice = self.env._("Enter how likely each way is to bring the money in.")
            else:
                assessment.advice = self.env._(
                    "The most is to be expected of: %(way)s, %(amount)s.",
                    way=line._get_way_name(),
                    amount=assessment.currency_id.format(line.amount_net),
                )

    def _is_fixed(self):
        # OVERRIDE: what was decided on is kept.
        return self.state == DECIDED

    # === THE ANSWER === #

    def _get_claim(self):
        """What the law is asked about.

        :rtype: law.routes.Claim
        """
        self.ensure_one()
        claim = self.case_id._get_law_claim(self.filing_date or fields.Date.context_today(self))
        return replace(
            claim,
            principal=cents(self.amount_principal),
            interest=cents(self.amount_interest),
            compensation=cents(self.amount_compensation),
        )

    def _assess(self, lines):
        """What the law says today of some ways.

        :param lines: records of ``dunning.assessment.line``
        :return: dict from line to :class:`law.routes.Way`
        """
        self.ensure_one()
        claim, hour_cost = self._get_claim(), cents(self.hour_cost)
        table = self.env["dunning.legal.value"]._get_table()
        return {line: assess(line.way, claim, table, line._get_estimate(), hour_cost) for line in lines}

    def _get_best(self):
        """The line with the most to expect, none where nobody has entered how likely anything is."""
        lines = self.line_ids
        place = best([(line.status, line.amount_net, line.probability) for line in lines])
        return lines.browse() if place is None else lines[place]

    # === FIGURES === #

    @api.model
    def _open(self, case):
        """The review of a case that is to be decided, with the figures of now.

        :param case: a ``dunning.case`` that the user may write, as the server
        :rtype: dunning.assessment
        """
        assessment = self.search([("case_id", "=", case.id), ("state", "=", "draft")])
        if assessment:
            assessment._compute_claim()
            return assessment
        return self.create(self._prepare_vals(case))

    @api.model
    def _prepare_vals(self, case):
        remembered = self._remember(case.company_id)
        return {
            "case_id": case.id,
            "company_id": case.company_id.id,
            "user_id": self.env.user.id,
            "hour_cost": case.company_id.dunning_hour_cost,
            "line_ids": [
                fields.Command.create({"way": way, "sequence": place, **remembered.get(way, {})})
                for place, (way, _name) in enumerate(WAYS)
            ],
        }

    @api.model
    def _remember(self, company):
        """What was entered for each way in the company's last review that was decided."""
        last = self.search([("company_id", "=", company.id), ("state", "=", DECIDED)], order="decided_on desc", limit=1)
        return {
            line.way: {"probability": line.probability, "hours": line.hours, "lawyer_amount": line.lawyer_amount}
            for line in last.line_ids
        }

    def _hold(self):
        """The review with the server's rights and under lock, its case in line with the books.

        :raise UserError: where somebody else works on it, or it is decided
        """
        self.ensure_one()
        self.case_id.check_access("write")
        assessment = self.sudo()  # a decision is the server's to write, after the user's right is checked
        if not assessment.try_lock_for_update() or not assessment.case_id.try_lock_for_update(allow_referencing=True):
            raise UserError(self.env._("Somebody else is working on this case at the moment: try again."))
        assessment.invalidate_recordset()
        assessment.case_id.invalidate_recordset()
        assessment.case_id._resync()
        if assessment.state == DECIDED:
            raise UserError(self.env._("This review is decided: open a new one from the case."))
        return assessment

    # === ACTIONS === #

    def action_renew(self):
        """Take the figures of now."""
        self._hold()._compute_claim()

    def action_open_case(self):
        """The case under review."""
        self.ensure_one()
        return self.case_id._get_form_action()


def cents(amount):
    """A stored amount in EUR as whole cents.

    >>> cents(10000.010000000000218), cents(0.29)
    (1000001, 29)
    """
    return to_cents(Decimal(float_repr(amount, 2)))
