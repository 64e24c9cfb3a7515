"""The first page: where the customers are, where they move, and what is to be done today."""

from collections import defaultdict
from itertools import accumulate

from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

MONTHS = 12
SATISFACTION_DAYS = 90
LIVELY = ("start", "growth")


class LifecycleDashboard(models.AbstractModel):
    """Read with the rights of whoever looks, about the company he works in: stages are a company's own."""

    _name = "lifecycle.dashboard"
    _description = "Customers at a Glance"

    @api.model
    def get_lifecycle_dashboard(self):
        """All that the page shows, each figure with the list behind it.

        :rtype: dict
        """
        self.env["lifecycle.status"].check_access("read")
        return {
            "company": self.env.company.name if len(self.env.companies) > 1 else "",
            "currency_id": self.env.company.currency_id.id,
            "situation": self._get_situation(),
            "phases": self._get_phases(),
            "months": self._get_months(),
            "figures": self._get_figures(),
            "todo": self._get_todo(),
        }

    # === FIRST STEPS === #

    @api.model
    def _get_situation(self):
        """What has to be done before there is anything to see: ``no_rules``, ``not_refreshed``, or False."""
        if not self.env.company.lifecycle_rulebook_id:
            return "no_rules"
        return False if self.env["lifecycle.status"].search_count(self._get_domain(), limit=1) else "not_refreshed"

    @api.model
    def action_refresh(self):
        """Look at the customers now: the scheduled action does it at once, in its own time."""
        self.env["lifecycle.status"].check_access("read")
        self.env.ref("lifecycle_crm.ir_cron_lifecycle_sweep").sudo()._trigger()  # the server's own

    @api.model
    def _get_domain(self):
        return Domain("company_id", "=", self.env.company.id)

    # === STAGES === #

    @api.model
    def _get_phases(self):
        """The phases as they follow each other, each with its stages.

        :return: list of ``{"key", "name", "stages"}``
        """
        stages = self._get_stages()
        phases = self.env["lifecycle.stage"]._fields["phase"]._description_selection(self.env)
        return [
            {"key": key, "name": name, "stages": [stage for stage in stages if stage["phase"] == key]}
            for key, name in phases
        ]

    @api.model
    def _get_stages(self):
        """The stages in their order, with who is in them and who came and went this month.

        :return: list of ``{"id", "name", "phase", "count", "revenue", "entered", "left"}``
        """
        stages = self.env["lifecycle.stage"].search(self._get_domain())
        held = {
            stage: (count, revenue)
            for stage, count, revenue in self.env["lifecycle.status"]._read_group(
                self._get_domain(), ["stage_id"], ["__count", "revenue_year:sum"]
            )
        }
        entered, left = self._get_flow("to_stage_id"), self._get_flow("from_stage_id")
        return [
            {
                "id": stage.id,
                "name": stage.name,
                "phase": stage.phase,
                "count": held.get(stage, (0, 0))[0],
                "revenue": held.get(stage, (0, 0))[1],
                "entered": entered.get(stage, 0),
                "left": left.get(stage, 0),
            }
            for stage in stages
        ]

    @api.model
    def _get_flow(self, stage_field):
        """How many passed into (or out of) each stage this month; whoever was first seen came from nowhere."""
        moved = self._get_moves() & Domain("cause", "not in", ("first", "rule_change"))
        return dict(self.env["lifecycle.transition"]._read_group(moved, [stage_field], ["__count"]))

    @api.model
    def _get_moves(self):
        """The transitions of this month of those who are customers still; who was merged moves as whom he is."""
        first = self.env.company._lifecycle_moment(self._get_month_start())
        return self._get_domain() & Domain("moment", ">=", first) & Domain("merged_from", "=", False)

    @api.model
    def _get_month_start(self):
        return self.env.company._lifecycle_today().replace(day=1)

    # === MONTHS === #

    @api.model
    def _get_months(self):
        """How many were in each stage at the end of each of the last months, from the transitions.

        :return: list of ``{"date", "counts": {stage id: customers}}``, the oldest first
        """
        last = self._get_month_start()
        months = [last - relativedelta(months=number) for number in range(MONTHS - 1, -1, -1)]
        changes = defaultdict(lambda: defaultdict(int))
        for stage, month, change in self._get_changes(months[0]):
            changes[stage][month] += change
        held = {stage: list(accumulate(found[month] for month in months)) for stage, found in changes.items()}
        return [
            {
                "date": fields.Date.to_string(month),
                "counts": {str(stage): counts[place] for stage, counts in held.items()},
            }
            for place, month in enumerate(months)
        ]

    @api.model
    def _get_changes(self, first):
        """How many customers each stage gained, by month; all that lies before ``first`` counts as that month's.

        Whoever enters a stage leaves the one that he was in: so it holds where old transitions were erased.
        """
        self.env["lifecycle.transition"].flush_model()
        return self.env.execute_query(
            SQL(
                """
                WITH stay AS (
                    SELECT to_stage_id, moment,
                           LEAD(moment) OVER (PARTITION BY partner_id ORDER BY moment, id) AS left_on
                      FROM lifecycle_transition
                     WHERE company_id = %(company)s AND merged_from IS NULL
                )
                SELECT to_stage_id,
                       GREATEST(
                           date_trunc('month', change.moment AT TIME ZONE 'UTC' AT TIME ZONE %(zone)s)::date, %(first)s
                       ),
                       SUM(change.number)
                  FROM stay
                  JOIN LATERAL (VALUES (stay.moment, 1), (left_on, -1)) AS change(moment, number)
                    ON change.moment IS NOT NULL
              GROUP BY 1, 2
                """,
                zone=self.env.company.lifecycle_tz,
                first=first,
                company=self.env.company.id,
            )
        )

    # === FIGURES === #

    @api.model
    def _get_figures(self):
        """Buyers and how many of them came back, the month's gains and losses, and what customers say."""
        Status = self.env["lifecycle.status"]
        buyers = self._get_domain() & Domain("order_count", ">", 0)
        month = self._get_moves() & Domain("cause", "!=", "rule_change")  # nobody bought, and nobody became silent
        Transition = self.env["lifecycle.transition"]
        cold = Domain("from_stage_id.phase", "=", "separation")
        return {
            "buyers": Status.search_count(buyers),
            "came_back": Status.search_count(buyers & Domain("order_day_count", ">", 1)),
            "won_back": Transition.search_count(month & cold & Domain("to_stage_id.phase", "in", LIVELY)),
            "gone": Transition.search_count(
                month & Domain("from_stage_id.phase", "in", LIVELY) & Domain("to_stage_id.phase", "=", "separation")
            ),
            **self._get_satisfaction(),
        }

    @api.model
    def _get_satisfaction(self):
        """What customers said of their orders lately: the mean, and how many answers there are."""
        orders = self.env["sale.order"].sudo()._search(self._get_domain())  # figures of the company, not its orders
        answered = (
            Domain("res_model", "=", "sale.order")
            & Domain("res_id", "in", orders)
            & Domain("consumed", "=", True)
            & Domain("rating", ">=", 1)
            & Domain("rated_on", ">=", fields.Datetime.now() - relativedelta(days=SATISFACTION_DAYS))
        )
        Rating = self.env["rating.rating"].sudo()  # likewise
        [(mean, count)] = Rating._read_group(answered, [], ["rating:avg", "__count"])
        return {"satisfaction": mean, "answers": count}

    # === TO DO === #

    @api.model
    def _get_todo(self):
        """What waits for a person today.

        :return: list of ``{"key", "name", "count", "is_urgent", "action", "domain"}``, what there is none of left out
        """
        entries = []
        for key, name, action, domain, is_urgent in self._get_todo_kinds():
            model = self.env[self.env.ref(action).sudo().res_model]  # which list it is, nothing of it
            if count := model.search_count(domain):
                entries.append(
                    {
                        "key": key,
                        "name": name,
                        "count": count,
                        "is_urgent": is_urgent,
                        "action": action,
                        "domain": list(domain),
                    }
                )
        return entries

    @api.model
    def _get_todo_kinds(self):
        """Key, name, action, domain and urgency of what may wait for a person; a hook for more."""
        today = self.env.company._lifecycle_today()
        open_cases = self._get_domain() & Domain("is_closed", "=", False)
        return [
            (
                "today",
                self.env._("Calls, cases and answers of mine"),
                "lifecycle_crm.lifecycle_today_action",
                self._get_domain() & Domain("user_id", "in", (self.env.uid, False)),
                False,
            ),
            (
                "waiting",
                self.env._("Customers who wait for an answer"),
                "lifecycle_crm.lifecycle_reply_action",
                self._get_domain() & Domain("answered_on", "=", False),
                False,
            ),
            (
                "overdue",
                self.env._("Cases past their deadline"),
                "lifecycle_crm.lifecycle_case_action",
                open_cases & Domain("deadline", "<", today),
                True,
            ),
            (
                "attention",
                self.env._("Contacts that failed or are uncertain"),
                "lifecycle_crm.lifecycle_touch_action_attention",
                self._get_domain() & Domain("needs_attention", "=", True),
                True,
            ),
        ]
