"""Share pages: the items of a feed as a light page, and the form by which visitors ask for one."""

from hashlib import sha256
from urllib.parse import urlencode

from odoo import http
from odoo.http import request

from ..models.shop_feed_share import SHARE_ROUTE
from ..serving.buckets import Buckets
from ..share import question as questions
from ..share.browse import read
from .public_page import GREATEST_ID, PAGE, UNLISTED, FeedPublicPage

LIST = f"{SHARE_ROUTE}/<string:slug>"
ITEM = f"{LIST}/<int:item_id>"
BUCKETS = Buckets(size=120, a_second=2)
FORM_BUCKETS = Buckets(size=6, a_second=1 / 60)
KEPT_SECONDS = 300
MOST_SENT = 64 * 1024  # bytes of a form


class FeedSharePage(FeedPublicPage, http.Controller):
    @http.route(LIST, **PAGE, methods=["GET"], readonly=True)
    def feed_share_page(self, slug, **query):
        """The items of a feed, with categories and a search."""
        if wait := self._get_feed_wait(BUCKETS):
            return self._too_many_feed_requests(wait)
        feed = self._find_shared_feed(slug)
        if not feed:
            return self._no_such_feed_page()
        asked = read(query)
        page = feed._get_share_page(asked)
        if asked.page > page.pages:
            return self._no_such_feed_page()
        link = lambda **changes: self._get_feed_link(feed, asked, **changes)  # noqa: E731 - what the template calls
        response = self._render_shared(feed, "share_page", asked=asked, page=page, link=link)
        return self._answer_if_new(response)

    @http.route(ITEM, **PAGE, methods=["GET"], readonly=True)
    def feed_share_item(self, slug, item_id, thanks="", **_query):
        """One item, with the form."""
        if wait := self._get_feed_wait(BUCKETS):
            return self._too_many_feed_requests(wait)
        feed, shown = self._find_shared_item(slug, item_id)
        if not shown:
            return self._no_such_feed_page()
        return self._show_shared_item(feed, shown, thanks=bool(thanks))

    # Whoever sends the form is nobody: no cookie is read, and nothing is done in the name of a user who is logged in.
    # So there is no session whose token could prove anything, least of all in a frame; the form is signed instead.
    @http.route(ITEM, **PAGE, methods=["POST"], csrf=False, max_content_length=MOST_SENT)
    def feed_share_ask(self, slug, item_id, **form):
        """Take down what a visitor asks."""
        if wait := self._get_feed_wait(FORM_BUCKETS):
            return self._too_many_feed_requests(wait)
        feed, shown = self._find_shared_item(slug, item_id)
        if not shown or not feed.has_questions:
            return self._no_such_feed_page()
        question = questions.read(form)
        faults = question.faults
        if not feed._is_question_token(str(form.get("token") or ""), shown.item_id):
            faults = ["too_old", *faults]
        if faults and not question.is_robot:
            return self._show_shared_item(feed, shown, question=question, faults=faults, status=422)
        if not question.is_robot:  # a robot is thanked as everybody: it learns nothing
            feed._take_question(shown, question)
        return request.redirect(f"{SHARE_ROUTE}/{feed.share_slug}/{shown.item_id}?thanks=1", code=303)

    # === WHAT IS SHOWN === #

    def _find_shared_feed(self, slug):
        """The feed, in its own language; empty where none is shared here."""
        website = request.env["website"].get_current_website()
        feed = request.env["shop.feed"]._find_shared(slug, website)
        if feed:
            request.update_context(lang=feed.lang_id.code)
        return feed.with_context(lang=feed.lang_id.code).with_company(feed.company_id) if feed else feed

    def _find_shared_item(self, slug, item_id):
        feed = self._find_shared_feed(slug)
        return feed, feed._get_shared_item(min(item_id, GREATEST_ID)) if feed else None

    def _show_shared_item(self, feed, shown, question=None, faults=(), thanks=False, status=200):
        response = self._render_shared(
            feed,
            "share_item",
            status=status,
            shown=shown,
            question=question or questions.Question(),
            faults=faults,
            thanks=thanks,
            token=feed._get_question_token(shown.item_id),
            trap=questions.TRAP,
            longest=questions.LONGEST,
            is_indexed=feed.is_indexed and not thanks and not faults,
        )
        response.headers["Cache-Control"] = "private, no-store"  # the form is signed for now
        return response

    def _render_shared(self, feed, template, status=200, **values):
        offer = feed._get_share_offer()
        values = {
            "feed": feed,
            "company": feed.company_id,
            "company_address": ", ".join(filter(None, self._get_feed_address_lines(feed.company_id))),
            "route": f"{SHARE_ROUTE}/{feed.share_slug}",
            "heading": feed.share_title or feed.company_id.name,
            "summary": (feed.share_text or "")[:160],
            "offer": offer,
            "is_indexed": feed.is_indexed,
            "target": "_blank" if feed.is_embeddable else "_self",
            **values,
        }
        ancestors = "*" if feed.is_embeddable else "'self'"
        headers = [("Content-Security-Policy", f"frame-ancestors {ancestors}")]
        if not values["is_indexed"]:
            headers.append(UNLISTED)
        return self._render_feed_page(template, status=status, headers=headers, **values)

    def _get_feed_address_lines(self, company):
        return [company.street, " ".join(filter(None, (company.zip, company.city)))]

    def _answer_if_new(self, response):
        """The page, or that it is the one which the visitor has."""
        response.set_etag(sha256(response.data).hexdigest())
        response.headers["Cache-Control"] = f"public, max-age={KEPT_SECONDS}"
        return response.make_conditional(request.httprequest)

    def _get_feed_link(self, feed, asked, **changes):
        """The address of another page of the same search."""
        query = asked.query(**changes)
        return f"{SHARE_ROUTE}/{feed.share_slug}" + (f"?{urlencode(query)}" if query else "")
