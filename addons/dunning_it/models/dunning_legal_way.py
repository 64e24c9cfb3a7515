"""The legal way of a case, once it is taken: its milestones, the term that runs, and its outcome."""

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError

from ..law.compensation import PA
from ..law.milestones import Progress, out_of_order, running_term
from ..patience.contacts import next_working_day
from . import dunning_assessment_names as names
from .dunning_case import CLOSINGS
from .dunning_policy import AUDIENCES

OUTCOMES = [*CLOSINGS, ("replaced", "Another way was taken"), ("withdrawn", "Back to dunning")]
MILESTONES = [f"{name}_date" for name in Progress._fields]
ERRAND = "mail.mail_activity_data_todo"


class DunningLegalWay(models.Model):
    """What has happened on the way to court or to a certificate, day by day, as the lawyer or the register tells it.

    Nothing is filed from here. The term that runs follows from the milestones and the law, and an activity tells who
    looks after it.
    """

    _name = "dunning.legal.way"
    _description = "Legal Way"
    _inherit = ["dunning.guarded", "mail.thread", "mail.activity.mixin"]
    _order = "id desc"
    _check_company_auto = True
    _window = "dunning_it.dunning_legal_way_action"

    case_id = fields.Many2one("dunning.case", required=True, readonly=True, index=True, ondelete="cascade")
    company_id = fields.Many2one("res.company", required=True, readonly=True, index=True)
    partner_id = fields.Many2one(related="case_id.partner_id", store=True, index=True, string="Customer")
    currency_id = fields.Many2one(related="case_id.currency_id")
    amount_net = fields.Monetary(related="case_id.amount_net", string="To Claim")
    assessment_id = fields.Many2one("dunning.assessment", string="Review", readonly=True, ondelete="set null")
    way = fields.Selection(names.LEGAL, required=True, readonly=True, index=True)
    audience = fields.Selection(AUDIENCES, required=True, readonly=True)
    court = fields.Selection(names.COURTS, readonly=True)
    user_id = fields.Many2one("res.users", string="Responsible", tracking=True, index="btree_not_null")
    chosen_date = fields.Date(string="Chosen On", required=True, readonly=True)

    office = fields.Char(tracking=True, help="Which court or office, and who acts there.")
    register_number = fields.Char(string="Number of the Register", tracking=True, help="R.G., or of the request.")
    filed_date = fields.Date(string="Filed On", tracking=True)
    issued_date = fields.Date(string="Issued On", tracking=True)
    served_date = fields.Date(string="Served On", tracking=True)
    opposed_date = fields.Date(string="Opposed On", tracking=True)
    executive_date = fields.Date(string="Executive Since", tracking=True)
    note = fields.Text()

    deadline_date = fields.Date(string="Term Ends", compute="_compute_deadline")
    deadline_name = fields.Char(string="To Do by Then", compute="_compute_deadline")
    deadline_source = fields.Char(string="Source of the Term", compute="_compute_deadline")
    is_deadline_confirmed = fields.Boolean(compute="_compute_deadline")
    outcome = fields.Selection(OUTCOMES, readonly=True, tracking=True, index="btree_not_null")
    end_date = fields.Date(string="Ended On", readonly=True)

    _one_running = models.UniqueIndex("(case_id) WHERE outcome IS NULL", "A case is on one legal way at a time.")

    # === COMPUTE METHODS === #

    @api.depends("way", "partner_id")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for way in self:
            kinds = dict(way._fields["way"]._description_selection(way.env))
            way.display_name = f"{kinds.get(way.way, '')} · {way.partner_id.display_name}"

    @api.depends("way", "audience", "outcome", *MILESTONES)
    @api.depends_context("lang")
    def _compute_deadline(self):
        """The term that runs, by the law as it is known now."""
        table, errands = self.env["dunning.legal.value"]._get_table(), names.errands(self.env)
        for way in self:
            term = not way.outcome and running_term(table, way.way, way._get_progress(), is_public=way.audience == PA)
            way.deadline_date = term.end if term else False
            way.deadline_name = errands[term.code] if term else False
            way.deadline_source = term.row.source if term and term.row else False
            way.is_deadline_confirmed = not term or bool(term.row and term.row.confirmed)

    def _get_progress(self):
        """What has happened so far.

        :rtype: law.milestones.Progress
        """
        self.ensure_one()
        return Progress(*(self[name] or None for name in MILESTONES))

    def _is_fixed(self):
        # OVERRIDE: what has ended is kept.
        return bool(self.outcome)

    # === CHECKS === #

    @api.constrains(*MILESTONES)
    def _check_milestones(self):
        today = fields.Date.context_today(self)
        for way in self:
            days = [way[name] for name in MILESTONES if way[name]]
            if any(day > today for day in days):
                raise ValidationError(self.env._("What has happened is dated today or before."))
            if pair := out_of_order(way._get_progress()):
                earlier, later = (way._fields[f"{name}_date"]._description_string(way.env) for name in pair)
                raise ValidationError(
                    self.env._(
                        "“%(later)s” is before “%(earlier)s”: correct one of them.", later=later, earlier=earlier
                    )
                )

    # === CRUD === #

    def write(self, vals):
        # OVERRIDE: another milestone, another term.
        done = super().write(vals)
        if not vals.keys().isdisjoint(["user_id", *MILESTONES]):
            for way in self.filtered(lambda way: not way.outcome):
                way._plan()
        return done

    # === LIFE === #

    def _plan(self):
        """An activity for what is to be done next, in place of the one before."""
        self.ensure_one()
        self.activity_unlink([ERRAND])
        summary, day = self.deadline_name, self.deadline_date
        if not summary and not self.filed_date:
            summary = self.env._("Prepare the documents and file")
            day = next_working_day(fields.Date.context_today(self))
        if summary:
            user = self.user_id.filtered("active") or self.case_id._get_responsible()
            quietly = self.with_context(mail_activity_quick_update=True)
            quietly.activity_schedule(ERRAND, summary=summary, user_id=user.id, date_deadline=day or None)

    def _end(self, outcome):
        """Nothing more happens on these ways.

        :param str outcome: a value of ``outcome``
        """
        for way in self:
            way.activity_unlink([ERRAND])
            way.write({"outcome": outcome, "end_date": fields.Date.context_today(way)})
        self.flush_recordset(["outcome"])  # a way that is inserted next would meet this one as running

    # === ACTIONS === #

    def action_settle(self):
        """The customer and the company have come to terms: the case is closed."""
        self._end_by_hand("settled", for_managers=True)

    def action_lose(self):
        """Nothing was won, or nothing is to be got: the case is closed."""
        self._end_by_hand("lost", for_managers=True)

    def action_withdraw(self):
        """The way is left, and dunning goes on where it stood."""
        self._end_by_hand("withdrawn")

    def _end_by_hand(self, outcome, *, for_managers=False):
        """:param bool for_managers: whether the claim is given up, which managers alone do"""
        self.ensure_one()
        self.case_id.check_access("write")
        if for_managers and not self.env.user.has_group("dunning_it.group_dunning_manager"):
            raise AccessError(self.env._("Only a dunning manager gives a claim up. Ask one to close it."))
        case = self.case_id.sudo()  # where a case stands is the server's to write
        if self.outcome or not case.try_lock_for_update(allow_referencing=True):
            raise UserError(self.env._("This way has ended already, or somebody else is working on the case."))
        if for_managers:
            case._close(outcome)
        else:
            self.sudo()._end(outcome)  # its outcome is the server's to write
            case.state = "open"
            case._resync()

    def action_review(self):
        """Weigh the ways out again."""
        return self.case_id.action_review()

    def action_open_assessment(self):
        """The review that led here."""
        return self.assessment_id._get_window()
