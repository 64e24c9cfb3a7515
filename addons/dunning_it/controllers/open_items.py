"""What the pages of open items share, whether the customer came with a login or through a link."""

from werkzeug.exceptions import NotFound

from odoo import SUPERUSER_ID, fields
from odoo.exceptions import UserError
from odoo.http import content_disposition, request

from ..answers.form import KINDS, LONGEST_REFERENCE, LONGEST_TEXT, MOST_BYTES, PAID, read
from ..models.dunning_case_contact import ITALY
from ..models.open_account import open_accounts

KIND = f"<any({','.join(KINDS)}):kind>"
MOST_SENT = MOST_BYTES + 256 * 1024  # bytes of a form with its file
HEADERS = {
    "X-Robots-Tag": "noindex, nofollow",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "private, no-store",
}


def close_to_others(response):
    """Neither search engines nor caches keep the answer, and the address is told to no other site."""
    for name, value in HEADERS.items():
        response.headers[name] = value
    return response


class OpenItemsPages:
    """The answers of both kinds of pages. The controllers say whose they are: a customer, and his creditors.

    Odoo merges all controllers of the portal into one class, so each name here says what it is about.
    """

    def _open_accounts(self, partner, companies):
        env = request.env(su=True)  # a customer has no right to any model behind his page
        env = env(context={**env.context, "tz": ITALY.key, "allowed_company_ids": companies.ids})
        return open_accounts(env, partner.with_env(env), companies.with_env(env))

    def _find_open_account(self, partner, companies, company_id, currency_id):
        """One of the customer's own accounts; for any other a 404, as for one that is not there."""
        for account in self._open_accounts(partner, companies):
            if account.key == f"{company_id}/{currency_id}":
                return account
        raise NotFound

    # === PAGES === #

    def _show_open_items(self, accounts, url, **values):
        return self._render_open_items("open_items_page", url, accounts=accounts, **values)

    def _show_answer_form(self, account, url, kind, form=None, error="", **values):
        if not account.answerable_rows:
            return close_to_others(request.redirect(url, code=303))
        fields_of = account.case.env["dunning.answer"]._fields
        choices = {name: fields_of[name]._description_selection(account.case.env) for name in ("way", "reason")}
        chosen = request.httprequest.form.getlist("item") if form else None
        return self._render_open_items(
            "open_items_form",
            url,
            account=account,
            kind=kind,
            form=form or {},
            chosen=chosen,
            error=error,
            today=fields.Date.context_today(account.case),
            longest_text=LONGEST_TEXT,
            longest_reference=LONGEST_REFERENCE,
            **choices,
            **values,
        )

    def _take_answer(self, account, url, kind, form, author=None, **values):
        """Keep an answer, or say what is wrong with it."""
        today = fields.Date.context_today(account.case)
        said = read(
            kind,
            form,
            request.httprequest.form.getlist("item"),
            today,
            ways=self._get_answer_values(account, "way"),
            reasons=self._get_answer_values(account, "reason"),
        )
        case = account.case.with_user(SUPERUSER_ID)  # the server takes it down, in the customer's language
        try:
            with request.env.cr.savepoint():
                answer = case._take_answer(said, self._read_answer_file(form), author)
        except UserError as error:
            return self._show_answer_form(account, url, kind, form=form, error=str(error), **values)
        return close_to_others(request.redirect(f"{url}?thanks={self._thank_for_answer(answer)}", code=303))

    def _get_answer_values(self, account, name):
        return tuple(dict(account.case.env["dunning.answer"]._fields[name].selection))

    def _read_answer_file(self, form):
        """The file that came along, None where none was chosen."""
        upload = form.get("file")
        if not getattr(upload, "filename", ""):
            return None
        return upload.filename.replace("\\", "/").rpartition("/")[2][:LONGEST_REFERENCE], upload.read(MOST_BYTES + 1)

    def _thank_for_answer(self, answer):
        """What to thank for: an answer that took effect, or one that a person looks at."""
        if answer.kind == PAID:
            return "paid" if answer.paused_until else "asked"
        return answer.kind if answer.state == "taken" else "asked"

    def _send_open_items_statement(self, account):
        name, content = account.draw_statement()
        headers = [
            ("Content-Type", "application/pdf"),
            ("Content-Length", len(content)),
            ("Content-Disposition", content_disposition(name)),
        ]
        return close_to_others(request.make_response(content, headers))

    def _render_open_items(self, template, url, **values):
        spoken = {"lang": request.env.lang.replace("_", "-")}  # for readers who listen
        values = {"url": url, "page_name": "open_items", "kinds": KINDS, "html_data": spoken, **values}
        return close_to_others(request.render(f"dunning_it.{template}", values))
