"""The offers of a customer in his portal."""

from odoo.http import request, route

from odoo.addons.portal.controllers.portal import CustomerPortal


class FeedOfferPortal(CustomerPortal):
    def _prepare_home_portal_values(self, counters):
        # OVERRIDE: the card on the first page shows where there are offers.
        values = super()._prepare_home_portal_values(counters)
        if "feed_offer_count" in counters:
            values["feed_offer_count"] = len(self._get_my_feed_offers())
        return values

    @route("/my/offers", type="http", auth="user", website=True, sitemap=False, methods=["GET"], readonly=True)
    def feed_offers(self, **_query):
        """What runs for whoever is logged in, each with the link to his own coupon."""
        values = {"offers": self._get_my_feed_offers(), "page_name": "feed_offer"}
        return request.render("shop_feed.portal_my_offers", {**self._prepare_portal_layout_values(), **values})

    def _get_my_feed_offers(self):
        return request.env["shop.feed.offer"]._get_offers_of(request.env.user.partner_id, request.website)
