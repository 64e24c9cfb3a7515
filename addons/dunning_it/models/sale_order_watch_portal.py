"""What the customer meets of the watch list: nothing but that a quote can't be signed or paid on his page just now."""

from odoo import api, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Domain

from .dunning_watch import BLOCK, PREPAY
from .sale_order_watch import CUSTOMERS, QUOTE


class SaleOrder(models.Model):
    _inherit = "sale.order"

    def _is_dunning_blocked(self):
        """Whether it may be neither sent, signed nor paid; the customer's page asks."""
        self.ensure_one()
        order = self.sudo()  # asked for customers, who see nothing of it
        return order.state in QUOTE and order.dunning_effect == BLOCK and not order._is_dunning_released()

    def _has_to_be_signed(self):
        # OVERRIDE: what can't be confirmed is not signed.
        return super()._has_to_be_signed() and not self._is_dunning_blocked()

    def _has_to_be_paid(self):
        # OVERRIDE: nor paid.
        return super()._has_to_be_paid() and not self._is_dunning_blocked()

    def action_quotation_send(self):
        # OVERRIDE: the dialog would only make people write a mail in vain.
        self._check_dunning_blocked()
        return super().action_quotation_send()

    def message_post(self, **kwargs):
        # OVERRIDE: a message that is the offer, as Odoo marks it, does not leave.
        if self.env.context.get("mark_so_as_sent"):
            self._check_dunning_blocked()
        return super().message_post(**kwargs)

    def _get_default_payment_link_values(self):
        # OVERRIDE: no link asks for the money of a quote that can't be confirmed.
        self._check_dunning_blocked()
        return super()._get_default_payment_link_values()

    def _check_dunning_blocked(self):
        for order in self:
            if order._is_dunning_blocked():
                raise UserError(order._get_held_words())

    def _waits_though_paid(self):
        """Whether a payment that came in does not confirm the order."""
        self.ensure_one()
        order = self.sudo()  # asked for customers
        is_partial = order.dunning_effect == PREPAY and not order._is_paid_in_advance()
        return order._is_dunning_blocked() or (
            order.state in QUOTE and is_partial and order._is_confirmation_amount_reached()
        )


class PaymentTransaction(models.Model):
    _inherit = "payment.transaction"

    @api.model_create_multi
    def create(self, vals_list):
        # OVERRIDE: whatever the way, a payment of a quote begins here; before the customer has given anything.
        for vals in vals_list:
            if vals.get("sale_order_ids") and not vals.get("source_transaction_id"):
                order_ids = self._fields["sale_order_ids"].convert_to_cache(vals["sale_order_ids"], self)
                orders = self.env["sale.order"].sudo().browse(order_ids).exists()  # the customer's
                if any(order._is_dunning_blocked() for order in orders):
                    raise ValidationError(
                        self.env._("This quotation can't be paid online at the moment: please contact us.")
                    )
        return super().create(vals_list)

    def _check_amount_and_confirm_order(self):
        # OVERRIDE: money that came in is never refused; a quote that may not be confirmed waits for somebody.
        held = self.filtered(lambda transaction: any(o._waits_though_paid() for o in transaction.sale_order_ids))
        for order in held.sale_order_ids.sudo():  # the customer who pays writes nothing
            order.activity_schedule(
                "mail.mail_activity_data_warning",
                summary=self.env._("Paid, but not confirmed: it waits for a release"),
                user_id=(order.user_id or self.env.ref("base.user_admin")).id,
            )
        return super(PaymentTransaction, self - held)._check_amount_and_confirm_order()


class DunningWatch(models.Model):
    _inherit = "dunning.watch"

    def _note_changed(self):
        # OVERRIDE: quotes that are open already follow; those paid in advance ask for the whole amount.
        done = super()._note_changed()
        Order = self.env["sale.order"].sudo()  # whoever puts a customer on the list
        Order.invalidate_model(["dunning_effect", "dunning_effect_words", "dunning_is_released"])
        prepaying = self.filtered(lambda watch: watch.effect == PREPAY and not watch.end_date)
        for company, watches in prepaying.grouped("company_id").items():
            theirs = Domain.OR(Domain(name, "child_of", watches.partner_id.ids) for name in CUSTOMERS)
            open_quotes = Domain("company_id", "=", company.id) & Domain("state", "in", QUOTE)
            Order.search(theirs & open_quotes)._set_prepayment()
        return done
