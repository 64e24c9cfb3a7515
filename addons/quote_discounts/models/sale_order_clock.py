"""How long a customer waits for his quote: by when it should leave, and when it did."""

from odoo import api, fields, models

from odoo.addons.listino_pricelist.models.empty_columns import create_empty_columns

from .sale_order_leaving import LEFT

COLUMNS = {
    "reply_requested_on": "timestamp",
    "reply_deadline": "timestamp",
    "reply_warning_on": "timestamp",
    "replied_on": "timestamp",
    "reply_hours": "float8",
}
SERVER_FIELDS = {*COLUMNS, "reply_warned_on", "reply_missed_on"}
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
        is_internal=True,
    )
    reply_deadline = fields.Datetime(
        string="Reply By",
        compute="_compute_reply_deadline",
        store=True,
        precompute=True,
        copy=False,
        help="When the quote should have left, in the company's working hours.",
        is_internal=True,
    )
    reply_warning_on = fields.Datetime(
        compute="_compute_reply_deadline", store=True, precompute=True, copy=False, is_internal=True
    )
    replied_on = fields.Datetime(
        string="First Left On",
        compute="_compute_replied_on",
        store=True,
        precompute=True,
        copy=False,
        help="When the quote left for the first time: sent, confirmed, or its link shared.",
        is_internal=True,
    )
    reply_hours = fields.Float(
        string="Hours to Reply",
        compute="_compute_reply_hours",
        store=True,
        precompute=True,
        copy=False,
        aggregator="avg",
        help="Working hours between the request and the first time that the quote left.",
        is_internal=True,
    )
    reply_warned_on = fields.Datetime(copy=False, readonly=True, is_internal=True)
    reply_missed_on = fields.Datetime(copy=False, readonly=True, is_internal=True)
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
        is_internal=True,
    )

    _reply_waiting_idx = models.Index("(reply_warning_on) WHERE replied_on IS NULL AND state = 'draft'")

    def _auto_init(self):
        # OVERRIDE: the clock starts with the app; when the quotes already there were asked for is not known.
        create_empty_columns(self, COLUMNS)
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
