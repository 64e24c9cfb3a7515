"""How customers enter a play."""

from datetime import timedelta

from odoo import api, fields, models
from odoo.tools import SQL

from ..plays.holdout import in_holdout
from ..sql.over import OVER

BATCH = 1000


class LifecyclePlay(models.Model):
    _inherit = "lifecycle.play"

    @api.model
    def _cron_plan(self):
        """Let customers in, end what is over, and put the next step of each into the outbox; in batches."""
        plays = self.search([("state", "=", "running")])
        entries = self.env["lifecycle.entry"]
        if all(play._enter_all() for play in plays) and entries._stop_all(plays):
            entries._plan_all(plays)
        if self.env["lifecycle.touch"]._has_work():
            self.env.ref("lifecycle_crm.ir_cron_lifecycle_send")._trigger()

    @api.model
    def _go_on(self, count):
        """Commit a batch.

        :return: whether there is time for another one; if not, the scheduled action is called again for the rest
        """
        progress = self.env["ir.cron"]._commit_progress
        if progress(count):
            return True
        progress(remaining=1)  # that something is left, however much
        return False

    def _enter_all(self):
        """Take up what has happened, a batch at a time.

        :return: whether everything is taken up
        """
        rows = self._get_trigger_sql(self._get_first_step().trigger, self._get_since())
        while entries := self._enter(rows):
            if not self._go_on(len(entries)):
                return False
        return True

    # === WHO ENTERS === #

    def _enter(self, rows, entered_on=None):
        """Let customers in whom a trigger names and who have not entered by it; those of the holdout to be left alone.

        :param SQL rows: as ``_get_trigger_sql`` gives it
        :param entered_on: when they enter, in UTC; None: when it happened, as what came since may end it already
        :return: the new entries, no more than :data:`BATCH`; none: everybody is in
        """
        if not self.try_lock_for_update(allow_referencing=True):
            return self.env["lifecycle.entry"]
        found = self._find_entering(rows)
        if not found:
            return self.env["lifecycle.entry"]
        self.sudo().planned_on = fields.Datetime.now()  # so that whoever comes with an older view of it begins anew
        contacts = self._pick_contacts(found)
        values = [self._prepare_entry(row, contact, entered_on) for row, contact in zip(found, contacts, strict=True)]
        return self.env["lifecycle.entry"].sudo().create(values)  # only the server lets customers in

    def _find_entering(self, rows):
        """The next customers to enter, oldest first; a list of dicts."""
        self.env["lifecycle.entry"].flush_model()
        query = SQL("SELECT q.* %s ORDER BY q.moment, q.partner_id, q.key LIMIT %s", self._get_entering(rows), BATCH)
        return self.env.execute_query_dict(query)

    def _count_entering(self, rows):
        """How many would enter: customers, before the holdout."""
        self.env["lifecycle.entry"].flush_model()
        return self.env.execute_query(SQL("SELECT count(DISTINCT q.partner_id) %s", self._get_entering(rows)))[0][0]

    def _get_entering(self, rows):
        """The rows of a trigger that lead to an entry: in the stage of the play, in business with us, and new.

        Whoever was erased took his entries along: what happened before that is not taken up once more.
        """
        for model in self._get_trigger_models():
            self.env[model].flush_model()
        is_alive = SQL("(%s) IS NOT TRUE", OVER) if self.stop_on_ended else SQL("TRUE")
        in_stage = SQL("s.stage_id = %s", self.stage_id.id) if self.stage_id else SQL("TRUE")
        return SQL(
            """
            FROM (%(rows)s) q
            JOIN res_partner c ON c.id = q.partner_id AND c.active
            LEFT JOIN lifecycle_status s ON s.partner_id = q.partner_id AND s.company_id = %(company)s
            WHERE %(in_stage)s AND %(is_alive)s AND NOT EXISTS (
                SELECT FROM lifecycle_entry e
                WHERE e.play_id = %(play)s AND e.partner_id = q.partner_id AND e.key = q.key
            ) AND NOT EXISTS (
                SELECT FROM lifecycle_consent w
                WHERE w.partner_id IN (q.partner_id, q.contact_id) AND w.company_id = %(company)s
                    AND w.source = 'erasure' AND w.moment >= q.moment
            )
            """,
            rows=rows,
            company=self.company_id.id,
            in_stage=in_stage,
            is_alive=is_alive,
            play=self.id,
        )

    @api.model
    def _get_trigger_models(self):
        """What the queries of triggers read: a hook."""
        return [
            "lifecycle.consent",
            "lifecycle.event",
            "lifecycle.status",
            "lifecycle.transition",
            "rating.rating",
            "res.partner",
            "sale.order",
            "stock.picking",
        ]

    def _prepare_entry(self, row, contact, entered_on):
        """Values of an entry; who is held out is drawn by the customer and the play, and so never changes."""
        step = self._get_first_step()
        held_out = in_holdout(self.code, row["partner_id"], self.holdout_percent)
        waited = timedelta(step.days if step.trigger == "stayed" else 0)
        return {
            "play_id": self.id,
            "company_id": self.company_id.id,
            "partner_id": row["partner_id"],
            "contact_id": contact.id,
            "key": row["key"],
            "entered_on": entered_on or row["moment"] + waited,
            "trigger_date": self.company_id._lifecycle_day(row["moment"]),
            "order_id": row["order_id"],
            "event_id": row["event_id"],
            "state": "held_out" if held_out else "running",
        }

    # === WHO IS WRITTEN TO === #

    def _pick_contacts(self, rows):
        """The person for each row of a trigger: a hook.

        Whoever ordered, answered or is the event about, if he has an address; else the customer himself, else his first
        contact with one, persons before addresses of delivery and invoice. Nobody has one: the customer himself.

        :param list rows: as ``_find_entering`` gives them
        :return: a list of ``res.partner`` of the same length
        """
        partners = self.env["res.partner"]
        domain = [("commercial_partner_id", "in", [row["partner_id"] for row in rows])]
        people = partners.search_fetch(domain, ["email_normalized", "phone_sanitized", "commercial_partner_id", "type"])
        families = people.grouped("commercial_partner_id")
        return [self._pick_contact(row, families.get(partners.browse(row["partner_id"]), partners)) for row in rows]

    def _pick_contact(self, row, family):
        def rank(person):
            is_reached = 0 if person.email_normalized else 1 if person.phone_sanitized else 2
            is_near = (row["contact_id"], row["partner_id"]).index(person.id) if person.id in near else 2
            return is_reached, is_near, person.type != "contact", person.id

        near = {row["contact_id"], row["partner_id"]}
        return min(family, key=rank, default=self.env["res.partner"].browse(row["partner_id"]))
