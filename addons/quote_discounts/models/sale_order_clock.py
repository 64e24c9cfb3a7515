"""How long a customer waits for his quote: by when it should leave, when it did, and who is told where it does not."""

from datetime import timedelta

from pytz import UTC

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools.sql import column_exists, create_column

from .sale_order_leaving import LEFT

COLUMNS = {
    "reply_requested_on": "timestamp",
    "reply_deadline": "timestamp",
    "reply_warning_on": "timestamp",
    "replied_on": "timestamp",
    "reply_hours": "float8",
}
TOLD = ("reply_warned_on", "reply_missed_on")
SERVER_FIELDS = {*COLUMNS, *TOLD}
BATCH = 200
ACTIVITY = "quote_discounts.mail_activity_type_reply"


class SaleOrder(models.Model):
    _inherit = "sale.order"

    reply_requested_on = fields.Datetime(
        string="Asked On",
        compute="_compute_reply_requested_on",
        store=True,
        precompute=True,
        readonly=False,
        copy=False,
        help="When the customer asked for the quote. The time to reply counts from here.",
    )
    reply_deadline = fields.Datetime(
        string="Reply By",
        compute="_compute_reply_deadline",
        store=True,
        precompute=True,
        copy=False,
        help="When the quote should have left, in the company's working hours.",
    )
    reply_warning_on = fields.Datetime(compute="_compute_reply_deadline", store=True, precompute=True, copy=False)
    replied_on = fields.Datetime(
        string="First Left On",
        compute="_compute_replied_on",
        store=True,
        precompute=True,
        copy=False,
        help="When the quote left for the first time: sent, confirmed, or its link shared.",
    )
    reply_hours = fields.Float(
        string="Hours to Reply",
        compute="_compute_reply_hours",
        store=True,
        precompute=True,
        copy=False,
        aggregator="avg",
        help="Working hours between the request and the first time that the quote left.",
    )
    reply_warned_on = fields.Datetime(copy=False, readonly=True)
    reply_missed_on = fields.Datetime(copy=False, readonly=True)
    reply_status = fields.Selection(
        [
            ("waiting", "Waiting"),
            ("near", "Nearly Late"),
            ("late", "Late"),
            ("in_time", "In Time"),
            ("too_late", "Too Late"),
        ],
        string="Reply",
        compute="_compute_reply_status",
    )

    _reply_waiting_idx = models.Index("(reply_warning_on) WHERE replied_on IS NULL AND state = 'draft'")

    def _auto_init(self):
        # OVERRIDE: the clock starts with the app; when the quotes already there were asked for is not known.
        for name, kind in COLUMNS.items():
            if not column_exists(self.env.cr, self._table, name):
                create_column(self.env.cr, self._table, name, kind)
        return super()._auto_init()

    # === COMPUTES === #

    @api.depends("opportunity_id", "company_id")
    def _compute_reply_requested_on(self):
        """Now; for the first quote of an opportunity, when the opportunity came in."""
        now = fields.Datetime.now()
        quoted = self._get_quoted_opportunities()
        for order in self:
            if order.replied_on or order.state in LEFT:
                order.reply_requested_on = order.reply_requested_on
            elif not order._is_reply_expected():
                order.reply_requested_on = False
            else:
                asked = order._origin.create_date or now
                lead = order.opportunity_id.sudo()  # when it came in, whoever follows it
                if lead.create_date and not quoted.get(lead.id, set()) - set(order._origin.ids):
                    asked = min(asked, lead.create_date)
                order.reply_requested_on = asked.replace(microsecond=0)

    @api.depends("reply_requested_on", "company_id")
    def _compute_reply_deadline(self):
        """In the working hours of the company, leaves left out; the same question is asked once."""
        known = {}
        for order in self:
            key = (order.company_id, order.reply_requested_on)
            if key not in known:
                known[key] = order.company_id._get_reply_times(order.reply_requested_on)
            order.reply_warning_on, order.reply_deadline = known[key]

    @api.depends("state")
    def _compute_replied_on(self):
        """The first time stays, whatever becomes of the quote."""
        now = fields.Datetime.now()
        for order in self:
            order.replied_on = order.replied_on or (now if order.state in LEFT else False)

    @api.depends("replied_on", "reply_requested_on")
    def _compute_reply_hours(self):
        for order in self:
            order.reply_hours = (
                order.company_id._get_working_hours(order.reply_requested_on, order.replied_on)
                if order.replied_on and order.reply_requested_on
                else 0.0
            )

    @api.depends("reply_deadline", "reply_warning_on", "replied_on", "state")
    def _compute_reply_status(self):
        now = fields.Datetime.now()
        for order in self:
            if not order.reply_deadline:
                order.reply_status = False
            elif order.replied_on:
                order.reply_status = "in_time" if order.replied_on <= order.reply_deadline else "too_late"
            elif order.state != "draft":
                order.reply_status = False
            elif order.reply_deadline < now:
                order.reply_status = "late"
            else:
                order.reply_status = "near" if order.reply_warning_on <= now else "waiting"

    # === CRUD === #

    @api.model
    def _get_server_fields(self):
        # OVERRIDE: when a quote was asked for and when it left is for the server to say.
        return super()._get_server_fields() | SERVER_FIELDS

    @api.model
    def _get_released_fields(self, creating):
        # OVERRIDE: a sales manager may correct when a customer asked.
        released = super()._get_released_fields(creating)
        if creating or not self.env.user.has_group("sales_team.group_sale_manager"):
            return released
        return released | {"reply_requested_on"}

    def write(self, vals):
        # OVERRIDE: what has left needs no reminder.
        reminded = self.sudo().filtered(lambda order: not order.replied_on and order.reply_warned_on)
        result = super().write(vals)
        if reminded and vals.get("state"):
            reminded._close_reminders()
        return result

    # === LEAVING === #

    def _note_reply(self):
        """Note that the customer has got the quote, where he had not before; for every way that is not a state."""
        orders = self.sudo()  # the server notes it
        waiting = orders.filtered(lambda order: not order.replied_on and order.state != "cancel")
        if waiting:
            waiting.replied_on = fields.Datetime.now()
            waiting._close_reminders()

    def _close_reminders(self):
        """Whoever was told to reply has done so, or need not any more."""
        self.filtered(lambda order: order.state != "draft" or order.replied_on).activity_unlink([ACTIVITY])

    def _message_post_after_hook(self, message, msg_vals):
        # OVERRIDE: the quote may go as a file, without the button that marks it as sent.
        result = super()._message_post_after_hook(message, msg_vals)
        if self and self.state == "draft" and not self.sudo().replied_on and self._is_quote_mail(message):
            self._note_reply()
        return result

    def _is_quote_mail(self, message):
        """Whether the message takes the quote to the customer: written by one of ours, to him, with a file; hook."""
        self.ensure_one()
        customers = self.partner_id | self.partner_id.commercial_partner_id
        author = message.author_id.sudo().user_ids.filtered(lambda user: not user.share)  # who of us it is
        return bool(
            message.message_type in ("comment", "email_outgoing")
            and not message.is_internal
            and message.attachment_ids
            and author
            and message.partner_ids.commercial_partner_id & customers.commercial_partner_id
        )

    # === REMINDERS === #

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

    def _get_reminder_date(self):
        self.ensure_one()
        zone = self._get_reminded_user().tz or self.company_id.resource_calendar_id.tz or "UTC"
        return fields.Datetime.context_timestamp(self.with_context(tz=zone), self.reply_deadline).date()

    def _get_reminded_user(self):
        """Who is told: the salesperson, else the head of his team, else who wrote the quote; hook."""
        self.ensure_one()
        candidates = (self.user_id, self.team_id.user_id, self.create_uid)
        return next((user for user in candidates if user.active and not user.share), self.env.user)

    # === HOOKS === #

    def _is_reply_expected(self):
        """Whether somebody waits for this quote: not where the customer made the order himself; hook."""
        self.ensure_one()
        if not self.company_id.quote_reply_hours:
            return False
        if self.sudo().listino_request_key or self.sudo().listino_share_id:  # asked for online: the clock's main case
            return True
        author = self.create_uid or self.env.user
        return not (author.share and self.company_id.quote_reply_skips_online)

    def _get_quoted_opportunities(self):
        """Which opportunities have quotes already.

        :return: ids of quotes by id of the opportunity
        :rtype: dict[int, set]
        """
        leads = self.opportunity_id
        if not leads:
            return {}
        groups = self.sudo()._read_group([("opportunity_id", "in", leads.ids)], ["opportunity_id"], ["id:array_agg"])
        return {lead.id: set(ids) for lead, ids in groups}


class ResCompany(models.Model):
    _inherit = "res.company"

    quote_reply_hours = fields.Float(
        string="Hours to Reply",
        default=16.0,
        help="Working hours within which a quote should leave, counted from the request. Two days of eight hours are "
        "16. 0 stops the clock.",
    )
    quote_reply_warn_hours = fields.Float(
        string="Remind Before",
        default=4.0,
        help="Working hours before the end at which the salesperson is reminded.",
    )
    quote_reply_skips_online = fields.Boolean(
        string="Leave Out Online Orders",
        default=True,
        help="Orders that customers make themselves on the website or portal wait for no reply. Requests from a price "
        "list's page always do.",
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
