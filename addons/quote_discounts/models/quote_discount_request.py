"""Requests for approval: one content of a quote, put to somebody who may say yes to it."""

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import format_date, formatLang

from ..approval.asked import Asked

LIVE = ("pending", "approved")
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
    can_decide = fields.Boolean(compute="_compute_can_decide")
    can_withdraw = fields.Boolean(compute="_compute_can_decide")

    _open = models.Index("(deadline) WHERE state = 'pending'")

    # === COMPUTES === #

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

    def action_approve(self):
        """Say yes; of several requests those that can't be decided are named, and the others are decided."""
        return self._decide_each(True)

    def action_refuse(self):
        """Ask for the reason of a no."""
        if len(self) == 1:
            self._check_may_decide()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Refuse"),
            "res_model": "quote.discount.refusal",
            "view_mode": "form",
            "target": "new",
            "context": {"default_request_ids": self.ids},
        }

    def action_withdraw(self):
        """Take a request back, before it is decided."""
        self.check_access("read")
        for request in self.sudo():  # only the server writes requests
            request._lock_pending()
            if self.env.user not in (request.requester_id, request.order_id.user_id):
                raise UserError(self.env._("Only who asked can take a request back."))
            request._close("withdrawn")
        return True

    def action_open_order(self):
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": "sale.order",
            "res_id": self.order_id.id,
            "view_mode": "form",
        }

    def _decide_each(self, approved, comment=False):
        """Decide several requests; an error of one harms no other.

        :return: True, or a notification that names those that could not be decided
        """
        self.check_access("read")
        if len(self) == 1:
            self._decide(approved, comment)
            return True
        errors = []
        for request in self:
            try:
                with self.env.cr.savepoint():
                    request._decide(approved, comment)
            except UserError as error:
                errors.append(f"{request.display_name}: {error}")
        if not errors:
            return True
        title = self.env._("Decided: %(done)s of %(all)s", done=len(self) - len(errors), all=len(self))
        next_action = {"type": "ir.actions.act_window_close"}
        params = {"title": title, "message": "\n".join(errors), "type": "danger", "sticky": True, "next": next_action}
        return {"type": "ir.actions.client", "tag": "display_notification", "params": params}

    # === DECIDING === #

    def _decide(self, approved, comment=False):
        """Say yes or no as the current user.

        :raise UserError: where he may not, or there is nothing to decide any more
        """
        self.ensure_one()
        request = self.sudo()  # only the server writes requests, for whoever may decide
        request._lock_pending()
        behalf = request._check_may_decide()
        if approved:
            request._check_still_asked()
        elif not (comment or "").strip():
            raise UserError(self.env._("Say why you refuse, so that the seller knows what would do."))
        values = {"decided_by_id": self.env.uid, "decided_on": fields.Datetime.now(), "comment": comment or False}
        request.write({**values, "on_behalf_of_id": behalf.id})
        request._close("approved" if approved else "rejected", comment, behalf)

    def _lock_pending(self):
        """Lock the request, so that two people don't decide it at once.

        :raise UserError: where somebody else is at it, or it is not open any more
        """
        self.ensure_one()
        if not self.try_lock_for_update():
            raise UserError(
                self.env._(
                    "Somebody else is deciding on %(order)s or changing it just now. Try again in a moment.",
                    order=self.order_name or "",
                )
            )
        self.invalidate_recordset(["state"])
        if self.state == "pending":
            return
        states = dict(self._fields["state"]._description_selection(self.env))
        raise UserError(
            self.env._(
                "The request for %(order)s is not open any more: %(state)s. Open the quotation to see what is needed.",
                order=self.order_name or "",
                state=states[self.state].lower(),
            )
        )

    def _check_may_decide(self):
        """Check that the current user may decide.

        :return: in whose place he does, empty where it is his own right
        :raise UserError: where he may not, with the reason
        """
        self.ensure_one()
        request, user = self.sudo(), self.env.user  # the levels are the managers' to read
        involved = request._get_involved()
        if user in involved:
            raise UserError(self.env._("You asked for this or negotiated it yourself: somebody else has to decide."))
        approvers = request.level_id._get_approvers()
        if user in approvers:
            return self.env["res.users"]
        Delegation = self.env["quote.discount.delegation"]
        delegators = Delegation._get_delegators(request.company_id, user) & approvers
        if allowed := delegators - involved:
            return allowed[0]
        if delegators:
            raise UserError(
                self.env._("You stand in for %(name)s, who asked for this himself.", name=delegators[0].name)
            )
        if ended := Delegation._get_ended(request.company_id, user, approvers):
            raise UserError(
                self.env._(
                    "You stood in for %(name)s until %(date)s. Ask for a new delegation.",
                    name=ended.delegator_id.name,
                    date=format_date(self.env, ended.date_to),
                )
            )
        raise UserError(
            self.env._(
                "The level “%(level)s” decides this, and you are not one of its approvers.", level=request.level_id.name
            )
        )

    def _check_still_asked(self):
        """Check that what is approved is what was asked, or better, and that the level may still do so."""
        order = self.order_id
        if not order or order.state == "cancel":
            raise UserError(self.env._("The quotation is cancelled or deleted: there is nothing to approve."))
        if order._compare_with(self.snapshot):
            raise UserError(self.env._("The quotation has changed since. The seller has to ask again."))
        if not self.level_id._covers(self._get_asked()):
            raise UserError(
                self.env._("The level “%(level)s” may not approve so much any more.", level=self.level_id.name)
            )

    def _get_asked(self):
        return Asked(self.discount, self.margin if self.has_margin else None, self.amount)

    def _get_involved(self):
        """Who may not decide: who asked, and who negotiated then or since."""
        return self.requester_id | self.negotiator_ids | self.order_id.order_line.negotiator_id

    def _close(self, state, comment=False, on_behalf_of=None):
        """End a request, note it, and tell who asked."""
        self.state = state
        self.env["quote.discount.event"]._note(self, state, comment, on_behalf_of)
        self.activity_ids.unlink()
        self._tell_requester(state, comment)

    def _tell_requester(self, state, comment):
        """A note on the quote, and a mail or a bell to who asked."""
        if not self.order_id:
            return
        states = dict(self._fields["state"]._description_selection(self.env))
        body = self.env._("Request for approval: %(state)s.", state=states[state].lower())
        partners = self.requester_id.partner_id
        if self.requester_id == self.env.user:
            partners = partners.browse()
        self.order_id.message_post(
            body=f"{body} {comment or ''}".strip(),
            author_id=self.env.user.partner_id.id,
            partner_ids=partners.ids,
            subtype_xmlid="mail.mt_note",
        )

    # === ASKING === #

    def _announce(self, kind, comment=False):
        """Note a request that somebody is to decide, and tell those who can."""
        self.ensure_one()
        self.env["quote.discount.event"]._note(self, kind, comment)
        self._set_deciders()
        template = self.env.ref(MAIL)
        for user in self.decider_ids:
            self.with_context(mail_activity_quick_update=True).activity_schedule(  # the mail below tells more
                ACTIVITY,
                date_deadline=fields.Date.context_today(self, self.deadline or fields.Datetime.now()),
                summary=self.env._("Approve %(order)s", order=self.order_name),
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
