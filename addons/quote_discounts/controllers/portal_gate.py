"""The customer's pages of a quote that is no offer: nothing of it is shown, signed, paid or downloaded."""

from odoo.exceptions import AccessError, MissingError
from odoo.http import request, route

from odoo.addons.sale.controllers.portal import CustomerPortal


class QuotePortal(CustomerPortal):
    def _document_check_access(self, model_name, document_id, access_token=None):
        # OVERRIDE: all pages and files of a quote come by here.
        document = super()._document_check_access(model_name, document_id, access_token=access_token)
        if model_name == "sale.order" and self._is_closed(document):
            raise AccessError(request.env._("This quotation is being revised. Please wait for the new one."))
        return document

    def _is_closed(self, order_sudo):
        """Whether the reader is a customer and the quote no offer; colleagues see what they work on."""
        return not request.env.user._is_internal() and not order_sudo._is_offer_allowed()

    @route()
    def portal_order_page(self, order_id, access_token=None, **kwargs):
        # OVERRIDE: say why there is nothing to see; and an amount in the address brings no form to pay.
        try:
            order = super()._document_check_access("sale.order", order_id, access_token=access_token)
        except (AccessError, MissingError):
            return request.redirect("/my")
        if self._is_closed(order):
            values = {
                **self._prepare_portal_layout_values(),
                "order": order,
                "page_name": "quote",
                "no_breadcrumbs": True,
            }
            return request.render("quote_discounts.portal_quote_in_revision", values)
        if not order._is_offer_allowed():
            kwargs.pop("payment_amount", None)
        return super().portal_order_page(order_id, access_token=access_token, **kwargs)

    def _prepare_quotations_domain(self, partner):
        # OVERRIDE: nor are they listed, with their totals.
        return [
            *super()._prepare_quotations_domain(partner),
            ("discount_status", "not in", ["to_request", "pending", "refused"]),
        ]
