"""Quotes that ask what has to be known before they leave; their lines follow, see ``sale_order_answer_lines.py``."""

from odoo import api, fields, models
from odoo.exceptions import UserError


class SaleOrder(models.Model):
    _inherit = "sale.order"

    quote_answer_ids = fields.One2many("quote.answer", "order_id", string="Answers", copy=False, readonly=True)
    open_question_count = fields.Integer(string="Open Questions", compute="_compute_question_counts", is_internal=True)
    missing_answer_count = fields.Integer(
        string="Questions Before Leaving",
        compute="_compute_question_counts",
        help="Questions that have to be answered before the quote can leave.",
        is_internal=True,
    )
    question_count = fields.Integer(string="Questions", compute="_compute_question_counts", is_internal=True)

    @api.depends("sale_order_template_id.quote_question_ids", "quote_answer_ids.question_id", "quote_answer_ids.kind")
    def _compute_question_counts(self):
        for order in self:
            questions = order._get_open_questions()
            order.open_question_count = len(questions)
            order.missing_answer_count = len(questions.filtered("is_required"))
            order.question_count = len(order.sale_order_template_id.quote_question_ids)

    # === CRUD === #

    def write(self, vals):
        # OVERRIDE: the answers to the questions of another template say nothing any more.
        result = super().write(vals)
        if "sale_order_template_id" in vals:
            answers = self.sudo().quote_answer_ids  # written by the server alone
            answers.filtered(
                lambda answer: answer.question_id.template_id != answer.order_id.sale_order_template_id
            ).unlink()
        return result

    def copy(self, default=None):
        # OVERRIDE: a copy needs no second questioning, and its lines go on following the answers.
        copies = super().copy(default)
        if not {"order_line", "sale_order_template_id"} & (default or {}).keys():
            for order, copied in zip(self, copies, strict=True):
                order._copy_answers(copied)
        return copies

    # === ACTIONS === #

    def action_open_scoping(self):
        """Ask the template's questions."""
        self.ensure_one()
        self.check_access("read")
        self.env["quote.question"].check_access("read")
        return {
            "type": "ir.actions.client",
            "tag": "quote_discounts.scoping",
            "name": self.env._("Questions for the Quote"),
            "target": "new",
            "params": {"order_id": self.id},
        }

    # === SCOPING === #

    def get_scoping(self):
        """The questions of the quote's template with the answers given so far, for the dialog.

        :rtype: dict
        """
        self.ensure_one()
        self.check_access("read")
        answers = self._get_answers_by_question()
        return {
            "name": self.name,
            "is_open": self.state == "draft",
            "questions": [
                {
                    "id": question.id,
                    "text": question.name,
                    "help": question.help or "",
                    "kind": question.kind,
                    "is_required": question.is_required,
                    "options": [[option.id, option.name] for option in question.option_ids],
                    "value": answers[question]._get_value() if question in answers else None,
                    "answered": self._describe_answer(answers.get(question)),
                }
                for question in self.sale_order_template_id.quote_question_ids
            ],
        }

    def save_scoping(self, values, anew=False):
        """Note answers; the lines that come from them follow.

        :param dict values: the answers by id of the question; what is not in there stays as it is, None takes back
        :param bool anew: set the lines of all answers again, also those changed by hand
        :return: ``kept``: sentences about lines that were left as they are, because they had been changed by hand
        :rtype: dict
        :raise UserError: where the quote has left, or an answer is none
        """
        self.ensure_one()
        self.check_access("write")
        if self.state != "draft":
            raise UserError(
                self.env._(
                    "%(quote)s has left already. Set it back to quotation to change its answers.", quote=self.name
                )
            )
        questions = {str(question.id): question for question in self.sale_order_template_id.quote_question_ids}
        if foreign := [key for key in values if str(key) not in questions]:
            raise UserError(
                self.env._(
                    "The template of the quote does not ask these any more (%(ids)s). Open it anew.", ids=foreign
                )
            )
        kept = []
        answers = self._note_answers({questions[str(key)]: value for key, value in values.items()}, kept, anew)
        for answer in self.sudo().quote_answer_ids if anew else answers:
            kept += self._follow_answer(answer, answer._get_wanted(), anew)
        return {"kept": kept}

    def _note_answers(self, values, kept, anew):
        """Write the answers that are new or other than before.

        :return: those, of the server
        """
        Answer = self.env["quote.answer"]
        given = {question: answer.sudo() for question, answer in self._get_answers_by_question(current=False).items()}
        changed = Answer.sudo()  # salespeople write no answers but through here
        for question, value in values.items():
            answer = given.get(question)
            if value is None:
                if answer:
                    kept += self._follow_answer(answer, {}, anew)
                    answer.unlink()
                continue
            vals = Answer._prepare_answer_vals(question, value)
            if not answer:
                changed += Answer.sudo().create({"order_id": self.id, **vals})
            elif answer.kind != question.kind or answer._get_value() != value:
                answer.write(vals)
                changed += answer
        return changed

    # === READING === #

    def _get_answers_by_question(self, current=True):
        """The answers by their question; those of another kind than the question is now do not count as current."""
        answers = {answer.question_id: answer for answer in self.quote_answer_ids if answer.question_id}
        if current:
            answers = {question: answer for question, answer in answers.items() if answer.kind == question.kind}
        return answers

    def _get_open_questions(self):
        """The questions of the quote's template that nobody has answered."""
        self.ensure_one()
        order = self.sudo()  # a customer's page asks, too
        answered = order._get_answers_by_question()
        return order.sale_order_template_id.quote_question_ids.filtered(lambda question: question not in answered)

    def _get_missing_answers(self):
        """The questions that have to be answered before the quote may leave.

        :rtype: quote.question
        """
        return self._get_open_questions().filtered("is_required")

    def _get_reasons_not_to_leave(self):
        # OVERRIDE: nobody sells too cheap for want of asking.
        reasons = super()._get_reasons_not_to_leave()
        if missing := self._get_missing_answers():
            names = ", ".join(f"“{name}”" for name in missing.mapped("name"))
            reasons.append(
                self.env._("Answer these questions of the quotation template first: %(questions)s.", questions=names)
            )
        return reasons

    def _describe_answer(self, answer):
        """Who answered and when, for the dialog."""
        if not answer:
            return ""
        when = fields.Datetime.context_timestamp(self, answer.answered_on)
        return self.env._("%(user)s, %(date)s", user=answer.answered_by_id.name, date=when.strftime("%d/%m/%Y %H:%M"))

    def _copy_answers(self, copied):
        """Give a copy the answers, and its lines their place among them."""
        answers = self.sudo().quote_answer_ids  # written by the server alone
        if not answers:
            return
        news = dict(zip(answers, answers.copy({"order_id": copied.id}), strict=True))
        olds, lines = self._get_copiable_order_lines().sudo(), copied.sudo().order_line
        if olds.product_id.ids != lines.product_id.ids or len(olds) != len(lines):
            return
        for old, line in zip(olds, lines, strict=True):
            if old.quote_answer_id:
                line._take_answer(news[old.quote_answer_id], old.quote_effect_id, noted=old.quote_answer_quantity)
