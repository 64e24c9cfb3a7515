"""The history that customers had before the app was there."""

from collections import defaultdict

from odoo import api, models
from odoo.tools import SQL

from ..sql import facts
from ..stages.reconstruct import reconstruct

BATCH = 500


class LifecycleStatus(models.Model):
    _inherit = "lifecycle.status"

    @api.model
    def _sweep(self, company):
        # OVERRIDE: whoever was first seen with orders of earlier days gets their history.
        result = super()._sweep(company)
        self.env.ref("lifecycle_crm.ir_cron_lifecycle_history").sudo()._trigger()  # the server's own
        return result

    @api.model
    def _cron_reconstruct(self):
        """Give their history to those who have none yet; who they are is found in the data."""
        for company in self._get_companies():
            while self._reconstruct(company):
                if not self.env["ir.cron"]._commit_progress(1):
                    return

    @api.model
    def _reconstruct(self, company):
        """One batch of customers who ordered before they were first seen.

        :return: whether there may be more
        """
        found = self._find_without_history(company)
        if not found:
            return False
        book = company.sudo().lifecycle_rulebook_id._as_book()  # the server keeps the history
        today, prior = company._lifecycle_today(), company._lifecycle_prior(book.gap)
        purchases = self._get_purchases(company, [partner for partner, *_rest in found])
        for partner, transition, end_date in found:
            steps = reconstruct(book, purchases[partner], today, prior, end_date)
            self._put_history(company, partner, transition, steps)
        self.env["lifecycle.transition"].flush_model()
        self.invalidate_model(["stage_since"])
        return len(found) == BATCH

    @api.model
    def _find_without_history(self, company):
        """Tuples of customer, his only transition, and the day on which the relation ended."""
        self.flush_model()
        self.env["lifecycle.transition"].flush_model()
        return self.env.execute_query(
            SQL(
                """
                SELECT status.partner_id, seen.id, status.end_date
                  FROM lifecycle_status status
                  JOIN lifecycle_transition seen
                    ON seen.partner_id = status.partner_id AND seen.company_id = status.company_id
                 WHERE status.company_id = %(company)s AND seen.cause = 'first' AND seen.merged_from IS NULL
                   AND status.first_order_date
                       < (seen.moment AT TIME ZONE 'UTC' AT TIME ZONE %(zone)s)::date
                   AND NOT EXISTS (SELECT FROM lifecycle_transition other
                                    WHERE other.partner_id = seen.partner_id AND other.company_id = seen.company_id
                                      AND other.moment < seen.moment AND other.merged_from IS NULL)
              ORDER BY status.id
                 LIMIT %(limit)s
                """,
                company=company.id,
                zone=company.lifecycle_tz,
                limit=BATCH,
            )
        )

    @api.model
    def _get_purchases(self, company, partner_ids):
        """Pairs of day and cents by customer."""
        partners = SQL("SELECT unnest(%s)", partner_ids)
        decimals = company.currency_id.decimal_places
        today = company._lifecycle_today()
        rows = self.env.execute_query(facts.purchases(company.id, company.lifecycle_tz, decimals, partners, today))
        found = defaultdict(list)
        for partner, day, cents in rows:
            found[partner].append((day, cents))
        return found

    @api.model
    def _put_history(self, company, partner, seen, steps):
        """Add what was; the moment of being first seen goes where it says nothing new."""
        Transition = self.env["lifecycle.transition"].sudo()  # the server adds them
        stages = {stage.code: stage for stage in company.sudo()._lifecycle_get_stages()}  # as above
        first, former = Transition.browse(seen), self.env["lifecycle.stage"]
        entered = None
        for step in steps:
            stage, moment = stages[step.decision.stage], company._lifecycle_moment(step.day)
            Transition.create(
                {
                    "partner_id": partner,
                    "company_id": company.id,
                    "from_stage_id": former.id,
                    "to_stage_id": stage.id,
                    "moment": moment,
                    "days_before": (moment - entered).days if entered else 0,
                    "cause": step.cause,
                    "reason": step.decision.reason(),
                }
            )
            former, entered = stage, moment
        if former == first.to_stage_id:
            first.with_context(lifecycle_erasure=True).unlink()
            about = [("partner_id", "=", partner), ("company_id", "=", company.id)]
            self.sudo().search(about).stage_since = entered  # as above
