"""A person decides on a way: the answer is frozen, and the case goes there."""

from odoo import fields, models
from odoo.exceptions import UserError

from ..law.milestones import LEGAL_WAYS
from ..law.outlines import INSIST, PLAN, WAIVER
from ..law.record import way_data
from .dunning_assessment import DECIDED


class DunningAssessment(models.Model):
    _inherit = "dunning.assessment"

    def _decide(self, line, note=None, stage=None):
        """Freeze the answer to all ways, and send the case on the chosen one.

        :param line: the chosen ``dunning.assessment.line``
        :param str note: why
        :param stage: where to go on, for who insists
        :return: the action that shows what comes next
        """
        assessment = self._hold()
        assessment._check_unchanged()
        line = assessment.line_ids & line
        line._check_may_go()
        case = assessment.case_id
        if case.state == "closed":
            raise UserError(
                self.env._("Nothing is left to claim from %(customer)s.", customer=self.partner_id.display_name)
            )
        if case.state == "stopped" and line.way in (INSIST, PLAN):
            raise UserError(
                self.env._("The customer is insolvent: nothing is asked of them any more. File the claim, or waive it.")
            )
        assessment._freeze(line, note)
        case._note_decision(assessment)
        return self._go(case, line.way, stage)

    def _check_unchanged(self):
        """:raise UserError: where something was paid, credited, disputed or invoiced since the figures were taken"""
        now, then = self.case_id._get_law_claim(self.filing_date), self._get_claim()
        if (now.principal, now.interest, now.compensation) != (then.principal, then.interest, then.compensation):
            raise UserError(
                self.env._(
                    "What %(customer)s owes has changed since these figures were taken. Press “Renew Figures” and look "
                    "at the answer again.",
                    customer=self.partner_id.name,
                )
            )

    def _freeze(self, line, note=None):
        """Keep the answers with their figures and rows."""
        for each, way in self._assess(self.line_ids).items():
            each.frozen = way_data(way)
        self.write(
            {
                "state": DECIDED,
                "chosen_id": line.id,
                "way": line.way,
                "amount_expected": line.amount_net,
                "note": note,
                "decided_by_id": self.env.user.id,
                "decided_on": fields.Datetime.now(),
            }
        )

    def _go(self, case, way, stage=None):
        """Send the case on its way.

        :param case: the case as the server
        :return: an action
        """
        own = self.case_id  # with the user's rights
        case._leave_legal_way("replaced")
        if way in LEGAL_WAYS:
            return case._take_legal_way(self)._get_window()
        if case.state == "legal":
            case.write({"state": "open"})
        if way == INSIST:
            case._insist(stage)
        elif way == PLAN:
            return own.with_context(default_promise_count=3).action_call()
        elif way == WAIVER:
            return own.action_waive()
        case._resync()
        return own._get_form_action()
