"""The pages behind a link: one 404 for all that is wrong, the password, the openings, the requests of prospects."""

from unittest.mock import patch

from dateutil.relativedelta import relativedelta
from freezegun import freeze_time

from odoo import fields
from odoo.tests import tagged
from odoo.tools import mute_logger

from ..models.listino_share import COUNT_AGAIN_MINUTES, LOCK_MINUTES, MOST_WRONG_PASSWORDS
from ..models.listino_share_reading import LOCKED, MOST_REQUESTS_A_DAY, RIGHT, WRONG
from .online_common import OnlineHttpCommon


class LinkCommon(OnlineHttpCommon):
    def setUp(self):
        super().setUp()
        self.share = self._create_share()
        self.url = self.share._get_path()
        self.authenticate(None, None)


@tagged("post_install", "-at_install")
class TestOnlineLink(LinkCommon):
    def test_a_link_shows_the_prices_of_its_reader(self):
        answer = self._get(self.url)
        self.assertEqual(answer.status_code, 200)
        self.assertEqual(self._rows(answer.text)["Penne"], ["2.00", "1.60"])
        his = self._create_share(partner_id=self.gino.partner_id.commercial_partner_id.id)
        self.assertEqual(self._rows(self._get(his._get_path()).text)["Penne"], ["1.80", "1.44"])

    def test_a_link_searches_leafs_and_downloads(self):
        self.assertEqual(set(self._rows(self._get(f"{self.url}?search=penne").text)), {"Penne"})
        self.assertEqual(set(self._rows(self._get(f"{self.url}/page/2?category={self.wine.id}").text)), {"Barolo"})
        for extension, beginning in (("pdf", b"%PDF"), ("xlsx", b"PK"), ("csv", b"\xef\xbb\xbf")):
            self.assertTrue(self._get(f"{self.url}/{extension}").content.startswith(beginning), extension)

    def test_everything_wrong_is_one_and_the_same_answer(self):
        expired, revoked, archived = (self._create_share(document_id=self._create_document().id) for _ in range(3))
        expired.expiry_date = "2020-01-01"
        revoked.action_revoke()
        archived.document_id.active = False
        listless = self._create_share(document_id=self._create_document(pricelist_id=self._create_list("Old").id).id)
        listless.document_id.pricelist_id.active = False
        other = self._create_share()
        token = self.url.rpartition("/")[2]
        urls = [share._get_path() for share in (expired, revoked, archived, listless)]
        urls += [
            f"/listino/link/{wrong}"
            for wrong in (
                "x",
                "0",
                "1" * 10_000,
                token[:-1],
                f"{other.id}-{token.partition('-')[2]}",
                "%00",
                f"{token}%00",
                "%C3%A0",
                "%FF",
                f"999999999-{token.partition('-')[2]}",
                "'%20OR%201=1--",
            )
        ]
        answers = {(url, path): self._get(f"{url}{path}") for url in urls for path in ("", "/pdf", "/sent", "/image/1")}
        posts = [
            self._post(f"{url}{path}", {"password": "x"}) for url in urls for path in ("/password", "/request/send")
        ]
        for answer in [*answers.values(), *posts]:
            self.assertEqual(answer.status_code, 404)
            self.assertEqual(answer.headers["Referrer-Policy"], "no-referrer")
            self.assertNotIn("session_id", answer.cookies)
        self.assertEqual(len({answer.content for answer in [*answers.values(), *posts]}), 1)

    def test_no_session_is_made_for_a_reader(self):
        self.opener.cookies.clear()
        for path in ("", "/pdf", "/sent"):
            self.assertNotIn("session_id", self._get(f"{self.url}{path}").cookies, path)
        self.assertNotIn("session_id", self.opener.cookies)

    def test_nobody_else_keeps_or_hears_of_the_pages(self):
        for path in ("", "/pdf", "/sent"):
            answer = self._get(f"{self.url}{path}")
            self.assertEqual(answer.headers["X-Robots-Tag"], "noindex, nofollow", path)
            self.assertEqual(answer.headers["Referrer-Policy"], "no-referrer", path)
            self.assertEqual(answer.headers["Cache-Control"], "private, no-store", path)

    def test_openings_are_counted_once_in_a_while(self):
        with freeze_time("2026-03-02 10:00:00"):
            self.share._count_opening()
            self.share._count_opening()
        with freeze_time("2026-03-02 10:00:00") as clock:
            clock.tick(60 * COUNT_AGAIN_MINUTES + 1)
            self.share._count_opening()
        self.assertEqual(self.share.open_count, 2)
        self.assertEqual(str(self.share.first_open_date), "2026-03-02 10:00:00")
        self.assertEqual(str(self.share.last_open_date), "2026-03-02 10:10:01")

    def test_a_look_at_the_page_counts_and_a_look_at_its_files_does_not(self):
        self._get(f"{self.url}/pdf")
        self._get(f"{self.url}/sent")
        self.assertEqual(self.share.open_count, 0)
        self._get(self.url)
        self._get(f"{self.url}?search=penne")
        self.share.invalidate_recordset()
        self.assertEqual(self.share.open_count, 1)

    def test_the_language_is_the_readers(self):
        self.env["res.lang"]._activate_lang("it_IT")
        self.gina.partner_id.commercial_partner_id.lang = "it_IT"
        his = self._create_share(partner_id=self.gina.partner_id.commercial_partner_id.id)
        self.assertEqual(self._rows(self._get(his._get_path()).text)["Penne"], ["2,00", "1,60"])

    def test_pictures_of_other_products_are_the_same_404(self):
        elsewhere = self._create_product("Elsewhere", 5, self._create_category("Tools"))
        wrong = self._get("/listino/link/x")
        for product_id in (elsewhere.id, 0, 10**30):
            answer = self._get(f"{self.url}/image/{product_id}")
            self.assertEqual((answer.status_code, answer.content), (404, wrong.content))
        self.assertEqual(self._get(f"{self.url}/image/{self.barolo.id}").status_code, 200)


