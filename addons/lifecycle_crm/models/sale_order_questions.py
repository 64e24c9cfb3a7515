"""No quote for what the customer may not need: the questions come first, where the company requires it."""

from odoo import api, fields, models
from odoo.exceptions import UserError

OFFERED = frozenset({"sent", "sale"})


class SaleOrder(models.Model):
    _inherit = "sale.order"

    lifecycle_answer_words = fields.Text(
        string="Questions and Answers",
        compute="_compute_lifecycle_answer_words",
        compute_sudo=True,
        groups="sales_team.group_sale_salesman",
    )

    @api.depends("opportunity_id.lifecycle_answer_ids.words")
    @api.depends_context("lang")
    def _compute_lifecycle_answer_words(self):
        for order in self:
            answers = order.opportunity_id.lifecycle_answer_ids.filtered("is_answered")
            order.lifecycle_answer_words = "\n".join(
                self.env._("%(question)s %(answer)s", question=answer.question_id.name, answer=answer.words)
                for answer in answers
            )

    @api.model_create_multi
    def create(self, vals_list):
        # OVERRIDE: a quote may be born as sent.
        orders = super().create(vals_list)
        orders.filtered(lambda order: order.state in OFFERED)._lifecycle_check_questions()
        return orders

    def write(self, vals):
        # OVERRIDE: whatever way a quote is sent or confirmed, it is written here.
        offered = vals.get("state") in OFFERED and self.filtered(lambda order: order.state != vals["state"])
        result = super().write(vals)
        if offered:
            offered._lifecycle_check_questions()
        return result

    def action_quotation_send(self):
        # OVERRIDE: said before the mail is written, not after.
        self.filtered(lambda order: order.state in ("draft", "sent"))._lifecycle_check_questions()
        return super().action_quotation_send()

    def _lifecycle_check_questions(self):
        """Raise where questions are open.

        What the server does by itself, for a customer who signs or pays on the portal, is never blocked: he has the
        quote before his eyes, and no salesperson gets that far.
        """
        if self.env.su:
            return
        for order in self.filtered(lambda order: order._lifecycle_needs_questions()):
            questions = order.opportunity_id._lifecycle_get_open(order.company_id)
            if questions:
                raise UserError(order._get_lifecycle_questions_words(questions))

    def _lifecycle_needs_questions(self):
        """Whether something is offered that is not sold blindly: a hook."""
        self.ensure_one()
        company = self.company_id.sudo()  # a setting
        return company.lifecycle_questions_required and any(
            self.order_line.product_template_id.mapped("lifecycle_needs_questions")
        )

    def _get_lifecycle_questions_words(self, questions):
        """What is missing, and where it is answered."""
        named = "\n".join(f"- {question.name}" for question in questions)
        if not self.opportunity_id:
            return self.env._(
                "%(order)s offers something that needs answers first, and belongs to no opportunity: make the quote "
                "from an opportunity, and answer there:\n%(questions)s",
                order=self.name,
                questions=named,
            )
        return self.env._(
            "%(order)s offers something that needs answers first. On the opportunity “%(lead)s” these are open:\n"
            "%(questions)s",
            order=self.name,
            lead=self.opportunity_id.sudo().name,  # it may be a colleague's
            questions=named,
        )
