"""The questions on the lead."""

from odoo import api, fields, models
from odoo.fields import Command

from .lifecycle_answer import VALUES


class CrmLead(models.Model):
    _inherit = "crm.lead"

    lifecycle_answer_ids = fields.One2many("lifecycle.answer", "lead_id", string="Questions", copy=False)
    lifecycle_open_count = fields.Integer(string="Open Questions", compute="_compute_lifecycle_open_count")

    @api.depends("lifecycle_answer_ids.is_answered", "company_id")
    def _compute_lifecycle_open_count(self):
        for lead in self:
            company = lead.company_id or self.env.company
            lead.lifecycle_open_count = len(lead._lifecycle_get_open(company))

    @api.model_create_multi
    def create(self, vals_list):
        # OVERRIDE: on an opportunity the questions are there from the start; on thousands of raw leads they are not.
        leads = super().create(vals_list)
        leads.filtered(lambda lead: lead.type == "opportunity")._lifecycle_ask()
        return leads

    def write(self, vals):
        # OVERRIDE: who turns out to be worth it is asked; whoever gets a name gets the day to be called too.
        result = super().write(vals)
        if vals.get("type") == "opportunity":
            self._lifecycle_ask()
        if vals.get("partner_id"):
            self.lifecycle_answer_ids.filtered("value_date")._plan_contact()
        return result

    def action_lifecycle_ask(self):
        """Show the questions that have been added since, or that were never asked."""
        self.check_access("write")
        self._lifecycle_ask()

    def _lifecycle_ask(self):
        """Prefill a row for each question that has none yet, in one go.

        :return: the new ``lifecycle.answer`` records
        """
        Answer = self.env["lifecycle.answer"].sudo()  # leads come from mails and forms as well
        values = []
        for company, leads in self.grouped(lambda lead: lead.company_id or self.env.company).items():
            questions = company._lifecycle_get_questions()
            asked = {(answer.lead_id.id, answer.question_id.id) for answer in leads.sudo().lifecycle_answer_ids}
            values += [
                {"lead_id": lead.id, "question_id": question.id}
                for lead in leads
                for question in questions
                if (lead.id, question.id) not in asked
            ]
        return Answer.create(values)

    def _lifecycle_get_open(self, company):
        """The required questions of a company that have no answer; all of them where there is no lead.

        :return: ``lifecycle.question`` records
        """
        answers = self.sudo().lifecycle_answer_ids  # of the quote's own lead, whosesoever it is
        required = company._lifecycle_get_questions().filtered("is_required")
        return required - answers.filtered("is_answered").question_id

    # === MERGE === #

    def _merge_get_fields_specific(self):
        # OVERRIDE: what any of them answered is known; on the lead that stays, its own answer counts.
        specific = super()._merge_get_fields_specific()
        return {**specific, "lifecycle_answer_ids": lambda _name, leads: leads._lifecycle_merge_answers()}

    def _lifecycle_merge_answers(self):
        """Commands that answer on the first lead what only the others have answered."""
        own = {answer.question_id: answer for answer in self[:1].lifecycle_answer_ids}
        commands, taken = [], set()
        for answer in self[1:].lifecycle_answer_ids.filtered("is_answered"):
            question = answer.question_id
            kept = own.get(question)
            if question in taken or (kept and kept.is_answered):
                continue
            taken.add(question)
            field = answer._fields[VALUES[answer.kind]]
            values = {field.name: field.convert_to_write(answer[field.name], answer)}
            commands.append(
                Command.update(kept.id, values) if kept else Command.create({"question_id": question.id, **values})
            )
        return commands
