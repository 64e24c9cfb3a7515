"""The pages behind a link, for readers without a login.

No page saves a session. What a reader proves is in his address (the token), in a signed cookie (that he knew the
password) and in signed forms; each is void once the link is revoked.
"""

from werkzeug.exceptions import NotFound

from odoo import http
from odoo.exceptions import UserError
from odoo.http import request
from odoo.tools import email_normalize

from ..models.listino_share_reading import KEY_HOURS, LOCKED, RIGHT
from ..sharing.contact import contact_of
from .online import OnlinePages, close_to_others

URL = "/listino/link/<string:token>"
PAGE = {"type": "http", "auth": "public", "website": True, "multilang": False, "sitemap": False, "save_session": False}
# The token in the address, which no other site knows, takes the place of the session's token; see also _get_form_token.
FORM = {**PAGE, "methods": ["POST"], "csrf": False}


class ListinoLink(OnlinePages, http.Controller):
    @http.route([URL, f"{URL}/page/<int:page>"], **PAGE)
    def listino_link(self, token, page=1, search="", category="", **_query):
        """A page of the price list. It counts the opening, so it is not read-only."""
        share = self._find(token)
        if not share:
            return self._no_such_link()
        if not self._is_unlocked(share):
            return self._ask_password(share)
        if request.httprequest.method == "GET":
            share._count_opening()
        return self._answer(share, self._page, search=search, category=category, page=page)

    @http.route(f"{URL}/password", **FORM)
    def listino_link_password(self, token, password="", **_form):
        """Take the password, and remember in the browser that it was right."""
        share = self._find(token)
        if not share:
            return self._no_such_link()
        answer = RIGHT if self._is_unlocked(share) else share._try_password(password)
        if answer != RIGHT:
            return self._ask_password(share, answer)
        response = close_to_others(request.redirect(share._get_path(), code=303))
        response.set_cookie(
            self._cookie_of(share),
            share._get_key(),
            max_age=KEY_HOURS * 3600,
            path=share._get_path(),
            secure=request.httprequest.scheme == "https",
            httponly=True,
            samesite="Lax",
        )
        return response

    @http.route(f"{URL}/<any(pdf,xlsx,csv):extension>", **PAGE, readonly=True)
    def listino_link_file(self, token, extension, **_query):
        """The list as a file."""
        return self._open(token, lambda online, _url, **_values: self._file(online, extension))

    @http.route(f"{URL}/image/<int:product_id>", **PAGE, readonly=True)
    def listino_link_picture(self, token, product_id, **_query):
        """The picture of a product of the list."""

        def picture(online, _url, **_values):
            try:
                return self._picture(online, product_id)
            except NotFound:
                return self._no_such_link()

        return self._open(token, picture)

    @http.route(f"{URL}/request", **FORM, readonly=True)
    def listino_link_review(self, token, **form):
        """What is asked for, before it is sent; here nothing is written."""
        return self._open(token, self._review, form=form)

    @http.route(f"{URL}/request/send", **FORM)
    def listino_link_send(self, token, **form):
        """Make the quote."""
        return self._open(token, self._make_order, form=form)

    @http.route(f"{URL}/sent", **PAGE, readonly=True)
    def listino_link_sent(self, token, **_query):
        """Thanks, and what happens next, once the quote is made."""
        return self._open(
            token, lambda online, url, **values: self._render("listino_online_sent", online, url, **values)
        )

    def _make_order(self, online, url, form, **values):
        if self._is_sent(form):
            return self._thank(url)
        share = values["share"]
        contact, missing = contact_of(form, email_normalize)
        missing = set() if share.partner_id else missing
        lines, error = self._read_lines(online, form)
        error = error or self._get_refusal(online, form, share)
        if not error and not missing:
            error = self._order(online, lines, form, lambda: share.partner_id or share._get_prospect(contact), share)
        if error or missing:
            return self._review(online, url, form, error, missing=missing, **values)
        return self._thank(url)

    def _get_refusal(self, online, form, share):
        """Why nothing is taken from this form now, in words."""
        if not share._is_form_token(form.get("form_token")):
            return online.env._("The page was open for too long. Look at the request and send it again.")
        if not share._has_requests_left():
            return online.env._("Too many requests have come through this link today. Call us, or try again tomorrow.")
        return ""

    # === THE LINK === #

    def _find(self, token):
        return request.env["listino.share"]._find(token)

    def _cookie_of(self, share):
        return f"listino_link_{share.id}"

    def _is_unlocked(self, share):
        return share._is_unlocked(request.cookies.get(self._cookie_of(share)))

    def _open(self, token, render, **options):
        """The answer for a link that is open to this reader; he is asked for the password first."""
        share = self._find(token)
        if not share:
            return self._no_such_link()
        if not self._is_unlocked(share):
            return close_to_others(request.redirect(share._get_path(), code=303))
        return self._answer(share, render, **options)

    def _answer(self, share, render, **options):
        """The answer to a reader of the link; a list that can't be laid out (put away) is as good as no link."""
        try:
            online = share._get_online()
        except UserError:
            return self._no_such_link()
        return render(
            online,
            share._get_path(),
            is_link=True,
            share=share,
            form_token=share._get_form_token(),
            **options,
        )

    def _ask_password(self, share, answer=None):
        """The page that asks for the password, and tells nothing but who sends the list."""
        request.update_context(lang=(share.partner_id.lang or share.document_id.lang))
        values = {
            "url": share._get_path(),
            "res_company": share.company_id,
            "is_wrong": answer is not None,
            "is_locked": answer == LOCKED,
            "no_breadcrumbs": True,
            "is_link": True,
        }
        response = request.render("listino_pricelist.listino_link_password", values, status=403 if answer else 200)
        return close_to_others(response)

    def _no_such_link(self):
        """The same answer for every token that opens nothing, whatever the reason."""
        page = request.env["ir.qweb"]._render("listino_pricelist.listino_link_not_found", {})
        response = request.make_response(page, status=404, headers=[("Content-Type", "text/html; charset=utf-8")])
        return close_to_others(response)
