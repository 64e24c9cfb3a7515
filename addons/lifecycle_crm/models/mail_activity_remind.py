"""Tasks that the desk gives to people."""

from odoo import models


class MailActivityMixin(models.AbstractModel):
    _inherit = "mail.activity.mixin"

    def _lifecycle_remind(self, user, summary, company):
        """A task for today, without a mail for each."""
        self.with_context(mail_activity_quick_update=True).activity_schedule(
            "mail.mail_activity_data_todo",
            date_deadline=company._lifecycle_today(),
            summary=summary,
            user_id=user.id,
        )
