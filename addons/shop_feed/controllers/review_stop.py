"""Where a buyer says that he wants no more mails that ask for reviews."""

from odoo import http
from odoo.http import request
from odoo.tools import consteq

from ..serving.buckets import Buckets
from .public_page import GREATEST_ID, PAGE, UNKEPT, UNLISTED, FeedPublicPage

ROUTE = "/shop/reviews/stop/<int:order_id>/<string:key>"
BUCKETS = Buckets(size=60, a_second=1)


class FeedReviewStop(FeedPublicPage, http.Controller):
    """Opening the link stops nothing: mail programs open links by themselves."""

    @http.route(ROUTE, **PAGE, methods=["GET"], readonly=True)
    def feed_review_stop(self, order_id, key, **_query):
        """Ask whether he means it."""
        return self._answer_review_stop(order_id, key)

    # Whoever has the link speaks for whom the mail went to; no session is needed, nor its token.
    @http.route(ROUTE, **PAGE, methods=["POST"], csrf=False)
    def feed_review_stop_confirm(self, order_id, key, **_form):
        """Take his address off."""
        return self._answer_review_stop(order_id, key, is_sure=True)

    def _answer_review_stop(self, order_id, key, *, is_sure=False):
        if wait := self._get_feed_wait(BUCKETS):
            return self._too_many_feed_requests(wait)
        orders = request.env["sale.order"].sudo()  # the signed link is the right to it
        order = orders.browse(min(order_id, GREATEST_ID))
        if not consteq(order._get_review_stop_key().encode(), key.encode()) or not order.exists():
            return self._no_such_feed_page()
        request.update_context(lang=order.partner_id.lang or request.env.lang)
        if is_sure:
            order._stop_reviews()
        return self._render_feed_page("review_stop", headers=[UNLISTED, UNKEPT], is_sure=is_sure)
