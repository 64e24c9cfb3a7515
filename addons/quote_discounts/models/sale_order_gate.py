"""The gate: an order that is beyond everybody's authority is neither sent nor sold, whichever way it is tried.

It stands behind ``create``, ``write`` and ``unlink`` of orders and lines, since all ways lead there: buttons, mails,
imports, copies, the portal, payments, other apps. It looks at the order as it is after the outermost of these calls, so
that nobody is stopped halfway. No right, context or superuser mode opens it; only a content that somebody answers for.
"""

from contextlib import contextmanager

from odoo import api, models
from odoo.exceptions import UserError
from odoo.tools import SQL

from .sale_order import QUOTE_STATES

KEY = "quote_gate"
BINDING = ("sent", "sale")
SERVER_FIELDS = {"discount_status", "authorised_content"}
HARMLESS = {
    *SERVER_FIELDS,
    "access_token",
    "activity_ids",
    "block_snapshot",
    "client_order_ref",
    "commitment_date",
    "discount_request_ids",
    "locked",
    "medium_id",
    "message_follower_ids",
    "message_ids",
    "message_main_attachment_id",
    "note",
    "origin",
    "pending_email_template_id",
    "reference",
    "replied_on",
    "reply_missed_on",
    "reply_warned_on",
    "signature",
    "signed_address",
    "signed_by",
    "signed_digest",
    "signed_on",
    "signed_user_agent",
    "source_id",
    "tag_ids",
}
HARMLESS_ON_LINES = {
    "analytic_distribution",
    "customer_lead",
    "invoice_lines",
    "name",
    "qty_delivered",
    "sequence",
}


class Gate:
    """In the context, the mark of a change that is looked at when it is done, and what it touched.

    A client can name the key but never make the object.
    """

    def __init__(self):
        self.states = {}
        self.creating = 0

    def note_before(self, orders):
        """Remember the orders as they are before the change.

        Orders that were sold before this app kept what was agreed are measured by what they are now.
        """
        unknown = orders.sudo().browse(order_id for order_id in orders.ids if order_id not in self.states).exists()
        for order in unknown:
            self.states[order.id] = None if self.creating else order.state
            if not self.creating and order.state == "sale" and not order.authorised_content:
                order.authorised_content = order._take_snapshot()

    def note_after(self, orders):
        """Have orders looked at that came up during the change; what they are now proves nothing."""
        for order_id in orders.ids:
            self.states.setdefault(order_id, None)


