"""A channel's feed of offers: what each offer is told as, or why it is not, in a file of its own that is served."""

import csv
import gzip
import json
from io import StringIO
from urllib.parse import urlsplit

from freezegun import freeze_time

from odoo.exceptions import ValidationError
from odoo.fields import Command
from odoo.tests import tagged

from ..channels.shipped import shipped
from .fans_common import NOW, FansCommon, FansHttpCommon

TOLD = {
    "offer_id",
    "title",
    "application_type",
    "value_type",
    "percent_off",
    "fixed_amount_off",
    "target_type",
    "target_granularity",
    "target_selection",
    "start_date_time",
    "end_date_time",
    "coupon_codes",
    "public_coupon_code",
    "target_product_retailer_ids",
}


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestOfferRows(FansCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.offers = cls._create_feed(
            name="Offerte",
            channel_id=cls.env.ref("shop_feed.channel_meta_offers").id,
            pricelist_id=cls.feed.pricelist_id.id,
        )
        cls.company.partner_id.tz = "Europe/Rome"

    def _build(self):
        self.offers._build_rows()
        self.env.invalidate_all()
        return self.offers.row_ids

    def _run(self):
        with self.enter_registry_test_mode():
            self.env.ref("shop_feed.ir_cron_feed_refresh").method_direct_trigger()

    def _row(self, offer):
        return self._build().filtered(lambda row: row.res_id == offer.id)

    def _reason(self, kind="promo_code", audience="link", **reward):
        program = self._create_program(kind)
        program.reward_ids.write(reward)
        row = self._row(self._create_offer(program=program, audience=audience))
        self.assertEqual((row.state, row.fragment, row.values), ("excluded", False, False))
        self.assertTrue(row.message)
        [problem] = row.problems
        return problem["code"]

    def test_the_columns_are_those_that_the_channel_names(self):
        self.assertEqual({field.name for field in shipped()["meta_offers"].fields}, TOLD)

    def test_a_share_off_everything_by_a_common_code(self):
        row = self._row(self._create_offer(date_from="2026-03-01", date_to="2026-03-31"))
        self.assertEqual(row.state, "sent")
        self.assertEqual(
            row.values,
            {
                "offer_id": f"F{row.res_id}",
                "title": "Sconto per chi ci segue",
                "application_type": "BUYER_APPLIED",
                "value_type": "PERCENTAGE",
                "percent_off": "10",
                "target_type": "LINE_ITEM",
                "target_granularity": "ITEM_LEVEL",
                "target_selection": "ALL_CATALOG_PRODUCTS",
                "start_date_time": "2026-03-01T00:00+0100",
                "end_date_time": "2026-03-31T23:59+0200",
                "coupon_codes": '["FAN10"]',
            },
        )

    def test_a_code_is_shown_to_everybody_only_where_somebody_says_so(self):
        offer = self._create_offer()
        self.assertNotIn("public_coupon_code", self._row(offer).values)
        offer.shows_code = True
        values = self._row(offer).values
        self.assertEqual(values["public_coupon_code"], "FAN10")
        self.assertNotIn("coupon_codes", values)

    def test_a_code_that_is_too_long_to_be_shown_is_not_cut_in_silence(self):
        offer = self._create_offer(program=self._create_program(code="UN-CODICE-MOLTO-MOLTO-LUNGO"), shows_code=True)
        row = self._row(offer)
        self.assertNotEqual(row.values.get("public_coupon_code"), "UN-CODICE-MOLTO-MOLT")
        self.assertEqual(row.state, "left_out")
        self.assertIn("27", row.message)

    def test_an_amount_off_the_order_is_told_in_the_list_s_currency(self):
        program = self._create_program()
        program.reward_ids.write({"discount_mode": "per_order", "discount": 7.5})
        values = self._row(self._create_offer(program=program)).values
        self.assertEqual((values["value_type"], values["target_granularity"]), ("FIXED_AMOUNT", "ORDER_LEVEL"))
        self.assertEqual(values["fixed_amount_off"], "7.50 EUR")
        self.assertNotIn("percent_off", values)

    def test_an_offer_on_some_products_names_them_as_the_channel_knows_them(self):
        oil, bread = self._create_product(), self._create_product("Pane")
        self._create_item(oil)
        self._create_item(bread)
        program = self._create_program()
        program.reward_ids.write({"discount_applicability": "specific", "discount_product_ids": [Command.set(oil.ids)]})
        offer = self._create_offer(program=program)
        values = self._row(offer).values
        self.assertEqual(values["target_selection"], "SPECIFIC_PRODUCTS")
        self.assertEqual(json.loads(values["target_product_retailer_ids"]), [f"P{oil.id}"])
        self.feed.item_ids.state = "left_out"
        row = self._row(offer)
        self.assertEqual(row.state, "left_out")
        self.assertIn("target_product_retailer_ids", row.message)

    def test_what_can_t_be_told_as_it_is_is_not_told_and_says_why(self):
        self.assertEqual(self._reason("coupons", "login"), "offer_with_own_codes")
        for reason, reward in (
            ("offer_of_cheapest", {"discount_applicability": "cheapest"}),
            ("offer_with_cap", {"discount_max_amount": 5}),
            ("offer_part_of_percent", {"discount": 12.5}),
            ("offer_by_points", {"discount_mode": "per_point"}),
            ("offer_of_goods", {"reward_type": "product", "reward_product_id": self._create_product("Pane").id}),
        ):
            with self.subTest(reason):
                self.env["loyalty.rule"].search([("code", "=", "FAN10")]).code = False
                self.assertEqual(self._reason(**reward), reason)

    def test_a_minimum_that_the_file_can_t_tell_keeps_the_offer_out(self):
        program = self._create_program()
        program.rule_ids.minimum_amount = 50
        row = self._row(self._create_offer(program=program))
        self.assertEqual([each["code"] for each in row.problems], ["offer_with_minimum"])

    def test_a_code_that_asks_for_some_products_is_not_told_as_one_for_all(self):
        oil, bread = self._create_product(), self._create_product("Pane")
        self._create_item(oil)
        program = self._create_program()
        program.rule_ids.product_ids = oil
        offer = self._create_offer(program=program)
        self.assertEqual([each["code"] for each in self._row(offer).problems or []], ["offer_with_minimum"])
        reward = program.reward_ids
        reward.write({"discount_applicability": "specific", "discount_product_ids": [Command.set(oil.ids)]})
        self.assertEqual(self._row(offer).state, "sent", "who buys them has what the code asks for")
        reward.discount_product_ids = oil + bread
        self.assertEqual(self._row(offer).state, "excluded")

    def test_an_offer_that_is_over_stays_with_its_dates_and_one_that_is_archived_goes(self):
        offer = self._create_offer(date_from="2026-01-01", date_to="2026-01-31")
        self.assertEqual(offer.state, "over")
        self.assertEqual(self._row(offer).values["end_date_time"], "2026-01-31T23:59+0100")
        offer.active = False
        self.assertFalse(self._row(offer))

    def test_offers_of_another_website_are_told_there(self):
        offer = self._create_offer()
        self.offers.website_id = self.env["website"].create({"name": "Altro", "company_id": self.company.id})
        self.assertFalse(self._row(offer))

    def test_a_change_is_counted_and_a_look_that_finds_none_is_not(self):
        offer = self._create_offer()
        self._build()
        count = self.offers.change_count
        self._build()
        self.assertEqual(self.offers.change_count, count)
        offer.date_to = "2026-12-31"
        self._build()
        self.assertEqual(self.offers.change_count, count + 1)

    def test_the_file_is_built_published_and_packed_as_all_others_and_never_empty(self):
        offer = self._create_offer()
        self._run()
        self.env.invalidate_all()
        build = self.offers.build_id
        self.assertEqual((build.state, build.item_count, build.extension), ("good", 1, "csv"))
        text = build.plain_id.raw.decode()
        self.assertEqual(gzip.decompress(build.packed_id.raw).decode(), text)
        [told] = csv.DictReader(StringIO(text))
        self.assertEqual(set(told), TOLD)
        self.assertEqual((told["offer_id"], told["coupon_codes"]), (f"F{offer.id}", '["FAN10"]'))
        self.assertFalse(self.offers.item_ids)
        self.assertEqual((self.offers.sent_count, self.offers.waiting_count, self.offers.issue_count), (1, 0, 0))
        offer.active = False
        self._run()
        self.env.invalidate_all()
        self.assertEqual(self.offers.build_id, build)
        self.assertEqual(self.offers.held_build_id.holds[0]["code"], "empty")

    def test_no_offer_at_all_asks_nobody(self):
        self._create_offer(program=self._create_program("coupons"), audience="login")
        self._run()
        self.assertFalse(self.offers.build_ids)

    def test_what_is_nobody_s_business_is_in_no_file_whatever_its_format(self):
        secret = "SENTINELLA"
        partner = self.env["res.partner"].create({"name": f"{secret} Rosa", "email": "sentinella@example.com"})
        own = self._create_offer(program=self._create_program("coupons", name=f"{secret} soci"), audience="login")
        code = own._get_fan_code(partner)
        program = self._create_program(name=f"{secret} programma")
        offer = self._create_offer(program=program, utm_campaign_id=False)
        offer.message_post(body=f"{secret} nota")
        for file_format in ("csv", "tsv", "rss", "atom", "xlsx"):
            self.offers.write({"format": file_format})
            self.offers._request_build()
            rows = self._build()
            self.assertEqual(sorted(rows.mapped("state")), ["excluded", "sent"])
            for text in (*rows.mapped(lambda row: row.fragment or ""), *rows.mapped(lambda row: str(row.values))):
                self.assertNotIn(secret, text, file_format)
                self.assertNotIn(code, text, file_format)
                self.assertNotIn(offer.short_code, text, file_format)

    def test_the_screens_lead_to_the_rows_and_from_them_to_the_offer(self):
        offer = self._create_offer()
        row = self._row(offer)
        user = self._create_user("reader", lang="en_US")
        for action in ("action_open_items", "action_open_issues", "action_open_left_out", "action_preview"):
            self.assertEqual(getattr(self.offers.with_user(user), action)()["res_model"], "shop.feed.row")
        opened = row.with_user(user).action_open_record()
        self.assertEqual((opened["res_model"], opened["res_id"]), ("shop.feed.offer", offer.id))
        self.assertIn("BUYER_APPLIED", row.with_user(user).sent_text)

    def test_a_shop_elsewhere_has_no_offers_of_ours(self):
        with self.assertRaisesRegex(ValidationError, "Offerte"):
            self.offers.write({"shop": "external", "url_template": "https://altro.example/{id}"})


@tagged("post_install", "-at_install")
class TestOffersServed(FansHttpCommon):
    def setUp(self):
        super().setUp()
        type(self).set_registry_readonly_mode(False)  # what is written beside a reading request shares its connection
        self.addCleanup(type(self).set_registry_readonly_mode, True)

    def test_the_file_is_served_at_an_address_of_its_own_as_all_others_are(self):
        self.env["ir.config_parameter"].set_param("ir_attachment.location", "file")  # as in a real database
        offers = self._create_feed(name="Offerte", channel_id=self.env.ref("shop_feed.channel_meta_offers").id)
        self._create_offer()
        self.env.ref("shop_feed.ir_cron_feed_refresh").method_direct_trigger()
        self.env.invalidate_all()
        self.assertEqual(offers.build_id.item_count, 1)
        address, _password = offers._make_address()
        path = urlsplit(address).path
        self.env.flush_all()
        answer = self.url_open(path)
        self.assertEqual(answer.status_code, 200)
        self.assertIn("FAN10", answer.text)
        self.assertNotIn("session_id", answer.headers.get("Set-Cookie", ""))
        again = self.url_open(path, headers={"If-None-Match": answer.headers["ETag"]})
        self.assertEqual((again.status_code, again.content), (304, b""))
        self.assertEqual(self.url_open(path[:-5] + "x.csv").status_code, 404)
