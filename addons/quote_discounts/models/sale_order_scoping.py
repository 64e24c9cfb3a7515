"""Quotes that ask what has to be known before they leave, and lines that follow the answers."""

from odoo import api, fields, models
from odoo.exceptions import UserError

from ..scoping.follow import Line, follow

OWNED = ("quote_answer_id", "quote_effect_id", "quote_answer_quantity")
SECTION = "line_section"


class SaleOrder(models.Model):
    _inherit = "sale.order"

    quote_answer_ids = fields.One2many("quote.answer", "order_id", string="Answers", copy=False, readonly=True)
    open_question_count = fields.Integer(string="Open Questions", compute="_compute_question_counts")
    missing_answer_count = fields.Integer(
        string="Questions Before Leaving",
        compute="_compute_question_counts",
        help="Questions that have to be answered before the quote can leave.",
    )
    question_count = fields.Integer(string="Questions", compute="_compute_question_counts")

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

    def _follow_answer(self, answer, wanted, anew=False):
        """Bring the lines of an answer to what it wants.

        :param dict wanted: quantities by effect
        :return: sentences about the lines that stay as they are
        """
        lines = {line.id: line for line in self.order_line if line.sudo().quote_answer_id == answer}
        plan = follow(wanted, [line._as_answer_line() for line in lines.values()], anew)
        for line_id, quantity in plan.change.items():
            lines[line_id]._take_answer(answer, lines[line_id].sudo().quote_effect_id, quantity)
        for line_id in plan.drop:
            self._drop_answer_line(lines[line_id])
        for effect, quantity in plan.add.items():
            self._apply_effect(answer, effect, quantity)
        return [self._tell_kept_line(lines[line_id]) for line_id in plan.kept]

    def _drop_answer_line(self, line):
        """Take away a line that an answer had added; one that it had only found is the template's and stays."""
        if line.sudo().quote_effect_id.kind not in ("line", "optional"):
            line.sudo().write(dict.fromkeys(OWNED, False))
        else:
            line.unlink()

    def _apply_effect(self, answer, effect, quantity):
        if effect.kind == "quantity":
            line = self.order_line.filtered(
                lambda line: line.product_id == effect.product_id and not line.sudo().quote_effect_id
            )[:1]
            if line:
                line._take_answer(answer, effect, quantity)
                return
        vals = self._prepare_effect_line_vals(effect, quantity)
        self.env["sale.order.line"].create(vals)._take_answer(answer, effect)

    def _prepare_effect_line_vals(self, effect, quantity):
        """Values of the line that an effect adds: at the end, but before the options; an option below their heading."""
        sequences = self.order_line.mapped("sequence")
        options = self.order_line.filtered(lambda line: line.display_type == SECTION and line.is_optional)[:1]
        sequence = max(sequences, default=9) + 1
        if effect.kind == "optional" and not options:
            self.env["sale.order.line"].create(self._prepare_options_heading_vals(sequence))
            sequence += 1
        elif effect.kind != "optional" and options:
            sequence = self._make_room_before(options)
        return {
            "order_id": self.id,
            "product_id": effect.product_id.id,
            "product_uom_qty": quantity,
            "sequence": sequence,
        }

    def _prepare_options_heading_vals(self, sequence):
        name = self.with_context(lang=self._get_lang()).env._("Options")
        return {
            "order_id": self.id,
            "display_type": SECTION,
            "is_optional": True,
            "name": name,
            "sequence": sequence,
        }

    def _make_room_before(self, section):
        """The sequence of a line that goes before a section; what is behind moves on."""
        ordered = self.order_line.sorted(lambda line: (line.sequence, line.id))
        place = list(ordered).index(section)
        for number, line in enumerate(ordered):
            wanted = number + (number >= place)
            if line.sequence != wanted:
                line.sequence = wanted
        return place

    def _tell_kept_line(self, line):
        return self.env._(
            "%(product)s was changed by hand (quantity %(quantity)s) and stays as it is. Look whether it still fits.",
            product=line.product_id.display_name,
            quantity=f"{line.product_uom_qty:g}",
        )

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


class SaleOrderLine(models.Model):
    _inherit = "sale.order.line"

    quote_answer_id = fields.Many2one(
        "quote.answer",
        string="From the Answer",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="set null",
        help="The answer that brought the line, or its quantity.",
    )
    quote_effect_id = fields.Many2one(
        "quote.question.effect", readonly=True, copy=False, index="btree_not_null", ondelete="set null"
    )
    quote_answer_quantity = fields.Float(
        string="Quantity From the Answer", readonly=True, copy=False, digits="Product Unit"
    )

    # === CRUD === #

    @api.model
    def _get_server_fields(self):
        # OVERRIDE: which answer a line comes from is for the server to say.
        return super()._get_server_fields().union(OWNED)

    # === ANSWERS === #

    def _as_answer_line(self):
        """The line as :mod:`..scoping.follow` sees it."""
        self.ensure_one()
        noted = self.sudo()
        return Line(
            self.id,
            noted.quote_effect_id,
            self.product_uom_qty,
            noted.quote_answer_quantity,
            self._is_negotiated_by_hand(),
        )

    def _is_negotiated_by_hand(self):
        """Whether somebody has agreed something on the line that would be lost with it; hook."""
        self.ensure_one()
        currency = self.currency_id or self.env.company.currency_id
        return bool(
            self.discount_text
            or self.agreed_price
            or currency.compare_amounts(self.technical_price_unit, self.price_unit)
        )

    def _take_answer(self, answer, effect, quantity=None, noted=None):
        """Note where the line comes from, and set the quantity that the answer wants."""
        self.ensure_one()
        if quantity is not None and self.product_uom_qty != quantity:
            self.product_uom_qty = quantity
        noted = self.product_uom_qty if noted is None else noted
        self.sudo().write({"quote_answer_id": answer.id, "quote_effect_id": effect.id, "quote_answer_quantity": noted})
