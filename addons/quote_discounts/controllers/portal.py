"""The quote's pages for the customer: closed while it is no offer, signed for what they show."""

from odoo.exceptions import AccessError, MissingError
from odoo.http import request, route

from odoo.addons.sale_management.controllers.portal import CustomerPortal as SalePortal

DIGEST = "content_digest"


class ClosedQuoteError(AccessError):
    """The customer would see the quote if it were an offer."""

    def __init__(self, order_sudo):
        super().__init__(order_sudo.env._("This quotation is being revised. Please wait for the new one."))
        self.order_sudo = order_sudo


class CustomerPortal(SalePortal):
    def _document_check_access(self, model_name, document_id, access_token=None):
        # OVERRIDE: all pages and files of a quote come by here; of what is no offer nothing is shown.
        document = super()._document_check_access(model_name, document_id, access_token=access_token)
        if model_name == "sale.order" and self._is_closed(document):
            raise ClosedQuoteError(document)
        return document

    def _is_closed(self, order_sudo):
        """Whether the reader is a customer and the quote no offer; colleagues see what they work on."""
        return not request.env.user._is_internal() and not order_sudo._is_offer_allowed()

    def _find_quote(self, order_id, access_token):
        """The order, where whoever asks may see it; nothing otherwise."""
        try:
            return self._document_check_access("sale.order", order_id, access_token=access_token)
        except (AccessError, MissingError):
            return None

    @route()
    def portal_order_page(self, order_id, report_type=None, access_token=None, **kwargs):
        # OVERRIDE: say why there is nothing to see; and an amount in the address brings no form to pay.
        try:
            order = self._document_check_access("sale.order", order_id, access_token=access_token)
        except ClosedQuoteError as closed:
            values = {**self._prepare_portal_layout_values(), "order": closed.order_sudo, "page_name": "quote"}
            values["no_breadcrumbs"] = True
            return request.render("quote_discounts.portal_quote_in_revision", values, status=403)
        except (AccessError, MissingError):
            return request.redirect("/my")
        if not order._is_offer_allowed():
            kwargs.pop("payment_amount", None)
        return super().portal_order_page(order_id, report_type=report_type, access_token=access_token, **kwargs)

    @route()
    def portal_quote_accept(self, order_id, access_token=None, name=None, signature=None, **kwargs):
        # OVERRIDE: what is signed is what was shown, and the signed paper is kept.
        arguments = request.httprequest.args
        digest = kwargs.pop(DIGEST, "") or arguments.get(DIGEST)
        order = self._find_quote(order_id, access_token or arguments.get("access_token"))
        if order and (error := order._get_signing_error(digest)):
            return {"error": error}
        result = super().portal_quote_accept(
            order_id, access_token=access_token, name=name, signature=signature, **kwargs
        )
        if order and not result.get("error"):
            order._pin_signed_paper()
        return result

    def _prepare_quotations_domain(self, partner):
        # OVERRIDE: nor are they listed, with their totals.
        domain = super()._prepare_quotations_domain(partner)
        closed = [*domain, ("discount_status", "in", ["to_request", "pending", "refused"])]
        hidden = request.env["sale.order"].sudo().search(closed)  # customers may not ask for the state of approvals
        return [*domain, ("id", "not in", hidden.ids)]
