"""Feedback that others may read: only with the consent of whoever wrote it, and only for as long as it lasts."""

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from .lifecycle_feedback_answer import PUBLICATION


class LifecycleFeedback(models.Model):
    _inherit = "lifecycle.feedback"

    may_publish = fields.Boolean(
        string="May Be Published", readonly=True, help="The customer said so, and has not taken it back."
    )
    may_ask = fields.Boolean(string="May Be Asked", readonly=True, help="For a testimonial or a review.")
    approved_on = fields.Datetime(string="Approved", readonly=True, index="btree_not_null")
    approved_by_id = fields.Many2one("res.users", readonly=True, ondelete="set null")
    published_where = fields.Char(
        string="Published at", help="Where it is shown, so that it can be taken down when the customer says so."
    )

    def action_approve(self):
        """Put it on the list of testimonials; a person publishes it from there."""
        self._check_manager()
        if self.filtered(lambda feedback: not feedback.may_publish):
            raise UserError(self.env._("The customer has not allowed it to be published, or has taken that back."))
        self.sudo().write({"approved_on": fields.Datetime.now(), "approved_by_id": self.env.uid})  # a button's

    def action_withdraw(self):
        """Take it off the list."""
        self._check_manager()
        self.sudo()._unapprove()  # a button's, not a form's

    def _check_manager(self):
        if not self.env.user.has_group("lifecycle_crm.group_lifecycle_manager"):
            raise AccessError(self.env._("Only a manager of the customer lifecycle approves testimonials."))
        self.check_access("write")

    def _unapprove(self):
        self.write({"approved_on": False, "approved_by_id": False})

    def _take_back(self):
        """The person does not want it to be seen any more: off the list at once, and somebody takes it down."""
        for feedback in self.filtered("published_where"):
            owner = feedback.approved_by_id or feedback.write_uid
            speaking = feedback.with_context(lang=owner.lang)
            feedback.partner_id.activity_schedule(
                "mail.mail_activity_data_todo",
                summary=speaking.env._("Take down a testimonial"),
                note=speaking.env._(
                    "%(name)s has taken back the consent to publication. Take the testimonial down at %(where)s.",
                    name=feedback.contact_id.name or feedback.partner_id.name,
                    where=feedback.published_where,
                ),
                user_id=owner.id,
            )
        self.write({"may_publish": False})
        self._unapprove()


class LifecycleConsent(models.Model):
    _inherit = "lifecycle.consent"

    @api.model_create_multi
    def create(self, vals_list):
        # OVERRIDE: whoever takes back that we may publish what he said is no longer on the list, this very moment.
        consents = super().create(vals_list)
        for word in consents.filtered(lambda each: each.state == "refused" and each.purpose_id.code == PUBLICATION):
            shown = (
                self.env["lifecycle.feedback"]
                .sudo()
                .search(  # whoever takes down a word may not see all feedback
                    [
                        ("company_id", "=", word.company_id.id),
                        ("contact_id", "=", word.partner_id.id),
                        ("may_publish", "=", True),
                    ]
                )
            )
            shown._take_back()
        return consents
