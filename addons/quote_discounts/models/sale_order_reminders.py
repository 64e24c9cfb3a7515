"""Salespeople are reminded of quotes that should leave soon, or should have left; see ``sale_order_clock.py``."""

from odoo import api, fields, models
from odoo.fields import Domain

from .sale_order_clock import ACTIVITY

BATCH = 200


class SaleOrder(models.Model):
    _inherit = "sale.order"

    @api.model
    def _cron_remind_of_replies(self):
        """Tell the salesperson where a quote should leave soon, and where it should have left; each once a quote."""
        progress = self.env["ir.cron"]._commit_progress
        now = fields.Datetime.now()
        for domain in (self._get_missed_domain(now), self._get_near_domain(now)):
            tried = Domain.TRUE
            while orders := self.search(domain & tried, limit=BATCH, order="id"):
                tried = Domain("id", ">", orders[-1].id)
                orders = orders.try_lock_for_update().filtered_domain(domain)
                for company, quotes in orders.grouped("company_id").items():
                    quotes.with_company(company)._remind_of_reply(now)
                if not progress(processed=len(orders), remaining=self.search_count(domain & tried)):
                    return

    def _remind_of_reply(self, now):
        """An activity for each quote; the earlier one of the same quote goes."""
        missed = self.filtered(lambda order: order.reply_deadline <= now)
        missed.activity_unlink([ACTIVITY])
        groups = self.grouped(lambda order: (order._get_reminded_user(), order._get_reminder_date(), order in missed))
        for (user, date, is_missed), orders in groups.items():
            env = orders.with_context(lang=user.lang or self.env.lang).env
            summary = env._("The quote should have left") if is_missed else env._("The quote should leave")
            orders.activity_schedule(ACTIVITY, date_deadline=date, summary=summary, user_id=user.id)
        missed.write({"reply_missed_on": now, "reply_warned_on": now})
        (self - missed).write({"reply_warned_on": now})

    def _close_reminders(self):
        """Whoever was told to reply has done so, or need not any more."""
        self.filtered(lambda order: order.state != "draft" or order.replied_on).activity_unlink([ACTIVITY])

    # === WHICH QUOTES === #

    @api.model
    def _get_waiting_domain(self):
        """Quotes that somebody waits for."""
        return Domain("state", "=", "draft") & Domain("replied_on", "=", False) & Domain("reply_deadline", "!=", False)

    @api.model
    def _get_near_domain(self, now):
        return (
            self._get_waiting_domain()
            & Domain("reply_warning_on", "<=", now)
            & Domain("reply_deadline", ">", now)
            & Domain("reply_warned_on", "=", False)
        )

    @api.model
    def _get_missed_domain(self, now):
        return self._get_waiting_domain() & Domain("reply_deadline", "<=", now) & Domain("reply_missed_on", "=", False)

    # === WHO AND WHEN === #

    def _get_reminder_date(self):
        self.ensure_one()
        zone = self._get_reminded_user().tz or self.company_id.resource_calendar_id.tz or "UTC"
        return fields.Datetime.context_timestamp(self.with_context(tz=zone), self.reply_deadline).date()

    def _get_reminded_user(self):
        """Who is told: the salesperson, else the head of his team, else who wrote the quote; hook."""
        self.ensure_one()
        candidates = (self.user_id, self.team_id.user_id, self.create_uid)
        return next((user for user in candidates if user.active and not user.share), self.env.user)
