"""Plays in plain words: when each step happens, what ends it, and what is wrong with how it goes."""

from odoo import api, fields, models
from odoo.tools import format_list


class LifecycleStep(models.Model):
    _inherit = "lifecycle.step"

    when_words = fields.Char(string="When", compute="_compute_when_words")

    @api.depends("trigger", "days", "is_cadence", "sequence", "play_id.cadence_days", "play_id.stage_id.name")
    @api.depends_context("lang")
    def _compute_when_words(self):
        for step in self:
            step.when_words = step._get_cadence_words() if step.is_cadence else step._get_trigger_words()

    def _get_cadence_words(self):
        return self.env._("After the ladder, every %(days)s days", days=self.play_id.cadence_days)

    def _get_trigger_words(self):
        """The day of the step in words, from what lets it begin."""
        values = {
            "days": self.days,
            "stage": self.play_id.stage_id.name or "…",
            "event": self.play_id.event_code or "…",
        }
        if not self.days:
            return self._get_prompt_words(values)
        if self.days == 1:
            return self._get_next_day_words(values)
        return {
            "entered": self.env._("%(days)s days after the customer entered %(stage)s", **values),
            "stayed": self.env._("When the customer has been in %(stage)s for %(days)s days", **values),
            "delivered": self.env._("%(days)s days after everything was delivered", **values),
            "silent": self.env._("%(days)s days after the day on which an order was expected", **values),
            "answered": self.env._("%(days)s days after the customer answered", **values),
            "event": self.env._("%(days)s days after the event %(event)s", **values),
        }[self.trigger]

    def _get_prompt_words(self, values):
        return {
            "entered": self.env._("As soon as the customer enters %(stage)s", **values),
            "stayed": self.env._("As soon as the customer enters %(stage)s", **values),
            "delivered": self.env._("As soon as everything is delivered"),
            "silent": self.env._("When the expected order has not come"),
            "answered": self.env._("As soon as the customer answers"),
            "event": self.env._("As soon as the event %(event)s happens", **values),
        }[self.trigger]

    def _get_next_day_words(self, values):
        return {
            "entered": self.env._("The day after the customer entered %(stage)s", **values),
            "stayed": self.env._("When the customer has been in %(stage)s for a day", **values),
            "delivered": self.env._("The day after everything was delivered"),
            "silent": self.env._("The day after an order was expected"),
            "answered": self.env._("The day after the customer answered"),
            "event": self.env._("The day after the event %(event)s", **values),
        }[self.trigger]


class LifecyclePlay(models.Model):
    _inherit = "lifecycle.play"

    story = fields.Text(string="In Plain Words", compute="_compute_story")

    @api.depends("step_ids.when_words", "step_ids.name", "cadence_days", "holdout_percent", "stage_id.name")
    @api.depends("stop_on_ordered", "stop_on_left_stage", "stop_on_replied")
    @api.depends("stop_on_objected", "stop_on_complained", "stop_on_ended")
    @api.depends_context("lang")
    def _compute_story(self):
        """What the play does, as one would tell it; each later step waits until the one before is done."""
        for play in self:
            play.story = "\n".join(play._tell())

    def _tell(self):
        steps = self.step_ids.sorted(lambda step: (step.is_cadence, step.sequence, step.id))
        yield from (self.env._("%(when)s: %(what)s.", when=step.when_words, what=step.name or "…") for step in steps)
        if len(steps) > 1:
            yield self.env._("Each step waits until the one before is done; its days count from whichever is later.")
        if stops := self._get_stop_words():
            yield self.env._("It ends as soon as one of these happens: %(stops)s.", stops=format_list(self.env, stops))
        if self.holdout_percent:
            yield self.env._(
                "%(percent)s percent of the customers are left in peace, to see what happens by itself.",
                percent=self.holdout_percent,
            )

    def _get_stop_words(self):
        names = [name for name in self._fields if name.startswith("stop_on_") and self[name]]
        texts = self.fields_get(names, ["string"])
        return [texts[name]["string"] for name in names]
