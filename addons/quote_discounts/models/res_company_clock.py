"""How long a company takes to reply, in its own working hours."""

from datetime import timedelta

from pytz import UTC

from odoo import fields, models


class ResCompany(models.Model):
    _inherit = "res.company"

    quote_reply_hours = fields.Float(
        string="Hours to Reply",
        default=16.0,
        help="Working hours within which a quote should leave, counted from the request. Two days of eight hours are "
        "16. 0 stops the clock.",
        groups="base.group_user",
    )
    quote_reply_warn_hours = fields.Float(
        string="Remind Before",
        default=4.0,
        help="Working hours before the end at which the salesperson is reminded.",
        groups="base.group_user",
    )
    quote_reply_skips_online = fields.Boolean(
        string="Leave Out Online Orders",
        default=True,
        help="Orders that customers make themselves on the website or portal wait for no reply. Requests from a price "
        "list's page always do.",
        groups="base.group_user",
    )

    _quote_reply_hours_are_positive = models.Constraint(
        "CHECK(quote_reply_hours >= 0 AND quote_reply_warn_hours >= 0)", "The hours to reply can't be less than zero."
    )

    def _get_reply_times(self, asked):
        """When to remind and by when to reply.

        :param asked: datetime of the request, in UTC
        :return: pair of datetimes in UTC, or of False where the clock stands
        """
        hours = self.quote_reply_hours
        if not asked or not hours:
            return False, False
        warn = max(hours - self.quote_reply_warn_hours, 0.0)
        return self._plan_working_hours(asked, warn), self._plan_working_hours(asked, hours)

    def _plan_working_hours(self, start, hours):
        """The moment so many working hours after another; plain hours where the calendar has none."""
        calendar = self.sudo().resource_calendar_id  # everybody's quotes have a deadline
        planned = calendar and calendar.plan_hours(hours, UTC.localize(start), compute_leaves=True)
        return planned.astimezone(UTC).replace(tzinfo=None) if planned else start + timedelta(hours=hours)

    def _get_working_hours(self, start, end):
        """Working hours between two moments; plain hours where there is no calendar."""
        if end <= start:
            return 0.0
        calendar = self.sudo().resource_calendar_id
        if not calendar:
            return (end - start).total_seconds() / 3600
        return calendar.get_work_hours_count(start, end, compute_leaves=True)


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    quote_reply_hours = fields.Float(related="company_id.quote_reply_hours", readonly=False)
    quote_reply_warn_hours = fields.Float(related="company_id.quote_reply_warn_hours", readonly=False)
    quote_reply_skips_online = fields.Boolean(related="company_id.quote_reply_skips_online", readonly=False)
