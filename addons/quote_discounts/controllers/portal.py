"""The quote's page for the customer: closed while the offer is not allowed, signed for what it shows."""

from odoo.exceptions import AccessError, MissingError
from odoo.http import request, route

from odoo.addons.sale_management.controllers.portal import CustomerPortal as SalePortal

DIGEST = "content_digest"


class CustomerPortal(SalePortal):
    @route()
    def portal_order_page(self, order_id, report_type=None, access_token=None, **kwargs):
        # OVERRIDE: an offer that is not allowed is not shown.
        order = self._find_quote(order_id, access_token)
        if order and request.env.user.share and not order._is_offer_open():
            return request.render("quote_discounts.portal_quote_closed", {"page_name": "quote"}, status=403)
        return super().portal_order_page(order_id, report_type=report_type, access_token=access_token, **kwargs)

    @route()
    def portal_quote_accept(self, order_id, access_token=None, name=None, signature=None, **kwargs):
        # OVERRIDE: what is signed is what was shown, and the signed paper is kept.
        arguments = request.httprequest.args
        order = self._find_quote(order_id, access_token or arguments.get("access_token"))
        if order and (error := order._get_signing_error(arguments.get(DIGEST) or kwargs.pop(DIGEST, ""))):
            return {"error": error}
        result = super().portal_quote_accept(
            order_id, access_token=access_token, name=name, signature=signature, **kwargs
        )
        if order and not result.get("error"):
            order._pin_signed_paper()
        return result

    def _find_quote(self, order_id, access_token):
        """The order, where whoever asks may see it; nothing otherwise."""
        try:
            return self._document_check_access("sale.order", order_id, access_token=access_token)
        except (AccessError, MissingError):
            return None
