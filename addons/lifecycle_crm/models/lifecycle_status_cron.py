"""When customers are looked at: those marked within minutes, all of them nightly."""

import logging

from odoo import api, fields, models
from odoo.tools import SQL

_logger = logging.getLogger(__name__)

BATCH = 1000  # marked customers at once


class LifecycleStatus(models.Model):
    _inherit = "lifecycle.status"

    @api.model
    def _cron_refresh(self):
        """Look again at those who are marked; a mark goes in the transaction that has dealt with it."""
        for company in self._get_companies():
            while self._refresh_marked(company):
                if not self.env["ir.cron"]._commit_progress(1):
                    return

    @api.model
    def _get_companies(self):
        """The companies that have rules."""
        return self.env["lifecycle.rulebook"].search([("state", "=", "active")]).company_id

    @api.model
    def _refresh_marked(self, company):
        """One batch.

        :return: whether there may be more that can be dealt with now
        """
        marks = self.env["lifecycle.mark"].sudo().search([("company_id", "=", company.id)], limit=BATCH, order="id")
        if not marks:
            return False
        partners = marks.partner_id.commercial_partner_id
        if self._refresh(company, partners) is None:
            return False  # another worker is at it: the marks wait
        self.env.cr.execute(SQL("DELETE FROM lifecycle_mark WHERE id IN %s", marks._ids))
        marks.invalidate_recordset()
        return len(marks) == BATCH

    @api.model
    def _cron_sweep(self):
        """Look at everybody of every company once a day: silence moves customers without any event."""
        for company in self._get_companies():
            if company.lifecycle_sweep_date == company._lifecycle_today():
                continue
            try:
                with self.env.cr.savepoint():
                    self._sweep(company)
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
        company.sudo().lifecycle_sweep_date = company._lifecycle_today()

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

    # === A PERSON'S WORD === #

    def _end(self, date=None):
        """The relation is over in words, from a day on; or goes on again.

        :param date: None: it goes on
        """
        self.sudo().end_date = date or fields.Date.to_date(False)  # whoever may is for the caller to say
        for status in self:
            self.env["lifecycle.mark"]._add(status.partner_id, status.company_id, "manual")
            self._refresh(status.company_id, status.partner_id)
