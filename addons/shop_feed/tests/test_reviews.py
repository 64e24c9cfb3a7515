"""Reviews: who is asked, once; where it leads; who says no."""

from contextlib import nullcontext
from datetime import timedelta
from unittest.mock import patch

from freezegun import freeze_time
from lxml import html
from psycopg2.errors import SerializationFailure

from odoo import fields
from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from .fans_common import NOW, FansBuilders, FansCommon, FansHttpCommon


class ReviewBuilders(FansBuilders):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.website.write({"feed_asks_reviews": True, "feed_review_days": 10})
        cls.product = cls._create_product(is_storable=False)
        cls.buyer = cls.env["res.partner"].create({"name": "Rosa Bruni", "email": "rosa@example.com", "lang": "it_IT"})

    @classmethod
    def _deliver(cls, days_ago=11, product=None, partner=None, **values):
        values = {"website_id": cls.website.id, **values}
        order = cls._create_order(product or cls.product, partner or cls.buyer, **values)
        with freeze_time(fields.Datetime.now() - timedelta(days=days_ago)):
            order.action_confirm()
            for picking in order.picking_ids:
                picking.move_ids.write({"quantity": 2, "picked": True})
                picking.button_validate()
        return order

    def _ask(self):
        with nullcontext() if isinstance(self, HttpCase) else self.enter_registry_test_mode():  # which is in it already
            self.env.ref("shop_feed.ir_cron_ask_for_reviews").method_direct_trigger()
        self.env.invalidate_all()

    def _mails(self, email="rosa@example.com"):
        return self.env["mail.mail"].search(["|", ("email_to", "ilike", email), ("recipient_ids.email", "=", email)])


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestReviews(ReviewBuilders, FansCommon):
    def test_a_buyer_is_asked_once_some_days_after_the_delivery(self):
        order = self._deliver()
        self._ask()
        self._ask()
        [mail] = self._mails()
        self.assertEqual(order.feed_review_asked_on, fields.Datetime.now())
        rating = self.env["rating.rating"].search([("feed_order_id", "=", order.id)])
        self.assertEqual((rating.res_id, rating.partner_id), (self.product.product_tmpl_id.id, self.buyer))
        self.assertIn(f"/rate/{rating.access_token}/5", mail.body_html)
        self.assertIn("Olio extra vergine", mail.body_html)
        self.assertIn(order._get_review_stop_url(), mail.body_html)

    def test_a_buyer_whose_order_another_worker_writes_is_asked_at_once(self):
        ask, calls = self.registry["sale.order"]._ask_for_reviews, []

        def refused_once(order):
            asked = ask(order)
            calls.append(order)
            if len(calls) == 1:
                raise SerializationFailure
            return asked

        self.patch(self.registry["sale.order"], "_ask_for_reviews", refused_once)
        self._deliver()
        with mute_logger("odoo.addons.listino_pricelist.models.ir_cron"):
            self._ask()
        self.assertEqual(len(calls), 2)
        self.assertEqual(len(self._mails()), 1)

    def test_nobody_is_asked_too_early_too_late_or_where_it_is_off(self):
        self._deliver(days_ago=9)
        self._deliver(days_ago=41)
        self._deliver(website_id=False)
        confirmed = self._create_order(self.product, self.buyer, website_id=self.website.id)
        confirmed.action_confirm()
        self._ask()
        self.website.feed_asks_reviews = False
        self._deliver()
        self._ask()
        self.assertFalse(self._mails())

    def test_who_is_on_the_blacklist_or_has_no_address_is_not_asked(self):
        order = self._deliver()
        self._deliver(partner=self.env["res.partner"].create({"name": "Ugo"}))
        self.env["mail.blacklist"]._add(" Rosa@Example.com")
        self._ask()
        self.assertFalse(self._mails())
        self.assertFalse(order.feed_review_asked_on)

    def test_goods_that_came_back_or_can_t_be_seen_are_not_asked_about(self):
        hidden = self._create_product("Nascosto", is_published=False)
        self._deliver(product=hidden)
        order = self._deliver()
        back = (
            self.env["stock.return.picking"]
            .with_context(
                active_id=order.picking_ids.id, active_ids=order.picking_ids.ids, active_model="stock.picking"
            )
            .create({})
        )
        back.product_return_moves.quantity = 2
        picking = back._create_return()
        picking.move_ids.write({"quantity": 2, "picked": True})
        picking.button_validate()
        self._ask()
        self.assertFalse(self._mails())

    def test_what_was_said_before_is_not_asked_again(self):
        self._deliver()
        self._ask()
        rating = self.env["rating.rating"].search([("partner_id", "=", self.buyer.id)])
        self.product.product_tmpl_id.rating_apply(5, rating=rating, feedback="Buono")
        self._deliver()
        self._ask()
        self.assertEqual(len(self._mails()), 1)

    @mute_logger("odoo.addons.shop_feed.models.sale_order_review")
    def test_one_bad_order_holds_up_no_other_and_is_tried_again(self):
        bad = self._deliver()
        self._deliver(partner=self.env["res.partner"].create({"name": "Ugo", "email": "ugo@example.com"}))
        original = type(bad)._get_reviewable_products

        def fail(order):
            if order == bad:
                raise ValueError
            return original(order)

        with patch.object(type(bad), "_get_reviewable_products", fail):
            self._ask()
        self.assertFalse(bad.feed_review_asked_on)
        self.assertFalse(self._mails())
        self.assertTrue(self._mails("ugo@example.com"))

    def test_an_order_that_another_worker_holds_is_left_to_it(self):
        order = self._deliver()
        with patch.object(type(order), "try_lock_for_update", lambda self: self.browse()):
            self._ask()
        self.assertFalse(self._mails())

    def test_a_copied_order_is_another_one(self):
        order = self._deliver()
        self._ask()
        self.assertFalse(order.copy().feed_review_asked_on)


