"""Approval is asked for a quote as it is, and once more where the quote has become a worse deal since."""

from odoo import fields, models
from odoo.exceptions import UserError

from .sale_order import QUOTE_STATES

LIVE = ("pending", "approved")


class SaleOrder(models.Model):
    _inherit = "sale.order"

    def action_ask_approval(self):
        """Open the dialog that asks for the reason."""
        self.ensure_one()
        self._check_askable()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Ask for approval"),
            "res_model": "quote.discount.asking",
            "view_mode": "form",
            "target": "new",
            "context": {"default_order_id": self.id},
        }

    def action_withdraw_approval(self):
        """Take the open request back."""
        self.ensure_one()
        self.check_access("write")
        pending = self.discount_request_ids.filtered(lambda request: request.state == "pending")
        return pending.action_withdraw()

    def _check_askable(self):
        """Check that there is something to ask for.

        :return: the verdict
        """
        self.ensure_one()
        self.check_access("write")
        verdict = self._get_verdict()
        if self.state not in QUOTE_STATES:
            raise UserError(self.env._("Only quotations are approved. Set the order back to a quotation first."))
        if verdict.is_covered:
            raise UserError(self.env._("This quotation needs no approval: it is within what you may give."))
        if verdict.faults:
            raise UserError("\n".join(verdict.faults))
        if verdict.status == "pending":
            raise UserError(self.env._("Approval was asked for already. Wait for the answer, or take it back."))
        return verdict

    def _ask_approval(self, reason):
        """Put the quote as it is now to the lowest level that suffices.

        :param str reason: why the seller asks
        :return: the request
        """
        self.ensure_one()
        verdict = self._check_askable()
        if not (reason or "").strip():
            raise UserError(self.env._("Say why this quotation deserves more than the limits give."))
        order = self.sudo()  # only the server writes requests, and levels are not the seller's to read
        asked = order._get_asked(verdict.findings)
        involved = self.env.user | order.order_line.negotiator_id
        level = self.env["quote.discount.level"]._find_level(order.company_id, asked, involved)
        if not level:
            raise UserError(self._describe_missing_level(asked))
        order._supersede_requests(self.env._("Asked anew."))
        values = order._prepare_request_vals(verdict.findings, asked, level, reason.strip())
        request = order.env["quote.discount.request"].create({**values, "requester_id": self.env.uid})
        request._announce("asked", reason.strip())
        return request.with_env(self.env)

    def _prepare_request_vals(self, findings, asked, level, reason):
        snapshot = self._take_snapshot(findings)
        return {
            "order_id": self.id,
            "order_name": self.name,
            "partner_id": self.partner_id.id,
            "company_id": self.company_id.id,
            "negotiator_ids": [fields.Command.set(self.order_line.negotiator_id.ids)],
            "level_id": level.id,
            "snapshot": snapshot,
            "digest": self._digest_of(snapshot),
            "discount": asked.discount,
            "margin": asked.margin or 0.0,
            "has_margin": asked.margin is not None,
            "amount": asked.amount,
            "reason": reason,
            "deadline": level._get_deadline(),
        }

    def _supersede_requests(self, comment):
        """Close the live requests visibly, since the quote is not what they were about any more."""
        for request in self.sudo().discount_request_ids.filtered(lambda request: request.state in LIVE):
            request._close("superseded", comment)

    def _supersede_where_worse(self):
        """Close live requests of quotes that have become a worse deal than what they ask for or allow."""
        for order in self:
            if order.discount_request_ids.filtered(lambda request: request.state in LIVE):
                verdict = order._get_verdict()
                if verdict.worse:
                    order._supersede_requests(" ".join(order._describe_worse(worse) for worse in verdict.worse))
