"""A scheduled action that met another worker is done again."""

import logging
import random
import time

from odoo import models
from odoo.service.model import MAX_TRIES_ON_CONCURRENCY_FAILURE, PG_CONCURRENCY_EXCEPTIONS_TO_RETRY

from .dunning_case_contact import ITALY

_logger = logging.getLogger(__name__)

PAUSE = 0.2  # seconds, at most, before the second try; twice as long before each that follows


class IrCron(models.Model):
    """Where two workers write the same row, PostgreSQL refuses one of them. Odoo does a request again then, but leaves
    a scheduled action to its next turn, which may be tomorrow. Ours are done again: what they have committed stays.

    Their day is that of Italian clocks: the server's user has no time zone, and until two in the morning UTC would have
    a notice sent, a step done and an instalment due on the day before.
    """

    _inherit = "ir.cron"

    def _callback(self, cron_name, server_action_id):
        # OVERRIDE: see the class; what was not committed is rolled back by then.
        if not self._is_of_dunning():
            return super()._callback(cron_name, server_action_id)
        action, tries = self._on_italian_clocks(), MAX_TRIES_ON_CONCURRENCY_FAILURE
        for number in range(tries):
            try:
                return super(IrCron, action)._callback(cron_name, server_action_id)
            except PG_CONCURRENCY_EXCEPTIONS_TO_RETRY:
                if number + 1 == tries:
                    raise
                _logger.info("Job %r met another worker and is done again", cron_name)
                time.sleep(random.uniform(0, PAUSE * 2**number))  # noqa: S311 - so that they do not meet again
        return None

    def _on_italian_clocks(self):
        """The action with the time zone of its user, or that of Italy where he has none."""
        return self.with_context(tz=self.env.user.tz or ITALY.key)

    def _is_of_dunning(self):
        return self.get_external_id()[self.id].startswith("dunning_it.")
