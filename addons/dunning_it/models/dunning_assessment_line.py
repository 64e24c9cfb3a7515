"""One way out in a review: what the user thinks of it, and what follows from the law."""

from decimal import Decimal

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import float_repr, format_date, formatLang

from ..law.codes import CODES, RULE
from ..law.reading import euros
from ..law.record import total_cost, way_data
from ..law.routes import CLOSED, CONFIRM_FIRST, Estimate
from . import dunning_assessment_names as names
from .dunning_assessment import cents


class DunningAssessmentLine(models.Model):
    """A way with its probability, hours and lawyer; the answer follows them while they are typed.

    With the decision the answer is frozen as plain codes and figures, so that it reads the same when the law is
    another one; the words are those of the reader's language.
    """

    _name = "dunning.assessment.line"
    _description = "Way Out in a Review"
    _inherit = ["dunning.guarded"]
    _order = "assessment_id, sequence, id"
    _check_company_auto = True

    assessment_id = fields.Many2one(
        "dunning.assessment", required=True, readonly=True, index=True, ondelete="cascade", check_company=True
    )
    company_id = fields.Many2one(related="assessment_id.company_id", store=True, index=True)
    currency_id = fields.Many2one(related="assessment_id.currency_id")
    sequence = fields.Integer(readonly=True)
    way = fields.Selection(names.WAYS, required=True, readonly=True)
    probability = fields.Float(digits=(5, 4), help="Of being paid in this way.")
    hours = fields.Float(string="Own Hours", digits=(8, 2))
    lawyer_amount = fields.Monetary(string="Lawyer", help="What a lawyer would ask for this way.")
    frozen = fields.Json(readonly=True, copy=False, help="The answer as it was when it was decided on.")

    status = fields.Selection(names.STATUSES, compute="_compute_answer")
    court = fields.Selection(names.COURTS, compute="_compute_answer")
    amount_cost = fields.Monetary(string="Costs", compute="_compute_answer")
    amount_net = fields.Monetary(
        string="To Be Expected", compute="_compute_answer", help="Probability times what is at stake, less all costs."
    )
    answer = fields.Json(compute="_compute_answer", help="What the law says of it, in words, for the screen.")
    is_best = fields.Boolean(compute="_compute_is_best")
    is_chosen = fields.Boolean(compute="_compute_is_chosen")

    _once = models.Constraint("UNIQUE (assessment_id, way)", "A review looks at each way once.")
    _check_probability = models.Constraint(
        "CHECK (probability >= 0 AND probability <= 1)", "A probability is from 0 % to 100 %."
    )
    _check_costs = models.Constraint("CHECK (hours >= 0 AND lawyer_amount >= 0)", "Hours and costs are not below zero.")

    # === COMPUTE METHODS === #

    @api.depends("way")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for line in self:
            line.display_name = line._get_way_name()

    @api.depends(
        "probability",
        "hours",
        "lawyer_amount",
        "frozen",
        "assessment_id.hour_cost",
        "assessment_id.amount_total",
        "assessment_id.filing_date",
    )
    @api.depends_context("lang", "tz", "uid")
    def _compute_answer(self):
        for assessment, lines in self.grouped("assessment_id").items():
            live = lines.filtered(lambda line: not line.frozen)
            found = assessment._assess(live) if live else {}
            for line in lines:
                data = line.frozen or way_data(found[line])
                line.status, line.court = data["status"], data["court"]
                line.amount_cost = float(euros(total_cost(data)))
                line.amount_net = float(euros(data["net"]))
                line.answer = line._put_in_words(data)

    @api.depends("assessment_id.line_ids.amount_net", "assessment_id.line_ids.probability")
    def _compute_is_best(self):
        for assessment, lines in self.grouped("assessment_id").items():
            leader = assessment._get_best()
            for line in lines:
                line.is_best = line == leader

    @api.depends("assessment_id.chosen_id")
    def _compute_is_chosen(self):
        for line in self:
            line.is_chosen = line == line.assessment_id.chosen_id

    def _is_fixed(self):
        # OVERRIDE: what was decided on is kept.
        return self.assessment_id._is_fixed()

    def _get_way_name(self):
        return self._get_label("way", self.way)

    def _get_label(self, name, value):
        """What a value of a selection is called in the reader's language."""
        return dict(self._fields[name]._description_selection(self.env)).get(value, "")

    def _get_estimate(self):
        """What the user thinks of the way.

        :rtype: law.routes.Estimate
        """
        self.ensure_one()
        return Estimate(
            Decimal(float_repr(self.probability, 4)),
            Decimal(float_repr(self.hours, 2)),
            cents(self.lawyer_amount),
        )

    # === IN WORDS === #

    def _put_in_words(self, data):
        """An answer as the screen shows it.

        :param dict data: see :func:`..law.record.way_data`
        """
        env, money = self.env, self._format_cents
        cost_names, need_names = names.costs(env), names.needs(env)
        reason_names, remark_names = names.reasons(env), names.remarks(env)
        rows = self._get_rows(data)
        return {
            "name": self._get_way_name(),
            "status": data["status"],
            "net": money(data["net"]),
            "is_gain": data["net"] > 0,
            "is_loss": data["net"] < 0,
            "cost": money(total_cost(data)),
            "costs": [{"name": cost_names[code], "amount": money(amount)} for code, amount in data["costs"]],
            "registration": data["registration"] and money(data["registration"]),
            "court": self._get_label("court", data["court"]),
            "lawyer": self._tell_lawyer(data),
            "reasons": [reason_names[code] for code in data["reasons"]],
            "remarks": [remark_names[code] for code in data["remarks"]],
            "terms": [self._tell_term(*deadline) for deadline in data["deadlines"]],
            "missing": [{"name": need_names[code], "is_necessary": needed} for code, needed in data["missing"]],
            "lacking": [env["dunning.legal.value"]._get_name_of_code(code) for code in data["lacking"]],
            "confirm": [row for row in rows if row["decides"]],
            "rows": rows,
        }

    def _format_cents(self, amount):
        return self.currency_id.format(float(euros(amount)))

    def _tell_lawyer(self, data):
        """Whether one may do without; nothing where no court is asked or nobody knows."""
        if not data["court"]:
            return ""
        return {
            True: self.env._("No lawyer is needed"),
            False: self.env._("A lawyer is needed"),
        }.get(data["alone"], "")

    def _tell_term(self, code, length):
        unknown = self.env._("not known")
        return names.terms(self.env)[code] % {"length": unknown if length is None else length}

    def _get_rows(self, data):
        """The rows of the law that an answer rests on, with their ids where they are there still."""
        Value = self.env["dunning.legal.value"]
        there = set(Value.browse(row["key"] for row in data["rows"] if row["key"]).exists().ids)
        return [
            {
                "id": row["key"] if row["key"] in there else False,
                "name": self._describe_row(row),
                "source": row["source"],
                "is_confirmed": row["confirmed"],
                "decides": row["decides"],
            }
            for row in data["rows"]
        ]

    def _describe_row(self, row):
        """A row as it was: what it is about, its amount, and since when."""
        name = self.env["dunning.legal.value"]._get_name_of_code(row["code"])
        kind = CODES[row["code"]]
        since = format_date(self.env, row["since"])
        if kind.unit == RULE:
            return self.env._("%(name)s (since %(since)s)", name=name, since=since)
        amount = float(row["amount"])
        units = dict(self.env["dunning.legal.value"]._fields["unit"]._description_selection(self.env))
        return self.env._(
            "%(name)s: %(amount)s %(unit)s (since %(since)s)",
            name=name,
            amount=formatLang(self.env, amount, digits=0 if amount.is_integer() else 2),
            unit=units[kind.unit],
            since=since,
        )

    # === ACTIONS === #

    def action_decide(self):
        """Ask for what the decision needs, and warn of what is missing."""
        self._check_may_go()
        decision = self.env["dunning.assessment.decision"].create({"line_id": self.id})
        return {
            "type": "ir.actions.act_window",
            "name": self._get_way_name(),
            "res_model": decision._name,
            "res_id": decision.id,
            "view_mode": "form",
            "target": "new",
        }

    def _check_may_go(self):
        """:raise UserError: where the way is closed, or hangs on a row of the law that nobody answers for"""
        self.ensure_one()
        if self.assessment_id._is_fixed():
            raise UserError(self.env._("This review is decided: open a new one from the case."))
        if self.status == CLOSED:
            raise UserError("\n".join([self.env._("This way is closed:"), *self.answer["reasons"]]))
        if self.status == CONFIRM_FIRST:
            rows = [row["name"] for row in self.answer["confirm"]] + self.answer["lacking"]
            raise UserError("\n".join([self.env._("Confirm first, under Law, what this answer hangs on:"), *rows]))
