"""The cases of a customer in his portal."""

from odoo.exceptions import AccessError, MissingError
from odoo.http import request, route

from odoo.addons.portal.controllers.portal import CustomerPortal

PAGE = {"type": "http", "website": True, "sitemap": False, "methods": ["GET"]}
SHOWN = 80


class LifecycleCasePortal(CustomerPortal):
    def _prepare_home_portal_values(self, counters):
        # OVERRIDE: the card on the first page shows where there are cases.
        values = super()._prepare_home_portal_values(counters)
        if "lifecycle_case_count" in counters:
            values["lifecycle_case_count"] = len(self._get_my_cases())
        return values

    @route("/my/cases", auth="user", readonly=True, **PAGE)
    def lifecycle_cases(self, **_query):
        """All cases of the customer, the open ones first."""
        values = self._prepare_portal_layout_values()
        cases = self._get_my_cases()
        return request.render(
            "lifecycle_crm.lifecycle_portal_cases", {**values, "cases": cases, "page_name": "lifecycle_case"}
        )

    @route("/my/cases/<int:case_id>", auth="public", **PAGE)
    def lifecycle_case(self, case_id, access_token=None, **_query):
        """A case, and what was written about it; by a login of its customer or by the link from our mail."""
        try:
            case = self._get_my_cases().filtered(lambda each: each.id == case_id)
            case = case or self._document_check_access("lifecycle.case", case_id, access_token)
        except (AccessError, MissingError):
            return request.not_found()
        case._portal_ensure_token()
        values = {"case": case, "object": case, "token": case.access_token, "page_name": "lifecycle_case"}
        return request.render("lifecycle_crm.lifecycle_portal_case", {**self._prepare_portal_layout_values(), **values})

    def _get_my_cases(self):
        """The cases of the company that whoever is logged in belongs to."""
        cases = request.env["lifecycle.case"].sudo()  # customers have no rights on them: these are their own
        if request.env.user._is_public():
            return cases
        mine = [("partner_id", "=", request.env.user.partner_id.commercial_partner_id.id)]
        return cases.search(mine, order="is_closed, id desc", limit=SHOWN)
