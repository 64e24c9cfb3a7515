"""What a channel gets, over HTTP."""

import base64
import gzip
import logging
from io import BytesIO
from unittest.mock import patch

from freezegun import freeze_time
from openpyxl import load_workbook

from odoo.tests import new_test_user, tagged
from odoo.tools import mute_logger

from ..controllers import feed as controller
from ..serving.buckets import Buckets
from .serve_common import USER, ServeHttpCase, create_feed, set_price

ANY_ADDRESS = "127.0.0.0/24"


@tagged("post_install", "-at_install")
class TestFetching(ServeHttpCase):
    def setUp(self):
        super().setUp()
        type(self).set_registry_readonly_mode(False)  # what is written beside a reading request shares its connection
        self.addCleanup(type(self).set_registry_readonly_mode, True)
        self.startPatcher(patch.object(controller, "BUCKETS", Buckets(size=1000, a_second=1)))
        self.build = self._assemble()
        self.url, _password = self.feed._make_address()
        self.path = self.url[self.url.index("/feed/") :]
        self.plain = self.build.plain_id.raw

    def _fetch(self, path=None, method="GET", **headers):
        headers = {"Accept-Encoding": "identity", **{name.replace("_", "-"): text for name, text in headers.items()}}
        self.opener.cookies.clear()
        return self.opener.request(
            method, f"{self.base_url()}{path or self.path}", headers=headers, allow_redirects=False, timeout=20
        )

    # === FILES === #

    def test_the_file_as_it_was_made(self):
        response = self._fetch()
        self.assertEqual((response.status_code, response.content), (200, self.plain))
        headers = response.headers
        self.assertEqual(headers["Content-Type"], "application/xml; charset=utf-8")
        self.assertEqual(headers["Content-Length"], str(len(self.plain)))
        self.assertEqual(headers["ETag"], f'"{self.build.sha256}"')
        self.assertEqual(headers["Vary"], "Accept-Encoding")
        self.assertIn("max-age=300", headers["Cache-Control"])
        self.assertIn("noindex", headers["X-Robots-Tag"])

    def test_no_cookie_is_set(self):
        for path in (self.path, "/feed/1/x.xml"):
            self.assertNotIn("Set-Cookie", self._fetch(path).headers)

    def test_packed_where_the_client_takes_it(self):
        response = self._fetch(Accept_Encoding="gzip, deflate, br")
        self.assertEqual(response.headers["Content-Encoding"], "gzip")
        self.assertEqual(response.headers["Content-Length"], str(len(self.build.packed_id.raw)))
        self.assertEqual(response.content, self.plain)  # requests has unpacked it
        self.assertEqual(response.headers["ETag"], f'"{self.build.sha256}-gzip"')

    def test_nothing_is_sent_to_whoever_has_it(self):
        for tag in (f'"{self.build.sha256}"', f'W/"{self.build.sha256}-gzip"', "*"):
            response = self._fetch(If_None_Match=tag)
            self.assertEqual((response.status_code, response.content), (304, b""))
            self.assertIn(self.build.sha256, response.headers["ETag"])
        self.assertEqual(self._fetch(If_None_Match='"other"').status_code, 200)

    def test_a_part_and_the_rest_are_the_whole(self):
        first, rest = self._fetch(Range="bytes=0-99"), self._fetch(Range="bytes=100-", Accept_Encoding="gzip")
        self.assertEqual((first.status_code, rest.status_code), (206, 206))
        self.assertEqual(first.headers["Content-Range"], f"bytes 0-99/{len(self.plain)}")
        self.assertEqual(first.content + rest.content, self.plain)
        self.assertNotIn("Content-Encoding", rest.headers)

    def test_a_part_of_another_file_is_the_whole_of_this_one(self):
        response = self._fetch(Range="bytes=100-", If_Range='"other"')
        self.assertEqual((response.status_code, response.content), (200, self.plain))

    def test_a_part_that_is_not_there(self):
        response = self._fetch(Range=f"bytes={len(self.plain)}-")
        self.assertEqual(response.status_code, 416)
        self.assertEqual(response.headers["Content-Range"], f"bytes */{len(self.plain)}")

    def test_head_tells_what_get_would_send(self):
        told, sent = self._fetch(method="HEAD"), self._fetch()
        self.assertEqual((told.status_code, told.content), (200, b""))
        for name in ("Content-Length", "ETag", "Content-Type", "Vary"):
            self.assertEqual(told.headers[name], sent.headers[name])

    def test_head_knows_no_parts(self):
        """RFC 9110, 14.2: a server ignores a range of any method but GET."""
        told = self._fetch(method="HEAD", Range="bytes=0-99")
        self.assertEqual((told.status_code, told.headers["Content-Length"]), (200, str(len(self.plain))))
        self.assertNotIn("Content-Range", told.headers)
        self.assertEqual(self._fetch(method="HEAD", Range=f"bytes={len(self.plain)}-").status_code, 200)

    def test_nothing_can_be_sent_to_the_address(self):
        self.assertEqual(self._fetch(method="POST").status_code, 405)

    def test_the_last_good_file_is_served_while_a_build_waits(self):
        self.items[:10].state = "gone"
        self.assertEqual(self._assemble().state, "held")
        self.assertEqual(self._fetch().content, self.plain)

    def test_a_new_file_is_served_at_once(self):
        set_price(self.items[0], "11.00 EUR")
        self._assemble()
        response = self._fetch(If_None_Match=f'"{self.build.sha256}"')
        self.assertEqual(response.status_code, 200)
        self.assertIn(b"11.00 EUR", response.content)

    def test_nothing_is_built_by_a_request(self):
        with (
            patch.object(self.registry["shop.feed"], "_make_build", side_effect=AssertionError),
            patch.object(self.registry["shop.feed"], "_get_shape", side_effect=AssertionError),
        ):
            self.items[0].state = "gone"
            self.assertEqual(self._fetch().status_code, 200)

    # === NOBODY THERE === #

    def test_one_answer_for_everything_that_is_not_there(self):
        other = create_feed(self.env, name="Never built")
        never_built = other._make_address()[0].rpartition("/feed/")[2]
        archived = create_feed(self.env, name="Archived")
        gone = archived._make_address()[0].rpartition("/feed/")[2]
        archived.write({"build_id": self.build.id, "active": False})
        token = self.path.rpartition("/")[2]
        self.env.flush_all()
        answers = set()
        for rest in (
            f"{self.feed.id}/{token}x",
            f"{self.feed.id}/{token.replace('.xml', '.csv')}",
            f"{self.feed.id}/.xml",
            f"{self.feed.id}/{token.partition('.')[0]}",
            f"{other.id}/{token}",
            f"{2**31 - 1}/{token}",
            f"{2**80}/{token}",
            f"{'0' * 5000}{self.feed.id}/{token}",
            f"-1/{token}",
            f"{self.feed.id}x/{token}",
            f"²/{token}",
            f"{self.feed.id}/chiave-è-\U0001f600.xml",
            f"{self.feed.id}/%ff%fe.xml",
            f"{self.feed.id}/%00.xml",
            never_built,
            gone,
        ):
            response = self._fetch(f"/feed/{rest}")
            headers = {name: text for name, text in response.headers.items() if name not in {"Date", "Server"}}
            answers.add((response.status_code, response.content, tuple(sorted(headers.items()))))
        self.assertEqual(len(answers), 1)
        [(status, content, _headers)] = answers
        self.assertEqual((status, content), (404, b"Not found."))

    @mute_logger(controller.__name__)
    def test_a_file_that_was_lost_is_no_error_of_the_server(self):
        with patch.object(self.registry["ir.attachment"], "_open_stream", side_effect=FileNotFoundError):
            self.assertEqual(self._fetch().status_code, 404)

    # === PASSWORD === #

    def test_a_password_is_asked_for(self):
        url, password = self.feed._make_address(has_password=True)
        path = url[url.index("/feed/") :]
        self.assertEqual(self._fetch(path).status_code, 401)
        self.assertIn("Basic", self._fetch(path).headers["WWW-Authenticate"])
        for login, secret, status in (
            ("feed", password, 200),
            ("feed", "wrong", 401),
            ("other", password, 401),
            ("feed", "", 401),
            ("feed", "chiave è", 401),
        ):
            pair = base64.b64encode(f"{login}:{secret}".encode()).decode()
            self.assertEqual(self._fetch(path, Authorization=f"Basic {pair}").status_code, status)
        self.assertEqual(self._fetch(path, Authorization="Bearer x").status_code, 401)
        self.assertEqual(self._fetch(path, Authorization="Basic ???").status_code, 401)
        self.assertEqual(self._fetch(path + "x").status_code, 404)

    # === HOW OFTEN === #

    def test_too_many_requests(self):
        with patch.object(controller, "BUCKETS", Buckets(size=2, a_second=0.01)):
            statuses = [self._fetch().status_code for _number in range(3)]
            refused = self._fetch("/feed/1/x.xml")
        self.assertEqual(statuses, [200, 200, 429])
        self.assertEqual(refused.status_code, 429)
        self.assertGreaterEqual(int(refused.headers["Retry-After"]), 1)

    # === WHO === #

    def _get_fetches(self):
        self.env.invalidate_all()
        return self.env["shop.feed.fetch"].search([("feed_id", "=", self.feed.id)], order="id")

    def test_a_fetch_is_noted_with_a_shortened_address(self):
        self._fetch(User_Agent="facebookexternalhit/1.1\x0b")
        self.assertRecordValues(
            self._get_fetches(),
            [
                {
                    "build_id": self.build.id,
                    "company_id": self.feed.company_id.id,
                    "status": 200,
                    "size": len(self.plain),
                    "agent": "facebookexternalhit/1.1",
                    "address": ANY_ADDRESS,
                }
            ],
        )

    @freeze_time("2026-06-15 08:00:30")
    def test_a_client_is_noted_once_a_minute(self):
        for _number in range(3):
            self._fetch(User_Agent="one")
        self._fetch(User_Agent="two")
        self.assertEqual(self._get_fetches().mapped("agent"), ["one", "two"])
        with freeze_time("2026-06-15 08:01:00"):
            self._fetch(User_Agent="one", If_None_Match="*")
        self.assertEqual(self._get_fetches().mapped("status"), [200, 200, 304])

    @freeze_time("2026-06-15 08:00:30")
    def test_who_was_first_asked_for_the_password_has_fetched_all_the_same(self):
        """Many clients send it only when they are asked for it."""
        url, password = self.feed._make_address(has_password=True)
        path, pair = url[url.index("/feed/") :], base64.b64encode(f"feed:{password}".encode()).decode()
        self._fetch(path, User_Agent="one")
        self._fetch(path, User_Agent="one", Authorization=f"Basic {pair}")
        self.assertEqual(self._get_fetches().mapped("status"), [401, 200])
        self.assertEqual(self.feed._get_last_fetch().build_id, self.build)

    @freeze_time("2026-06-15 08:00:30")
    def test_who_only_asks_whether_there_is_something_new_has_not_fetched(self):
        self._fetch(method="HEAD", User_Agent="one")
        self.assertFalse(self.feed._get_last_fetch())
        self._fetch(User_Agent="one")
        self.assertEqual(self._get_fetches().mapped("size"), [len(self.plain)])

    def test_who_does_not_know_the_address_is_not_noted(self):
        self._fetch(self.path + "x")
        self.assertFalse(self._get_fetches())

    def test_what_goes_wrong_with_the_note_is_no_concern_of_the_client(self):
        with (
            patch.object(controller, "network", return_value=object()),  # that no database takes
            self.assertLogs("odoo.addons.shop_feed.models.shop_feed_fetch", logging.INFO),
        ):
            self.assertEqual(self._fetch().status_code, 200)

    @freeze_time("2026-06-15 08:00:00")
    def test_fetches_are_forgotten_after_ninety_days(self):
        for moment in ("2026-03-17 07:59:59", "2026-03-17 08:00:01"):
            self.env["shop.feed.fetch"].create({"feed_id": self.feed.id, "moment": moment})
        self.env["shop.feed.fetch"]._gc_fetches()
        self.assertEqual(len(self._get_fetches()), 1)

    def test_gzip_as_it_goes_over_the_wire(self):
        response = self.opener.get(self.base_url() + self.path, headers={"Accept-Encoding": "gzip"}, stream=True)
        self.assertEqual(gzip.decompress(response.raw.read()), self.plain)

    # === FOR PEOPLE === #

    def _open_sheet(self, login):
        self.authenticate(login, login)
        return self.url_open(f"/shop_feed/{self.feed.id}/items.xlsx", allow_redirects=False)

    def test_people_have_the_items_as_a_sheet(self):
        self.items[0].values = {**self.items[0].values, "title": "=1+1"}
        response = self._open_sheet("feed_user")
        self.assertEqual(response.status_code, 200)
        sheet = load_workbook(BytesIO(response.content)).active
        rows = list(sheet.iter_rows())
        self.assertEqual((len(rows), rows[0][0].value, rows[1][1].value), (21, "id", "=1+1"))
        self.assertEqual(rows[1][1].data_type, "s")  # a text, no formula

    def test_nobody_else_has_the_sheet(self):
        elsewhere = self.env["res.company"].create({"name": "Elsewhere"})
        for login, groups, place in (
            ("clerk", "base.group_user", {}),
            ("stranger", USER, {"company_id": elsewhere.id, "company_ids": [(6, 0, elsewhere.ids)]}),
        ):
            new_test_user(self.env, login, groups=groups, **place)
            with mute_logger("odoo.http"):
                self.assertIn(self._open_sheet(login).status_code, (403, 404))
        self.authenticate(None, None)
        self.assertEqual(self.url_open(f"/shop_feed/{self.feed.id}/items.xlsx", allow_redirects=False).status_code, 303)