class SaleOrder(models.Model):
    _inherit = "sale.order"

    # === CRUD === #

    @api.model
    def _get_server_fields(self):
        # OVERRIDE: whether a quotation is approved is for the server to say.
        return super()._get_server_fields() | SERVER_FIELDS

    @api.model_create_multi
    def create(self, vals_list):
        # OVERRIDE: an order is not born sent or sold beyond what anybody may give.
        with self._guard(self.browse()) as (guarded, gate):
            gate.creating += 1
            orders = super(SaleOrder, guarded).create(vals_list)
            gate.creating -= 1
            gate.note_after(orders)
        return orders.with_env(self.env)

    def write(self, vals):
        # OVERRIDE: nor does it become so.
        if HARMLESS.issuperset(vals):
            return super().write(vals)
        with self._guard(self) as (guarded, _gate):
            return super(SaleOrder, guarded).write(vals)

    def _recompute_prices(self):
        # OVERRIDE: prices are cleared and taken anew in several steps; only the last one counts.
        with self._guard(self) as (guarded, _gate):
            return super(SaleOrder, guarded)._recompute_prices()

    # === GATE === #

    def _is_offer_allowed(self):
        """Whether the customer may have the order as an offer: its paper, its page, its payment.

        Here, in the outermost class, so that nothing answers before it.
        """
        self.ensure_one()
        return self.state in ("sale", "cancel") or self._is_within_authority()

    @contextmanager
    def _guard(self, orders):
        """Let a change happen, and look at what became of the orders when the outermost one is done.

        :param orders: those that are about to change
        :return: the records with the gate in their context, and the gate
        """
        gate = self.env.context.get(KEY)
        if isinstance(gate, Gate):
            gate.note_before(orders)
            yield self, gate
            return
        gate = Gate()
        gate.note_before(orders)
        yield self.with_context(**{KEY: gate}), gate
        self.env["sale.order"]._close_gate(gate)

    @api.model
    def _close_gate(self, gate):
        """Look at the orders that a change touched.

        :raise UserError: where an order was brought into, or changed in, a binding state beyond all authority
        """
        orders = self.sudo().browse(gate.states).exists()  # what is checked does not depend on who reads it
        for order in orders.filtered(lambda order: order.state in BINDING):
            verdict = order._get_verdict()
            if verdict.is_covered:
                if verdict.is_fresh:
                    order.authorised_content = order._take_snapshot()
            elif gate.states[order.id] == "sent" and order.state == "sent":
                order._take_back(verdict)
            else:
                raise UserError(
                    order.with_env(self.env)._explain_refusal(verdict, was_sold=gate.states[order.id] == "sale")
                )
        orders.filtered(lambda order: order.state in QUOTE_STATES)._supersede_where_worse()
        orders.filtered(lambda order: order.state == "cancel")._supersede_requests(self.env._("Cancelled."))
        orders._touch()

    def _take_back(self, verdict):
        """An offer that was made worse is not out any more until somebody has said yes."""
        self.ensure_one()
        self.write({"state": "draft"})
        self.message_post(
            body=self.env._(
                "Not valid as an offer any more, since it is beyond the limits: %(why)s",
                why=self._describe_verdict(verdict),
            ),
            subtype_xmlid="mail.mt_note",
        )

    def _touch(self):
        """Make a concurrent change of the same orders wait and look again, instead of passing the gate unseen."""
        if self.ids:
            self.env.execute_query(
                SQL("UPDATE sale_order SET write_date = write_date WHERE id IN %s RETURNING id", self._ids)
            )

    def _explain_refusal(self, verdict, was_sold=False):
        """Why an order does not pass, and what to do.

        :param bool was_sold: whether it was an order already, and not a quote
        """
        self.ensure_one()
        what = self._describe_verdict(verdict)
        if was_sold:
            advice = self.env._(
                "Change less, set it back to a quotation and ask for approval, or have somebody change it who may."
            )
        elif verdict.status == "pending":
            advice = self.env._("Wait for the approval.")
        else:
            advice = self.env._("Ask for approval, or give less.")
        head = self.env._("%(order)s is beyond what may be given without approval.", order=self.name)
        return f"{head}\n{what}\n{advice}"


class SaleOrderLine(models.Model):
    _inherit = "sale.order.line"

    @api.model_create_multi
    def create(self, vals_list):
        # OVERRIDE: a line in an order that is out already is looked at as the order is.
        default = self.env.context.get("default_order_id")
        order_ids = {vals.get("order_id", default) for vals in vals_list}
        orders = self.env["sale.order"].browse(order_id for order_id in order_ids if isinstance(order_id, int))
        with self._guard_orders(orders) as (guarded, gate):
            lines = super(SaleOrderLine, guarded).create(vals_list)
            gate.note_after(lines.order_id)
        return lines.with_env(self.env)

    def write(self, vals):
        # OVERRIDE: likewise; a line may change its order, too.
        if HARMLESS_ON_LINES.issuperset(vals):
            return super().write(vals)
        orders = self.order_id
        if vals.get("order_id"):
            orders |= orders.browse(vals["order_id"])
        with self._guard_orders(orders) as (guarded, _gate):
            return super(SaleOrderLine, guarded).write(vals)

    def unlink(self):
        # OVERRIDE: without a good line an order may be worse.
        with self._guard_orders(self.order_id) as (guarded, _gate):
            return super(SaleOrderLine, guarded).unlink()

    @contextmanager
    def _guard_orders(self, orders):
        """See :meth:`.SaleOrder._guard`; the lines instead of the orders."""
        with orders.with_env(self.env)._guard(orders) as (guarded, gate):
            yield self.with_env(guarded.env), gate
