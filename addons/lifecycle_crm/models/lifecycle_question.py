"""The questions to be answered before something is sold."""

from odoo import api, fields, models
from odoo.exceptions import ValidationError

KINDS = [("text", "Text"), ("date", "Date"), ("yesno", "Yes or no"), ("choice", "Choice")]


class LifecycleQuestion(models.Model):
    """What a salesperson finds out about a lead: who sells without knowing it loses the customer afterwards."""

    _name = "lifecycle.question"
    _description = "Question before a Sale"
    _order = "sequence, id"

    name = fields.Char(string="Question", required=True, translate=True)
    company_id = fields.Many2one(
        "res.company", required=True, index=True, default=lambda self: self.env.company, ondelete="cascade"
    )
    code = fields.Char(readonly=True, copy=False, help="Of the questions that a company begins with.")
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    kind = fields.Selection(KINDS, string="Answer", required=True, default="text")
    is_required = fields.Boolean(string="Required", default=True, help="Of those, an answer is needed before a quote.")
    is_next_contact = fields.Boolean(string="Sets the Next Contact", help="The day in the answer is the day to call.")
    choice_ids = fields.One2many("lifecycle.question.choice", "question_id", string="Choices", copy=True)

    _code_unique = models.Constraint("unique(company_id, code)", "A company has each of the usual questions once.")

    @api.constrains("kind", "is_next_contact")
    def _check_next_contact(self):
        for question in self:
            if question.is_next_contact and question.kind != "date":
                raise ValidationError(
                    self.env._(
                        "“%(question)s” can't set the next contact: its answer must be a date.", question=question.name
                    )
                )

    @api.constrains("kind", "choice_ids", "active")
    def _check_choices(self):
        for question in self:
            if question.active and question.kind == "choice" and not question.choice_ids:
                raise ValidationError(
                    self.env._("“%(question)s” has nothing to choose from: add the choices.", question=question.name)
                )

    @api.constrains("kind")
    def _check_answered(self):
        """An answer keeps its meaning."""
        for question in self:
            if self.env["lifecycle.answer"].sudo()._has_other_meaning(question):  # those of hidden leads too
                raise ValidationError(
                    self.env._(
                        "“%(question)s” has been answered already: archive it, and add another one instead.",
                        question=question.name,
                    )
                )


class LifecycleQuestionChoice(models.Model):
    """One of the answers among which a lead chooses."""

    _name = "lifecycle.question.choice"
    _description = "Choice of a Question before a Sale"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    question_id = fields.Many2one("lifecycle.question", required=True, index=True, ondelete="cascade")
    company_id = fields.Many2one(related="question_id.company_id", store=True, index=True)
    sequence = fields.Integer(default=10)
