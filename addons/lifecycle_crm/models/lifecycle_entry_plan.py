"""The next step of each customer in a play."""

from collections import defaultdict

from odoo import api, fields, models
from odoo.tools import SQL

from ..plays.steps import AGAIN, OUTCOMES, Entry, Touch, next_due

BATCH = 1000
MORNING = 9  # o'clock where the company is


class LifecycleEntry(models.Model):
    _inherit = "lifecycle.entry"

    @api.model
    def _plan_all(self, plays):
        """Plan the next step of everybody who has nothing before him, those first who wait longest for a look."""
        start = fields.Datetime.now()
        while entries := self.browse(self._find_unplanned(plays, start)).try_lock_for_update():
            entries.sudo()._plan_next()  # only the server plans
            if not plays._go_on(len(entries)):
                return

    @api.model
    def _find_unplanned(self, plays, before):
        """The ids of running entries without an open touch that have not been looked at since a moment."""
        self.flush_model()
        self.env["lifecycle.touch"].flush_model()
        query = SQL(
            """
            SELECT e.id FROM lifecycle_entry e
            WHERE e.play_id = ANY(%(plays)s) AND e.state = 'running'
                AND (e.planned_on IS NULL OR e.planned_on < %(before)s)
                AND NOT EXISTS (
                    SELECT FROM lifecycle_touch t WHERE t.entry_id = e.id AND NOT t.state = ANY(%(settled)s)
                )
            ORDER BY e.planned_on NULLS FIRST, e.id
            LIMIT %(limit)s
            """,
            plays=plays.ids,
            before=before,
            settled=list(OUTCOMES),
            limit=BATCH,
        )
        return [entry_id for (entry_id,) in self.env.execute_query(query)]

    def _plan_next(self):
        """Put the next step of each entry into the outbox, or note that there is none."""
        triggers, touches = self._get_trigger_days(), self._get_settled()
        planned, done = [], self.browse()
        for play, entries in self.grouped("play_id").items():
            rules, steps = play._as_play(), play._get_steps_by_code()
            for entry in entries:
                past = touches[entry.id]
                due = next_due(rules, Entry(triggers[entry.id], tuple(past)))
                if due:
                    planned.append(entry._prepare_touch(steps[due.step], due))
                elif {touch.step for touch in past} >= {step.code for step in rules.steps}:
                    done |= entry
        self.write({"planned_on": fields.Datetime.now()})
        done.write({"state": "done"})
        return self.env["lifecycle.touch"].create(planned)

    def _get_settled(self):
        """What came of the steps so far: a dict of lists of ``plays.steps.Touch`` by entry id."""
        touches = self.env["lifecycle.touch"].search_fetch(
            [("entry_id", "in", self.ids), ("state", "in", OUTCOMES)], ["step_id", "settled_on", "state"], order="id"
        )
        found = defaultdict(list)
        for touch in touches:
            day = touch.company_id._lifecycle_day(touch.settled_on)
            found[touch.entry_id.id].append(Touch(touch.step_id._get_pure_code(), day, touch.state))
        return found

    def _get_trigger_days(self):
        """The day of each trigger that has happened, by entry id: its own, and others that its steps wait for."""
        found = {}
        for play, entries in self.grouped("play_id").items():
            own = play._get_first_step().trigger
            codes = {"entered", "stayed"} if own in ("entered", "stayed") else {own}
            found |= {entry.id: dict.fromkeys(codes, entry.trigger_date) for entry in entries}
            for other in set(play.step_ids.filtered(lambda step: not step.is_cadence).mapped("trigger")) - codes:
                for entry_id, moment in entries._find_first(play, other):
                    found[entry_id][other] = play.company_id._lifecycle_day(moment)
        return found

    def _find_first(self, play, trigger):
        """When something first happened since the entry: pairs of entry id and moment."""
        for model in play._get_trigger_models():
            self.env[model].flush_model()
        query = SQL(
            """
            SELECT e.id, min(q.moment) FROM lifecycle_entry e
            JOIN (%(rows)s) q ON q.partner_id = e.partner_id AND q.moment >= e.entered_on
            WHERE e.id = ANY(%(ids)s) GROUP BY e.id
            """,
            rows=play._get_trigger_sql(trigger, min(self.mapped("entered_on"))),
            ids=self.ids,
        )
        return self.env.execute_query(query)

    def _prepare_touch(self, step, due):
        """Values of the contact that a step makes."""
        channel = self.env["lifecycle.touch"]._get_channels()[step.action]
        person, address = self._get_recipient(channel)
        return {
            "entry_id": self.id,
            "step_id": step.id,
            "turn": due.turn,
            "contact_id": person.id,
            "purpose_id": step.purpose_id.id,
            "channel": channel,
            "address": address,
            "due_on": self.company_id._lifecycle_moment(due.day, MORNING),
        }

    def _get_recipient(self, channel):
        """Who gets a contact on a channel, and at which address: a hook.

        The person of the entry, or the customer himself where only he has an address of that kind.

        :return: a pair of ``res.partner`` and the normalized address, or False
        """
        person = self.contact_id or self.partner_id
        name = {"email": "email_normalized", "phone": "phone_sanitized", "sms": "phone_sanitized"}.get(channel)
        if not name:
            return person, False
        reached = self.partner_id if self.partner_id[name] and not person[name] else person
        return reached, reached[name]


class LifecyclePlay(models.Model):
    _inherit = "lifecycle.play"

    def _get_steps_by_code(self):
        return {step._get_pure_code(): step for step in self.step_ids}


class LifecycleStep(models.Model):
    _inherit = "lifecycle.step"

    def _get_pure_code(self):
        """What the plain arithmetic calls it."""
        return AGAIN if self.is_cadence else self.code