@tagged("post_install", "-at_install")
class TestPassword(LinkCommon):
    def setUp(self):
        super().setUp()
        self.share.password = "basilico"

    def test_nothing_is_seen_before_the_password(self):
        text = self._get(self.url).text
        self.assertIn("protected", text)
        for words in ("Penne", self.document.name, "Resellers"):
            self.assertNotIn(words, text)
        for path in ("/pdf", "/csv", f"/image/{self.barolo.id}", "/sent"):
            self.assertIn("protected", self._get(f"{self.url}{path}").text)
        form = {f"qty_{self.penne.id}": "1"}
        self.assertEqual(self._post(f"{self.url}/request", form).status_code, 303)
        self.assertEqual(self._post(f"{self.url}/request/send", form).status_code, 303)
        self.assertEqual(self.share.open_count, 0)

    def test_the_right_one_opens_everything_in_this_browser(self):
        answer = self._post(f"{self.url}/password", {"password": "basilico"})
        self.assertEqual(answer.status_code, 303)
        cookie = answer.headers["Set-Cookie"]
        for words in ("HttpOnly", "SameSite=Lax", f"Path={self.url}"):
            self.assertIn(words, cookie)
        self.assertIn("Penne", self._get(self.url).text)
        self.assertTrue(self._get(f"{self.url}/pdf").content.startswith(b"%PDF"))

    def test_a_new_password_closes_it_again(self):
        self._post(f"{self.url}/password", {"password": "basilico"})
        self.share.password = "rosmarino"
        self.env.flush_all()
        self.assertNotIn("Penne", self._get(self.url).text)

    def test_the_key_of_one_link_opens_no_other_and_ends(self):
        other = self._create_share(password="basilico")
        with freeze_time("2026-03-02 10:00:00"):
            key = self.share._get_key()
            self.assertTrue(self.share._is_unlocked(key))
            self.assertFalse(other._is_unlocked(key))
            for wrong in (None, "", "x", key[:-1], "9" + key, "٣-" + key, "-", "x" * 10_000):
                self.assertFalse(self.share._is_unlocked(wrong))
        with freeze_time("2026-03-03 10:00:00"):
            self.assertFalse(self.share._is_unlocked(key))
        self.assertFalse(self.share._is_unlocked(self.share._get_form_token()))

    def test_a_wrong_one_is_said_so(self):
        answer = self._post(f"{self.url}/password", {"password": "prezzemolo"})
        self.assertEqual(answer.status_code, 403)
        self.assertIn("That is not the password", answer.text)
        self.assertNotIn("listino_link", answer.headers.get("Set-Cookie", ""))

    def test_many_wrong_ones_lock_it_for_a_while_even_for_the_right_one(self):
        with freeze_time("2026-03-02 10:00:00") as clock:
            for number in range(1, MOST_WRONG_PASSWORDS + 1):
                answer = self.share._try_password("wrong")
                self.assertEqual(answer, LOCKED if number == MOST_WRONG_PASSWORDS else WRONG)
            self.assertEqual(self.share._try_password("basilico"), LOCKED)
            clock.tick(LOCK_MINUTES * 60 + 1)
            self.assertEqual(self.share._try_password("wrong"), WRONG)
            self.assertEqual(self.share._try_password("basilico"), RIGHT)
            self.assertEqual(self.share._try_password("wrong"), WRONG, "the count begins anew")

    def test_the_count_is_kept_between_requests(self):
        for _attempt in range(MOST_WRONG_PASSWORDS):
            answer = self._post(f"{self.url}/password", {"password": "wrong"})
        self.assertIn("Too many wrong passwords", answer.text)
        self.assertIn("Too many", self._post(f"{self.url}/password", {"password": "basilico"}).text)
        self.share.invalidate_recordset()
        self.assertTrue(self.share.locked_until)

    def test_odd_passwords_are_wrong_ones(self):
        for password in ("", "x" * 100_000, "\x00", "à", "basilico\x00"):
            self.share.write({"wrong_password_count": 0})
            answer = self.share._try_password(password)
            self.assertEqual(answer, RIGHT if password == "basilico\x00" else WRONG)


