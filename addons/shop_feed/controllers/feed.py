"""The address that channels fetch: a file that was made before, and nothing is made here."""

import logging

from odoo import http
from odoo.http import request

from ..identity.conditional import GZIP, File, answer
from ..serving.buckets import Buckets
from ..serving.networks import network
from .public_page import GREATEST_ID

_logger = logging.getLogger(__name__)

CHUNK = 256 * 1024  # bytes
BUCKETS = Buckets(size=120, a_second=2)
HEADERS = {
    "Cache-Control": "private, max-age=300, no-transform",
    "Vary": "Accept-Encoding",
    "X-Robots-Tag": "noindex, nofollow",
    "X-Content-Type-Options": "nosniff",
    "Accept-Ranges": "bytes",
}
WITHOUT_FILE = {"Cache-Control": "no-store", "X-Robots-Tag": "noindex, nofollow"}


class FeedController(http.Controller):
    @http.route(
        "/feed/<string:number>/<string:name>",
        type="http",
        auth="none",
        methods=["GET", "HEAD"],
        readonly=True,
        save_session=False,
    )
    def feed(self, number, name, **_query):
        """The file of a feed, plain or packed, whole or in part; one and the same answer where there is none."""
        address = network(request.httprequest.remote_addr)
        if wait := BUCKETS.take(address):
            return self._refuse(429, "Too many requests.", {"Retry-After": str(wait)})
        served = self._find(number, name)
        if not served:
            return self._refuse(404, "Not found.")
        response, size = self._answer(served)
        if request.httprequest.method == "GET":
            request.env["shop.feed.fetch"]._log(served, response.status_code, size, address, self._get_agent())
        return response

    def _find(self, number, name):
        token, _dot, extension = name.rpartition(".")
        known = number.isascii() and number.isdigit() and len(number) < 11 and int(number) <= GREATEST_ID
        return request.env["shop.feed"]._find_served(int(number) if known else 0, token, extension)

    def _answer(self, served):
        """The response to whoever knows the address, and how many bytes it sends."""
        if not request.env["shop.feed"]._is_password(served, request.httprequest.authorization):
            return self._refuse(401, "Password needed.", {"WWW-Authenticate": 'Basic realm="feed"'}), 0
        file = File(served["sha256"], served["size"], served["packed_size"])
        told = answer(file, request.httprequest.headers, request.httprequest.method)
        headers = {**HEADERS, "ETag": told.etag, "Content-Type": served["content_type"]}
        if told.encoding == GZIP:
            headers["Content-Encoding"] = "gzip"
        length = told.length(file)
        if told.status == 304:
            return request.make_response(b"", headers, status=304), 0
        if told.status == 416:
            return self._refuse(416, "", {**headers, "Content-Range": f"bytes */{file.size}"}), 0
        if told.part:
            headers["Content-Range"] = f"bytes {told.part[0]}-{told.part[1]}/{file.size}"
        return self._stream(served, told, {**headers, "Content-Length": str(length)}, length)

    def _stream(self, served, told, headers, length):
        attachment = served["packed_id"] if told.encoding == GZIP else served["plain_id"]
        if request.httprequest.method == "HEAD":
            return request.make_response(iter(()), headers, status=told.status), 0  # of unknown length: the header says
        try:
            # Who knows the address may have the file.
            stream = request.env["ir.attachment"].sudo().browse(attachment)._open_stream()
        except OSError:
            _logger.exception("A file of feed %s is lost: it is made again within the hour", served["feed_id"])
            return self._refuse(404, "Not found."), 0
        stream.seek(told.part[0] if told.part else 0)
        response = request.make_response(_read(stream, length), headers, status=told.status)
        response.call_on_close(stream.close)
        return response, length

    def _refuse(self, status, text, headers=None):
        """An answer without a file: short, the same for every reason, kept by nobody."""
        headers = {"Content-Type": "text/plain; charset=utf-8", **WITHOUT_FILE, **(headers or {})}
        return request.make_response(text, headers, status=status)

    def _get_agent(self):
        return (request.httprequest.user_agent.string or "")[:200]


def _read(stream, length):
    while length and (chunk := stream.read(min(CHUNK, length))):
        length -= len(chunk)
        yield chunk
