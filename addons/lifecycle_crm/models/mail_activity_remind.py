"""Tasks that the desk gives to people."""

import logging

from odoo import models
from odoo.service.model import PG_CONCURRENCY_EXCEPTIONS_TO_RETRY

_logger = logging.getLogger(__name__)


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

    def _lifecycle_remind_manager(self, summary, company):
        """A task for its owner's manager, if any; one that can't be given is told to the log, and holds up no other."""
        try:
            with self.env.cr.savepoint():
                if manager := company._lifecycle_get_manager_of(self.user_id, self):
                    self._lifecycle_remind(manager, summary, company)
        except PG_CONCURRENCY_EXCEPTIONS_TO_RETRY:  # two workers met: it is done again
            raise
        except Exception:  # whatever another addon raises about one record is no reason to forget the others
            _logger.exception("The manager could not be told of %s", self)
