"""The figures of the reply clock: who waits, since when, and how long customers of each seller waited."""

from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from odoo.addons.listino_pricelist.models.reader import beginning_of

MONTHS = 6


class QuoteReplyDashboard(models.AbstractModel):
    """Read with the rights of whoever looks: a salesperson of own documents sees his own figures."""

    _name = "quote.reply.dashboard"
    _description = "Replies to Customers"

    @api.model
    def get_figures(self):
        """Counts of the quotes that customers wait for, and medians by seller and month.

        :rtype: dict
        """
        self.env["sale.order"].check_access("read")
        self.env["quote.win.report"].check_access("read")  # customers read their orders too, and have no business here
        now = fields.Datetime.now()
        return {
            "cards": self._get_cards(now),
            "months": self._get_months(now),
            "since": fields.Datetime.to_string(self._get_since(now)),
            "sellers": self._get_sellers(now),
        }

    @api.model
    def _get_cards(self, now):
        Order = self.env["sale.order"]
        waiting = self._get_company_domain() & Order._get_waiting_domain()
        late = Domain("reply_deadline", "<", now)
        near = Domain("reply_warning_on", "<=", now) & Domain("reply_deadline", ">=", now)
        count = Order.search_count
        return {"waiting": count(waiting), "near": count(waiting & near), "late": count(waiting & late)}

    @api.model
    def _get_months(self, now):
        """The first days of the months shown, the newest last."""
        first = fields.Datetime.context_timestamp(self, now).date().replace(day=1)
        return [fields.Date.to_string(first - relativedelta(months=back)) for back in reversed(range(MONTHS))]

    @api.model
    def _get_since(self, now):
        """The moment in UTC at which the oldest month begins where the reader is."""
        return beginning_of(self.env, self._get_months(now)[0])

    @api.model
    def _get_sellers(self, now):
        """For each seller the median of his working hours to reply, by the month in which he replied.

        :return: list of ``{"id", "name", "median", "count", "in_time", "months": {month: median}}``
        """
        sellers = {}
        for user_id, month, median, count, in_time in self._fetch_medians(now):
            seller = sellers.setdefault(user_id, {"id": user_id or 0, "months": {}})
            if month is None:
                seller |= {"median": median, "count": count, "in_time": round(100 * in_time / count)}
            else:
                seller["months"][fields.Date.to_string(month)] = median
        names = {user.id: user.name for user in self.env["res.users"].sudo().browse(filter(None, sellers))}
        for user_id, seller in sellers.items():
            seller["name"] = names.get(user_id) or self.env._("Nobody")
        return sorted(sellers.values(), key=lambda seller: (-seller["median"], seller["name"]))

    @api.model
    def _fetch_medians(self, now):
        """Rows of seller, month (None: all of them), median of the hours, quotes, and those in time."""
        Order = self.env["sale.order"]
        Order.flush_model(["user_id", "replied_on", "reply_hours", "reply_deadline", "reply_requested_on"])
        domain = (
            self._get_company_domain()
            & Domain("replied_on", ">=", self._get_since(now))
            & Domain("reply_requested_on", "!=", False)
        )
        return self.env.execute_query(
            SQL(
                """
                SELECT user_id,
                       month,
                       percentile_cont(0.5) WITHIN GROUP (ORDER BY reply_hours),
                       count(*),
                       count(*) FILTER (WHERE replied_on <= reply_deadline)
                  FROM (
                       SELECT *, date_trunc('month', replied_on AT TIME ZONE 'UTC' AT TIME ZONE %(zone)s)::date AS month
                         FROM sale_order
                        WHERE id IN %(quotes)s
                       ) replied
              GROUP BY GROUPING SETS ((user_id, month), (user_id))
                """,
                zone=self.env.tz.zone,
                quotes=Order._search(domain).subselect(),
            )
        )

    @api.model
    def _get_company_domain(self):
        return Domain("company_id", "in", self.env.companies.ids)
