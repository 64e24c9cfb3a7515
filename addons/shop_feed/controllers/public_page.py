"""What the public pages of this addon share: few bytes, no cookie, one answer for all that is not there."""

from odoo.http import request

from ..serving.networks import network

# No pages of the website: those set a cookie for the language, and these have the one of their feed.
PAGE = {"type": "http", "auth": "public", "save_session": False}
HTML = ("Content-Type", "text/html; charset=utf-8")
UNLISTED = ("X-Robots-Tag", "noindex")
UNKEPT = ("Cache-Control", "private, no-store")
GREATEST_ID = 2**31 - 1  # that the database knows


class FeedPublicPage:
    """Odoo merges controllers into one class in places: each name here says what it is about."""

    def _get_feed_wait(self, buckets):
        """Seconds that whoever asks has to wait, as others of his network asked often; 0: none."""
        return buckets.take(network(request.httprequest.remote_addr))

    def _render_feed_page(self, template, status=200, headers=(), **values):
        """A page of its own, without the website's frame: what it weighs is what is in it."""
        spoken = request.env.lang.replace("_", "-")
        page = request.env["ir.qweb"]._render(f"shop_feed.{template}", {"spoken": spoken, **values})
        return request.make_response(f"<!DOCTYPE html>\n{page}", status=status, headers=[HTML, *headers])

    def _no_such_feed_page(self):
        """The same for whatever is not there, was never there, or is not for whoever asks."""
        return self._render_feed_page("public_not_found", status=404, headers=[UNLISTED])

    def _too_many_feed_requests(self, wait):
        headers = [UNLISTED, ("Retry-After", str(wait))]
        return self._render_feed_page("public_too_often", status=429, headers=headers)
