"""What the leads answered."""

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Domain
from odoo.tools import format_date

VALUES = {"text": "value_text", "date": "value_date", "yesno": "value_yesno", "choice": "choice_id"}
YESNO = [("yes", "Yes"), ("no", "No")]


class LifecycleAnswer(models.Model):
    """A row a question and lead, empty until it is answered."""

    _name = "lifecycle.answer"
    _description = "Answer of a Lead"
    _order = "lead_id, sequence, question_id"
    _rec_name = "question_id"

    lead_id = fields.Many2one("crm.lead", required=True, index=True, ondelete="cascade")
    partner_id = fields.Many2one(related="lead_id.partner_id", store=True, index="btree_not_null")
    question_id = fields.Many2one("lifecycle.question", required=True, index=True, ondelete="restrict")
    company_id = fields.Many2one(related="question_id.company_id", store=True, index=True)
    sequence = fields.Integer(related="question_id.sequence", store=True)
    kind = fields.Selection(related="question_id.kind", string="Kind of Answer")
    is_required = fields.Boolean(related="question_id.is_required")
    value_text = fields.Text(string="Answer")
    value_date = fields.Date(string="Day")
    value_yesno = fields.Selection(YESNO, string="Yes or No")
    choice_id = fields.Many2one(
        "lifecycle.question.choice",
        domain="[('question_id', '=', question_id)]",
        index="btree_not_null",
        ondelete="restrict",
    )
    is_answered = fields.Boolean(compute="_compute_is_answered", store=True)
    words = fields.Char(string="In Words", compute="_compute_words")

    _question_unique = models.Constraint("unique(lead_id, question_id)", "A lead answers each question once.")

    @api.depends("kind", *VALUES.values())
    def _compute_is_answered(self):
        for answer in self:
            value = answer[VALUES[answer.kind]] if answer.kind else False
            answer.is_answered = bool(value.strip() if isinstance(value, str) else value)

    @api.depends("kind", *VALUES.values())
    @api.depends_context("lang")
    def _compute_words(self):
        yesno = dict(self._fields["value_yesno"]._description_selection(self.env))
        for answer in self:
            answer.words = {
                "text": answer.value_text,
                "date": answer.value_date and format_date(self.env, answer.value_date),
                "yesno": yesno.get(answer.value_yesno),
                "choice": answer.choice_id.name,
            }.get(answer.kind)

    @api.constrains("choice_id", "question_id")
    def _check_choice(self):
        for answer in self:
            if answer.choice_id and answer.choice_id.question_id != answer.question_id:
                raise ValidationError(
                    self.env._(
                        "“%(choice)s” is no answer to “%(question)s”: choose one of its own.",
                        choice=answer.choice_id.name,
                        question=answer.question_id.name,
                    )
                )

    @api.onchange("value_date")
    def _onchange_value_date(self):
        """A day that is over calls nobody: better said while it is being typed."""
        if self.question_id.is_next_contact and self.value_date and self.value_date < self._get_today():
            return {
                "warning": {
                    "title": self.env._("This day is over"),
                    "message": self.env._("Nobody will be reminded of it: choose today or a later day."),
                }
            }
        return None

    # === CRUD === #

    @api.model_create_multi
    def create(self, vals_list):
        # OVERRIDE: the answer to when to call again is the next contact.
        answers = super().create(vals_list)
        answers.filtered("value_date")._plan_contact()
        return answers

    def write(self, vals):
        # OVERRIDE: as in create; whose answer it is, and to what, stays.
        if {"lead_id", "question_id"} & vals.keys():
            raise UserError(self.env._("An answer belongs to its lead and question: answer the other one instead."))
        result = super().write(vals)
        if "value_date" in vals:
            self.filtered("value_date")._plan_contact()
        return result

    # === WHAT FOLLOWS === #

    def _plan_contact(self):
        """Call the customer again on the day that he named; what is over is left alone."""
        for answer in self.filtered("question_id.is_next_contact"):
            partner = answer.lead_id.partner_id
            if partner and answer.value_date >= answer._get_today():
                company = answer.company_id.sudo()  # its settings are read
                status = self.env["lifecycle.status"].sudo()._get(partner, company)  # the server keeps them
                status._set_next_contact(answer.value_date, "questions", answer._get_contact_note())

    def _get_contact_note(self):
        """What the next contact is for: a hook."""
        return self.env._("%(lead)s: %(question)s", lead=self.lead_id.name, question=self.question_id.name)

    def _get_today(self):
        company = self.company_id or self.env.company
        return company.sudo()._lifecycle_today()  # its settings are read

    @api.model
    def _has_other_meaning(self, question):
        """Whether a question has answers of another kind than it asks for now."""
        others = [Domain(name, "!=", False) for kind, name in VALUES.items() if kind != question.kind]
        return bool(self.search_count(Domain("question_id", "=", question.id) & Domain.OR(others), limit=1))
