"""Quotes that are beyond all authority are neither signed nor paid: the gate closes before the customer gives money."""

from odoo import api, models
from odoo.exceptions import ValidationError

PAID_KEY = "quote_paid"


class Paid:
    """In the context, the mark of a payment that was made: nothing may be refused any more. A client can name the key
    but never make the object."""


class SaleOrder(models.Model):
    _inherit = "sale.order"

    def _has_to_be_signed(self):
        # OVERRIDE: nothing is signed that is no offer.
        return super()._has_to_be_signed() and self._is_offer_allowed()

    def _has_to_be_paid(self):
        # OVERRIDE: nor paid.
        return super()._has_to_be_paid() and self._is_offer_allowed()

    def _can_be_edited_on_portal(self):
        # OVERRIDE: nor changed by the customer.
        return super()._can_be_edited_on_portal() and self._is_offer_allowed()

    def action_quotation_sent(self):
        # OVERRIDE: after a payment nothing is refused; the quote waits for somebody to look at it.
        if not isinstance(self.env.context.get(PAID_KEY), Paid):
            return super().action_quotation_sent()
        offers = self._filter_offers()
        (self - offers)._call_for_help()
        return super(SaleOrder, offers).action_quotation_sent()

    def _get_default_payment_link_values(self):
        # OVERRIDE: no link asks for the money of a quote that is no offer.
        self._check_offers()
        return super()._get_default_payment_link_values()

    def _create_invoices(self, grouped=False, final=False, date=None):
        # OVERRIDE: nor does an invoice.
        self._check_offers()
        return super()._create_invoices(grouped=grouped, final=final, date=date)

    def _call_for_help(self):
        """Have somebody look at a quote that was paid though it is beyond what was allowed."""
        for order in self.sudo():  # the customer who pays writes nothing
            levels = self.env["quote.discount.level"]._get_levels(order.company_id)
            approvers = levels[-1:]._get_approvers() if levels else order.user_id
            order.activity_schedule(
                "mail.mail_activity_data_warning",
                summary=self.env._("Paid, but beyond the limits"),
                note=self.env._(
                    "The customer has paid %(order)s, which changed for the worse after the payment had begun. It is"
                    " not confirmed: approve and confirm it, or give the money back.",
                    order=order.name,
                ),
                user_id=(approvers[:1] or order.user_id or self.env.ref("base.user_admin")).id,
            )


class PaymentTransaction(models.Model):
    _inherit = "payment.transaction"

    @api.model_create_multi
    def create(self, vals_list):
        # OVERRIDE: whatever the way, a payment of a quote begins here; before the customer has given anything.
        for vals in vals_list:
            if vals.get("sale_order_ids") and not vals.get("source_transaction_id"):
                order_ids = self._fields["sale_order_ids"].convert_to_cache(vals["sale_order_ids"], self)
                self._check_payable(self.env["sale.order"].sudo().browse(order_ids).exists())  # the customer's
        return super().create(vals_list)

    def _check_payable(self, orders):
        if not all(order._is_offer_allowed() for order in orders):
            raise ValidationError(
                self.env._("This quotation is being revised and can't be paid now. Please wait for the new one.")
            )

    def _post_process(self):
        # OVERRIDE: a payment that was made is never refused.
        return super(PaymentTransaction, self.with_context(**{PAID_KEY: Paid()}))._post_process()

    def _check_amount_and_confirm_order(self):
        # OVERRIDE: the money is taken; a quote that is no offer stays as it is and somebody looks at it.
        closed = self.filtered(lambda transaction: not all(o._is_offer_allowed() for o in transaction.sale_order_ids))
        closed.sale_order_ids.filtered(lambda order: not order._is_offer_allowed())._call_for_help()
        return super(PaymentTransaction, self - closed)._check_amount_and_confirm_order()
