"""The review of a case, and the legal way it may go."""

from odoo import api, fields, models
from odoo.exceptions import UserError

from ..law.outlines import NEGOTIATION


class DunningCase(models.Model):
    _inherit = "dunning.case"

    assessment_ids = fields.One2many("dunning.assessment", "case_id", string="Reviews", readonly=True)
    assessment_count = fields.Integer(compute="_compute_assessment_count")
    legal_way_ids = fields.One2many("dunning.legal.way", "case_id", string="Legal Ways", readonly=True)
    legal_way_id = fields.Many2one("dunning.legal.way", compute="_compute_legal_way_id")

    @api.depends("assessment_ids")
    def _compute_assessment_count(self):
        for case in self:
            case.assessment_count = len(case.assessment_ids)

    @api.depends("legal_way_ids.outcome")
    def _compute_legal_way_id(self):
        """The way the case is on now."""
        for case in self:
            case.legal_way_id = case.legal_way_ids.filtered(lambda way: not way.outcome)[:1]

    # === ACTIONS === #

    def action_review(self):
        """Weigh the ways out: the review that is to be decided, or a new one, with the figures of now."""
        self.ensure_one()
        self.check_access("write")
        case = self.sudo()  # the case and its reviews are the server's to write
        if not case.try_lock_for_update(allow_referencing=True):
            raise UserError(self.env._("Somebody else is working on this case at the moment: try again."))
        case.invalidate_recordset()
        case._resync()
        if case.state == "closed" or not case.amount_net:
            raise UserError(
                self.env._("Nothing is left to claim from %(customer)s.", customer=self.partner_id.display_name)
            )
        return case.env["dunning.assessment"]._open(case).with_env(self.env)._get_window()

    def action_open_assessments(self):
        """The reviews of the case."""
        self.ensure_one()
        return self.assessment_ids._get_window()

    def action_open_legal_way(self):
        """The way the case is on."""
        self.ensure_one()
        return self.legal_way_id._get_window()

    # === WHERE A DECISION LEADS === #

    def _note_decision(self, assessment):
        """The decision in the history of the case."""
        body = self.env._("Decided after a review: %(way)s.", way=assessment.chosen_id._get_way_name())
        words = " ".join(filter(None, [body, assessment.note]))
        self.message_post(body=words, author_id=self.env.user.partner_id.id)

    def _insist(self, stage):
        """Go on from a stage, in a new cycle, so that stages that were taken once are taken again.

        :param stage: a ``dunning.stage`` of the policy
        """
        if not stage or stage not in self.policy_id.stage_ids or stage.kind == "review":
            raise UserError(self.env._("Choose the step with which dunning goes on."))
        today = fields.Date.context_today(self)
        self.write({"cycle": self.cycle + 1, "stage_id": stage.id, "step_date": today, "attempt_date": False})

    def _take_legal_way(self, assessment):
        """The case leaves dunning for a way of the law.

        :rtype: dunning.legal.way
        """
        self._get_open_promises()._withdraw()
        self.write({"state": "legal", "paused_until": False})
        way = self.env["dunning.legal.way"].create(self._prepare_legal_way_vals(assessment))
        way._plan()
        return way.with_env(assessment.env)

    def _prepare_legal_way_vals(self, assessment):
        return {
            "case_id": self.id,
            "company_id": self.company_id.id,
            "assessment_id": assessment.id,
            "way": assessment.way,
            "audience": assessment.audience,
            "court": assessment.chosen_id.court,
            "user_id": self._get_responsible().id,
            "chosen_date": fields.Date.context_today(self),
        }

    def _leave_legal_way(self, outcome):
        """The way the case is on ends.

        :param str outcome: a value of ``dunning.legal.way.outcome``
        """
        self.legal_way_id._end(outcome)

    # === DOCUMENTS === #

    def _get_document_codes(self):
        # OVERRIDE: a negotiation that was begun and left is the attempt that the law asks for before an action.
        tried = self.legal_way_ids.filtered(
            lambda way: way.way == NEGOTIATION and way.filed_date and way.outcome in ("withdrawn", "replaced")
        )
        return super()._get_document_codes() | ({"negotiation_closed"} if tried else frozenset())

    # === LIFE === #

    def _close(self, reason):
        # OVERRIDE: with the case its legal way ends.
        for case in self:
            case._leave_legal_way(reason)
        return super()._close(reason)

    def _move_into(self, other):
        # OVERRIDE: the legal way goes over with the instalments it is about.
        if self.legal_way_id and not other.legal_way_id:
            self.legal_way_id.case_id = other
            other.state = "legal"
        return super()._move_into(other)

    def _note_reopened(self):
        # OVERRIDE: the payment that ended a legal way was taken back.
        last = self.legal_way_ids.sorted("id")[-1:]
        if last.outcome in ("paid", "cleared"):
            last.write({"outcome": False, "end_date": False})
            last._plan()
            self.state = "legal"
        return super()._note_reopened()
