"""Plays and answers: who said what lets him in, or ends it."""

from datetime import timedelta

from odoo import fields, models
from odoo.tools import SQL

from .lifecycle_feedback import KINDS


class LifecyclePlay(models.Model):
    _inherit = "lifecycle.play"

    least_score = fields.Integer(help="Of the answers that let customers in, from 1 to 5; 0: whatever they said.")
    again_days = fields.Integer(
        string="Not Again Within", help="Days from one entry of a customer to the next; 0: as often as it happens."
    )

    _least_score_range = models.Constraint("CHECK(least_score BETWEEN 0 AND 5)", "A score lies between 1 and 5.")
    _again_days_positive = models.Constraint("CHECK(again_days >= 0)", "The days between two entries are 0 or more.")

    def _get_answered_sql(self, since):
        # OVERRIDE: our own answers, of a score; an order's rating counts where it came by another way.
        return SQL(
            """
            SELECT f.partner_id, 'feedback:' || f.id AS key, f.answered_on AS moment,
                f.contact_id, f.order_id, NULL::integer AS event_id
            FROM lifecycle_feedback f
            WHERE f.company_id = %(company)s AND f.kind != 'testimonial' AND f.answered_on >= %(since)s
                AND f.score >= %(least)s
            UNION ALL
            SELECT r.* FROM (%(ratings)s) r
            WHERE NOT EXISTS (SELECT FROM lifecycle_feedback f WHERE r.key = 'rating:' || f.rating_id)
                AND (SELECT rating FROM rating_rating WHERE 'rating:' || id = r.key) >= %(least)s
            """,
            company=self.company_id.id,
            since=since,
            least=self.least_score,
            ratings=super()._get_answered_sql(since),
        )

    def _get_trigger_models(self):
        # OVERRIDE: answers are read as well.
        return [*super()._get_trigger_models(), "lifecycle.feedback"]

    def _get_entering(self, rows):
        # OVERRIDE: nobody is asked the same again and again, however often it happens.
        entering = super()._get_entering(rows)
        if not self.again_days:
            return entering
        return SQL(
            """
            %(entering)s AND NOT EXISTS (
                SELECT FROM lifecycle_entry e
                WHERE e.play_id = %(play)s AND e.partner_id = q.partner_id AND e.entered_on > %(since)s
            )
            """,
            entering=entering,
            play=self.id,
            since=fields.Datetime.now() - timedelta(self.again_days),
        )


class LifecycleEntry(models.Model):
    _inherit = "lifecycle.entry"

    def _get_replied_sql(self):
        # OVERRIDE: whoever answers on the page has replied, about the order that the play is about.
        return SQL(
            """
            %(mails)s
            UNION ALL
            SELECT e.id, f.answered_on AS moment
            FROM lifecycle_entry e
            JOIN lifecycle_feedback f ON f.partner_id = e.partner_id AND f.company_id = e.company_id
                AND f.answered_on > e.entered_on
                AND (e.order_id IS NULL OR f.order_id IS NULL OR f.order_id = e.order_id)
            WHERE e.id = ANY(%(ids)s)
            """,
            mails=super()._get_replied_sql(),
            ids=self.ids,
        )

    def _flush_stops(self):
        # OVERRIDE: answers are read as well.
        self.env["lifecycle.feedback"].flush_model()
        return super()._flush_stops()


class LifecycleStep(models.Model):
    _inherit = "lifecycle.step"

    asks = fields.Selection(
        KINDS, help="What the page asks that the mail links to; empty: about the order where there is one."
    )
