"""What is to be done today, by whom, in which order."""

from pytz import timezone, utc

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

USER = "lifecycle_crm.group_lifecycle_user"
KINDS = [
    ("play", "Call of a play"),
    ("contact", "Promised call"),
    ("case", "Case due"),
    ("reply", "Waits for an answer"),
]


class LifecycleToday(models.Model):
    """The list of the day, out of four sources. A customer is on it for one call, whatever the reasons.

    The calls beyond a salesperson's quota stay for tomorrow; the oldest promises come first, so nobody is forgotten.
    """

    _name = "lifecycle.today"
    _description = "What Is to Be Done Today"
    _auto = False
    _order = "promised_on, id"
    _rec_name = "partner_id"
    _depends = {
        "lifecycle.call": ["company_id", "user_id", "date", "channel"],
        "lifecycle.case": ["company_id", "partner_id", "user_id", "deadline", "state"],
        "lifecycle.claim": ["partner_id", "company_id", "user_id", "until"],
        "lifecycle.reply": ["company_id", "partner_id", "user_id", "due_on", "answered_on", "res_model", "res_id"],
        "lifecycle.status": ["company_id", "partner_id", "next_contact_date"],
        "lifecycle.touch": ["company_id", "partner_id", "user_id", "listed_on", "state", "not_before", "due_on"],
        "res.company": ["lifecycle_call_quota", "lifecycle_caller_id"],
        "res.partner": ["user_id"],
        "res.users": ["active", "company_ids", "group_ids", "lifecycle_call_quota"],
    }

    kind = fields.Selection(KINDS, readonly=True)
    is_call = fields.Boolean(readonly=True)
    promised_on = fields.Date(string="Promised for", readonly=True)
    company_id = fields.Many2one("res.company", readonly=True)
    partner_id = fields.Many2one("res.partner", string="Customer", readonly=True)
    user_id = fields.Many2one("res.users", string="Salesperson", readonly=True)
    touch_id = fields.Many2one("lifecycle.touch", readonly=True)
    status_id = fields.Many2one("lifecycle.status", readonly=True)
    case_id = fields.Many2one("lifecycle.case", readonly=True)
    reply_id = fields.Many2one("lifecycle.reply", readonly=True)
    claimed_by_id = fields.Many2one("res.users", string="Is Calling", readonly=True)
    phone = fields.Char(compute="_compute_phone")
    reason = fields.Char(compute="_compute_reason")
    stage_id = fields.Many2one(related="status_id.stage_id")
    last_order_date = fields.Date(related="status_id.last_order_date")

    @property
    def _table_query(self):
        return SQL(
            """
            SELECT item.*, item.kind IN ('play', 'contact') AS is_call, claim.user_id AS claimed_by_id
              FROM (%(calls)s UNION ALL %(cases)s UNION ALL %(replies)s) item
         LEFT JOIN lifecycle_claim claim
                ON claim.partner_id = item.partner_id AND claim.company_id = item.company_id AND claim.until > %(now)s
               AND item.kind IN ('play', 'contact')
            """,
            calls=self._get_calls_query(),
            cases=self._get_cases_query(),
            replies=self._get_replies_query(),
            now=fields.Datetime.now(),
        )

    @api.model
    def _get_days_query(self):
        """The business day of each company that is looked at, the moment at which it began, and the company's zone."""
        rows = []
        for company in self.env.companies:
            today = company._lifecycle_today()
            zone = company.lifecycle_tz or "Europe/Rome"
            midnight = timezone(zone).localize(fields.Datetime.to_datetime(today)).astimezone(utc).replace(tzinfo=None)
            rows.append(SQL("(%s, %s::date, %s::timestamp, %s)", company.id, today, midnight, zone))
        return SQL("(VALUES %s) AS day (company_id, today, midnight, zone)", SQL(", ").join(rows))

    @api.model
    def _get_calls_query(self):
        """One call a customer, within the quota of who makes it."""
        return SQL(
            """
            SELECT ranked.id, ranked.kind, ranked.promised_on, ranked.company_id, ranked.partner_id, ranked.user_id,
                   ranked.touch_id, ranked.status_id, NULL::int AS case_id, NULL::int AS reply_id
              FROM (SELECT one.*, row_number() OVER (
                               PARTITION BY one.company_id, one.user_id ORDER BY one.promised_on, one.id) AS place
                      FROM (%(wanted)s) one) ranked
              JOIN res_company company ON company.id = ranked.company_id
              JOIN %(days)s ON day.company_id = ranked.company_id
         LEFT JOIN res_users caller ON caller.id = ranked.user_id
         LEFT JOIN LATERAL (
                   SELECT count(*) AS made FROM lifecycle_call call
                    WHERE call.company_id = ranked.company_id AND call.user_id = ranked.user_id
                      AND call.channel = 'call' AND call.date >= day.midnight) done ON TRUE
             CROSS JOIN LATERAL (
                   SELECT COALESCE(NULLIF(caller.lifecycle_call_quota, 0), company.lifecycle_call_quota, 0) AS quota
                   ) allowed
             WHERE ranked.user_id IS NULL OR allowed.quota = 0 OR ranked.place <= allowed.quota - done.made
            """,
            wanted=self._get_wanted_query(),
            days=self._get_days_query(),
        )

    @api.model
    def _get_wanted_query(self):
        """Who is to be called, one row a customer: the step of a play before a day that was agreed, old before new."""
        return SQL(
            """
            SELECT DISTINCT ON (wanted.company_id, wanted.partner_id)
                   wanted.id, wanted.kind, wanted.promised_on, wanted.company_id, wanted.partner_id, wanted.touch_id,
                   known.id AS status_id,
                   COALESCE(chosen.user_id, salesperson.user_id, caller.user_id) AS user_id
              FROM (SELECT touch.id * 4 AS id, 'play' AS kind, 0 AS rank, touch.company_id, touch.partner_id,
                           touch.id AS touch_id, touch.user_id,
                           (COALESCE(touch.not_before, touch.due_on)
                               AT TIME ZONE 'UTC' AT TIME ZONE day.zone)::date AS promised_on
                      FROM lifecycle_touch touch
                      JOIN %(days)s ON day.company_id = touch.company_id
                     WHERE touch.state = 'due' AND touch.listed_on IS NOT NULL
                       AND (touch.not_before IS NULL OR touch.not_before <= %(now)s)
                     UNION ALL
                    SELECT status.id * 4 + 1, 'contact', 1, status.company_id, status.partner_id, NULL, NULL,
                           status.next_contact_date
                      FROM lifecycle_status status
                      JOIN %(days)s ON day.company_id = status.company_id
                     WHERE status.next_contact_date <= day.today) wanted
              JOIN res_company company ON company.id = wanted.company_id
              JOIN res_partner partner ON partner.id = wanted.partner_id
         LEFT JOIN %(callers)s chosen
                ON chosen.company_id = wanted.company_id AND chosen.user_id = wanted.user_id
         LEFT JOIN %(callers)s salesperson
                ON salesperson.company_id = wanted.company_id AND salesperson.user_id = partner.user_id
         LEFT JOIN %(callers)s caller
                ON caller.company_id = wanted.company_id AND caller.user_id = company.lifecycle_caller_id
         LEFT JOIN lifecycle_status known
                ON known.partner_id = wanted.partner_id AND known.company_id = wanted.company_id
             ORDER BY wanted.company_id, wanted.partner_id, wanted.rank, wanted.promised_on, wanted.id
            """,
            now=fields.Datetime.now(),
            days=self._get_days_query(),
            callers=self._get_callers_query(),
        )

    @api.model
    def _get_callers_query(self):
        """Who may be given something to do, by company: who can see the list.

        A salesperson need not be a user of the lifecycle; whoever owned a case may have left. What is theirs is
        everybody's, or else nobody would find it. New cases go by ``_lifecycle_pick_owner`` of the company.
        """
        about = [("all_group_ids", "in", self.env.ref(USER).ids), ("active", "=", True)]
        users = self.env["res.users"].sudo()._search(about)  # which users, nothing else of them
        return SQL(
            "(SELECT cid AS company_id, user_id FROM res_company_users_rel WHERE user_id IN %s)", users.subselect()
        )

    @api.model
    def _get_cases_query(self):
        """Cases that are due and in our hands; one whose customer waits for an answer is listed for that."""
        return SQL(
            """
            SELECT post.id * 4 + 2, 'case', post.deadline, post.company_id, post.partner_id, owner.user_id,
                   NULL::int, NULL::int, post.id, NULL::int
              FROM lifecycle_case post
              JOIN %(days)s ON day.company_id = post.company_id
         LEFT JOIN %(callers)s owner ON owner.company_id = post.company_id AND owner.user_id = post.user_id
             WHERE post.state IN ('new', 'us') AND post.deadline <= day.today
               AND NOT EXISTS (
                       SELECT 1 FROM lifecycle_reply reply
                        WHERE reply.res_model = 'lifecycle.case' AND reply.res_id = post.id
                          AND reply.answered_on IS NULL)
            """,
            days=self._get_days_query(),
            callers=self._get_callers_query(),
        )

    @api.model
    def _get_replies_query(self):
        """Customers who wait for an answer."""
        return SQL(
            """
            SELECT reply.id * 4 + 3, 'reply', (reply.due_on AT TIME ZONE 'UTC' AT TIME ZONE day.zone)::date,
                   reply.company_id, reply.partner_id, owner.user_id, NULL::int, NULL::int, NULL::int, reply.id
              FROM lifecycle_reply reply
              JOIN %(days)s ON day.company_id = reply.company_id
         LEFT JOIN %(callers)s owner ON owner.company_id = reply.company_id AND owner.user_id = reply.user_id
             WHERE reply.answered_on IS NULL
            """,
            callers=self._get_callers_query(),
            days=self._get_days_query(),
        )

    # === COMPUTE METHODS === #

    @api.depends("partner_id", "touch_id")
    def _compute_phone(self):
        for item in self:
            item.phone = item.touch_id.contact_id.phone or item.partner_id.phone

    @api.depends("kind")
    @api.depends_context("lang")
    def _compute_reason(self):
        """Why he is on the list."""
        for item in self:
            if item.case_id:
                item.reason = item.case_id.display_name
            elif item.reply_id:
                item.reason = item.reply_id.subject
            elif item.touch_id:
                play, words = item.touch_id.play_id.name, item.status_id.reason_text
                item.reason = f"{play}: {words}" if words else play
            else:
                item.reason = item.status_id._get_promise_words()

    # === ACTIONS === #

    def action_open(self):
        """What is to be done: the call, the case, or the thread to answer in."""
        self.ensure_one()
        if self.case_id:
            return self.case_id._show(self.case_id)
        if self.reply_id:
            return self.reply_id.action_open()
        return self._open_call()

    def _open_call(self):
        claims = self.env["lifecycle.claim"]
        if not claims._claim(self.partner_id, self.company_id):
            colleague = claims._get_other(self.partner_id, self.company_id).name
            raise UserError(
                self.env._(
                    "%(colleague)s is calling %(customer)s at the moment.",
                    colleague=colleague,
                    customer=self.partner_id.display_name,
                )
            )
        status = self.status_id or self.env["lifecycle.status"]._get(self.partner_id, self.company_id)
        wizard = self.env["lifecycle.call.wizard"].create({"touch_id": self.touch_id.id, "status_id": status.id})
        return wizard._get_form_action()

    @api.model
    def _get_next(self):
        """The next call of the user that nobody else is making.

        :return: an item, none: that was all
        """
        self.invalidate_model()
        mine = [("is_call", "=", True), ("user_id", "in", [self.env.uid, False])]
        free = [("claimed_by_id", "in", [self.env.uid, False])]
        return self.search([*mine, *free, ("company_id", "in", self.env.companies.ids)], limit=1)