@tagged("post_install", "-at_install")
@freeze_time(NOW, tick=True)
class TestReviewPages(ReviewBuilders, FansHttpCommon):
    def test_what_a_buyer_says_stands_on_the_product(self):
        order = self._deliver()
        self._ask()
        rating = self.env["rating.rating"].search([("feed_order_id", "=", order.id)])
        page = html.fromstring(self.url_open(f"/rate/{rating.access_token}/5").content)
        rating.invalidate_recordset()
        self.assertFalse(rating.consumed, "opening the link says nothing")
        [token] = page.xpath("//input[@name='csrf_token']/@value")
        form = {"rate": 5, "feedback": "Ottimo", "csrf_token": token}
        self.url_open(f"/rate/{rating.access_token}/submit_feedback", data=form)
        rating.invalidate_recordset()
        template = self.product.product_tmpl_id
        template.invalidate_recordset()
        self.assertEqual((rating.rating, rating.feedback, rating.feed_order_id), (5, "Ottimo", order))
        self.assertEqual(template.rating_count, 1)
        self.assertIn("Ottimo", template.website_message_ids.body)

    def test_whoever_says_no_is_never_asked_again_and_only_by_saying_so(self):
        order = self._deliver()
        path = order._get_review_stop_url().partition("/shop/")[2]
        self.assertEqual(self.url_open(f"/shop/{path}").status_code, 200)
        self.assertFalse(self.buyer.is_blacklisted)
        self.assertEqual(self.url_open(f"/shop/{path}", data={"x": "1"}).status_code, 200)
        self.buyer.invalidate_recordset()
        self.assertTrue(self.buyer.is_blacklisted)

    def test_a_link_of_another_order_or_of_nobody_stops_nothing(self):
        first, second = self._deliver(), self._deliver()
        paths = [
            f"/shop/reviews/stop/{first.id}/{second._get_review_stop_key()}",
            f"/shop/reviews/stop/{first.id}/x",
            f"/shop/reviews/stop/{2**40}/x",
        ]
        answers = [self.url_open(path, data={"x": "1"}) for path in paths]
        self.assertEqual({answer.status_code for answer in answers}, {404})
        self.assertEqual(len({answer.content for answer in answers}), 1)
        self.assertFalse(self.buyer.is_blacklisted)
