"""Quotes that are beyond all authority don't leave by mail, and mails about them tell no total."""

from odoo import models
from odoo.exceptions import UserError


class SaleOrder(models.Model):
    _inherit = "sale.order"

    def action_quotation_send(self):
        # OVERRIDE: the dialog would only make people write a mail in vain.
        self._check_offers()
        return super().action_quotation_send()

    def message_post(self, **kwargs):
        # OVERRIDE: a message that is the offer, as Odoo marks it, does not leave either; others do, without the total.
        if self.env.context.get("mark_so_as_sent"):
            self._check_offers()
        return super().message_post(**kwargs)

    def _notify_by_email_prepare_rendering_context(self, message, **kwargs):
        # OVERRIDE: Odoo writes the order's total below its name.
        values = super()._notify_by_email_prepare_rendering_context(message, **kwargs)
        if not self._is_offer_allowed():
            values["subtitles"] = values["subtitles"][:1]
        return values

    def _send_payment_succeeded_for_order_mail(self):
        # OVERRIDE: the mail carries the quote, which is not valid as an offer.
        return super(SaleOrder, self._filter_offers())._send_payment_succeeded_for_order_mail()

    def _filter_offers(self):
        return self.filtered(lambda order: order._is_offer_allowed())

    def _check_offers(self):
        """Check that the quotes may be shown to the customer.

        :raise UserError: naming the first that may not
        """
        for order in self:
            if not order._is_offer_allowed():
                raise UserError(order._explain_refusal(order._get_verdict()))


class MailTemplate(models.Model):
    _inherit = "mail.template"

    def _generate_template_attachments(self, res_ids, *args, **kwargs):
        # OVERRIDE: a template that prints the quote sends it.
        if self.model == "sale.order" and self.sudo().report_template_ids:
            self.env["sale.order"].browse(res_ids)._check_offers()
        return super()._generate_template_attachments(res_ids, *args, **kwargs)
