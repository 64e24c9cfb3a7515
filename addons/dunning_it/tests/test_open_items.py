"""The customer's page: his own figures and nothing else, with a login or through a link."""

import re

from freezegun import freeze_time

from odoo.fields import Command
from odoo.tests import tagged
from odoo.tools import mute_logger

from .answers_common import PDF, OpenItemsCommon

HEADERS = {"X-Robots-Tag": "noindex, nofollow", "Referrer-Policy": "no-referrer", "Cache-Control": "private, no-store"}


@tagged("post_install", "-at_install")
@freeze_time("2026-06-15 08:00:00")
class TestOpenItems(OpenItemsCommon):
    # === THE PAGE ===

    def test_the_page_shows_what_is_open_and_how_to_pay_it(self):
        self._pay(self.other, amount=100)
        self._scan()
        for url in (self._login(), self.link):
            text = self.url_open(url).text
            for words in (self.move.name, self.other.name, self.later.name):
                self.assertIn(words, text)
            for amount in (1000, 300, 100, 200, 1200, 1400):
                self.assertIn(self._money(amount), text)
            self.assertIn("IT60 X054 2811 1010 0000 0123 456", text)
            self.assertIn("data:image/svg+xml;base64,", text)
            self.assertIn("92", text)  # days late

    def test_the_page_and_the_reminder_ask_for_the_same(self):
        self._create_credit(150)
        self._scan()
        self.assertEqual(self.case.amount_net, 1150)
        shown = re.search(r'<dd class="o_open_items_to_pay[^>]*>(.*?)</dd>', self.url_open(self.link).text)
        self.assertEqual(shown[1], self._money(1150))

    def test_nothing_of_ours_is_on_the_page(self):
        self.case.user_id = self.manager
        self.customer.write({"comment": "Slow payer", "dunning_closing_day": 10})
        self.case.message_post(body="He is broke")
        texts = [self.url_open(self._login()).text, self.url_open(self.link).text]
        texts += [self.url_open(f"{self.link}/{self.key}/{kind}").text for kind in ("paid", "promise", "dispute")]
        for text in texts:
            for secret in (
                self.manager.name,
                "Slow payer",
                "He is broke",
                self.business.name,
                *self.business.stage_ids.mapped("name"),
            ):
                self.assertNotIn(secret, text)

    def test_a_customer_who_owes_nothing_is_told_so(self):
        self._pay(self.move + self.other + self.later)
        self._scan()
        self.assertIn("Nothing is open", self.url_open(self._login()).text)

    def test_what_was_given_up_or_is_left_alone_is_not_asked_for(self):
        self._get_item(self.later).no_followup = True
        self.case._close("waived")
        self.assertIn("Nothing is open", self.url_open(self.link).text)

    def test_the_card_of_the_portal_counts_the_open_instalments(self):
        self._login()
        counted = self.make_jsonrpc_request("/my/counters", {"counters": ["open_items_count"]})
        self.assertEqual(counted, {"open_items_count": 3})
        self.assertIn("/my/open-items", self.url_open("/my/home").text)

    def test_the_statement_is_a_paper_of_all_that_is_open(self):
        for url in (f"{self._login()}/{self.key}/statement", f"{self.link}/{self.key}/statement"):
            response = self.url_open(url)
            self.assertEqual(response.headers["Content-Type"], "application/pdf")
            self.assertTrue(response.content.startswith(b"%PDF"))

    def test_no_answer_is_indexed_cached_or_told_to_others(self):
        login = self._login()
        for path in ("", f"/{self.key}/paid", f"/{self.key}/statement"):
            for url in (login, self.link):
                headers = self.url_open(url + path).headers
                self.assertEqual({name: headers.get(name) for name in HEADERS}, HEADERS)
        headers = self.url_open("/open-items/nonsense").headers
        self.assertEqual({name: headers.get(name) for name in HEADERS}, HEADERS)

    # === WHOSE IT IS ===

    def test_another_customer_sees_only_what_is_his(self):
        stranger = self._create_customer("Bar Verdi")
        self._create_portal_user("dunning_verdi", stranger)
        own = self._create_invoice(77, partner=stranger)
        text = self.url_open(self._login("dunning_verdi")).text
        self.assertIn(own.name, text)
        self.assertNotIn(self.move.name, text)

    def test_an_account_that_is_not_his_is_not_there(self):
        elsewhere, _user = self._create_elsewhere()
        dollar = self.env.ref("base.USD")
        login = self._login()
        for key in (f"{elsewhere.id}/{self.euro.id}", f"{self.company.id}/{dollar.id}", "0/0"):
            for path in (f"{key}/statement", f"{key}/paid"):
                self.assertEqual(self.url_open(f"{login}/{path}").status_code, 404)
                self.assertEqual(self.url_open(f"{self.link}/{path}").content, self._get_no_link())

    def test_every_link_that_opens_nothing_gets_the_same_answer(self):
        token = self.link.rpartition("/")[2]
        altered = token[:-2] + ("AA" if token[-2:] != "AA" else "BB")
        for wrong in (altered, "x", "%00", "è", token[:20], "A" * 400):
            response = self.url_open(f"/open-items/{wrong}")
            self.assertEqual((response.status_code, response.content), (404, self._get_no_link()))
        self.customer.active = False
        self.assertEqual(self.url_open(self.link).content, self._get_no_link())

    def test_a_link_ends_with_its_days_and_with_the_address_it_was_sent_to(self):
        with freeze_time("2026-09-13 07:00:00"):
            self.assertEqual(self.url_open(self.link).status_code, 200)
        with freeze_time("2026-09-13 08:01:00"):
            self.assertEqual(self.url_open(self.link).content, self._get_no_link())
        self.customer.email = "right@example.com"
        self.assertEqual(self.url_open(self.link).content, self._get_no_link())

    def test_a_link_shows_the_company_that_sent_it_alone(self):
        elsewhere, _user = self._create_elsewhere()
        token = self.customer._get_open_items_token(elsewhere)
        text = self.url_open(f"/open-items/{token}").text
        self.assertNotIn(self.move.name, text)

    def test_without_a_login_the_page_asks_for_one(self):
        self.assertIn("/web/login", self.url_open("/my/open-items").url)

    def test_the_page_behind_a_link_is_in_the_language_of_the_customer(self):
        self.env["res.lang"]._activate_lang("it_IT")
        self.customer.lang = "it_IT"
        self.assertIn('lang="it-IT"', self.url_open(self.link).text)

    # === ANSWERS ===

    def test_he_says_that_it_is_paid_with_its_receipt(self):
        for number, (url, move) in enumerate(((self._login(), self.move), (self.link, self.other)), 1):
            response = self._post(
                f"{url}/{self.key}/paid",
                move,
                files={"file": ("receipt.pdf", PDF, "application/pdf")},
                date="2026-06-12",
                way="transfer",
                reference="CRO 1",
            )
            self.assertEqual(response.status_code, 303, response.text)
            self.assertTrue(response.headers["Location"].endswith(f"{url}?thanks=paid"))
            self.env.invalidate_all()
            self.assertEqual(len(self.case.answer_ids), number)
            self.assertEqual(self._line(move).state, "declared")
        by_link, by_login = self.case.answer_ids
        self.assertEqual(by_login.author_id, self.joel.partner_id)
        self.assertFalse(by_link.author_id)
        self.assertEqual(by_link.attachment_id.raw, PDF)
        self.assertIn("Reported as paid", self.url_open(self.link).text)

    def test_he_objects_and_promises(self):
        self._post(f"{self.link}/{self.key}/dispute", self.other, reason="price", text="Agreed otherwise")
        self._post(f"{self.link}/{self.key}/promise", date="2026-06-30")
        self.env.invalidate_all()
        self.assertEqual(self._line(self.other).state, "disputed")
        self.assertRecordValues(self.case.promise_ids, [{"amount": 1000, "source": "portal"}])
        self.assertIn("You promised to pay", self.url_open(self.link).text)

    def test_what_is_wrong_is_said_on_the_form_and_what_was_typed_is_still_there(self):
        response = self._post(f"{self.link}/{self.key}/paid", self.move, date="2026-06-20", reference="CRO 99")
        self.assertEqual(response.status_code, 200)
        self.assertIn("This date can't be right", response.text.replace("&#39;", "'"))
        self.assertIn('value="CRO 99"', response.text)
        self.assertFalse(self.case.answer_ids)

    def test_a_form_without_its_token_is_not_taken(self):
        self._login()
        data = {"item": self._get_item(self.move).id, "date": "2026-06-12"}
        for url in ("/my/open-items", self.link):
            with mute_logger("odoo.http"):
                response = self.url_open(f"{url}/{self.key}/paid", data=data)
            self.assertEqual(response.status_code, 400)
        self.assertFalse(self.case.answer_ids)

    def test_the_invoice_of_somebody_else_can_not_be_answered_about(self):
        stranger = self._create_customer("Bar Verdi")
        foreign = self._create_invoice(partner=stranger)
        other_case = self._scan(stranger)
        response = self._post(f"{self.link}/{self.key}/paid", foreign, date="2026-06-12")
        self.assertIn("Choose invoices", response.text)
        self.assertFalse(other_case.answer_ids + self.case.answer_ids)

    def test_a_file_that_is_too_large_does_not_reach_the_form(self):
        with mute_logger("odoo.http", "werkzeug"):
            response = self._post(
                f"{self.link}/{self.key}/paid",
                self.move,
                files={"file": ("big.pdf", PDF + b"0" * 6 * 1024 * 1024, "application/pdf")},
                date="2026-06-12",
            )
        self.assertIn(response.status_code, (200, 413))
        self.assertFalse(self.case.answer_ids)

    # === REMINDER ===

    def test_the_reminder_has_one_button_to_the_page(self):
        template = self.env.ref("dunning_it.mail_template_courtesy")
        body = template._generate_template(self.case.ids, ("body_html",))[self.case.id]["body_html"]
        self.assertEqual(str(body).count("/open-items/"), 1)
        self.assertIn("See and settle your open items", str(body))

    # === PAY ===

    def test_what_can_be_paid_online_has_odoo_s_own_way_to_it(self):
        self.assertNotIn("Pay online", self.url_open(self.link).text)
        self._enable_online_payment()
        text = self.url_open(self.link).text
        self.assertEqual(text.count("Pay online"), 3)
        self.assertIn(f"/my/invoices/{self.move.id}?access_token=", text)

    def test_all_is_paid_at_once_only_where_odoo_asks_for_the_right_amount(self):
        person = self._create_customer("Giulia Marchetti", is_company=False)
        self._create_user("dunning_giulia", "base.group_portal", partner_id=person.id)
        moves = self._create_invoice(100, partner=person) + self._create_invoice(50, partner=person)
        self._scan(person)
        self._enable_online_payment()
        login = self._login("dunning_giulia")
        self.assertIn("/my/invoices/overdue", self.url_open(login).text)
        self._pay(moves[0], amount=10)
        self.assertNotIn("/my/invoices/overdue", self.url_open(login).text)

    def _login(self, login="dunning_joel"):
        self.authenticate(login, login)
        return "/my/open-items"

    def _money(self, amount):
        return str(
            self.env["ir.qweb.field.monetary"]
            .with_context(lang="en_US")
            .value_to_html(amount, {"display_currency": self.euro})
        )

    def _get_no_link(self):
        return self.url_open("/open-items/nonsense").content

    def _create_credit(self, amount):
        return self._create_invoice(amount, move_type="out_refund")

    def _enable_online_payment(self):
        self.env["ir.config_parameter"].set_param("account_payment.enable_portal_payment", "True")
        provider = self.env["payment.provider"].create(
            {
                "name": "Test",
                "code": "none",
                "state": "test",
                "is_published": True,
                "company_id": self.company.id,
                "payment_method_ids": [Command.set(self.env["payment.method"].search([], limit=1).ids)],
            }
        )
        self.assertTrue(provider)
