"""The same page through the link in a reminder, for customers without a login."""

from werkzeug.exceptions import NotFound

from odoo import http
from odoo.http import request

from .open_items import KIND, MOST_SENT, OpenItemsPages, close_to_others

URL = "/open-items/<string:token>"
ACCOUNT = f"{URL}/<int:company_id>/<int:currency_id>"
PAGE = {"type": "http", "auth": "public", "website": True, "multilang": False, "sitemap": False}


class OpenItemsLink(OpenItemsPages, http.Controller):
    @http.route(URL, **PAGE, methods=["GET"])
    def open_items_link(self, token, thanks="", **_query):
        """All that is open between the customer and the company that wrote to him."""
        return self._answer(
            token, None, lambda accounts, url, **values: self._show_open_items(accounts, url, thanks=thanks, **values)
        )

    @http.route(f"{ACCOUNT}/statement", **PAGE, methods=["GET"], readonly=True)
    def open_items_link_statement(self, token, company_id, currency_id, **_query):
        """The account statement."""
        return self._answer(
            token, (company_id, currency_id), lambda account, *_url, **_: self._send_open_items_statement(account)
        )

    @http.route(f"{ACCOUNT}/{KIND}", **PAGE, methods=["GET"], readonly=True)
    def open_items_link_form(self, token, company_id, currency_id, kind, **_query):
        """The form to say that it is paid, that it will be, or why not."""
        return self._answer(token, (company_id, currency_id), self._show_answer_form, kind=kind)

    @http.route(f"{ACCOUNT}/{KIND}", **PAGE, methods=["POST"], max_content_length=MOST_SENT)
    def open_items_link_answer(self, token, company_id, currency_id, kind, **form):
        """Take down what the customer says. Whoever has the link speaks for him, and the case says that it was so."""
        return self._answer(token, (company_id, currency_id), self._take_answer, kind=kind, form=form)

    def _answer(self, token, key, render, **options):
        """The answer for a link, in the customer's language; all that can't be shown is one and the same 404.

        :param key: company and currency of one account, None for all
        """
        partner, company = request.env["res.partner"]._find_by_open_items_token(token)
        if not partner:
            return self._no_such_link()
        request.update_context(
            lang=partner.with_company(company)._get_dunning_contact().lang or partner.lang or request.env.lang
        )
        url = f"/open-items/{token}"
        try:
            shown = self._find_open_account(partner, company, *key) if key else self._open_accounts(partner, company)
        except NotFound:
            return self._no_such_link()
        return render(shown, url, res_company=company, is_link=True, no_breadcrumbs=True, **options)

    def _no_such_link(self):
        """The same answer for every link that opens nothing, whatever the reason."""
        page = request.env["ir.qweb"]._render("dunning_it.open_items_not_found", {})
        response = request.make_response(page, status=404, headers=[("Content-Type", "text/html; charset=utf-8")])
        return close_to_others(response)
