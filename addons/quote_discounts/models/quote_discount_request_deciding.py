"""Requests are decided: by whom, whether there is still something to decide, and who hears of it."""

from odoo import fields, models
from odoo.exceptions import UserError
from odoo.tools import format_date

from ..approval.asked import Asked


class QuoteDiscountRequest(models.Model):
    _inherit = "quote.discount.request"

    # === ACTIONS === #

    def action_approve(self):
        """Say yes; of several requests those that can't be decided are named, and the others are decided."""
        return self._decide_each(True)

    def action_refuse(self):
        """Ask for the reason of a no."""
        self.check_access("read")
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
        words = self.with_context(lang=self.requester_id.lang or self.env.lang).env
        states = dict(self._fields["state"]._description_selection(words))
        body = words._("Request for approval: %(state)s.", state=states[state].lower())
        partners = self.requester_id.partner_id
        if self.requester_id == self.env.user:
            partners = partners.browse()
        self.order_id.message_post(
            body=f"{body} {comment or ''}".strip(),
            author_id=self.env.user.partner_id.id,
            partner_ids=partners.ids,
            subtype_xmlid="mail.mt_note",
        )

    # === CHECKS === #

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
