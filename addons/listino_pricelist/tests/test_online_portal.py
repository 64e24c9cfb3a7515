"""The pages of customers with a login: what they see, what they never see, and the quotes they ask for."""

from unittest.mock import patch

from freezegun import freeze_time

from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tests import new_test_user, tagged
from odoo.tools import mute_logger

from ..controllers.online import HEADERS
from .online_common import OnlineHttpCommon


@tagged("post_install", "-at_install")
class TestOnlinePortal(OnlineHttpCommon):
    def setUp(self):
        super().setUp()
        self.env["listino.document"].search([("id", "!=", self.document.id)]).portal_visible = False

    def _enter(self, user):
        self.authenticate(user.login, user.login)

    # === PAGES === #

    def test_the_only_list_opens_at_once(self):
        self._enter(self.gino)
        answer = self._get("/my/listino")
        self.assertEqual(answer.status_code, 200)
        self.assertTrue(answer.url.endswith(self.url))

    def test_several_lists_are_to_choose_from_and_none_is_said(self):
        other = self._create_document(name="Second list", portal_visible=True)
        self._enter(self.gino)
        self.assertIn("Second list", self._get("/my/listino").text)
        (other + self.document).portal_visible = False
        self.assertIn("There is no price list for you", self._get("/my/listino").text)

    def test_the_first_page_of_the_portal_leads_there(self):
        self._enter(self.gino)
        self.assertIn("/my/listino", self._get("/my").text)
        counters = self.make_jsonrpc_request("/my/counters", {"counters": ["listino_count"]})
        self.assertEqual(counters, {"listino_count": 1})

    def test_each_customer_reads_his_own_prices(self):
        for user, penne in ((self.gino, ["1.80", "1.44"]), (self.gina, ["2.00", "1.60"])):
            self._enter(user)
            answer = self._get(self.url)
            self.assertEqual(answer.status_code, 200)
            self.assertEqual(self._rows(answer.text)["Penne"], penne)

    def test_search_category_and_page_are_in_the_address(self):
        self._enter(self.gina)
        self.assertEqual(set(self._rows(self._get(f"{self.url}?search=penne").text)), {"Penne"})
        self.assertEqual(set(self._rows(self._get(f"{self.url}?category={self.wine.id}").text)), {"Barolo"})
        self.assertEqual(len(self._rows(self._get(f"{self.url}/page/7").text)), 4, "the last page there is")
        self.assertIn("Nothing found", self._get(f"{self.url}?search=nonsense").text)

    def test_what_is_searched_is_shown_as_words(self):
        self._enter(self.gina)
        text = self._get(f"{self.url}?search=%3Cscript%3Ealert(1)%3C/script%3E").text
        self.assertNotIn("<script>alert(1)", text)

    def test_odd_addresses_are_answered(self):
        self._enter(self.gina)
        for query in ("search=%00", "search=" + "x" * 5000, "category=-1", "category=%D9%A1", "category=" + "9" * 50):
            self.assertEqual(self._get(f"{self.url}?{query}").status_code, 200, query[:30])

    def test_nobody_else_keeps_or_hears_of_the_pages(self):
        self._enter(self.gina)
        for path in ("", "/pdf", "/sent"):
            answer = self._get(f"{self.url}{path}")
            for name, value in HEADERS.items():
                self.assertEqual(answer.headers[name], value, path)

    def test_the_page_is_in_the_readers_language(self):
        self.env["res.lang"]._activate_lang("it_IT")
        self.gina.lang = "it_IT"
        self._enter(self.gina)
        self.assertEqual(self._rows(self._get(self.url).text)["Penne"], ["2,00", "1,60"])

    def test_files_hold_the_readers_prices(self):
        self._enter(self.gino)
        for extension, beginning in (("pdf", b"%PDF"), ("xlsx", b"PK"), ("csv", b"\xef\xbb\xbf")):
            answer = self._get(f"{self.url}/{extension}")
            self.assertEqual(answer.status_code, 200)
            self.assertTrue(answer.content.startswith(beginning), extension)
        self.assertIn("1.80", self._get(f"{self.url}/csv").text)

    # === WHAT IS NOT HIS === #

    def test_documents_of_others_are_as_good_as_none(self):
        hidden = self._create_document()
        his = self._create_document(portal_visible=True, partner_id=self.gino.partner_id.commercial_partner_id.id)
        self._enter(self.gina)
        for document_id in (hidden.id, his.id, 2**31 - 1):
            for path in ("", "/pdf", f"/image/{self.barolo.id}", "/sent"):
                self.assertEqual(self._get(f"/my/listino/{document_id}{path}").status_code, 404)

    def test_nobody_without_a_login_comes_in(self):
        self.authenticate(None, None)
        for path in ("/my/listino", self.url, f"{self.url}/pdf", f"{self.url}/image/{self.barolo.id}"):
            self.assertIn("/web/login", self._get(path).url)

    def test_pictures_are_those_of_the_list_alone(self):
        png = b"iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
        elsewhere = self._create_product("Elsewhere", 5, self._create_category("Tools"))
        archived = self._create_product("Old", 5, self.pasta, active=False)
        (self.barolo + elsewhere + archived).write({"image_1920": png})
        self._enter(self.gina)
        answer = self._get(f"{self.url}/image/{self.barolo.id}")
        self.assertEqual((answer.status_code, answer.headers["Content-Type"]), (200, "image/png"))
        self.assertIn("max-age", answer.headers["Cache-Control"])
        for product_id in (elsewhere.id, archived.id, 0, 2**31, 10**30):
            self.assertEqual(self._get(f"{self.url}/image/{product_id}").status_code, 404, product_id)
        self.document.show_image = False
        self.assertEqual(self._get(f"{self.url}/image/{self.barolo.id}").status_code, 404)

    def test_an_archived_list_is_said_so_and_breaks_nothing(self):
        self.gina.partner_id.commercial_partner_id.specific_property_product_pricelist = False
        self.document.partner_id = self.gina.partner_id.commercial_partner_id
        self.document.pricelist_id = self.resellers
        self.resellers.active = False
        self._enter(self.gina)
        answer = self._get(self.url)
        self.assertEqual(answer.status_code, 200)
        self.assertIn("can't be shown", answer.text.replace("&#39;", "'"))

    # === QUOTE REQUESTS === #

    def _send(self, user=None, **form):
        self._enter(user or self.gino)
        data = {"csrf_token": self._csrf(), "request_key": "key", **form}
        return self._post(f"{self.url}/request/send", data)

    def test_a_request_is_looked_at_before_it_is_sent(self):
        self._enter(self.gino)
        answer = self._post(f"{self.url}/request", {"csrf_token": self._csrf(), f"qty_{self.penne.id}": "12"})
        self.assertEqual(answer.status_code, 200)
        self.assertIn("1.44", answer.text)
        self.assertIn("17.28", answer.text)
        self.assertFalse(self._orders())

    def test_a_quantity_is_looked_at_as_it_was_typed(self):
        self._enter(self.gino)
        token = self._csrf()
        for quantity in ("0.1", "1234.567", "12345.67", "250000"):
            answer = self._post(f"{self.url}/request", {"csrf_token": token, f"qty_{self.penne.id}": quantity})
            self.assertIn(f'value="{quantity}"', answer.text)

    def test_a_request_becomes_a_draft_of_the_salesperson_with_the_prices_of_the_database(self):
        answer = self._send(
            **{
                f"qty_{self.penne.id}": "12",
                f"qty_{self.barolo.id}": "1",
                f"price_{self.penne.id}": "0.01",
                "note": "Fast!",
            }
        )
        self.assertEqual(answer.status_code, 303)
        self.assertIn("Thank you", self._get(f"{self.url}/sent").text)
        order = self._orders()
        self.assertRecordValues(
            order,
            [
                {
                    "state": "draft",
                    "partner_id": self.gino.partner_id.id,
                    "pricelist_id": self.resellers.id,
                    "company_id": self.company.id,
                    "user_id": self.seller.id,
                }
            ],
        )
        self.assertRecordValues(
            order.order_line,
            [
                {"product_id": self.penne.id, "product_uom_qty": 12.0, "price_unit": 1.44},
                {"product_id": self.barolo.id, "product_uom_qty": 1.0, "price_unit": 27.0},
            ],
        )
        self.assertEqual(order.activity_ids.user_id, self.seller)
        [message] = order.message_ids.filtered(lambda message: "Fast!" in (message.body or ""))
        self.assertTrue(message.subtype_id.internal)

    def test_what_is_typed_stays_words(self):
        self._send(**{f"qty_{self.penne.id}": "1", "note": "<img src=x onerror=alert(1)>\x00" + "y" * 5000})
        body = "".join(self._orders().message_ids.mapped("body"))
        self.assertNotIn("<img", body)
        self.assertIn("&lt;img", body)

    def test_a_second_click_makes_no_second_quote(self):
        for _click in range(2):
            self.assertEqual(self._send(**{f"qty_{self.penne.id}": "1"}).status_code, 303)
        self.assertEqual(len(self._orders()), 1)

    def test_a_second_click_while_the_first_is_still_at_work_is_thanked_too(self):
        form = {f"qty_{self.penne.id}": "1", "request_key": "the-same"}
        self._send(**form)
        answers = iter([False])  # what the second sees of the first before that commits
        has_request = type(self.env["sale.order"])._has_listino_request
        with (
            patch.object(
                self.env.registry["sale.order"],
                "_has_listino_request",
                lambda orders, key: next(answers, None) is not False and has_request(orders, key),
            ),
            mute_logger("odoo.sql_db"),
        ):
            answer = self._send(**form)
        self.assertEqual(answer.status_code, 303)
        self.assertEqual(len(self._orders()), 1)

    def test_bad_requests_make_nothing_and_say_why(self):
        elsewhere = self._create_product("Elsewhere", 5, self._create_category("Tools"))
        many = {f"qty_{number}": "1" for number in range(1, 202)}
        for form, words in (
            ({}, "Nothing is chosen"),
            ({f"qty_{self.penne.id}": "0"}, "Nothing is chosen"),
            ({f"qty_{self.penne.id}": "-1"}, "is not a quantity"),
            ({f"qty_{self.penne.id}": "nan"}, "is not a quantity"),
            ({f"qty_{self.penne.id}": "1e400"}, "is not a quantity"),
            ({f"qty_{self.penne.id}": "9" * 30}, "is not a quantity"),
            ({f"qty_{elsewhere.id}": "1"}, "not in the price list"),
            ({f"qty_{self.penne.id}": "1", "qty_999999999": "1"}, "not in the price list"),
            (many, "at most"),
        ):
            with self.subTest(words):
                answer = self._send(**form)
                self.assertEqual(answer.status_code, 200)
                self.assertIn(words, answer.text)
        self.assertFalse(self._orders())

    def test_what_is_no_more_listed_does_not_hold_up_the_rest(self):
        form = {f"qty_{self.penne.id}": "3", "qty_999999999": "1"}
        self._enter(self.gino)
        page = self._post(f"{self.url}/request", {"csrf_token": self._csrf(), **form}).text
        self.assertIn("not in the price list", page)
        self.assertIn(f'name="qty_{self.penne.id}"', page)
        self.assertNotIn("qty_999999999", page)

    def test_no_request_without_the_sessions_token(self):
        self._enter(self.gino)
        with mute_logger("odoo.http"):
            answer = self._post(f"{self.url}/request/send", {f"qty_{self.penne.id}": "1"})
        self.assertEqual(answer.status_code, 400)
        self.assertFalse(self._orders())

    def test_a_quote_that_fails_leaves_nothing_behind(self):
        before = self.env["sale.order"].search_count([])
        failing = patch.object(
            self.env.registry["sale.order"], "_announce_request", side_effect=UserError("Margin 12 % of Acme")
        )
        with failing, self.assertLogs("odoo.addons.listino_pricelist.controllers.online", "WARNING"):
            answer = self._send(**{f"qty_{self.penne.id}": "1"})
        self.assertIn("could not be sent", answer.text)
        self.assertNotIn("Acme", answer.text)
        self.assertEqual(self.env["sale.order"].search_count([]), before)

    def test_without_a_salesperson_the_documents_author_answers(self):
        author = self._create_manager("online_author")
        document = self._create_document(portal_visible=True, name="By the author")
        document.sudo().with_user(author).write({"name": "By the author"})
        order = self.env["sale.order"]
        self.assertEqual(order._get_responsible(self.gino.partner_id, document), self.seller)
        self.env.cr.execute("UPDATE listino_document SET create_uid = %s WHERE id = %s", (author.id, document.id))
        document.invalidate_recordset()
        self.assertEqual(order._get_responsible(self.gina.partner_id, document), author)
        author.active = False
        self.assertFalse(order._get_responsible(self.gina.partner_id, document))

    @freeze_time("2026-03-02 10:00:00")
    def test_prices_of_another_day_are_said_to_differ(self):
        self.document.price_date = "2026-01-15"
        self._enter(self.gino)
        answer = self._post(f"{self.url}/request", {"csrf_token": self._csrf(), f"qty_{self.penne.id}": "1"})
        self.assertIn("prices of today", answer.text)

    def test_a_customer_of_two_companies_sees_the_documents_of_both(self):
        other = self.env["res.company"].create({"name": "Other"})
        document = self._create_document(
            name="Theirs",
            portal_visible=True,
            company_id=other.id,
            pricelist_id=self._create_list("X", company_id=False).id,
        )
        both = new_test_user(
            self.env, "portal_both", groups="base.group_portal", company_ids=[Command.set((self.company + other).ids)]
        )
        self._enter(both)
        self.assertEqual(self._get(f"/my/listino/{document.id}").status_code, 200)
        self._enter(self.gina)
        self.assertEqual(self._get(f"/my/listino/{document.id}").status_code, 404)
