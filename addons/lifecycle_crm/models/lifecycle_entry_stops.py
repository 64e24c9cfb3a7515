"""What ends a play for a customer.

Each of the stops is a query of its own, ``_get_<stop>_sql``, that selects the id of an entry and the moment at which
it happened, of the entries ``e`` that the wrapper names; it may give several rows for one entry.
"""

from odoo import api, fields, models
from odoo.tools import SQL

from ..plays.steps import STOPS, Entry, stop_of
from ..sql.over import OVER

BATCH = 5000
OPEN_STATES = ("due", "deferred")


class LifecycleEntry(models.Model):
    _inherit = "lifecycle.entry"

    @api.model
    def _stop_all(self, plays):
        """End what is over, of all customers who are on their way.

        :return: whether all were looked at
        """
        running = self.search([("play_id", "in", plays.ids), ("state", "=", "running")], order="id")
        for start in range(0, len(running), BATCH):
            batch = running[start : start + BATCH]
            batch.sudo()._stop_over()  # only the server ends it
            if not plays._go_on(len(batch)):
                return False
        return True

    def _stop_over(self):
        """End those for which something has happened that ends the play, with the reason, and what was to come.

        :return: the entries that are over
        """
        stops = self._find_stops()
        over = self.browse()
        for entry in self.browse(stops):
            stop, day = stops[entry.id]
            entry.write({"state": "stopped", "stop": stop, "stopped_on": day})
            over |= entry
        over._cancel_open()
        return over

    def _find_stops(self):
        """The first stop of each entry that is over: a dict of pairs of stop and day by the entry's id."""
        found = {}
        for play, entries in self.grouped("play_id").items():
            rules = play._as_play()
            stopped = entries._get_stops(rules.stops)
            for entry_id, days in stopped.items():
                found[entry_id] = stop_of(rules, Entry({}, stopped=days))
        return found

    def _get_stops(self, stops=STOPS):
        """What has happened since the entry of what may end a play.

        :param stops: which of :data:`STOPS` to look for
        :return: a dict by entry id of dicts of the first day by stop
        """
        self._flush_stops()
        found = {}
        for stop in sorted(stops):
            query = SQL(
                "SELECT q.id, min(q.moment) FROM (%s) q GROUP BY q.id",
                getattr(self, f"_get_{stop}_sql")(),
            )
            for entry_id, moment in self.env.execute_query(query):
                day = self.browse(entry_id).company_id._lifecycle_day(moment)
                found.setdefault(entry_id, {})[stop] = day
        return found

    def _flush_stops(self):
        for model in ("sale.order", "lifecycle.status", "lifecycle.consent", "lifecycle.case", "mail.message"):
            self.env[model].flush_model()
        self.flush_model()

    def _cancel_open(self):
        """What is still to come for entries that are over will not be done; what another worker holds is left to it."""
        touches = self.env["lifecycle.touch"].search([("entry_id", "in", self.ids), ("state", "in", OPEN_STATES)])
        for touch in touches.try_lock_for_update():
            touch._skip_stopped()

    # === THE STOPS === #

    def _get_ordered_sql(self):
        """He ordered something else since."""
        return SQL(
            """
            SELECT e.id, o.date_order AS moment
            FROM lifecycle_entry e
            JOIN res_partner p ON p.commercial_partner_id = e.partner_id
            JOIN sale_order o ON o.partner_id = p.id AND o.company_id = e.company_id AND o.state = 'sale'
                AND o.amount_untaxed > 0 AND o.date_order > e.entered_on AND o.id IS DISTINCT FROM e.order_id
            WHERE e.id = ANY(%s)
            """,
            self.ids,
        )

    def _get_left_stage_sql(self):
        """He is in another stage than the one that the play is for."""
        return SQL(
            """
            SELECT e.id, COALESCE(s.stage_since, e.entered_on) AS moment
            FROM lifecycle_entry e
            JOIN lifecycle_play y ON y.id = e.play_id AND y.stage_id IS NOT NULL
            JOIN lifecycle_status s ON s.partner_id = e.partner_id AND s.company_id = e.company_id
                AND s.stage_id IS DISTINCT FROM y.stage_id
            WHERE e.id = ANY(%s)
            """,
            self.ids,
        )

    def _get_replied_sql(self):
        """He wrote to us since: a hook for other ways to reply."""
        return SQL(
            """
            SELECT e.id, m.date AS moment
            FROM lifecycle_entry e
            JOIN res_partner p ON p.commercial_partner_id = e.partner_id
            JOIN mail_message m ON m.author_id = p.id AND m.message_type = 'email' AND m.date > e.entered_on
            WHERE e.id = ANY(%s)
            """,
            self.ids,
        )

    def _get_objected_sql(self):
        """He, or the person we write to, refused since what one of the steps is for, by whatever channel.

        A word about one channel ends no play: the gate holds back what would go that way.
        """
        return SQL(
            """
            SELECT e.id, c.moment
            FROM lifecycle_entry e
            JOIN lifecycle_consent c ON c.partner_id IN (e.partner_id, e.contact_id) AND c.company_id = e.company_id
                AND c.state = 'refused' AND c.channel IS NULL AND c.moment > e.entered_on
            JOIN lifecycle_step t ON t.play_id = e.play_id AND t.purpose_id = c.purpose_id
            WHERE e.id = ANY(%s)
            """,
            self.ids,
        )

    def _get_complained_sql(self):
        """A complaint of his was opened since."""
        return SQL(
            """
            SELECT e.id, k.create_date AS moment
            FROM lifecycle_entry e
            JOIN lifecycle_case k ON k.partner_id = e.partner_id AND k.company_id = e.company_id
                AND k.kind = 'complaint' AND k.create_date > e.entered_on
            WHERE e.id = ANY(%s)
            """,
            self.ids,
        )

    def _get_ended_sql(self):
        """He, or we, ended the relation in words."""
        return SQL(
            """
            SELECT e.id, s.end_date::timestamp + interval '12 hours' AS moment
            FROM lifecycle_entry e
            JOIN lifecycle_status s ON s.partner_id = e.partner_id AND s.company_id = e.company_id
                AND %s
            WHERE e.id = ANY(%s)
            """,
            OVER,
            self.ids,
        )


class LifecycleTouch(models.Model):
    _inherit = "lifecycle.touch"

    def _skip_stopped(self):
        """The play is over for the customer: the contact is not made, and says why."""
        self.write(
            {
                "state": "skipped",
                "stop": self.entry_id.stop,
                "settled_on": fields.Datetime.now(),
                "listed_on": False,
                "claimed_on": False,
            }
        )
