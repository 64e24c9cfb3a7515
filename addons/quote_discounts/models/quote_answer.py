"""Answers on a quote, with the words of the question as they were asked, who answered and when."""

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import float_round

from ..scoping.follow import quantity_of
from .quote_question import KINDS

VALUES = {"number": "number", "choice": "option_id", "yes_no": "yes_no", "text": "text"}
LONGEST_TEXT = 4000
MOST = 1e9


class QuoteAnswer(models.Model):
    """Written by the server alone, through ``sale.order.save_scoping``."""

    _name = "quote.answer"
    _description = "Answer on a Quote"
    _order = "order_id, sequence, id"
    _rec_name = "question_text"

    _one_a_question = models.UniqueIndex(
        "(order_id, question_id) WHERE question_id IS NOT NULL", "A question has one answer on a quote."
    )

    order_id = fields.Many2one("sale.order", required=True, index=True, ondelete="cascade")
    company_id = fields.Many2one(related="order_id.company_id", store=True, index=True)
    question_id = fields.Many2one(
        "quote.question", string="Asked Question", index="btree_not_null", ondelete="set null"
    )
    sequence = fields.Integer()
    question_text = fields.Char(string="Question", required=True)
    kind = fields.Selection(KINDS, required=True)
    number = fields.Float(digits="Product Unit")
    option_id = fields.Many2one("quote.question.option", index="btree_not_null", ondelete="set null")
    yes_no = fields.Selection([("yes", "Yes"), ("no", "No")], string="Yes or No")
    text = fields.Text()
    answer_text = fields.Char(string="Answer", help="As it was given; the words of a choice stay when it is renamed.")
    answered_by_id = fields.Many2one("res.users", ondelete="restrict")
    answered_on = fields.Datetime()
    line_ids = fields.One2many("sale.order.line", "quote_answer_id", string="Lines")

    # === READING === #

    def _get_value(self):
        """The value as a client shows and sends it."""
        self.ensure_one()
        value = self[VALUES[self.kind]]
        return value.id if self.kind == "choice" else value

    def _get_wanted(self):
        """What the answer wants on the quote.

        :return: quantities by effect, only of the effects that want a line
        :rtype: dict[quote.question.effect, float]
        """
        self.ensure_one()
        given = self.number if self.kind == "number" else self.yes_no == "yes" if self.kind == "yes_no" else True
        digits = self.env["decimal.precision"].precision_get("Product Unit")
        wanted = {}
        for effect in self.question_id.effect_ids:
            if effect.option_id and effect.option_id != self.option_id:
                continue
            quantity = quantity_of(given, effect.factor, effect.is_per_unit)
            if quantity is not None:
                wanted[effect] = 0.0 if effect.kind == "optional" else float_round(quantity, precision_digits=digits)
        return wanted

    # === WRITING === #

    @api.model
    def _prepare_answer_vals(self, question, value):
        """Values of an answer as a client sends it.

        :raise UserError: where it is no answer to that question
        """
        value = self._read_value(question, value)
        words = {
            "number": lambda: f"{value:.6f}".rstrip("0").rstrip("."),
            "choice": lambda: value.name,
            "yes_no": lambda: self.env._("Yes") if value == "yes" else self.env._("No"),
            "text": lambda: value,
        }[question.kind]()
        return {
            "question_id": question.id,
            "sequence": question.sequence,
            "question_text": question.name,
            "kind": question.kind,
            VALUES[question.kind]: value.id if question.kind == "choice" else value,
            "answer_text": words,
            "answered_by_id": self.env.uid,
            "answered_on": fields.Datetime.now(),
        }

    @api.model
    def _read_value(self, question, value):
        if question.kind == "number":
            if isinstance(value, (int, float)) and not isinstance(value, bool) and 0 <= value <= MOST:
                return float(value)
            problem = self.env._("“%(question)s” is answered by a number from 0 up.", question=question.name)
        elif question.kind == "choice":
            option = question.option_ids.filtered(lambda option: option.id == value)
            if option:
                return option
            problem = self.env._("Choose one of the answers to “%(question)s”.", question=question.name)
        elif question.kind == "yes_no":
            if value in ("yes", "no"):
                return value
            problem = self.env._("“%(question)s” is answered by yes or no.", question=question.name)
        else:
            if isinstance(value, str) and value.strip():
                return value.strip()[:LONGEST_TEXT]
            problem = self.env._("Write an answer to “%(question)s”.", question=question.name)
        raise UserError(problem)
