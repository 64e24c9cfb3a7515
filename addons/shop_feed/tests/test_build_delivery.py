"""What a feed tells of delivery, payment, origin, receipts and last days: all of it from Odoo's own records."""

from datetime import datetime

from freezegun import freeze_time

from odoo.exceptions import ValidationError
from odoo.fields import Command
from odoo.tests import tagged

from .build_common import BuildCommon

NOW = datetime(2026, 3, 10, 9)


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestBuildDelivery(BuildCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["delivery.carrier"].search([]).is_published = False
        cls.env["payment.provider"].search([]).is_published = False
        cls.idealo = cls._create_feed("idealo")
        cls.italy = cls.env.ref("base.it")

    @classmethod
    def _create_carrier(cls, name="Corriere", price=5.0, **values):
        service = cls.env["product.product"].create(
            {"name": name, "type": "service", "list_price": price, "taxes_id": [Command.set(cls.tax.ids)]}
        )
        values = {"name": name, "product_id": service.id, "delivery_type": "fixed", "is_published": True, **values}
        return cls.env["delivery.carrier"].create(values)

    @classmethod
    def _create_rules(cls, *rules, **values):
        """A way whose price follows from rules: triples of a limit of weight, a base price and a price a kilo."""
        rows = [
            Command.create(
                {
                    "variable": "weight",
                    "operator": "<=",
                    "max_value": limit,
                    "list_base_price": base,
                    "list_price": price,
                    "variable_factor": "weight",
                }
            )
            for limit, base, price in rules
        ]
        return cls._create_carrier("A peso", 0.0, delivery_type="base_on_rule", price_rule_ids=rows, **values)

    def _sent(self, name, feed=None, product=None):
        feed = feed or self.idealo
        self._refresh(feed)
        return (self._item(product or self.oil, feed).values or {}).get(name)

    # === DELIVERY === #

    def test_a_fixed_price_goes_out_with_vat(self):
        self._create_carrier(price=5.0)
        self.assertEqual(self._sent("deliveryCosts_dhl"), "6.10")
        self.assertEqual(
            self._sent("shipping", self.feed), [{"country": "IT", "service": "Corriere", "price": "6.10 EUR"}]
        )

    def test_rules_are_those_of_the_checkout(self):
        """The same product in a cart of Odoo, delivered in the same country."""
        carrier = self._create_rules((1, 4, 0), (30, 6, 0.5), margin=0.1, fixed_margin=1)
        self.oil.weight = 2.5
        partner = self.env["res.partner"].create({"name": "Rosa", "country_id": self.italy.id})
        order = self.env["sale.order"].create(
            {
                "partner_id": partner.id,
                "website_id": self.website.id,
                "pricelist_id": self.pricelist.id,
                "order_line": [Command.create({"product_id": self.oil.id, "product_uom_qty": 1})],
            }
        )
        self.assertIn(carrier, order._get_delivery_methods())
        order.set_delivery_line(carrier, carrier.rate_shipment(order)["price"])
        charged = order.order_line.filtered("is_delivery").price_total
        self.assertEqual(self._sent("deliveryCosts_dhl"), f"{charged:.2f}")
        self.assertEqual(f"{charged:.2f}", "10.95")  # (6 + 2.5 * 0.5) * 1.1 + 1, and 22 %

    def test_a_way_that_takes_no_such_parcel_is_not_told(self):
        self._create_rules((1, 4, 0))
        self._create_carrier("Espresso", 20, max_weight=2)
        self.oil.weight = 2.5
        self.assertIsNone(self._sent("deliveryCosts_dhl"))
        self.assertIn("missing_recommended", self._codes(self.oil, self.idealo))

    def test_the_cheapest_way_is_told_where_there_is_room_for_one(self):
        self._create_carrier("Espresso", 20)
        self._create_carrier("Lento", 3)
        self.assertEqual(self._sent("deliveryCosts_dhl"), "3.66")
        services = [each["service"] for each in self._sent("shipping", self.feed)]
        self.assertEqual(sorted(services), ["Espresso", "Lento"])

    def test_from_an_amount_on_it_is_free_and_says_so(self):
        self._create_carrier(free_over=True, amount=12.20)
        self.assertEqual(self._sent("deliveryCosts_dhl"), "0.00")
        self.oil.list_price = 9.99
        self.assertEqual(self._sent("deliveryCosts_dhl"), "6.10")

    def test_a_way_for_parts_of_the_country_another_country_or_another_website_is_not_told(self):
        self._create_carrier(state_ids=[Command.set(self.env.ref("base.state_it_mi").ids)])
        self._create_carrier(country_ids=[Command.set(self.env.ref("base.fr").ids)])
        self._create_carrier(website_id=self.env["website"].create({"name": "Altro"}).id)
        self._create_carrier(is_published=False)
        self.assertIsNone(self._sent("deliveryCosts_dhl"))

    def test_a_change_of_price_rule_or_publication_is_followed(self):
        carrier = self._create_carrier(price=5.0)
        self._refresh(self.idealo)
        for change in (
            lambda: carrier.product_id.write({"list_price": 6.0}),
            lambda: carrier.write({"free_over": True, "amount": 1}),
            lambda: carrier.write({"is_published": False}),
        ):
            change()
            self.assertTrue(self._is_dirty(self.oil, self.idealo))
            self._refresh(self.idealo)
        by_weight = self._create_rules((30, 4, 0))
        self._refresh(self.idealo)
        by_weight.price_rule_ids.list_base_price = 5
        self.assertTrue(self._is_dirty(self.oil, self.idealo))

    def test_a_shop_elsewhere_tells_nothing_of_odoo_s_ways(self):
        self._create_carrier()
        feed = self._create_feed(
            "idealo", shop="external", website_id=False, url_template="https://altro.example/{default_code}"
        )
        self.assertIsNone(self._sent("deliveryCosts_dhl", feed))
        self.assertIsNone(self._sent("paymentCosts_paypal", feed))

    def test_costs_take_no_more_queries_for_more_products(self):
        self._create_carrier()
        self._create_rules((30, 4, 0.5))
        for number in range(3):
            self._create_product(f"Olio {number}", weight=number)
        self._refresh(self.idealo)
        count = {}
        for many in (1, 4):
            self.env.invalidate_all()
            products = self.idealo.item_ids.product_id[:many]
            feed = self.idealo._in_own_terms()
            feed._get_delivery_facts(products.with_env(feed.env), NOW)
            self.env.invalidate_all()
            before = self.cr.sql_log_count
            feed._get_delivery_facts(products.with_env(feed.env), NOW)
            count[many] = self.cr.sql_log_count - before
        self.assertLessEqual(count[4], count[1] + 1)

    # === PAYMENT === #

    def test_paying_costs_nothing_where_the_website_takes_payments(self):
        self.assertIsNone(self._sent("paymentCosts_paypal"))
        provider = self.env["payment.provider"].search([("company_id", "=", self.company.id)], limit=1)
        provider.write({"is_published": True})
        self.env.flush_all()
        self.cr.execute("UPDATE payment_provider SET state = 'enabled' WHERE id = %s", [provider.id])
        self.env.invalidate_all()
        self.assertEqual(self._sent("paymentCosts_paypal"), "0.00")

    # === RECEIPTS === #

    def _plan(self, day, quantity=10):
        warehouse = self.env["stock.warehouse"].search([("company_id", "=", self.company.id)], limit=1)
        self.website.warehouse_id = warehouse
        move = self.env["stock.move"].create(
            {
                "product_id": self.oil.id,
                "product_uom_qty": quantity,
                "location_id": self.env.ref("stock.stock_location_suppliers").id,
                "location_dest_id": warehouse.lot_stock_id.id,
                "picking_type_id": warehouse.in_type_id.id,
                "date": day,
            }
        )
        move._action_confirm(merge=False)
        move.date = day
        return move

    def _sell_without_stock(self):
        self.oil.write({"is_storable": True, "allow_out_of_stock_order": True})
        self.feed.backorders = "dated"

    def test_goods_on_their_way_are_on_backorder_with_the_day_where_the_feed_says_so(self):
        self._sell_without_stock()
        self._plan(datetime(2026, 3, 20, 8))
        self.assertEqual(self._sent("availability", self.feed), "backorder")
        self.assertEqual(self._sent("availability_date", self.feed), "2026-03-20T09:00+0100")
        self.assertEqual(self._item(self.oil).state, "sent")
        self.feed.backorders = "page"
        self.assertEqual(self._sent("availability", self.feed), "in_stock")
        self.assertIsNone(self._sent("availability_date", self.feed))

    def test_moves_are_followed_as_soon_and_as_long_as_a_feed_tells_of_them(self):
        """Remembered, since each delivery asks often: where no feed tells of receipts it costs nothing."""
        move = self._plan(datetime(2026, 3, 20, 8))
        self.assertFalse(move._get_feed_marks({}))
        with self.assertQueryCount(0):
            move._get_feed_marks({})
        self.feed.backorders = "dated"
        self.assertEqual(move._get_feed_marks({}), [self.oil])
        self.feed.active = False
        self.assertFalse(move._get_feed_marks({}))
        self.feed.active = True
        self.assertTrue(move._get_feed_marks({}))
        self.feed.unlink()
        self.assertFalse(move._get_feed_marks({}))

    def test_a_day_that_nobody_knows_is_not_made_up(self):
        self._sell_without_stock()
        self.assertEqual(self._sent("availability", self.feed), "in_stock")
        self._plan(datetime(2026, 3, 1, 8))  # overdue
        self.assertEqual(self._sent("availability", self.feed), "in_stock")
        self.assertNotIn("missing", self._codes(self.oil))

    def test_what_is_promised_already_waits_for_the_receipt_after(self):
        self._sell_without_stock()
        self._plan(datetime(2026, 3, 20, 8), 5)
        self._plan(datetime(2026, 4, 20, 8), 5)
        warehouse = self.website.warehouse_id
        promised = self.env["stock.move"].create(
            {
                "product_id": self.oil.id,
                "product_uom_qty": 5,
                "location_id": warehouse.lot_stock_id.id,
                "location_dest_id": self.env.ref("stock.stock_location_customers").id,
                "picking_type_id": warehouse.out_type_id.id,
            }
        )
        promised._action_confirm()
        self.assertEqual(self._sent("availability_date", self.feed), "2026-04-20T10:00+0200")

    def test_what_can_t_be_ordered_is_out_of_stock_whatever_is_on_its_way(self):
        self._sell_without_stock()
        self.oil.allow_out_of_stock_order = False
        self._plan(datetime(2026, 3, 20, 8))
        self.assertEqual(self._sent("availability", self.feed), "out_of_stock")
        self.assertIsNone(self._sent("availability_date", self.feed))

    def test_a_receipt_that_moves_is_followed_and_one_that_should_have_come_ends_it(self):
        self._sell_without_stock()
        move = self._plan(datetime(2026, 3, 20, 8))
        self._refresh()
        move.date = datetime(2026, 3, 22, 8)
        self.assertTrue(self._is_dirty(self.oil))
        self.assertEqual(self._sent("availability_date", self.feed), "2026-03-22T09:00+0100")
        with freeze_time("2026-03-22 09:00:00"):
            self.assertTrue(self._is_dirty(self.oil))
            self.assertEqual(self._sent("availability", self.feed), "in_stock")

    # === ORIGIN, LAST DAY, PHONES === #

    def test_the_origin_of_goods_is_that_of_the_product(self):
        meta = self._create_feed("meta")
        self.assertIsNone(self._sent("origin_country", meta))
        self.oil.country_of_origin = self.italy
        self.assertTrue(self._is_dirty(self.oil, meta))
        self.assertEqual(self._sent("origin_country", meta), "IT")

    def test_after_its_last_day_a_product_is_in_no_feed(self):
        self.oil.feed_last_date = "2026-03-10"
        self.assertEqual(self._sent("expiration_date", self.feed), "2026-03-10T23:59+0100")
        with freeze_time("2026-03-10 22:59:30"):
            self.assertFalse(self._is_dirty(self.oil))
        with freeze_time("2026-03-10 23:00:01"):
            self.assertTrue(self._is_dirty(self.oil))
            self._refresh()
            self.assertEqual(self._item(self.oil).state, "excluded")
            self.oil.feed_last_date = False
            self._refresh()
            self.assertEqual(self._item(self.oil).state, "sent")

    def test_a_page_for_phones_is_told_where_a_shop_elsewhere_has_one(self):
        self.assertIsNone(self._sent("mobile_link", self.feed))
        self.feed.write(
            {
                "shop": "external",
                "url_template": "https://altro.example/{default_code}",
                "mobile_template": "https://m.altro.example/{default_code}",
            }
        )
        self.assertEqual(self._sent("mobile_link", self.feed), "https://m.altro.example/OLIO-750")
        with self.assertRaises(ValidationError):
            self.feed.mobile_template = "https://m.altro.example/{standard_price}"
