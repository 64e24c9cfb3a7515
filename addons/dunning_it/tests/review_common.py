"""Builders for reviews: a case whose next step is one, and the review as a user sees it."""

from odoo.tests import Form

from .common import DunningCommon


class ReviewCommon(DunningCommon):
    """The customer owes 5,000 EUR without interest or compensation, so that amounts are those of the law's limits."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.business.write({"interest_regime": "none", "has_compensation": False})
        cls.review_stage = cls.business.stage_ids.filtered(lambda stage: stage.kind == "review")
        cls.company.dunning_hour_cost = 40
        cls.case = cls._bring_to_review(5000)

    @classmethod
    def _bring_to_review(cls, amount, partner=None):
        """A case over an amount whose next step is the review.

        :return: the case
        """
        partner = partner or cls.customer
        cls._create_invoice(amount, partner=partner)
        case = cls._scan(partner)
        case.write({"stage_id": cls.review_stage.id, "step_date": "2026-05-01"})
        case._resync()
        return case

    def _review(self, case=None, user=None, **values):
        """The review of a case, opened by a user.

        :param values: of the review, such as its day of filing
        """
        user = user or self.user
        action = (case or self.case).with_user(user).action_review()
        assessment = self.env["dunning.assessment"].with_user(user).browse(action["res_id"])
        if values:
            assessment.write(values)
        return assessment

    def _line(self, assessment, way):
        return assessment.line_ids.filtered(lambda line: line.way == way)

    def _estimate(self, assessment, way, probability, hours=0, lawyer=0):
        """What a user enters for a way."""
        line = self._line(assessment, way)
        line.write({"probability": probability, "hours": hours, "lawyer_amount": lawyer})
        return line

    def _decide(self, assessment, way, **values):
        """Decide by the dialog.

        :return: the action that comes next
        """
        action = self._line(assessment, way).action_decide()
        decision = self.env["dunning.assessment.decision"].with_user(assessment.env.user).browse(action["res_id"])
        with Form(decision) as form:
            for name, value in values.items():
                setattr(form, name, value)
        return decision.action_decide()

    def _confirm_law(self):
        """A manager answers for every row."""
        values = self.env["dunning.legal.value"].search([("state", "=", "to_confirm")])
        values.with_user(self.manager).action_confirm()
