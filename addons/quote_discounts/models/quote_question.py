"""Questions of a quotation template: what has to be known before a service is quoted, and what the answers bring."""

from odoo import api, fields, models
from odoo.exceptions import ValidationError

KINDS = [("number", "Number"), ("choice", "Choice"), ("yes_no", "Yes or No"), ("text", "Text")]


class QuoteQuestion(models.Model):
    """A question that the template asks; its answer may bring lines and quantities, never a discount."""

    _name = "quote.question"
    _description = "Question of a Quotation Template"
    _order = "template_id, sequence, id"
    _check_company_auto = True

    template_id = fields.Many2one(
        "sale.order.template", string="Quotation Template", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(related="template_id.company_id", store=True, index=True)
    active = fields.Boolean(default=True)
    sequence = fields.Integer(default=10)
    name = fields.Char(string="Question", required=True, translate=True)
    help = fields.Text(string="Explanation", translate=True, help="What the salesperson should know when he asks it.")
    kind = fields.Selection(KINDS, string="Kind of Answer", required=True, default="yes_no")
    is_required = fields.Boolean(
        string="Before Leaving", help="The quote can't be sent, signed or confirmed before this is answered."
    )
    option_ids = fields.One2many("quote.question.option", "question_id", string="Possible Answers", copy=True)
    effect_ids = fields.One2many("quote.question.effect", "question_id", string="Effects", copy=True)

    @api.constrains("kind", "option_ids", "effect_ids")
    def _check_kind(self):
        for question in self:
            if question.kind == "choice" and not question.option_ids:
                raise ValidationError(
                    self.env._("“%(question)s” is a choice: give it answers to choose from.", question=question.name)
                )
            if question.kind == "text" and question.effect_ids:
                raise ValidationError(
                    self.env._(
                        "“%(question)s” is answered in free words, which can't bring lines. Choose another kind of "
                        "answer, or take its effects away.",
                        question=question.name,
                    )
                )
            question.effect_ids._check_fits_question()


class QuoteQuestionOption(models.Model):
    """One of the answers to choose from."""

    _name = "quote.question.option"
    _description = "Possible Answer"
    _order = "sequence, id"

    question_id = fields.Many2one("quote.question", required=True, index=True, ondelete="cascade")
    sequence = fields.Integer(default=10)
    name = fields.Char(string="Answer", required=True, translate=True)


class QuoteQuestionEffect(models.Model):
    """What an answer does to the quote: a line more, an option to offer, the quantity of a line."""

    _name = "quote.question.effect"
    _description = "Effect of an Answer"
    _order = "sequence, id"
    _check_company_auto = True

    _factor_is_positive = models.Constraint(
        "CHECK(factor > 0)", "The quantity that an answer brings has to be more than zero."
    )

    question_id = fields.Many2one("quote.question", required=True, index=True, ondelete="cascade")
    company_id = fields.Many2one(related="question_id.company_id", store=True, index=True)
    sequence = fields.Integer(default=10)
    option_id = fields.Many2one(
        "quote.question.option",
        string="If the Answer Is",
        index="btree_not_null",
        ondelete="cascade",
        domain="[('question_id', '=', question_id)]",
        help="Empty: any answer, of a yes or no question yes.",
    )
    kind = fields.Selection(
        [("line", "Add a line"), ("optional", "Offer as an option"), ("quantity", "Set the quantity")],
        string="Effect",
        required=True,
        default="line",
        help="An option stands on the quote with quantity 0, for the customer to choose. The quantity is set on the "
        "line of that product which the template brings.",
    )
    product_id = fields.Many2one(
        "product.product",
        required=True,
        index=True,
        ondelete="restrict",
        check_company=True,
        domain=lambda self: self.env["sale.order.template.line"]._product_id_domain(),
    )
    is_per_unit = fields.Boolean(string="Times the Number", help="The quantity is the number answered times this one.")
    factor = fields.Float(string="Quantity", required=True, default=1.0, digits="Product Unit")

    @api.constrains("option_id", "is_per_unit", "question_id")
    def _check_fits_question(self):
        for effect in self:
            question = effect.question_id
            if effect.option_id and effect.option_id.question_id != question:
                raise ValidationError(
                    self.env._(
                        "“%(answer)s” is no answer to “%(question)s”. Choose one of its own.",
                        answer=effect.option_id.name,
                        question=question.name,
                    )
                )
            if effect.is_per_unit and question.kind != "number":
                raise ValidationError(
                    self.env._(
                        "“%(question)s” is not answered by a number, so no quantity can be a multiple of it.",
                        question=question.name,
                    )
                )


class SaleOrderTemplate(models.Model):
    _inherit = "sale.order.template"

    quote_question_ids = fields.One2many("quote.question", "template_id", string="Questions", copy=True)
