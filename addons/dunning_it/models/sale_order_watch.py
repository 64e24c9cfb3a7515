"""Quotes and orders of customers on the watch list: said to the salesperson, paid first, or released by a manager.

Stands behind ``create`` and ``write``, since all ways lead there: buttons, RPC, imports, the customer's page, payments.
No right, context or superuser mode opens it, but a payment or a manager's release.
"""

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from .dunning_watch import BLOCK, EFFECTS, MANAGERS, PREPAY, STRICTNESS, WARN

BINDING = ("sent", "sale")
QUOTE = ("draft", "sent")
CUSTOMERS = {"partner_id", "partner_invoice_id"}  # who buys and who is to pay
ENTRIES = {"state", "company_id", *CUSTOMERS}  # what may bring an order into the reach of the list
PREPAYMENT = {"require_payment", "prepayment_percent", "sale_order_template_id"}  # what sets whether it is paid first
INSIDE = "sales_team.group_sale_salesman,account.group_account_invoice"  # never the customer
RELEASE = {"dunning_released_amount", "dunning_release_reason", "dunning_released_by_id", "dunning_passed_amount"}


class SaleOrder(models.Model):
    _inherit = "sale.order"

    dunning_effect = fields.Selection(
        EFFECTS, compute="_compute_dunning_effect", compute_sudo=True, groups=INSIDE, string="Care with the Customer"
    )
    dunning_effect_words = fields.Char(compute="_compute_dunning_effect", compute_sudo=True, groups=INSIDE)
    dunning_is_released = fields.Boolean(compute="_compute_dunning_effect", compute_sudo=True, groups=INSIDE)
    dunning_released_amount = fields.Monetary(
        string="Released Up To",
        readonly=True,
        copy=False,
        groups=INSIDE,
        help="By a manager of dunning, with a reason.",
    )
    dunning_release_reason = fields.Text(readonly=True, copy=False, groups=MANAGERS)
    dunning_released_by_id = fields.Many2one("res.users", readonly=True, copy=False, groups=INSIDE)
    dunning_passed_amount = fields.Monetary(
        readonly=True, copy=False, groups=MANAGERS, help="The amount with which it was confirmed while on the list."
    )

    # === COMPUTE METHODS === #

    @api.depends(*CUSTOMERS, "company_id", "state", "amount_total", "dunning_released_amount")
    @api.depends_context("lang")
    def _compute_dunning_effect(self):
        for company, orders in self.grouped("company_id").items():
            customers = (orders.partner_id | orders.partner_invoice_id).commercial_partner_id
            watches = self.env["dunning.watch"]._get_current(customers, company)
            for order in orders:
                own = (order.partner_id | order.partner_invoice_id).commercial_partner_id._origin
                effects = {watches[customer].effect for customer in own if customer in watches}
                order.dunning_effect = max(effects, key=STRICTNESS.index, default=False)
                order.dunning_is_released = bool(effects) and order._is_dunning_released()
                order.dunning_effect_words = order._get_dunning_words(order.dunning_effect)

    def _get_dunning_words(self, effect):
        """What the salesperson is told: what to do, and nothing of why."""
        words = {
            WARN: self.env._("Before you promise anything to this customer, talk to the administration."),
            PREPAY: self.env._(
                "This customer pays in advance: the order is confirmed once it is paid in full online, or released by "
                "the administration."
            ),
            BLOCK: self.env._(
                "Orders of this customer are sent and confirmed only after a release by the administration: ask for it."
            ),
        }
        return words.get(effect, False)

    # === CRUD === #

    @api.model_create_multi
    def create(self, vals_list):
        # OVERRIDE: an order is not born confirmed past the list.
        self._check_release_fields(vals_list)
        orders = super().create(vals_list)
        orders._check_dunning_watch(dict.fromkeys(orders.ids))
        orders._set_prepayment()
        return orders

    def write(self, vals):
        # OVERRIDE: nor does it become so.
        self._check_release_fields([vals])
        before = {order.id: order.state for order in self} if ENTRIES & vals.keys() else None
        done = super().write(vals)
        if before is not None:
            self._check_dunning_watch({} if {"company_id", *CUSTOMERS} & vals.keys() else before)
        if before is not None or PREPAYMENT & vals.keys():
            self._set_prepayment()
        return done

    def _check_release_fields(self, vals_list):
        if not self.env.su and any(RELEASE & vals.keys() for vals in vals_list):
            raise AccessError(self.env._("An order is released by the button for it, by a manager of dunning."))

    # === GATE === #

    def _check_dunning_watch(self, before):
        """Look at what became of orders.

        :param dict before: the state by order id as it was; one that was in the same state is left alone
        :raise UserError: where an order was sent or confirmed past the list
        """
        moved = self.sudo().filtered(  # what is checked does not depend on who writes
            lambda order: order.state in BINDING and before.get(order.id) != order.state
        )
        for order in moved.filtered("dunning_effect"):
            if order._is_dunning_held():
                raise UserError(order.with_env(self.env)._get_held_words())
            if order.state == "sale" and order.dunning_effect == WARN:
                order.message_post(body=order._get_dunning_words(WARN), subtype_xmlid="mail.mt_note")
            elif order.state == "sale":
                order.dunning_passed_amount = order.amount_total

    @api.constrains("amount_total")
    def _check_dunning_amount(self):
        """A confirmed order does not grow past what was paid or released; one that was sold before stays as it is."""
        for order in self.sudo().filtered("dunning_passed_amount"):  # whoever writes
            grown = order.currency_id.compare_amounts(order.amount_total, order.dunning_passed_amount) > 0
            if order.state == "sale" and grown and order._is_dunning_held():
                raise UserError(order.with_env(self.env)._get_held_words())

    def _is_dunning_held(self):
        """Whether the state that an order is in, or is to come in, is not for it."""
        self.ensure_one()
        if self._is_dunning_released():
            return False
        if self.dunning_effect == PREPAY:
            return self.state == "sale" and not self._is_paid_in_advance()
        is_being_paid = self.state == "sent" and bool(self.transaction_ids)  # money that is coming in is not refused
        return self.dunning_effect == BLOCK and not is_being_paid

    def _is_dunning_released(self):
        """Whether a manager has released as much as the order is about now."""
        self.ensure_one()
        order = self.sudo()  # for whom the release is not to be read
        released = order.dunning_released_by_id
        return (
            bool(released) and order.currency_id.compare_amounts(order.amount_total, order.dunning_released_amount) <= 0
        )

    def _is_paid_in_advance(self):
        self.ensure_one()
        return self.currency_id.compare_amounts(self.amount_paid, self.amount_total) >= 0

    def _get_held_words(self):
        effect = self.sudo().dunning_effect  # what is checked does not depend on who writes
        return f"{self.name}: {self._get_dunning_words(effect)}"

    # === PREPAYMENT === #

    def _set_prepayment(self):
        """Have the customer's page ask for the whole amount."""
        for order in self.sudo().filtered(lambda order: order.state in QUOTE):  # not for the salesperson to choose
            is_set = order.require_payment and order.prepayment_percent == 1
            if order.dunning_effect == PREPAY and not is_set and not order._is_dunning_released():
                order.write({"require_payment": True, "prepayment_percent": 1})

    # === RELEASE === #

    def action_dunning_release(self):
        """Let an order go on, for a reason; for managers of dunning."""
        self.ensure_one()
        self.check_access("read")
        self.env["dunning.release"].check_access("create")
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Release %(order)s", order=self.name),
            "res_model": "dunning.release",
            "view_mode": "form",
            "target": "new",
            "context": {"default_order_id": self.id},
        }

    def _release_from_watch(self, reason):
        """Let the order be sent and confirmed up to its amount of now.

        :raise AccessError: for who is no manager of dunning
        """
        self.ensure_one()
        if not self.env.user.has_group(MANAGERS):
            raise AccessError(self.env._("Only a dunning manager releases an order of this customer."))
        self.check_access("read")
        if not (reason or "").strip():
            raise UserError(self.env._("Write down why it is released."))
        order = self.sudo()  # a manager of dunning need not be one of sales
        order.write(
            {
                "dunning_released_amount": order.amount_total,
                "dunning_release_reason": reason,
                "dunning_released_by_id": self.env.user.id,
            }
        )
        words = self.env._("Released up to %(amount)s.", amount=order.currency_id.format(order.amount_total))
        order.message_post(body=words, subtype_xmlid="mail.mt_note", author_id=self.env.user.partner_id.id)
