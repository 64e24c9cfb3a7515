"""How a play goes and what it brought, counted when somebody looks."""

from odoo import fields, models
from odoo.tools import SQL, formatLang

from ..plays.results import FEW_PEOPLE, Group, compare

CENTS = 100
COUNTED = {
    "running_count": "running",
    "held_out_count": "held_out",
    "due_count": "due",
    "done_count": "done",
    "deferred_count": "deferred",
    "skipped_count": "skipped",
    "failed_count": "failed",
    "uncertain_count": "uncertain",
}


class LifecyclePlay(models.Model):
    _inherit = "lifecycle.play"

    currency_id = fields.Many2one(related="company_id.currency_id")

    # === COUNTS === #

    running_count = fields.Integer(string="On Their Way", compute="_compute_counts")
    held_out_count = fields.Integer(string="Customers Left in Peace", compute="_compute_counts")
    due_count = fields.Integer(string="To Come", compute="_compute_counts")
    done_count = fields.Integer(string="Made", compute="_compute_counts")
    deferred_count = fields.Integer(string="Put off", compute="_compute_counts")
    skipped_count = fields.Integer(string="Not Made", compute="_compute_counts")
    failed_count = fields.Integer(string="Failed", compute="_compute_counts")
    uncertain_count = fields.Integer(string="Uncertain", compute="_compute_counts")

    # === RESULTS === #

    result_played_count = fields.Integer(string="Customers Played", compute="_compute_results")
    result_played_buyers = fields.Integer(string="Of These Bought", compute="_compute_results")
    result_played_revenue = fields.Monetary(string="Their Revenue", compute="_compute_results")
    result_held_count = fields.Integer(string="Customers in Peace", compute="_compute_results")
    result_held_buyers = fields.Integer(string="Of Those in Peace Bought", compute="_compute_results")
    result_held_revenue = fields.Monetary(string="Revenue of Those in Peace", compute="_compute_results")
    result_cost = fields.Monetary(string="Cost", compute="_compute_results")
    result_words = fields.Text(string="Result", compute="_compute_results")

    def _compute_counts(self):
        """In two queries for any number of plays."""
        counts = {}
        for model in ("lifecycle.entry", "lifecycle.touch"):
            rows = self.env[model]._read_group([("play_id", "in", self.ids)], ["play_id", "state"], ["__count"])
            for play, state, count in rows:
                if (model, state) != ("lifecycle.entry", "done"):
                    counts[play.id, state] = count
        for play in self:
            for name, state in COUNTED.items():
                play[name] = counts.get((play.id, state), 0)

    def _compute_results(self):
        groups = self._get_result_groups()
        for play in self:
            played, held = groups.get((play.id, False), Group(0, 0)), groups.get((play.id, True), Group(0, 0))
            play.result_played_count, play.result_played_buyers = played.people, played.buyers
            play.result_held_count, play.result_held_buyers = held.people, held.buyers
            play.result_played_revenue, play.result_held_revenue = played.revenue / CENTS, held.revenue / CENTS
            play.result_cost = played.cost / CENTS
            play.result_words = play._get_result_words(played, held)

    def _get_result_groups(self):
        """Those whom a play was for, and those held out, by pairs of play and whether they are held out.

        A customer counts once, by his first entry, and only when the days in which an order counts are over; whoever
        was to be contacted counts, even where the gate held it back: it is the play that is judged.
        """
        for model in ("lifecycle.play", "lifecycle.entry", "lifecycle.touch", "sale.order", "res.partner"):
            self.env[model].flush_model()
        rows = self.env.execute_query(self._get_groups_query())
        return {
            (play_id, is_held): Group(people, buyers, int(revenue), int(cost))
            for play_id, is_held, people, buyers, revenue, cost in rows
        }

    def _get_groups_query(self):
        """Play, whether held out, customers, buyers, revenue and cost in cents: a row a pair."""
        return SQL(
            """
            WITH first AS (
                SELECT DISTINCT ON (e.play_id, e.partner_id) e.*, e.state = 'held_out' AS is_held,
                    e.entered_on + make_interval(days => y.result_days) AS until
                FROM lifecycle_entry e JOIN lifecycle_play y ON y.id = e.play_id
                WHERE e.play_id = ANY(%(plays)s) ORDER BY e.play_id, e.partner_id, e.entered_on, e.id
            ), bought AS (
                SELECT f.id, sum(o.amount_untaxed / COALESCE(NULLIF(o.currency_rate, 0), 1)) AS revenue
                FROM first f
                JOIN res_partner p ON p.commercial_partner_id = f.partner_id
                JOIN sale_order o ON o.partner_id = p.id AND o.company_id = f.company_id AND o.state = 'sale'
                    AND o.amount_untaxed > 0 AND o.id IS DISTINCT FROM f.order_id
                    AND o.date_order > f.entered_on AND o.date_order <= f.until
                GROUP BY f.id
            ), spent AS (
                SELECT t.entry_id, sum(t.cost) AS cost
                FROM lifecycle_touch t JOIN first f ON f.id = t.entry_id GROUP BY t.entry_id
            )
            SELECT f.play_id, f.is_held, count(*), count(b.id),
                round(%(cents)s * COALESCE(sum(b.revenue), 0)), round(%(cents)s * COALESCE(sum(s.cost), 0))
            FROM first f LEFT JOIN bought b ON b.id = f.id LEFT JOIN spent s ON s.entry_id = f.id
            WHERE f.until <= %(now)s
            GROUP BY f.play_id, f.is_held
            """,
            plays=self.ids,
            cents=CENTS,
            now=fields.Datetime.now(),
        )

    # === IN WORDS === #

    def _get_result_words(self, played, held):
        result = compare(played, held)
        if result.few:
            return self._get_few_words(result.few)
        low, value, high = (self._show(100 * part) for part in result.difference)
        return self.env._(
            "Of those it was for %(played)s %% bought, of those left in peace %(held)s %%: %(value)s points more, "
            "between %(low)s and %(high)s with 95 %% certainty. %(verdict)s "
            "The revenue beyond what would have come by itself: %(gained)s, at a cost of %(cost)s.",
            played=self._show(100 * played.buyers / played.people),
            held=self._show(100 * held.buyers / held.people),
            value=value,
            low=low,
            high=high,
            verdict=self._get_verdict_words(result),
            gained=formatLang(self.env, result.gained / CENTS, currency_obj=self.currency_id),
            cost=formatLang(self.env, result.cost / CENTS, currency_obj=self.currency_id),
        )

    def _get_few_words(self, few):
        if few.code == FEW_PEOPLE:
            return self.env._(
                "Too few to tell: there are %(found)s customers in the smaller group, and it takes %(needed)s. "
                "Customers count %(days)s days after they entered.",
                found=few.found,
                needed=few.needed,
                days=self.result_days,
            )
        return self.env._(
            "Too few to tell: by chance alone %(found)s buyers are expected in the smaller group, "
            "and it takes %(needed)s.",
            found=self._show(few.found),
            needed=few.needed,
        )

    def _get_verdict_words(self, result):
        if not result.is_certain:
            return self.env._("That may be chance.")
        if result.difference.value > 0:
            return self.env._("That is hardly chance: the play helps.")
        return self.env._("That is hardly chance: the play does harm.")

    def _show(self, number):
        return formatLang(self.env, number, digits=1)
