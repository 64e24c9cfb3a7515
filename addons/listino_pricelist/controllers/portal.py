"""The page "My price list" of customers with a login."""

from werkzeug.exceptions import NotFound

from odoo.exceptions import UserError
from odoo.http import request, route

from odoo.addons.portal.controllers.portal import CustomerPortal

from .online import OnlinePages, close_to_others

URL = "/my/listino"


class ListinoPortal(OnlinePages, CustomerPortal):
    def _prepare_home_portal_values(self, counters):
        # OVERRIDE: the card on the first page of the portal shows where there is a list to see.
        values = super()._prepare_home_portal_values(counters)
        if "listino_count" in counters:
            Document = request.env["listino.document"]
            values["listino_count"] = len(Document._get_portal_documents(request.env.user))
        return values

    @route([URL], type="http", auth="user", website=True, readonly=True)
    def listino_documents(self, **_query):
        """The price lists of the customer; the only one opens at once."""
        documents = request.env["listino.document"]._get_portal_documents(request.env.user)
        if len(documents) == 1:
            return request.redirect(f"{URL}/{documents.id}")
        values = {**self._prepare_portal_layout_values(), "documents": documents, "page_name": "listino", "url": URL}
        return close_to_others(request.render("listino_pricelist.listino_online_documents", values))

    @route(
        [f"{URL}/<int:document_id>", f"{URL}/<int:document_id>/page/<int:page>"],
        type="http",
        auth="user",
        website=True,
        readonly=True,
    )
    def listino_page(self, document_id, page=1, search="", category="", **_query):
        """A page of a price list, of a category, or of what a search finds."""
        return self._answer(document_id, self._page, search=search, category=category, page=page)

    @route(
        f"{URL}/<int:document_id>/<any(pdf,xlsx,csv):extension>",
        type="http",
        auth="user",
        website=True,
        readonly=True,
    )
    def listino_file(self, document_id, extension):
        """The reader's list as a file."""
        return self._file(self._get_online(document_id), extension)

    @route(f"{URL}/<int:document_id>/image/<int:product_id>", type="http", auth="user", readonly=True)
    def listino_picture(self, document_id, product_id):
        """The picture of a product of the list."""
        return self._picture(self._get_online(document_id), product_id)

    @route(f"{URL}/<int:document_id>/request", type="http", auth="user", website=True, readonly=True, methods=["POST"])
    def listino_review(self, document_id, **form):
        """What is asked for, before it is sent."""
        return self._answer(document_id, self._review, form=form)

    @route(f"{URL}/<int:document_id>/request/send", type="http", auth="user", website=True, methods=["POST"])
    def listino_send(self, document_id, **form):
        """Make the quote."""
        return self._answer(document_id, self._make_order, form=form)

    @route(f"{URL}/<int:document_id>/sent", type="http", auth="user", website=True, readonly=True)
    def listino_sent(self, document_id, **_query):
        """Thanks, and what happens next, once the quote is made."""
        return self._answer(document_id, lambda online, url: self._render("listino_online_sent", online, url))

    def _make_order(self, online, url, form):
        if self._is_sent(form):
            return self._thank(url)
        lines, error = self._read_lines(online, form)
        error = error or self._order(online, lines, form, lambda: request.env.user.partner_id)
        return self._review(online, url, form, error) if error else self._thank(url)

    def _get_online(self, document_id):
        """The list of the customer; for any other document a 404, as for one that is not there."""
        documents = request.env["listino.document"]._get_portal_documents(request.env.user)
        document = documents.filtered(lambda document: document.id == document_id)
        if not document:
            raise NotFound
        return document._get_online(request.env.user, request.env.lang)

    def _answer(self, document_id, render, **options):
        """A page of a list, or why it can't be shown."""
        try:
            return render(self._get_online(document_id), f"{URL}/{document_id}", **options)
        except UserError as error:
            values = {**self._prepare_portal_layout_values(), "message": str(error), "page_name": "listino", "url": URL}
            return close_to_others(request.render("listino_pricelist.listino_online_message", values))
