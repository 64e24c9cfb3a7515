"""Requests for approval: one content of a quote, put to somebody who may say yes to it."""

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import formatLang

ACTIVITY = "quote_discounts.mail_activity_type_approval"
MAIL = "quote_discounts.mail_template_approval"


class QuoteDiscountRequest(models.Model):
    """What a seller asked to be allowed, bound to a snapshot of the quote.

    Only the server writes it: the quote's button makes it, the approvers' buttons decide it, a scheduled action passes
    it on, a change for the worse of the quote overtakes it. Each of them is noted in the trail.
    """

    _name = "quote.discount.request"
    _inherit = ["mail.thread", "mail.activity.mixin"]
    _description = "Request for Approval"
    _order = "id desc"
    _check_company_auto = True

    order_id = fields.Many2one("sale.order", string="Quotation", readonly=True, index=True, ondelete="set null")
    order_name = fields.Char(string="Number", readonly=True)
    partner_id = fields.Many2one("res.partner", string="Customer", readonly=True, ondelete="restrict")
    company_id = fields.Many2one("res.company", required=True, readonly=True, ondelete="restrict")
    currency_id = fields.Many2one(related="company_id.currency_id")
    requester_id = fields.Many2one("res.users", string="Asked by", required=True, readonly=True, ondelete="restrict")
    negotiator_ids = fields.Many2many(
        "res.users",
        "quote_discount_request_negotiator_rel",
        string="Negotiated by",
        readonly=True,
        help="Who set the prices of the quote. They don't decide.",
    )
    level_id = fields.Many2one("quote.discount.level", required=True, readonly=True, ondelete="restrict")
    state = fields.Selection(
        [
            ("pending", "To approve"),
            ("approved", "Approved"),
            ("rejected", "Refused"),
            ("expired", "Not answered"),
            ("withdrawn", "Withdrawn"),
            ("superseded", "Overtaken"),
        ],
        required=True,
        default="pending",
        readonly=True,
        index=True,
    )
    snapshot = fields.Json(readonly=True, groups=fields.NO_ACCESS, help="The content that was asked for, with costs.")
    snapshot_html = fields.Html(string="Content Asked For", compute="_compute_snapshot_html", sanitize=False)
    digest = fields.Char(string="Digest of the Content", readonly=True, help="SHA-256 of the content asked for.")
    discount = fields.Float(
        string="Discount Asked", digits="Discount", readonly=True, aggregator="avg", help="Of the line that asks most."
    )
    margin = fields.Float(digits="Discount", readonly=True, groups=fields.NO_ACCESS)
    has_margin = fields.Boolean(readonly=True, groups=fields.NO_ACCESS)
    margin_text = fields.Char(
        string="Margin Left", compute="_compute_margin_text", help="For who decides; with the price it tells the cost."
    )
    amount = fields.Monetary(string="Value", readonly=True, help="The order's value without taxes.")
    reason = fields.Text(string="Why It Is Asked", readonly=True)
    deadline = fields.Datetime(string="Answer by", readonly=True, index=True)
    decided_by_id = fields.Many2one("res.users", string="Decided by", readonly=True, ondelete="restrict")
    decided_on = fields.Datetime(readonly=True)
    on_behalf_of_id = fields.Many2one("res.users", string="In Place of", readonly=True, ondelete="restrict")
    comment = fields.Text(string="Answer", readonly=True)
    decider_ids = fields.Many2many(
        "res.users", "quote_discount_request_decider_rel", string="Who May Decide", readonly=True
    )
    event_ids = fields.One2many("quote.discount.event", "request_id", string="Trail", readonly=True)
    is_trail_intact = fields.Boolean(compute="_compute_is_trail_intact")
    can_decide = fields.Boolean(compute="_compute_can_decide")
    can_withdraw = fields.Boolean(compute="_compute_can_decide")

    _open = models.Index("(deadline) WHERE state = 'pending'")

    # === COMPUTES === #

    @api.depends("event_ids")
    def _compute_is_trail_intact(self):
        for request in self:
            request.is_trail_intact = request.event_ids.sudo()._is_intact()  # the margin is sealed too

    @api.depends("order_name", "partner_id")
    def _compute_display_name(self):
        for request in self:
            request.display_name = f"{request.order_name or ''} - {request.partner_id.display_name or ''}"

    @api.depends("state", "decider_ids", "requester_id")
    @api.depends_context("uid")
    def _compute_can_decide(self):
        for request in self:
            pending = request.state == "pending"
            request.can_decide = pending and self.env.user in request.decider_ids
            request.can_withdraw = pending and self.env.user == request.requester_id

    @api.depends("margin", "has_margin")
    @api.depends_context("uid", "lang")
    def _compute_margin_text(self):
        for request in self:
            known = request.sudo().has_margin and request._may_see_margin()
            request.margin_text = request.sudo()._format_percent("margin") if known else False

    @api.depends("snapshot")
    @api.depends_context("uid", "lang")
    def _compute_snapshot_html(self):
        for request in self:
            snapshot = request.sudo().snapshot or {}  # with costs, which are shown to who decides alone
            values = {
                "lines": snapshot.get("lines", []),
                "currency": self.env["res.currency"].browse(snapshot.get("currency")),
                "format_price": self.env["quote.quick"]._format_price,
                "show_margin": request._may_see_margin(),
            }
            template = "quote_discounts.quote_discount_request_content"
            request.snapshot_html = snapshot and self.env["ir.qweb"]._render(template, values)

    def _may_see_margin(self):
        """Whether the reader decides, or manages; who asked is not told what things cost."""
        self.ensure_one()
        if self.env.su or self.env.user.has_group("quote_discounts.group_quote_manager"):
            return True
        return self.env.user in (self.decider_ids | self.decided_by_id) - self.requester_id - self.negotiator_ids

    # === ACTIONS === #

    def action_open_order(self):
        """Open the quotation that is asked for."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": "sale.order",
            "res_id": self.order_id.id,
            "view_mode": "form",
        }

    # === ASKING === #

    def _announce(self, kind, comment=False):
        """Note a request that somebody is to decide, and tell those who can."""
        self.ensure_one()
        self.env["quote.discount.event"]._note(self, kind, comment)
        self._set_deciders()
        template = self.env.ref(MAIL)
        for user in self.decider_ids:
            words = self.with_context(lang=user.lang or self.env.lang).env
            self.with_context(mail_activity_quick_update=True).activity_schedule(  # the mail below tells more
                ACTIVITY,
                date_deadline=fields.Date.context_today(self, self.deadline or fields.Datetime.now()),
                summary=words._("Approve %(order)s", order=self.order_name),
                note=self.reason or "",
                user_id=user.id,
            )
            if user.partner_id.email:
                template.with_context(lang=user.lang).send_mail(
                    self.id, email_values={"recipient_ids": user.partner_id.ids, "email_to": False}
                )

    def _set_deciders(self):
        """Keep who may decide today, for lists and record rules; a decision is checked anew."""
        for request in self:
            approvers = request.level_id._get_approvers()
            involved = request._get_involved()
            delegates = self.env["res.users"]
            for _delegator, delegate in self.env["quote.discount.delegation"]._get_delegates(
                request.company_id, approvers - involved
            ):
                delegates |= delegate
            request.decider_ids = (approvers | delegates) - involved

    @api.model
    def _refresh_deciders(self, companies):
        pending = Domain("state", "=", "pending") & Domain("company_id", "in", companies.ids)
        self.sudo().search(pending)._set_deciders()  # requests of whomever

    def _get_decision_url(self):
        """Where an approver decides from his mail, after he has logged in."""
        self.ensure_one()
        return f"{self.get_base_url()}/quotes/approval/{self.id}"

    def _format_percent(self, name):
        """A figure of the request as a reader of the mail's language writes it."""
        self.ensure_one()
        return f"{formatLang(self.env, self[name], digits=2)} %"
