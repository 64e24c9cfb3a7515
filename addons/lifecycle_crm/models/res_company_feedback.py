"""What a company asks its customers, and what it tells them."""

from odoo import fields, models


class ResCompany(models.Model):
    _inherit = "res.company"

    lifecycle_low_score = fields.Integer(string="Score of a Complaint", default=2, groups="base.group_user")
    lifecycle_complaint_days = fields.Integer(string="Days to Answer a Complaint", default=2, groups="base.group_user")
    lifecycle_complaint_user_id = fields.Many2one("res.users", string="Owner of Complaints", groups="base.group_user")
    lifecycle_feedback_days = fields.Integer(string="Days to Correct an Answer", default=14, groups="base.group_user")
    lifecycle_review_url = fields.Char(string="Page of Reviews")
    lifecycle_is_distant = fields.Boolean(string="Sells at a Distance", groups="base.group_user")
    lifecycle_return_text = fields.Html(string="How to Return Goods", translate=True)

    _lifecycle_days_positive = models.Constraint(
        "CHECK(lifecycle_complaint_days >= 0 AND lifecycle_feedback_days >= 0)", "Days are 0 or more."
    )
    _lifecycle_low_score_range = models.Constraint(
        "CHECK(lifecycle_low_score BETWEEN 0 AND 5)", "The score that opens a complaint lies between 0, never, and 5."
    )

    def _get_lifecycle_consent_texts(self):
        """The words that a customer agrees to, in the language he reads: as he sees them, so they are kept."""
        self.ensure_one()
        return {
            "may_publish": self.env._(
                "%(company)s may publish what I wrote here, with my name, on its website and in its advertising. "
                "I can take this back at any time.",
                company=self.name,
            ),
            "may_ask": self.env._(
                "%(company)s may ask me by e-mail for a testimonial or a review. I can take this back at any time.",
                company=self.name,
            ),
        }


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    lifecycle_low_score = fields.Integer(related="company_id.lifecycle_low_score", readonly=False)
    lifecycle_complaint_days = fields.Integer(related="company_id.lifecycle_complaint_days", readonly=False)
    lifecycle_complaint_user_id = fields.Many2one(related="company_id.lifecycle_complaint_user_id", readonly=False)
    lifecycle_feedback_days = fields.Integer(related="company_id.lifecycle_feedback_days", readonly=False)
    lifecycle_review_url = fields.Char(related="company_id.lifecycle_review_url", readonly=False)
    lifecycle_is_distant = fields.Boolean(related="company_id.lifecycle_is_distant", readonly=False)
    lifecycle_return_text = fields.Html(related="company_id.lifecycle_return_text", readonly=False)
