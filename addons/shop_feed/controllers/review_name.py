"""The name under which a buyer's review may be passed on."""

from odoo import http
from odoo.http import request

from odoo.addons.rating.controllers.main import Rating


class FeedReviewName(Rating):
    @http.route()
    def action_submit_rating(self, token, rate=0, **kwargs):
        # OVERRIDE: whoever rates what he bought says how he wants to be called; no name of his is taken unasked.
        response = super().action_submit_rating(token, rate=rate, **kwargs)
        if request.httprequest.method == "POST":
            rating, _record = self._get_rating_and_record(token)
            rating._choose_name(kwargs.get("feed_reviewer_name"))
        return response
