"""What the pages of a price list share, whether their reader came with a login or through a link."""

import logging
import secrets
from urllib.parse import urlencode

from psycopg2.errors import UniqueViolation
from werkzeug.exceptions import NotFound

from odoo.exceptions import ConcurrencyError, UserError
from odoo.http import request

from odoo.addons.portal.controllers.portal import pager

from ..layout.catalogue import LONGEST_SEARCH
from ..models.online_listing import MOST_LINES, ROWS_A_PAGE, NotListed
from ..models.sale_order_request import LONGEST_KEY, LONGEST_NOTE
from ..sharing.quantities import asked_for
from .listino import send_file

_logger = logging.getLogger(__name__)

HEADERS = {
    "X-Robots-Tag": "noindex, nofollow",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "private, no-store",
}
PICTURE_SECONDS = 24 * 3600
UNIQUE_KEY = "sale_order_unique_listino_request_key"


def close_to_others(response):
    """Neither search engines nor caches keep the answer, and the address is told to no other site."""
    for name, value in HEADERS.items():
        response.headers[name] = value
    return response


class OnlinePages:
    """The answers of both kinds of pages; the controllers check who may have them.

    ``online`` is an :class:`..models.online_listing.OnlineListing`, ``url`` the address of its first page.
    """

    def _render(self, template, online, url, **values):
        """A page in the reader's language, that of the prices on it."""
        request.update_context(lang=online.env.lang)
        company = online.document.company_id
        values = {"online": online, "document": online.document, "url": url, "res_company": company, **values}
        values.update(page_name="listino", no_breadcrumbs=values.get("is_link", False))
        return close_to_others(request.render(f"listino_pricelist.{template}", values))

    def _page(self, online, url, search="", category="", page="1", **values):
        content = online.get_page(search, category, page)
        kept = {name: text[:LONGEST_SEARCH] for name, text in (("search", search), ("category", category)) if text}
        pages = pager(url, content["total"], content["page"], ROWS_A_PAGE, url_args=kept)

        def address_of(category=None):
            query = {**({"search": kept["search"]} if search else {}), **({"category": category} if category else {})}
            return f"{url}?{urlencode(query)}" if query else url

        values.update(content, search=search[:LONGEST_SEARCH], pager=pages, address_of=address_of)
        return self._render("listino_online_page", online, url, **values)

    def _picture(self, online, product_id):
        """The small picture of a product of this very list."""
        if not (0 < product_id < 2**31 and online.document.show_image and online.has_product(product_id)):
            raise NotFound
        product = online.env["product.product"].browse(product_id)
        response = (
            online.env["ir.binary"]
            ._get_image_stream_from(product, "image_128")
            .get_response(immutable=False, max_age=PICTURE_SECONDS)
        )
        close_to_others(response)
        response.headers["Cache-Control"] = f"private, max-age={PICTURE_SECONDS}"
        return response

    def _file(self, online, extension):
        name = online.document._get_file_name(extension)
        return close_to_others(send_file(name, extension, lambda stream: online.write_file(extension, stream)))

    def _review(self, online, url, form, error="", **values):
        """What is asked for, with the prices of today, before it is sent."""
        lines, problem = self._read_lines(online, form)
        return self._render(
            "listino_online_review",
            online,
            url,
            lines=lines,
            total=lines and online.get_total(lines),
            error=error or problem,
            form=form,
            key=self._key_of(form) or secrets.token_urlsafe(16),
            **values,
        )

    def _read_lines(self, online, form):
        """The request lines of a form, and what is wrong with it in words.

        What is not listed any more is left out and said: a browser may remember it, and no page has it to take it back.
        """
        try:
            asked = asked_for(form.items())
            if not asked:
                return [], online.env._("Nothing is chosen yet. Type a quantity beside a product.")
            if len(asked) > MOST_LINES:
                return [], online.env._("A request has %(count)s products at most. Send it in parts.", count=MOST_LINES)
            return online.get_request_lines(asked), ""
        except ValueError as error:
            return [], online.env._("“%(text)s” is not a quantity. Type a positive number.", text=error.args[0])
        except NotListed as error:
            if not error.listed:
                return [], online.env._("A product is not in the price list any more. Go back and choose again.")
            return online.get_request_lines(error.listed), online.env._(
                "A product is not in the price list any more and is left out. Look at the request before you send it."
            )

    def _order(self, online, lines, form, partner, share=None):
        """Make the quote, or nothing at all.

        :return: what went wrong, in words for the reader; the cause is for the log alone
        :raise ConcurrencyError: where the same form is at work still; Odoo then tries again, and finds it sent
        """
        try:
            with request.env.cr.savepoint():
                request.env["sale.order"]._create_from_listing(
                    online, lines, partner(), note=self._note_of(form), key=self._key_of(form) or None, share=share
                )
        except UniqueViolation as error:
            if error.diag.constraint_name != UNIQUE_KEY:
                raise
            raise ConcurrencyError("The same request is being sent") from error
        except UserError:
            _logger.warning("Quote request from price list %s failed", online.document.id, exc_info=True)
            return online.env._("The request could not be sent. Call us, and we make the quote with you.")
        return ""

    def _is_sent(self, form):
        key = self._key_of(form)
        return bool(key) and request.env["sale.order"]._has_listino_request(key)

    def _thank(self, url):
        return close_to_others(request.redirect(f"{url}/sent", code=303))

    def _note_of(self, form):
        return (form.get("note") or "").replace("\x00", "").strip()[:LONGEST_NOTE]

    def _key_of(self, form):
        key = form.get("request_key") or ""
        return key if key.isascii() and key.isprintable() and len(key) <= LONGEST_KEY else ""
