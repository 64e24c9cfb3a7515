"""The questions that a company begins with, and whether they come before a quote."""

from odoo import fields, models

from .res_company_preset import name_in_all_languages

USUAL = (("why", "text"), ("target", "text"), ("understands", "yesno"), ("afterwards", "text"), ("again", "date"))


def question_words(env):
    """The wording of each of the usual questions, by code."""
    return {
        "why": env._("Why does the customer want it?"),
        "target": env._("Which target is to be reached with it?"),
        "understands": env._("Will the customer understand what he gets?"),
        "afterwards": env._("What will be needed afterwards?"),
        "again": env._("When do we call again?"),
    }


class ResCompany(models.Model):
    _inherit = "res.company"

    lifecycle_questions_required = fields.Boolean(
        string="Questions before a Quote",
        help="A quote for what needs the questions is sent once those required are answered on its opportunity.",
        groups="base.group_user",
    )

    def _lifecycle_ensure_rules(self):
        # OVERRIDE: questions come with the rules.
        result = super()._lifecycle_ensure_rules()
        self._lifecycle_ensure_questions()
        return result

    def _lifecycle_ensure_questions(self):
        """Give the five questions to companies that have none at all."""
        Question = self.env["lifecycle.question"].sudo().with_context(active_test=False)  # a company is anybody's
        having = {company for (company,) in Question._read_group([("company_id", "in", self.ids)], ["company_id"])}
        questions = Question.create(
            [
                {
                    "company_id": company.id,
                    "code": code,
                    "name": code,
                    "kind": kind,
                    "sequence": 10 * (place + 1),
                    "is_next_contact": kind == "date",
                }
                for company in self
                if company not in having
                for place, (code, kind) in enumerate(USUAL)
            ]
        )
        name_in_all_languages(
            questions, lambda env: {code: {"name": name} for code, name in question_words(env).items()}
        )

    def _lifecycle_get_questions(self):
        """The questions in use, in their order."""
        self.ensure_one()
        return self.env["lifecycle.question"].sudo().search([("company_id", "=", self.id)])  # anybody may ask them


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    lifecycle_questions_required = fields.Boolean(related="company_id.lifecycle_questions_required", readonly=False)
