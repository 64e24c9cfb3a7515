"""The page on which a customer says how it was, through the link in a mail or from his order in the portal."""

from urllib.parse import urlencode

from odoo import SUPERUSER_ID, http
from odoo.exceptions import AccessError, MissingError, UserError
from odoo.http import request

from odoo.addons.portal.controllers.portal import CustomerPortal

from ..plays.answer import LONGEST, read, read_score

PAGE = {"type": "http", "auth": "public", "website": True, "multilang": False, "sitemap": False}
LINK = "/lifecycle/feedback/<int:touch_id>/<string:token>"
ORDER = "/my/orders/<int:order_id>/feedback"
MOST_SENT = 256 * 1024  # bytes of a form
GREATEST_ID = 2**31 - 1  # that the database knows
HEADERS = {
    "X-Robots-Tag": "noindex, nofollow",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "private, no-store",
}


class LifecycleFeedback(CustomerPortal):
    """Nothing is answered by opening a page: mail programs open links by themselves."""

    @http.route(LINK, **PAGE, methods=["GET"])
    def lifecycle_feedback_link(self, touch_id, token, score="", done="", **_query):
        """The question of a mail, without a login."""
        return self._ask_lifecycle(self._find_lifecycle_link(touch_id, token), score, done)

    @http.route(LINK, **PAGE, methods=["POST"], max_content_length=MOST_SENT)
    def lifecycle_feedback_link_answer(self, touch_id, token, **form):
        """Take down the answer. Whoever has the link speaks for whom it was sent to."""
        return self._take_lifecycle(self._find_lifecycle_link(touch_id, token), form)

    @http.route(ORDER, **PAGE, methods=["GET"])
    def lifecycle_feedback_order(self, order_id, access_token=None, score="", done="", **_query):
        """The question about an order, for whoever may see the order."""
        return self._ask_lifecycle(self._find_lifecycle_order(order_id, access_token), score, done)

    @http.route(ORDER, **PAGE, methods=["POST"], max_content_length=MOST_SENT)
    def lifecycle_feedback_order_answer(self, order_id, access_token=None, **form):
        """Take down the answer about an order."""
        return self._take_lifecycle(self._find_lifecycle_order(order_id, access_token), form)

    # === WHAT IS ASKED === #

    def _find_lifecycle_link(self, touch_id, token):
        touch = request.env["lifecycle.touch"]._find_by_token(min(touch_id, GREATEST_ID), token)
        return touch._get_question() if touch else None

    def _find_lifecycle_order(self, order_id, access_token):
        """The question about an order; None if whoever asks may not see it, or it is under way."""
        try:
            order = self._document_check_access("sale.order", min(order_id, GREATEST_ID), access_token=access_token)
        except (AccessError, MissingError):
            return None
        if not order._can_lifecycle_answer():
            return None
        user = request.env.user
        is_own = user.partner_id.commercial_partner_id == order.partner_id.commercial_partner_id
        return order._get_lifecycle_question(user.partner_id.sudo() if is_own else None)  # the order is the right to it

    # === ANSWERS === #

    def _ask_lifecycle(self, question, score="", done=""):
        if not question:
            return self._no_such_lifecycle_page()
        feedback = self._speak_lifecycle(question)._find_answer(question)
        if feedback and (done or not feedback._is_correctable()):
            return self._render_lifecycle("feedback_thanks", question, feedback=feedback)
        return self._show_lifecycle_form(question, feedback, read_score(score) or feedback.score)

    def _take_lifecycle(self, question, form):
        if not question:
            return self._no_such_lifecycle_page()
        feedbacks, answer = self._speak_lifecycle(question), read(form)
        if not answer:
            error = request.env._("Please choose a score.")
            return self._show_lifecycle_form(question, feedbacks._find_answer(question), 0, form=form, error=error)
        try:
            feedbacks._take_answer(question, answer)
        except UserError:
            return self._render_lifecycle("feedback_thanks", question, feedback=feedbacks._find_answer(question))
        return self._close_lifecycle(request.redirect(self._get_lifecycle_url(done="1"), code=303))

    def _speak_lifecycle(self, question):
        """All feedback as the server, which takes it down, in the language of whoever is asked."""
        request.update_context(lang=question.person.lang or question.company.partner_id.lang or request.env.lang)
        return request.env["lifecycle.feedback"].with_user(SUPERUSER_ID).with_company(question.company)

    def _show_lifecycle_form(self, question, feedback, score, form=None, error=""):
        return self._render_lifecycle(
            "feedback_form",
            question,
            feedback=feedback,
            score=score,
            form=form or self._read_lifecycle_feedback(feedback),
            error=error,
            longest=LONGEST,
            courier=feedback.carrier or (question.order._get_lifecycle_courier() if question.order else ""),
            is_delivered=bool(question.order and question.order._get_lifecycle_shipments()),
            consents=question.company._get_lifecycle_consent_texts(),
        )

    def _read_lifecycle_feedback(self, feedback):
        """What was said, as the form has it."""
        names = {"packaging": "packaging_score", "courier": "carrier_score"}
        form = {name: str(feedback[field] or "") for name, field in names.items()}
        return {**form, **{name: feedback[name] or "" for name in ("good", "better", "may_publish", "may_ask")}}

    def _get_lifecycle_url(self, **query):
        """This page again; the token of an order stays in the address."""
        token = request.httprequest.args.get("access_token")
        args = {**({"access_token": token} if token else {}), **query}
        return f"{request.httprequest.path}?{urlencode(args)}" if args else request.httprequest.path

    def _render_lifecycle(self, template, question, **values):
        spoken = {"lang": request.env.lang.replace("_", "-")}  # for readers who listen
        values = {
            "question": question,
            "url": self._get_lifecycle_url(),
            "res_company": question.company,
            "no_breadcrumbs": True,
            "html_data": spoken,
            **values,
        }
        return self._close_lifecycle(request.render(f"lifecycle_crm.{template}", values))

    def _no_such_lifecycle_page(self):
        """The same answer for every address that opens nothing, whatever the reason."""
        page = request.env["ir.qweb"]._render("lifecycle_crm.feedback_not_found", {})
        response = request.make_response(page, status=404, headers=[("Content-Type", "text/html; charset=utf-8")])
        return self._close_lifecycle(response)

    def _close_lifecycle(self, response):
        """Neither search engines nor caches keep the answer, and the address is told to no other site."""
        for name, value in HEADERS.items():
            response.headers[name] = value
        return response
