"""Short links of offers, as fans open them."""

from urllib.parse import parse_qs, urlsplit

from freezegun import freeze_time

from odoo.tests import new_test_user, tagged
from odoo.tools import mute_logger

from ..controllers import offer as controller
from ..links.robots import is_robot
from .fans_common import NOW, FansHttpCommon
from .pure_common import PureCase

BROWSER = "Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) Mobile/15E148 Instagram 300.0"
PREVIEW = "facebookexternalhit/1.1 (+http://www.facebook.com/externalhit_uatext.php)"


@tagged("post_install", "-at_install")
class TestRobots(PureCase):
    def test_browsers_inside_apps_are_persons_and_previews_are_not(self):
        persons = [
            BROWSER,
            "Mozilla/5.0 (Linux; Android 14) Chrome/120 Mobile Safari/537.36 [FB_IAB/FB4A;FBAV/440.0]",
            "Mozilla/5.0 (iPhone) Mobile/15E148 [Pinterest/iOS]",
            "Mozilla/5.0 (X11; Linux x86_64; rv:120.0) Gecko/20100101 Firefox/120.0",
        ]
        robots = [
            PREVIEW,
            "WhatsApp/2.23.20.0",
            "Mozilla/5.0 (compatible; Pinterestbot/1.0)",
            "curl/8.5",
            "TelegramBot",
            "",
        ]
        self.assertEqual([is_robot(agent) for agent in persons], [False] * len(persons))
        self.assertEqual([is_robot(agent) for agent in robots], [True] * len(robots))


@tagged("post_install", "-at_install")
@freeze_time(NOW, tick=True)
class TestOfferLinks(FansHttpCommon):
    def _open(self, code, agent=BROWSER, **options):
        return self.url_open(f"/f/{code}", headers={"User-Agent": agent}, allow_redirects=False, **options)

    def test_a_click_leads_through_the_coupon_to_the_shop_and_is_counted(self):
        offer = self._create_offer()
        answer = self._open(offer.short_code)
        self.assertEqual(answer.status_code, 302)
        parts = urlsplit(answer.headers["Location"])
        self.assertEqual(parts.path, "/coupon/FAN10")
        self.assertTrue(parse_qs(parts.query)["r"][0].startswith("/shop?utm_campaign="))
        self.assertNotIn("session_id", answer.cookies)
        self._open(offer.short_code.upper()[:3] + "-" + offer.short_code[3:])
        offer.invalidate_recordset()
        self.assertEqual(offer.click_count, 2)

    def test_previews_and_asking_for_the_head_are_no_clicks(self):
        offer = self._create_offer()
        self.assertEqual(self._open(offer.short_code, PREVIEW).status_code, 302)
        self.opener.head(self.base_url() + f"/f/{offer.short_code}", headers={"User-Agent": BROWSER}, timeout=30)
        offer.invalidate_recordset()
        self.assertEqual(offer.click_count, 0)

    def test_whatever_is_not_there_gets_the_same_answer(self):
        archived = self._create_offer()
        archived.active = False
        waiting = self._create_offer(program=self._create_program(code="W"), date_from="2026-03-11")
        dead = self._create_offer(program=self._create_program(code="D"), feed_id=self._create_feed(name="Spento").id)
        dead.feed_id.active = False
        codes = ["2222222", archived.short_code, waiting.short_code, dead.short_code, "x" * 300, "%C3%A8"]
        answers = [self._open(code) for code in codes]
        self.assertEqual({answer.status_code for answer in answers}, {404})
        self.assertEqual(len({answer.content for answer in answers}), 1)
        self.assertFalse(any(answer.cookies for answer in answers))

    def test_an_offer_that_is_over_says_so_and_shows_the_way_to_the_shop(self):
        offer = self._create_offer(date_to="2026-03-09")
        answer = self._open(offer.short_code)
        self.assertEqual(answer.status_code, 200)
        self.assertIn("/shop?utm_campaign", answer.text)
        self.assertNotIn("coupon", answer.text)

    def test_who_asks_too_often_waits(self):
        self._limit(controller, "BUCKETS", 1)
        answers = [self._open("2222222") for _ in "12"]
        self.assertEqual([answer.status_code for answer in answers], [404, 429])
        self.assertTrue(answers[1].headers["Retry-After"].isdigit())

    def test_a_fan_who_logs_in_gets_his_coupon(self):
        offer = self._create_offer(audience="login", program=self._create_program("coupons"))
        login = self._open(offer.short_code).headers["Location"]
        self.assertIn(f"/web/login?redirect=%2Ff%2F{offer.short_code}", login)
        self.assertFalse(offer.fan_ids)
        fan = new_test_user(self.env, "fan_fan_fan", groups="base.group_portal")
        self.authenticate("fan_fan_fan", "fan_fan_fan")
        answer = self._open(offer.short_code)
        self.assertEqual(offer.fan_ids.partner_id, fan.partner_id)
        self.assertEqual(urlsplit(answer.headers["Location"]).path, f"/coupon/{offer.fan_ids.card_id.code}")

    @mute_logger("odoo.http")
    def test_who_has_not_the_tag_is_told_and_gets_nothing(self):
        tag = self.env["res.partner.category"].create({"name": "Fan"})
        offer = self._create_offer(audience="tag", tag_ids=tag.ids, program=self._create_program("coupons"))
        new_test_user(self.env, "fan_fan_fan", groups="base.group_portal")
        self.authenticate("fan_fan_fan", "fan_fan_fan")
        answer = self._open(offer.short_code)
        self.assertEqual(answer.status_code, 200)
        self.assertNotIn("/coupon/", answer.text)
        self.assertFalse(offer.fan_ids)

    def test_a_customer_sees_his_offers_in_the_portal(self):
        tag = self.env["res.partner.category"].create({"name": "Fan"})
        program = self._create_program("coupons")
        mine = self._create_offer(name="Per te", audience="tag", tag_ids=tag.ids, program=program)
        others = self._create_feed(name="Altro", website_id=self.env["website"].create({"name": "B"}).id)
        self._create_offer(name="Altrove", audience="login", program=program, feed_id=others.id)
        self._create_offer(name="Finita", audience="login", program=program, date_to="2026-03-09")
        self._create_offer(name="Per chi ha il link")
        fan = new_test_user(self.env, "fan_fan_fan", groups="base.group_portal")
        self.authenticate("fan_fan_fan", "fan_fan_fan")
        self.assertNotIn("Per te", self.url_open("/my/offers").text)
        fan.partner_id.category_id = tag
        page = self.url_open("/my/offers").text
        self.assertIn(mine.short_url, page)
        for name in ("Altrove", "Finita", "Per chi ha il link"):
            self.assertNotIn(name, page)
        self.assertEqual(self.url_open("/my/home").status_code, 200)
