"""What lets customers into a play.

Each trigger is a query of its own, ``_get_<trigger>_sql``. It selects, in this order and by these names:

* ``partner_id``, the commercial partner;
* ``key``, what it is about: the same key never enters twice;
* ``moment``, in UTC, from which the days of the steps count;
* ``contact_id``, the person whom it concerns, ``order_id`` and ``event_id``; each may be NULL.
"""

from datetime import timedelta

from odoo import fields, models
from odoo.tools import SQL

LATE = timedelta(30)  # what happened longer ago is not taken up any more, say after a pause


class LifecyclePlay(models.Model):
    _inherit = "lifecycle.play"

    def _get_first_step(self):
        """The step that lets customers in: the first of the ladder."""
        self.ensure_one()
        return self.step_ids.filtered(lambda step: not step.is_cadence)[:1]

    def _get_trigger_sql(self, trigger, since):
        """The query of a trigger: what happened at a moment or later."""
        self.ensure_one()
        return getattr(self, f"_get_{trigger}_sql")(since)

    def _get_since(self):
        """From when on things count: nobody is flooded when a play starts, or goes on after a long pause."""
        return max(self.started_on, fields.Datetime.now() - LATE)

    # === THE TRIGGERS === #

    def _get_entered_sql(self, since):
        """Customers who entered the stage, and are in it still: the key is ``stage:<id of the transition>``."""
        return self._get_stage_sql(since, 0)

    def _get_stayed_sql(self, since):
        """Customers who have been in the stage for as long as the first step asks; the moment is that of entering."""
        return self._get_stage_sql(since, self._get_first_step().days)

    def _get_stage_sql(self, since, days):
        return SQL(
            """
            SELECT DISTINCT ON (t.partner_id) t.partner_id, 'stage:' || t.id AS key, t.moment,
                NULL::integer AS contact_id, NULL::integer AS order_id, NULL::integer AS event_id
            FROM lifecycle_transition t
            JOIN lifecycle_status s ON s.partner_id = t.partner_id AND s.company_id = t.company_id
                AND s.stage_id = t.to_stage_id
            WHERE t.company_id = %(company)s AND t.to_stage_id = %(stage)s AND t.merged_from IS NULL
                AND t.moment BETWEEN %(since)s AND %(until)s
            ORDER BY t.partner_id, t.moment DESC, t.id DESC
            """,
            company=self.company_id.id,
            stage=self.stage_id.id or None,
            since=since - timedelta(days),
            until=fields.Datetime.now() - timedelta(days),
        )

    def _get_delivered_sql(self, since):
        """Orders of which everything is delivered since: the key is ``order:<id>``, the contact whoever ordered.

        What has no delivery, such as a service, is never "all delivered".
        """
        return SQL(
            """
            SELECT p.commercial_partner_id AS partner_id, 'order:' || o.id AS key, max(d.date_done) AS moment,
                o.partner_id AS contact_id, o.id AS order_id, NULL::integer AS event_id
            FROM sale_order o
            JOIN res_partner p ON p.id = o.partner_id
            JOIN stock_picking d ON d.sale_id = o.id AND d.state = 'done'
            WHERE o.company_id = %(company)s AND o.state = 'sale' AND o.delivery_status = 'full'
                AND o.amount_untaxed > 0
                AND o.id IN (SELECT sale_id FROM stock_picking WHERE state = 'done' AND date_done >= %(since)s)
            GROUP BY p.commercial_partner_id, o.id
            HAVING max(d.date_done) >= %(since)s
            """,
            company=self.company_id.id,
            since=since,
        )

    def _get_silent_sql(self, since):
        """Customers whose expected order did not come: the key is ``silent:<the day>``, on which they were expected."""
        return SQL(
            """
            SELECT s.partner_id, 'silent:' || s.next_order_date AS key,
                s.next_order_date + interval '12 hours' AS moment,
                NULL::integer AS contact_id, NULL::integer AS order_id, NULL::integer AS event_id
            FROM lifecycle_status s
            WHERE s.company_id = %(company)s AND s.next_order_date >= %(since)s AND s.next_order_date < %(today)s
            """,
            company=self.company_id.id,
            since=since.date(),
            today=self.company_id._lifecycle_today(),
        )

    def _get_answered_sql(self, since):
        """Customers who rated an order: a hook for other answers; the key is ``rating:<id>``."""
        return SQL(
            """
            SELECT p.commercial_partner_id AS partner_id, 'rating:' || r.id AS key, r.rated_on AS moment,
                COALESCE(r.partner_id, o.partner_id) AS contact_id, o.id AS order_id, NULL::integer AS event_id
            FROM rating_rating r
            JOIN sale_order o ON r.res_model = 'sale.order' AND o.id = r.res_id
            JOIN res_partner p ON p.id = o.partner_id
            WHERE o.company_id = %(company)s AND r.consumed AND r.rated_on >= %(since)s
            """,
            company=self.company_id.id,
            since=since,
        )

    def _get_event_sql(self, since):
        """Outside events by the code that the play waits for: the key is ``event:<id>``."""
        return SQL(
            """
            SELECT v.commercial_partner_id AS partner_id, 'event:' || v.id AS key, v.moment,
                v.partner_id AS contact_id, NULL::integer AS order_id, v.id AS event_id
            FROM lifecycle_event v
            WHERE v.company_id = %(company)s AND v.code = %(code)s AND v.moment BETWEEN %(since)s AND %(now)s
            """,
            company=self.company_id.id,
            code=self.event_code or "",
            since=since,
            now=fields.Datetime.now(),
        )

    def _get_standing_sql(self):
        """Whoever is in the stage already, since whenever: for those whom a person wants to take in at the start."""
        return SQL(
            """
            SELECT DISTINCT ON (t.partner_id) t.partner_id, 'stage:' || t.id AS key, t.moment,
                NULL::integer AS contact_id, NULL::integer AS order_id, NULL::integer AS event_id
            FROM lifecycle_transition t
            JOIN lifecycle_status s ON s.partner_id = t.partner_id AND s.company_id = t.company_id
                AND s.stage_id = t.to_stage_id
            WHERE t.company_id = %(company)s AND t.to_stage_id = %(stage)s AND t.merged_from IS NULL
            ORDER BY t.partner_id, t.moment DESC, t.id DESC
            """,
            company=self.company_id.id,
            stage=self.stage_id.id or None,
        )
