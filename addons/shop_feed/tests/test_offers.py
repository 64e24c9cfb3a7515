"""Offers for fans: what they ask of a program, whom they reach, what they brought, who may see it."""

from datetime import date
from unittest.mock import patch

from freezegun import freeze_time
from psycopg2 import IntegrityError

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Command
from odoo.tests import Form, tagged
from odoo.tools import mute_logger

from ..links.codes import LENGTH
from .fans_common import NOW, FansCommon


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestOffers(FansCommon):
    def test_an_offer_has_a_link_of_its_own_and_a_campaign_from_the_beginning(self):
        first, second = self._create_offer(), self._create_offer(program=self._create_program(code="FAN20"))
        self.assertEqual(len(first.short_code), LENGTH)
        self.assertNotEqual(first.short_code, second.short_code)
        self.assertNotEqual(first.utm_campaign_id, second.utm_campaign_id)
        self.assertEqual(first.short_url, f"{self.website.get_base_url()}/f/{first.short_code}")
        self.assertTrue(first.qr_image)

    def test_a_code_that_is_taken_gives_way_to_another(self):
        first = self._create_offer()
        codes = iter([first.short_code, first.short_code, "2222222"])
        with patch("odoo.addons.shop_feed.models.shop_feed_offer.short_code", lambda *_: next(codes)):
            second = self._create_offer(program=self._create_program(code="FAN20"))
        self.assertEqual(second.short_code, "2222222")

    def test_whoever_has_the_link_gets_a_code_and_who_logs_in_a_coupon(self):
        coupons = self._create_program("coupons")
        with self.assertRaises(ValidationError):
            self._create_offer(program=coupons)
        with self.assertRaises(ValidationError):
            self._create_offer(audience="login")
        with self.assertRaises(ValidationError):
            self._create_offer(audience="tag", program=coupons)
        self.assertTrue(self._create_offer(audience="login", program=coupons))

    def test_a_program_that_gives_nothing_is_refused(self):
        program = self.env["loyalty.program"].create({"name": "Vuoto", "program_type": "coupons"})
        self.assertFalse(program.reward_ids)
        with self.assertRaises(ValidationError):
            self._create_offer(audience="login", program=program)

    def test_another_shop_knows_nothing_of_our_codes(self):
        feed = self._create_feed(
            name="Magento", shop="external", url_template="https://x.example/{id}", website_id=False
        )
        with self.assertRaises(ValidationError):
            self._create_offer(feed_id=feed.id)

    def test_a_program_of_another_website_or_company_is_refused(self):
        website = self.env["website"].create({"name": "Altro", "company_id": self.company.id})
        with self.assertRaises(ValidationError):
            self._create_offer(program=self._create_program(code="W", website_id=website.id))
        company = self.env["res.company"].create({"name": "Altra"})
        with self.assertRaises(UserError):
            self._create_offer(program=self._create_program(code="C", company_id=company.id))

    def test_it_runs_on_its_days_and_never_beyond_those_of_the_program(self):
        offer = self._create_offer(date_from="2026-03-01", date_to="2026-03-10")
        self.assertEqual(offer.state, "running")
        offer.write({"date_from": "2026-03-11", "date_to": "2026-03-12"})
        self.assertEqual(offer.state, "waiting")
        offer.write({"date_from": False, "date_to": "2026-03-09"})
        self.assertEqual(offer.state, "over")
        offer.date_to = False
        offer.program_id.date_to = "2026-03-09"
        offer.invalidate_recordset()
        self.assertEqual(offer.state, "over")

    def test_a_program_that_was_used_as_often_as_it_may_be_is_over(self):
        offer = self._create_offer(program=self._create_program(limit_usage=True, max_usage=1))
        self.assertEqual((offer.state, offer.use_limit), ("running", 1))
        order = self._create_order()
        [card] = order._try_apply_code("FAN10")
        order._apply_program_reward(offer.program_id.reward_ids, card)
        self.env.invalidate_all()
        self.assertEqual(offer.state, "over")

    @mute_logger("odoo.sql_db")
    def test_it_does_not_end_before_it_begins(self):
        with self.assertRaises(IntegrityError), self.cr.savepoint():
            self._create_offer(date_from="2026-03-10", date_to="2026-03-09").flush_recordset()

    def test_what_is_posted_speaks_the_language_of_the_feed_and_ends_with_the_link(self):
        offer = self._create_offer(date_to="2026-03-31")
        lines = offer.post_text.splitlines()
        self.assertEqual((lines[0], lines[-1]), ("Sconto per chi ci segue", offer.short_url))
        self.assertIn("31/03/2026", offer.post_text)

    def test_the_link_leads_through_the_coupon_to_the_product_with_tags(self):
        product = self._create_product()
        source = self.env["utm.source"].create({"name": "Instagram"})
        offer = self._create_offer(product_tmpl_id=product.product_tmpl_id.id, utm_source_id=source.id)
        url = offer._get_destination("FAN10")
        self.assertTrue(url.startswith(f"{self.website.get_base_url()}/coupon/FAN10?r={product.website_url}%3F"), url)
        self.assertIn("utm_source%3DInstagram", url)
        product.is_published = False
        self.assertTrue(offer._get_destination().startswith(f"{self.website.get_base_url()}/shop?utm_"))

    def test_a_form_offers_what_the_audience_needs(self):
        form = Form(self.env["shop.feed.offer"].with_user(self._create_user("boss", "shop_feed.group_feed_manager")))
        form.name, form.feed_id, form.program_id = "Fan", self.feed, self._create_program()
        self.assertTrue(form.save().short_code)


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestFans(FansCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.offer = cls._create_offer(audience="login", program=cls._create_program("coupons"), date_to="2026-03-31")
        cls.fan = cls.env["res.partner"].create({"name": "Rosa Bruni"})

    def test_a_fan_gets_one_coupon_however_often_he_comes(self):
        code = self.offer._get_fan_code(self.fan)
        self.assertEqual(self.offer._get_fan_code(self.fan), code)
        self.assertRecordValues(
            self.offer.fan_ids.card_id,
            [{"partner_id": self.fan.id, "points": 1, "code": code, "expiration_date": date(2026, 3, 31)}],
        )
        self.assertEqual(self.offer.fan_count, 1)

    def test_no_more_coupons_than_the_limit_are_given_and_who_has_one_keeps_it(self):
        self.offer.fan_limit = 1
        code = self.offer._get_fan_code(self.fan)
        self.assertEqual(self.offer._get_fan_code(self.env["res.partner"].create({"name": "Ugo"})), "")
        self.assertEqual(self.offer._get_fan_code(self.fan), code)
        self.assertEqual(len(self.offer.fan_ids), 1)

    @mute_logger("odoo.sql_db")
    def test_the_database_refuses_a_second_coupon_of_a_fan(self):
        self.offer._get_fan_code(self.fan)
        with self.assertRaises(IntegrityError), self.cr.savepoint():
            self.offer.fan_ids.copy()

    def test_an_offer_by_tag_is_for_customers_of_a_company_with_the_tag_too(self):
        tag = self.env["res.partner.category"].create({"name": "Fan"})
        self.offer.write({"audience": "tag", "tag_ids": [Command.link(tag.id)]})
        self.assertFalse(self.offer._is_for(self.fan))
        company = self.env["res.partner"].create({"name": "Bruni Srl", "is_company": True, "category_id": tag.ids})
        self.fan.parent_id = company
        self.assertTrue(self.offer._is_for(self.fan))

    def test_the_coupon_takes_the_discount_off_in_the_cart(self):
        order = self._create_order(partner=self.fan, website_id=self.website.id)
        order._apply_program_reward(
            self.offer.program_id.reward_ids, self._apply(order, self.offer._get_fan_code(self.fan))
        )
        self.assertEqual(order.amount_untaxed, 180)

    def _apply(self, order, code):
        [card] = order._try_apply_code(code)
        return card


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestOfferResults(FansCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.source = cls.env["utm.source"].create({"name": "Instagram"})
        cls.offer = cls._create_offer(utm_source_id=cls.source.id, date_from="2026-03-10")
        cls.through = {"campaign_id": cls.offer.utm_campaign_id.id, "source_id": cls.source.id}

    def _discount(self, order, offer=None, code="FAN10"):
        offer = offer or self.offer
        [card] = order._try_apply_code(code)
        order._apply_program_reward(offer.program_id.reward_ids, card)
        return order

    def test_an_order_counts_once_whichever_trace_it_left(self):
        self._create_order(**self.through).action_confirm()
        self._discount(self._create_order()).action_confirm()
        self._discount(self._create_order(**self.through)).action_confirm()
        self._create_order().action_confirm()
        self._discount(self._create_order(**self.through))  # a quotation
        self.offer._count_click()
        self.offer._count_click()
        self.assertRecordValues(
            self.offer,
            [
                {
                    "click_count": 2,
                    "order_count": 3,
                    "link_order_count": 2,
                    "discount_order_count": 2,
                    "revenue": 200 + 180 + 180,
                    "discount_given": 40,
                    "click_rate": 100,
                }
            ],
        )

    def test_orders_of_another_company_or_before_the_offer_are_not_its_results(self):
        company = self.env["res.company"].create({"name": "Altra"})
        self._create_order(**self.through, company_id=company.id).action_confirm()
        with freeze_time("2026-03-01"):
            self._create_order(**self.through).action_confirm()
        self.assertEqual(self.offer.order_count, 0)

    def test_the_first_day_of_an_offer_begins_by_the_company_s_clocks(self):
        """Half past midnight of 10 March in Rome is still the 9th by UTC."""
        self.company.partner_id.tz = "Europe/Rome"
        for moment, count in (("2026-03-09 22:30:00", 0), ("2026-03-09 23:30:00", 1)):
            with freeze_time(moment):
                self._create_order(**self.through).action_confirm()
            self.offer.invalidate_recordset()
            self.assertEqual(self.offer.order_count, count, moment)

    def test_orders_with_another_fan_list_s_coupons_are_not_its_results(self):
        program = self._create_program("coupons")
        first, second = (self._create_offer(audience="login", program=program, date_from="2026-03-10") for _ in "12")
        fan = self.env["res.partner"].create({"name": "Rosa"})
        order = self._create_order(partner=fan)
        self._discount(order, first, first._get_fan_code(fan)).action_confirm()
        self.assertEqual((first.order_count, second.order_count), (1, 0))

    def test_the_results_of_many_offers_are_one_query(self):
        offers = self.offer
        for number in range(5):
            offers |= self._create_offer(program=self._create_program(code=f"N{number}"))
        self.env.flush_all()
        with self.assertQueryCount(1):
            offers._get_results()


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestOfferRights(FansCommon):
    def test_users_read_and_only_managers_make_offers(self):
        user, manager = self._create_user("reader"), self._create_user("boss", "shop_feed.group_feed_manager")
        offer = self._create_offer()
        self.assertEqual(
            offer.with_user(user).read(["name", "order_count", "post_text", "qr_image"])[0]["order_count"], 0
        )
        with self.assertRaises(AccessError):
            offer.with_user(user).name = "Mio"
        offer.with_user(manager).name = "Nostro"

    def test_nobody_writes_clicks_or_codes_by_hand(self):
        manager = self._create_user("boss", "shop_feed.group_feed_manager")
        offer = self._create_offer().with_user(manager)
        for vals in ({"click_count": 99}, {"short_code": "abcdefg"}, {"fan_count": 3}):
            with self.assertRaises(AccessError):
                offer.write(vals)
        with self.assertRaises(AccessError):
            self.env["shop.feed.offer.fan"].with_user(manager).create({"offer_id": offer.id})

    def test_offers_and_fans_of_another_company_do_not_exist(self):
        company = self.env["res.company"].create({"name": "Altra"})
        other = self._create_user(
            "other", "shop_feed.group_feed_manager", company_id=company.id, company_ids=company.ids
        )
        offer = self._create_offer(audience="login", program=self._create_program("coupons"))
        offer._get_fan_code(self.env["res.partner"].create({"name": "Rosa"}))
        for record in (offer, offer.fan_ids):
            self.assertFalse(record.with_user(other).search([]))
            with self.assertRaises(AccessError):
                record.with_user(other).read(["id", "display_name"])

    def test_an_offer_changes_nothing_of_what_a_feed_sends(self):
        item = self._create_item(sent={"price": "12.50 EUR", "sale_price": "11.00 EUR"})
        before = item.values
        offer = self._create_offer()
        offer._count_click()
        item.invalidate_recordset()
        self.assertEqual(item.values, before)
