"""Promotions: every customer gets them alike, by name, apart from what is negotiated."""

from odoo.exceptions import AccessError, ValidationError
from odoo.fields import Command
from odoo.tests import Form, freeze_time, tagged
from odoo.tools import mute_logger

from .common import QuoteCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-12-01 10:00:00")
class TestPromotion(QuoteCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["quote.promotion"].search([]).active = False

    @classmethod
    def _create_promotion(cls, name="Christmas", discount="10+5", **values):
        values = {
            "name": name,
            "discount_text": discount,
            "date_start": "2026-12-01",
            "company_id": cls.company.id,
        } | values
        return cls.env["quote.promotion"].create(values)

    def test_every_customer_gets_a_promotion_and_reads_its_name(self):
        promotion = self._create_promotion(discount=" 10 + 5 %")
        for customer in (self.customer, self.env["res.partner"].create({"name": "Someone else"})):
            line = self._create_order(self.machine, partner_id=customer.id).order_line
            self.assertRecordValues(
                line,
                [
                    {
                        "promotion_id": promotion.id,
                        "promotion_discount": "10+5",
                        "price_subtotal": 8550,
                        "discount": 14.5,
                    }
                ],
            )
            self.assertEqual(line.discount_step_ids.mapped("kind"), ["promotion", "promotion"])
            self.assertEqual(line.discount_step_ids.mapped("label"), ["Christmas", "Christmas"])

    def test_what_is_negotiated_comes_on_top_and_stays_apart(self):
        self._create_promotion(discount="20")
        line = self._create_order({"product_id": self.machine.id, "discount_text": "10"}).order_line
        self.assertEqual(line.price_subtotal, 7200)
        self.assertEqual(line.discount_step_ids.mapped("kind"), ["promotion", "negotiated"])
        self.assertFalse(line.discount_step_ids[1].label)

    def test_the_customer_gets_the_best_of_several(self):
        self._create_promotion("Specific", "5", applied_on="product", product_id=self.pasta_product.id)
        best = self._create_promotion("Food", "15", applied_on="category", categ_id=self.food.id)
        self._create_promotion("All", "10")
        self.assertEqual(self._create_order(self.pasta_product).order_line.promotion_id, best)
        equal = self._create_promotion("Pasta", "15", applied_on="category", categ_id=self.pasta.id)
        self.assertEqual(self._create_order(self.pasta_product).order_line.promotion_id, equal)

    def test_products_categories_and_templates(self):
        other = self._create_product("Penne", 10, self.fresh_pasta)
        scopes = {
            "product": {"product_id": self.pasta_product.id},
            "template": {"product_tmpl_id": self.pasta_product.product_tmpl_id.id},
            "category": {"categ_id": self.pasta.id},
        }
        reached = {"product": [True, False, False], "template": [True, False, False], "category": [True, True, False]}
        for scope, values in scopes.items():
            promotion = self._create_promotion(applied_on=scope, **values)
            order = self._create_order(self.pasta_product, other, self.machine)
            self.assertEqual([bool(line.promotion_id) for line in order.order_line], reached[scope], scope)
            promotion.active = False

    def test_dates_quantities_and_lists_bound_it(self):
        promotion = self._create_promotion(date_end="2026-12-24", min_quantity=12)
        dozen = {"product_id": self.machine.id, "product_uom_id": self.env.ref("uom.product_uom_dozen").id}
        lines = ({"product_id": self.machine.id, "product_uom_qty": 11}, dozen)
        self.assertEqual(self._create_order(*lines).order_line.mapped("discount"), [0, 14.5])
        self.assertFalse(self._create_order(*lines, date_order="2026-12-25 10:00:00").order_line.promotion_id)
        self.assertEqual(self._create_order(dozen, date_order="2026-12-24 10:00:00").order_line.discount, 14.5)
        other = self._create_list("Other")
        promotion.pricelist_ids = other
        self.assertFalse(self._create_order(dozen).order_line.promotion_id)
        self.assertTrue(self._create_order(dozen, pricelist_id=other.id).order_line.promotion_id)

    def test_a_quantity_reaches_the_promotion_in_the_form(self):
        self._create_promotion(min_quantity=10)
        order = self._create_order({"product_id": self.pasta_product.id, "discount_text": "3"})
        with Form(order) as form, form.order_line.edit(0) as line:
            line.product_uom_qty = 10
            self.assertAlmostEqual(line.discount, 100 - 85.5 * 0.97)
            line.product_uom_qty = 9
            self.assertEqual(line.discount, 3)
            line.product_uom_qty = 20
        self.assertRecordValues(order.order_line, [{"promotion_discount": "10+5", "discount_text": "3"}])
        self.assertEqual(len(order.order_line.discount_step_ids), 3)

    def test_a_quote_keeps_the_promotion_it_was_made_with(self):
        promotion = self._create_promotion(discount="20", date_end="2026-12-24")
        order = self._create_order({"product_id": self.machine.id, "discount_text": "10"})
        self.assertFalse(order.offer_notice)
        promotion.discount_text = "50"
        order.date_order = "2027-01-10 10:00:00"
        order.order_line.discount_text = "10+1"
        self.assertEqual(order.amount_untaxed, 7128)
        self.assertRecordValues(order.copy().order_line, [{"promotion_id": promotion.id, "price_subtotal": 7128}])
        with freeze_time("2027-01-10"):
            self.env.invalidate_all()
            self.assertIn("Christmas", order.offer_notice)
            order.action_update_prices()
        self.assertRecordValues(order.order_line, [{"promotion_id": False, "price_subtotal": 8910}])
        self.assertEqual(order.order_line.discount_step_ids.mapped("kind"), ["negotiated", "negotiated"])

    def test_a_sold_line_keeps_its_promotion(self):
        promotion = self._create_promotion(discount="20")
        order = self._create_order(self.machine)
        order.action_confirm()
        promotion.date_end = "2026-12-01"
        with freeze_time("2026-12-20"):
            order.order_line.product_uom_qty = 3
        self.assertRecordValues(order.order_line, [{"promotion_discount": "20", "price_subtotal": 24000}])

    def test_the_discount_of_a_list_is_called_by_its_promotion(self):
        shown = self._create_promotional_list(20)
        shown.item_ids.promotion_name = "Promozione di Natale"
        order = self._create_order(self.machine, pricelist_id=shown.id)
        step = order.order_line.discount_step_ids
        self.assertRecordValues(step, [{"kind": "list", "label": "Promozione di Natale", "percent": 20}])
        other = self._create_promotional_list(30)
        order.pricelist_id = other
        order.action_update_prices()
        self.assertRecordValues(order.order_line.discount_step_ids, [{"kind": "list", "label": False, "percent": 30}])

    def test_rewards_deliveries_and_negative_lines_take_no_promotion(self):
        self._create_promotion()
        reward = self._create_product("Reward", 0, sale_ok=False)
        order = self._create_order(
            {"product_id": reward.id, "price_unit": 10}, {"product_id": self.machine.id, "price_unit": -10}
        )
        self.assertFalse(order.order_line.promotion_id)

    def test_promotions_for_the_same_are_told(self):
        food = self._create_promotion("Food", applied_on="category", categ_id=self.food.id)
        pasta = self._create_promotion("Pasta", applied_on="product", product_id=self.pasta_product.id)
        self._create_promotion("Over", date_start="2025-01-01", date_end="2025-12-31")
        drinks = self._create_category("Drinks")
        apart = self._create_promotion("Drinks", applied_on="category", categ_id=drinks.id)
        self.assertEqual(food.overlap_ids, pasta)
        self.assertEqual(pasta.overlap_ids, food)
        self.assertFalse(apart.overlap_ids)
        food.pricelist_ids, pasta.pricelist_ids = self.public_list, self._create_list("Other")
        self.assertFalse(food.overlap_ids)

    def test_the_status_follows_from_the_dates(self):
        promotion = self._create_promotion(date_start="2026-12-05", date_end="2026-12-24")
        for day, state in {"2026-12-04": "draft", "2026-12-05": "running", "2026-12-25": "ended"}.items():
            with freeze_time(day):
                self.env.invalidate_all()
                self.assertEqual(promotion.state, state)
                self.assertEqual(self.env["quote.promotion"].search([("state", "=", state)]), promotion)

    def test_bad_promotions_are_refused(self):
        bad = [
            {"discount": "50++10"},
            {"discount": "101"},
            {"discount": "-5"},
            {"discount": "0"},
            {"applied_on": "product"},
            {"applied_on": "category", "product_id": self.machine.id},
            {"min_quantity": -1},
            {"date_end": "2026-11-30"},
        ]
        for values in bad:
            with self.subTest(values=values), self.assertRaises(ValidationError):
                self._create_promotion(**values)
        self.assertFalse(self.env["quote.promotion"].search([]))

    def test_only_managers_make_promotions(self):
        promotion = self._create_promotion()
        with mute_logger("odoo.addons.base.models.ir_access", "odoo.addons.base.models.ir_model"):
            for call in (
                lambda seller: seller.write({"discount_text": "90"}),
                lambda seller: seller.copy(),
                lambda seller: seller.unlink(),
            ):
                with self.assertRaises(AccessError):
                    call(promotion.with_user(self.seller))
        self.assertEqual(promotion.with_user(self.seller).name, "Christmas")
        promotion.with_user(self.manager).discount_text = "12"

    def test_many_lines_cost_no_more_queries_than_few(self):
        self._create_promotion(applied_on="category", categ_id=self.food.id)
        self._create_promotion("Other", "3", pricelist_ids=[Command.set(self.public_list.ids)])
        products = [self._create_product(f"P{number}", 10) for number in range(60)]
        counts = []
        for size in (10, 60):
            order = self._create_order(*products[:size])
            self.env.flush_all()
            self.env.invalidate_all()
            order.order_line.mapped("price_unit")
            before = self.cr.sql_log_count
            offers = order.order_line._resolve_offers()
            counts.append(self.cr.sql_log_count - before)
            self.assertEqual(len(offers), size)
        self.assertLessEqual(counts[1], counts[0])
        self.assertLess(counts[0], 25)

    def test_without_offers_a_quote_costs_two_queries(self):
        order = self._create_order(self.machine, self.pasta_product)
        order.order_line._resolve_offers()
        self.env["quote.promotion"].flush_model()
        with self.assertQueryCount(2):
            self.assertEqual(order.order_line._resolve_offers(), {})
