"""The page "My open items" of customers with a login."""

from odoo.http import request, route

from odoo.addons.account.controllers.portal import PortalAccount

from .open_items import KIND, MOST_SENT, OpenItemsPages

URL = "/my/open-items"
ACCOUNT = f"{URL}/<int:company_id>/<int:currency_id>"
PAGE = {"type": "http", "auth": "user", "website": True, "sitemap": False}


class OpenItemsPortal(OpenItemsPages, PortalAccount):
    def _prepare_home_portal_values(self, counters):
        # OVERRIDE: the card on the first page of the portal shows where something is open.
        values = super()._prepare_home_portal_values(counters)
        if "open_items_count" in counters:
            values["open_items_count"] = sum(len(account.rows) for account in self._get_my_open_accounts())
        return values

    @route(URL, **PAGE, methods=["GET"])
    def open_items(self, thanks="", **_query):
        """All that is open, by company and currency."""
        accounts = self._get_my_open_accounts()
        values = self._prepare_portal_layout_values()
        return self._show_open_items(
            accounts, URL, thanks=thanks, pays_all=self._pays_open_items_at_once(accounts), **values
        )

    @route(f"{ACCOUNT}/statement", **PAGE, methods=["GET"], readonly=True)
    def open_items_statement(self, company_id, currency_id, **_query):
        """The account statement."""
        return self._send_open_items_statement(self._get_my_open_account(company_id, currency_id))

    @route(f"{ACCOUNT}/{KIND}", **PAGE, methods=["GET"], readonly=True)
    def open_items_form(self, company_id, currency_id, kind, **_query):
        """The form to say that it is paid, that it will be, or why not."""
        account = self._get_my_open_account(company_id, currency_id)
        return self._show_answer_form(account, URL, kind, **self._prepare_portal_layout_values())

    @route(f"{ACCOUNT}/{KIND}", **PAGE, methods=["POST"], max_content_length=MOST_SENT)
    def open_items_answer(self, company_id, currency_id, kind, **form):
        """Take down what the customer says."""
        account = self._get_my_open_account(company_id, currency_id)
        author, values = request.env.user.partner_id, self._prepare_portal_layout_values()
        return self._take_answer(account, URL, kind, form, author=author, **values)

    def _get_my_open_accounts(self):
        user = request.env.user
        return self._open_accounts(user.partner_id.commercial_partner_id, user.company_ids)

    def _get_my_open_account(self, company_id, currency_id):
        user = request.env.user
        return self._find_open_account(user.partner_id.commercial_partner_id, user.company_ids, company_id, currency_id)

    def _pays_open_items_at_once(self, accounts):
        """Whether Odoo's page for all overdue invoices asks for just what is late in the only account.

        It asks for the totals of invoices, so none may be paid in part, and takes those of one address.
        """
        if len(accounts) != 1 or not request.env["account.move"].has_access("read"):
            return False
        late = accounts[0].late_rows
        moves = request.env["account.move"].search(self._get_overdue_invoices_domain())
        is_whole = all(not move.currency_id.compare_amounts(move.amount_residual, move.amount_total) for move in moves)
        return (
            len(late) > 1
            and is_whole
            and all(row.pay_url and not row.mark for row in late)
            and sorted(moves.ids) == sorted(row.item.move_id.id for row in late)
        )
