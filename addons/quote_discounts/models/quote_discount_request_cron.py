"""Requests that nobody answers: the next level is asked, and after the last one the seller hears of it."""

import logging

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.service.model import PG_CONCURRENCY_EXCEPTIONS_TO_RETRY

_logger = logging.getLogger(__name__)


class QuoteDiscountRequest(models.Model):
    _inherit = "quote.discount.request"

    @api.model
    def _cron_escalate(self):
        """Pass on what is overdue, one request a commit; what another worker holds is left to it."""
        self._refresh_deciders(self.env["res.company"].search(Domain.TRUE))  # delegations begin and end overnight
        overdue = self.search(self._get_overdue_domain(), order="deadline")
        self.env["ir.cron"]._commit_progress(remaining=len(overdue))
        for request in overdue:
            request = request[0]  # after a commit nothing is fetched for the others
            if request.try_lock_for_update() and request.filtered_domain(self._get_overdue_domain()):
                request._escalate_safely()
            if not self.env["ir.cron"]._commit_progress(1):
                break

    @api.model
    def _get_overdue_domain(self):
        return Domain("state", "=", "pending") & Domain("deadline", "<=", fields.Datetime.now())

    def _escalate_safely(self):
        """Pass a request on; an error of one stops no other, and it is tried again in an hour."""
        try:
            with self.env.cr.savepoint():
                self._escalate()
        except PG_CONCURRENCY_EXCEPTIONS_TO_RETRY:  # two workers met: it is done again
            raise
        except Exception:  # noqa: BLE001 - one bad request must not stop the others
            _logger.warning("Request for approval %s was not passed on", self.id, exc_info=True)
            self.deadline = fields.Datetime.add(fields.Datetime.now(), hours=1)

    def _escalate(self):
        """Ask the next level that suffices; without one the request ends unanswered."""
        self.ensure_one()
        self.activity_ids.unlink()
        level = self.env["quote.discount.level"]._find_level(
            self.company_id, self._get_asked(), self._get_involved(), above=self.level_id
        )
        if not level:
            self._close("expired")
            return
        self.write({"level_id": level.id, "deadline": level._get_deadline()})
        self._announce("escalated")