@tagged("post_install", "-at_install")
class TestRequestsThroughLinks(LinkCommon):
    CONTACT = {"name": "Ada Rossi", "company": "Rossi snc", "email": "Ada@Example.com", "phone": "06 1234"}

    def _send(self, **form):
        data = {"form_token": self.share._get_form_token(), f"qty_{self.penne.id}": "12", **form}
        return self._post(f"{self.url}/request/send", data)

    def test_a_prospect_becomes_a_contact_with_a_quote(self):
        review = self._post(f"{self.url}/request", {f"qty_{self.penne.id}": "12"})
        form = {name: self._field(review.text, name) for name in ("form_token", "request_key")}
        answer = self._send(**form, **self.CONTACT)
        self.assertEqual(answer.status_code, 303)
        order = self._orders()
        self.assertRecordValues(
            order,
            [{"pricelist_id": self.public_list.id, "listino_share_id": self.share.id, "state": "draft"}],
        )
        self.assertRecordValues(
            order.partner_id,
            [
                {
                    "name": "Ada Rossi",
                    "company_name": "Rossi snc",
                    "email": "ada@example.com",
                    "phone": "06 1234",
                    "company_id": self.company.id,
                }
            ],
        )
        self.assertEqual(order.order_line.price_unit, 1.6)
        self.assertEqual(self._send(**form, **self.CONTACT).status_code, 303)
        self.assertEqual(len(self._orders()), 1, "the same form again")

    def test_the_address_of_a_customer_changes_and_tells_nothing(self):
        customer = self.env["res.partner"].create({"name": "Ada SpA", "email": "ada@example.com", "phone": "02 99"})
        answers = [
            self._send(**{**self.CONTACT, "email": email}).content for email in ("ada@example.com", "new@example.com")
        ]
        self.assertEqual(*answers)
        orders = self._orders()
        self.assertNotIn(customer, orders.partner_id)
        self.assertRecordValues(customer, [{"name": "Ada SpA", "phone": "02 99"}])
        told = [order for order in orders if "Ada SpA" in "".join(order.message_ids.mapped("body"))]
        self.assertEqual([order.partner_id.email for order in told], ["ada@example.com"])

    def test_who_asked_through_this_link_before_is_the_same(self):
        self._send(**self.CONTACT)
        self._send(**{**self.CONTACT, "name": "Someone else"})
        self.assertEqual(self._orders().partner_id.mapped("name"), ["Ada Rossi"])
        self.share = self._create_share()
        self.url = self.share._get_path()
        self._send(**self.CONTACT)
        self.assertEqual(len(self._orders().partner_id), 2)

    def test_a_known_reader_is_not_asked_who_he_is(self):
        self.share = self._create_share(partner_id=self.gino.partner_id.commercial_partner_id.id)
        self.url = self.share._get_path()
        self.assertNotIn("Your name", self._post(f"{self.url}/request", {f"qty_{self.penne.id}": "1"}).text)
        self.assertEqual(self._send(name="Eve", email="eve@example.com").status_code, 303)
        order = self._orders()
        self.assertEqual(order.partner_id, self.gino.partner_id.commercial_partner_id)
        self.assertEqual((order.user_id, order.order_line.price_unit), (self.seller, 1.44))

    def test_what_is_missing_is_asked_for_again_and_nothing_is_lost(self):
        answer = self._send(name="Ada Rossi", email="nonsense", note="Please call")
        self.assertEqual(answer.status_code, 200)
        for words in ("Type your e-mail address", "Please call", "Ada Rossi", 'value="12"'):
            self.assertIn(words, answer.text)
        self.assertFalse(self._orders())

    def test_a_form_of_another_page_or_of_yesterday_is_not_taken(self):
        other = self._create_share()
        with freeze_time(fields.Datetime.now() - relativedelta(days=2)):
            old = self.share._get_form_token()
        for token in ("", "x", old, other._get_form_token(), self.share._sign("form")):
            answer = self._send(form_token=token, **self.CONTACT)
            self.assertIn("open for too long", answer.text)
        self.assertFalse(self._orders())

    def test_a_link_takes_only_so_many_requests_a_day(self):
        self.env["sale.order"].create(
            [{"partner_id": self.customer.id, "listino_share_id": self.share.id}] * (MOST_REQUESTS_A_DAY - 1)
        )
        self.assertEqual(self._send(**self.CONTACT).status_code, 303)
        self.assertIn("Too many requests", self._send(**self.CONTACT, request_key="another").text)
        self.env.cr.execute("UPDATE sale_order SET create_date = create_date - interval '2 days'")
        self.assertEqual(self._send(**self.CONTACT, request_key="third").status_code, 303)

    def test_two_readers_at_the_same_moment_both_get_their_quote(self):
        held = iter([True])
        lock = self.env.registry["listino.share"].try_lock_for_update
        with patch.object(
            self.env.registry["listino.share"],
            "try_lock_for_update",
            lambda shares, **options: shares.browse() if next(held, False) else lock(shares, **options),
        ):
            answer = self._send(**self.CONTACT)
        self.assertEqual(answer.status_code, 303)
        self.assertEqual(len(self._orders()), 1)

    def test_only_what_the_link_shows_can_be_asked_for(self):
        tools = self._create_product("Hammer", 5, self._create_category("Tools"))
        self.assertIn("not in the price list", self._send(**{f"qty_{tools.id}": "1"}, **self.CONTACT).text)
        self.assertFalse(self._orders())
        self.assertFalse(self.env["res.partner"].search([("name", "=", "Ada Rossi")]), "nothing half-done")

    def test_addresses_to_send_to_are_not_to_be_opened(self):
        with mute_logger("odoo.http"):
            for path in ("/request", "/request/send", "/password"):
                self.assertIn(self._get(f"{self.url}{path}").status_code, (404, 405))
