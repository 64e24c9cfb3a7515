"""The pages of preferences, with a link or a login."""

from odoo import http
from odoo.http import request

from odoo.addons.portal.controllers.portal import CustomerPortal

HEADERS = {
    "X-Robots-Tag": "noindex, nofollow",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "private, no-store",
}
ON_SITE = {"website": True, "multilang": False}  # where there is a website, its frame is drawn only on its own pages
LINK = "<int:person_id>/<int:company_id>"
OPTIONS = {"type": "http", "auth": "public", "csrf": False, "save_session": False, "sitemap": False, **ON_SITE}


class LifecyclePreferences(http.Controller):
    """The token of the link is the right to it, so a form needs no other; whatever is wrong with a link is one 404."""

    @http.route(f"/lifecycle/preferences/{LINK}/<string:token>", methods=["GET", "POST"], **OPTIONS)
    def lifecycle_preferences(self, person_id, company_id, token, **form):
        """Show the preferences; keep them where they were sent."""
        person, company = self._find(person_id, company_id, token)
        is_saved = request.httprequest.method == "POST"
        if is_saved:
            _keep(person, company, form)
        return _show(person, company, is_saved=is_saved)

    @http.route(f"/lifecycle/unsubscribe/{LINK}/<path:code>/<string:token>", methods=["GET", "POST"], **OPTIONS)
    def lifecycle_unsubscribe(self, person_id, company_id, code, token, **form):
        """End the e-mails for a purpose. Only a POST does: whatever looks at links in mails does no more than look."""
        person, company = self._find(person_id, company_id, token)
        purpose = request.env["lifecycle.preference"]._get_purposes().filtered(lambda each: each.code == code)
        if not purpose:
            raise request.not_found()
        if request.httprequest.method == "POST":
            request.env["lifecycle.preference"]._unsubscribe(person, company, code)
        words = {"purpose": purpose, "is_done": request.httprequest.method == "POST"}
        return _render("unsubscribe_page", person, company, **words)

    def _find(self, person_id, company_id, token):
        person, company = request.env["lifecycle.preference"]._find(person_id, company_id, token)
        if not person:
            raise request.not_found()
        return person, company


class LifecyclePortal(CustomerPortal):
    """The same behind the login: about the person who is logged in, with the company of the website."""

    @http.route("/my/lifecycle/preferences", type="http", auth="user", methods=["GET", "POST"], website=True)
    def lifecycle_my_preferences(self, **form):
        """Show the preferences of whoever is logged in; keep them where they were sent."""
        person = request.env.user.partner_id.sudo()  # his own, and what belongs to it
        company = request.env.company.sudo()  # likewise
        is_saved = request.httprequest.method == "POST"
        if is_saved:
            _keep(person, company, form)
        return _show(person, company, is_saved=is_saved)


def _keep(person, company, form):
    chosen = {tuple(name.rsplit("/", 1)) for name in form if "/" in name}
    request.env["lifecycle.preference"]._choose(person, company, chosen)


def _show(person, company, **values):
    request.update_context(lang=person.lang or request.env.lang)  # what stands against it is said in his language
    choices = request.env["lifecycle.preference"]._get_choices(person, company)
    return _render("preferences_page", person, company, choices=choices, **values)


def _render(template, person, company, **values):
    lang = person.lang or request.env.lang
    request.update_context(lang=lang)
    request.future_response.headers.pop("Set-Cookie", None)  # Odoo's of the language: a link of a mail leaves none
    response = request.render(
        f"lifecycle_crm.{template}", {"person": person.with_context(lang=lang), "company": company, **values}
    )
    for name, value in HEADERS.items():
        response.headers[name] = value
    return response
