"""Short links of offers for fans."""

from urllib.parse import urlencode

from odoo import http
from odoo.http import request

from ..links.codes import typed
from ..links.robots import is_robot
from ..models.shop_feed_offer_link import ROUTE
from ..serving.buckets import Buckets
from .public_page import PAGE, UNKEPT, UNLISTED, FeedPublicPage

BUCKETS = Buckets(size=120, a_second=2)
LONGEST = 40  # characters of a code as somebody typed it


class FeedOfferLink(FeedPublicPage, http.Controller):
    @http.route(f"{ROUTE}/<string:code>", **PAGE, methods=["GET"])
    def feed_offer(self, code, **_query):
        """Lead a fan to the shop with his discount."""
        if wait := self._get_feed_wait(BUCKETS):
            return self._too_many_feed_requests(wait)
        offer = request.env["shop.feed.offer"]._find_by_code(typed(code[:LONGEST]))
        if not offer:
            return self._no_such_feed_page()
        request.update_context(lang=offer.feed_id.lang_id.code)
        if request.httprequest.method == "GET" and not is_robot(request.httprequest.user_agent.string):
            offer._count_click()
        if offer.state == "over":
            return self._tell_about_offer(offer, "over")
        return self._lead_to_offer(offer)

    def _lead_to_offer(self, offer):
        user = request.env.user
        if offer.audience == "link":
            return self._redirect_offer(offer._get_destination(offer._get_code()))
        if user._is_public():
            login = urlencode({"redirect": f"{ROUTE}/{offer.short_code}"})
            return self._redirect_offer(f"{offer.website_id.get_base_url()}/web/login?{login}")
        if not offer._is_for(user.partner_id):
            return self._tell_about_offer(offer, "reserved")
        code = offer._get_fan_code(user.partner_id)
        return self._redirect_offer(offer._get_destination(code)) if code else self._tell_about_offer(offer, "given")

    def _redirect_offer(self, url):
        response = request.redirect(url, code=302, local=False)
        response.headers.update([UNLISTED, UNKEPT])  # the next one may be led elsewhere
        return response

    def _tell_about_offer(self, offer, why):
        """Why there is no discount, and the way to the shop all the same.

        :param str why: over, reserved (for customers with a tag), given (all coupons are)
        """
        values = {"offer": offer, "why": why, "shop_url": offer._get_destination()}
        return self._render_feed_page("offer_without_discount", headers=[UNLISTED, UNKEPT], **values)
