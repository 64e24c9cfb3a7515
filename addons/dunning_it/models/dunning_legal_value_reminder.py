"""Managers are told what the table of the law lacks, and once a year what nobody has confirmed."""

from markupsafe import Markup

from odoo import fields, models

from .dunning_legal_value import TO_CONFIRM

ACTIVITY = "dunning_it.mail_activity_type_law"


class DunningLegalValue(models.Model):
    _inherit = "dunning.legal.value"

    def _cron_remind(self):
        """Note activities for managers: each rate missing up to the running half-year or year, and what is to confirm.

        It runs every month, for a reference rate comes out weeks into its half-year. Who still has the activity gets
        no second one; what is to confirm is told once a year.
        """
        today = fields.Date.context_today(self)
        for code, gaps in self._get_gaps(today).items():
            self._remind_of_missing(code, gaps)
        year_ago = fields.Date.subtract(today, years=1)
        self.search(
            [("state", "=", TO_CONFIRM), "|", ("reminded_on", "=", False), ("reminded_on", "<=", year_ago)]
        )._remind_to_confirm(today)

    def _get_gaps(self, today):
        """The :class:`law.table.Problem` of each code with days on which nothing holds; none where it has no row."""
        table = self._get_table()
        gaps = {code: [] for code in table.lacking(today)}
        for problem in table.problems(until=today):
            if problem.kind == "gap":
                gaps.setdefault(problem.code, []).append(problem)
        return gaps

    def _remind_of_missing(self, code, gaps):
        """An activity on the last row there is for a code, or on any row where there is none."""
        last = self.search([("code", "=", code)], limit=1) or self.search([], limit=1)
        for manager, value in last._for_each_manager():
            name = value._get_name_of_code(code)
            messages = [value._get_problem_message(gap) for gap in gaps]
            note = Markup("<br/>").join(
                [
                    *(messages or [value.env._("%(name)s: there is no value at all.", name=name)]),
                    value.env._("Until then what depends on it is provisional."),
                ]
            )
            value._note_activity(manager, value.env._("Enter a value: %(name)s", name=name), note)

    def _remind_to_confirm(self, today):
        """One activity that names all the rows, on the first of them."""
        for manager, value in self[:1]._for_each_manager():
            rows = self.with_env(value.env)
            note = Markup("<p>%s</p><ul>%s</ul>") % (
                value.env._("Nobody has confirmed these values. Check them with your accountant or lawyer."),
                Markup().join(Markup("<li>%s</li>") % row.display_name for row in rows),
            )
            value._note_activity(manager, value.env._("Confirm what the law says"), note)
        self.write({"reminded_on": today})

    def _for_each_manager(self):
        """Each manager with the row, if there is one, in his or her language."""
        managers = self.env.ref("dunning_it.group_dunning_manager").all_user_ids.filtered("active")
        return [(manager, self.with_context(lang=manager.lang)) for manager in managers if self]

    def _note_activity(self, manager, summary, note):
        """An activity, unless the manager has it already."""
        open_already = self.activity_ids.filtered(
            lambda activity: activity.user_id == manager and activity.summary == summary
        )
        if not open_already:
            self.activity_schedule(ACTIVITY, summary=summary, note=note, user_id=manager.id)
