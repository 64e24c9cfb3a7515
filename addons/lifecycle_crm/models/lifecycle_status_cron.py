"""When customers are looked at: those marked within minutes, all of them once a day."""

import logging

from odoo import api, models
from odoo.service.model import PG_CONCURRENCY_EXCEPTIONS_TO_RETRY
from odoo.tools import SQL

_logger = logging.getLogger(__name__)

BATCH = 1000  # marked customers at once
RETRIES = 50  # marks of customers who failed, the longest untried first


class LifecycleStatus(models.Model):
    _inherit = "lifecycle.status"

    @api.model
    def _cron_refresh(self):
        """Look again at those who are marked; a mark goes in the transaction that has dealt with it.

        Customers who failed before come last, each by himself, so that they cost the others nothing.
        """
        Mark, companies = self.env["lifecycle.mark"], self._get_companies()
        Mark.search([("company_id", "not in", companies.ids)]).unlink()  # with rules comes a look at everybody
        self.env["ir.cron"]._commit_progress(remaining=Mark.search_count([]))
        for refresh in (self._refresh_marked, self._refresh_failed):
            for company in companies:
                while refresh(company):
                    if not self.env["ir.cron"]._commit_progress(BATCH):
                        return
        self.env["ir.cron"]._commit_progress(remaining=0)  # what is left waits for its turn

    @api.model
    def _get_companies(self):
        """The companies that have rules."""
        return self.env["lifecycle.rulebook"].search([("state", "=", "active")]).company_id

    @api.model
    def _refresh_marked(self, company):
        """One batch.

        :return: whether there may be more that can be dealt with now
        """
        waiting = [("company_id", "=", company.id), ("error", "=", False)]
        marks = self.env["lifecycle.mark"].sudo().search(waiting, limit=BATCH, order="id")  # the server's own
        return bool(marks) and marks._settle(company) and len(marks) == BATCH

    @api.model
    def _refresh_failed(self, company):
        """Customers who failed before, once more: what was wrong may have been mended.

        :return: False: those who fail again wait for the next time
        """
        failed = [("company_id", "=", company.id), ("error", "!=", False)]
        marks = self.env["lifecycle.mark"].sudo().search(failed, limit=RETRIES, order="write_date, id")  # as above
        for of_customer in marks.grouped("partner_id").values():
            if not of_customer._settle(company):
                break
        return False

    @api.model
    def _cron_sweep(self):
        """Look at everybody of a company when its day has begun: silence moves customers without any event.

        It is asked hourly, as each company's day begins elsewhere; one that fails is tried again, and stops no other.
        """
        companies = self._get_companies()
        due = companies.filtered(lambda company: company.lifecycle_sweep_date != company._lifecycle_today())
        self.env["ir.cron"]._commit_progress(remaining=len(due))
        for company in due:
            try:
                with self.env.cr.savepoint():
                    self._sweep(company)
            except PG_CONCURRENCY_EXCEPTIONS_TO_RETRY:  # two workers met: it is done again
                raise
            except Exception:
                _logger.exception("Customers of %s could not be looked at", company.name)
            if not self.env["ir.cron"]._commit_progress(1):
                return

    @api.model
    def _sweep(self, company):
        """Statuses, then the scores, which are relative to each other."""
        if self._refresh(company) is None:
            return
        self._score(company)
        if company.lifecycle_sweep_date != (today := company._lifecycle_today()):
            company._lifecycle_note(lifecycle_sweep_date=today)

    @api.model
    def _score(self, company):
        """RFM scores of those who have ordered; ties are never split (see :mod:`stages.rfm`)."""
        self.flush_model()
        self.env.cr.execute(
            SQL(
                """
                WITH score AS (
                    SELECT id,
                           CEIL(5 * CUME_DIST() OVER (ORDER BY last_order_date))::integer AS recency,
                           CEIL(5 * CUME_DIST() OVER (ORDER BY order_day_count))::integer AS frequency,
                           CEIL(5 * CUME_DIST() OVER (ORDER BY revenue))::integer AS revenue
                      FROM lifecycle_status
                     WHERE company_id = %(company)s AND order_count > 0 AND stage_id IS NOT NULL
                )
                UPDATE lifecycle_status status
                   SET rfm_recency = score.recency, rfm_frequency = score.frequency, rfm_revenue = score.revenue
                  FROM score
                 WHERE score.id = status.id
                   AND (rfm_recency, rfm_frequency, rfm_revenue)
                       IS DISTINCT FROM (score.recency, score.frequency, score.revenue)
                """,
                company=company.id,
            )
        )
        self.invalidate_model(["rfm_recency", "rfm_frequency", "rfm_revenue"])
