"""The page that an approver reaches from his mail: it shows what is asked, and decides only by its buttons."""

from werkzeug.exceptions import NotFound

from odoo.exceptions import UserError
from odoo.http import Controller, request, route

URL = "/quotes/approval/<int:request_id>"
HEADERS = {"X-Robots-Tag": "noindex, nofollow", "Referrer-Policy": "no-referrer", "Cache-Control": "private, no-store"}


class QuoteApproval(Controller):
    """A link in a mail may be opened by scanners and previews, so opening it decides nothing.

    Who decides has logged in, and does so only once, since a request that is decided is not open any more.
    """

    @route(URL, type="http", auth="user", website=True, methods=["GET"], readonly=True)
    def approval_page(self, request_id, **_query):
        """What is asked, with the buttons for who may decide."""
        return self._render(self._get_request(request_id))

    @route(URL, type="http", auth="user", website=True, methods=["POST"])
    def approval_decide(self, request_id, decision=None, comment="", digest="", **_form):
        """Decide what was shown; Odoo checks that the form is its own."""
        record = self._get_request(request_id)
        error = False
        if decision not in ("approve", "refuse") or digest != record.digest:
            raise NotFound
        try:
            with request.env.cr.savepoint():
                record._decide(decision == "approve", comment.strip())
        except UserError as raised:
            error = str(raised)
        return self._render(record, error=error, comment=comment)

    def _get_request(self, request_id):
        """The request, for whoever may read it; for others it is not there.

        :raise NotFound: likewise for one that never was
        """
        record = request.env["quote.discount.request"].browse(request_id).exists()
        if not record or not record.has_access("read"):
            raise NotFound
        return record

    def _render(self, record, **values):
        obstacle = False
        if record.state == "pending":
            try:
                record._check_may_decide()
            except UserError as error:
                obstacle = str(error)
        values = {"error": False, "comment": "", **values, "record": record, "obstacle": obstacle}
        response = request.render("quote_discounts.quote_discount_request_page", values)
        for name, value in HEADERS.items():
            response.headers[name] = value
        return response
