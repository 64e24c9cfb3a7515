"""Directions of management on orders: which one holds, what counts, what the form says."""

from freezegun import freeze_time
from psycopg2 import IntegrityError

from odoo.exceptions import ValidationError
from odoo.fields import Command
from odoo.tests import Form, tagged
from odoo.tools import mute_logger

from .limits_common import LimitsCommon

BEYOND = ("discount", 0, 20.0)


@tagged("post_install", "-at_install")
class TestLimitRecords(LimitsCommon):
    def test_a_limit_names_whom_it_is_for_and_what_it_allows(self):
        self.assertRecordValues(self.limit, [{"display_name": "Everyone", "figures": "discount up to 10 %"}])
        limit = self._create_limit(
            12.5, min_margin=20, who="user", user_id=self.seller.id, goods="category", categ_id=self.pasta.id
        )
        self.assertEqual(limit.display_name, f"{self.seller.name} · Food / Pasta")
        self.assertEqual(limit.figures, "discount up to 12.5 %, margin of at least 20 %")

    @mute_logger("odoo.sql_db")
    def test_impossible_limits_are_refused(self):
        cases = [
            {"max_discount": 101},
            {"max_discount": -1},
            {"min_margin": 100.5},
            {"max_free_goods": 120},
            {"max_discount": None},
            {"max_discount": 5, "date_start": "2026-05-02", "date_end": "2026-05-01"},
            {"max_discount": 5, "amount_from": 100, "amount_to": 50},
            {"max_discount": 5, "amount_from": -100},
        ]
        for values in cases:
            with self.subTest(values=values), self.assertRaises(IntegrityError), self.cr.savepoint():
                self._create_limit(**values)

    def test_a_scope_without_its_record_is_refused(self):
        for values in ({"who": "user"}, {"customer": "tag"}, {"goods": "category"}):
            with self.subTest(values=values), self.assertRaisesRegex(ValidationError, "choose it in"):
                self._create_limit(5, **values)

    def test_an_archived_limit_does_not_hold(self):
        self.limit.active = False
        self.assertFalse(self._check_one({"discount_text": "20"}))

    def test_a_limit_of_another_company_does_not_hold(self):
        other = self.env["res.company"].create({"name": "Other"})
        self.limit.active = False
        self._create_limit(5, company_id=other.id)
        self.assertFalse(self._check_one({"discount_text": "20"}))


@tagged("post_install", "-at_install")
class TestLimits(LimitsCommon):
    def test_inside_the_limit_nothing_is_found(self):
        self.assertFalse(self._check_one({"discount_text": "5+5"}))
        self.assertFalse(self._check_one({"discount_text": "10"}))

    def test_every_way_to_a_lower_price_counts(self):
        ways = {
            "cascade": {"discount_text": "10+10"},
            "agreed price": {"agreed_price": 81},
            "typed price": {"price_unit": 81},
            "typed price and cascade": {"price_unit": 90, "discount_text": "10"},
            "written discount": {"discount": 19},
        }
        for name, values in ways.items():
            with self.subTest(way=name):
                self.assertEqual(self._check_one(values), [("discount", 0, 19.0)])

    def test_a_discount_on_the_order_counts_on_every_line(self):
        order = self._create_order(self.article, self.other, header_text="12")
        self.assertEqual(self._check(order), [("discount", 0, 12.0), ("discount", 1, 12.0)])

    def test_a_surcharge_never_goes_beyond(self):
        self._create_limit(0, min_margin=90)
        self.assertFalse(self._check_one({"price_unit": 130}))
        self.assertFalse(self._check_one({}))

    def test_an_optional_line_without_quantity_counts(self):
        self.assertEqual(self._check_one({"product_uom_qty": 0, "discount_text": "20"}), [BEYOND])

    def test_lines_below_zero_take_no_more_than_the_lines_leave(self):
        discount = {"product_id": self._create_product("Sconto", 0).id}
        lines = [self.article, self.other]
        self.assertFalse(self._check(self._create_order(*lines, {**discount, "price_unit": -30})))
        order = self._create_order(*lines, {**discount, "price_unit": -30.5})
        self.assertEqual(self._check(order), [("negative", None, 30.5)])
        order = self._create_order(*lines, {**discount, "price_unit": 30.5, "product_uom_qty": -1})
        self.assertEqual(self._check(order), [("negative", None, 30.5)])

    def test_sections_and_down_payments_are_no_part_of_the_deal(self):
        order = self._create_order(self.article)
        order.order_line = [self._create_section()]
        order.sudo().order_line = [
            Command.create({"product_id": self.other.id, "is_downpayment": True, "product_uom_qty": 0, "price_unit": 1})
        ]
        self.assertFalse(self._check(order))

    def test_a_product_line_called_a_down_payment_counts(self):
        order = self._create_order(self.article)
        order.order_line.write({"is_downpayment": True, "price_unit": 50})
        self.assertEqual(self._check(order), [("discount", 0, 50.0)])

    def test_free_goods_are_held_to_their_share(self):
        lines = [{"product_id": self.article.id, "product_uom_qty": 10}]
        lines.append({"product_id": self.article.id, "free_goods": "gift_vat"})
        self.assertEqual(self._check(self._create_order(*lines)), [("free_goods", 1, 9.09)])
        self._create_limit(max_free_goods=10)
        for kind in ("discount", "gift", "gift_vat"):
            lines[1]["free_goods"] = kind
            self.assertFalse(self._check(self._create_order(*lines)))
        lines[1]["product_uom_qty"] = 2
        self.assertEqual(self._check(self._create_order(*lines)), [("free_goods", 1, 16.67)])

    def test_the_margin_is_that_of_the_products_own_cost(self):
        self.limit.active = False
        self._create_limit(min_margin=40)
        self.assertFalse(self._check_one({"price_unit": 84}))
        order = self._create_order({"product_id": self.article.id, "price_unit": 80})
        order.order_line.purchase_price = 1
        self.assertEqual(self._check(order), [("margin", 0, 37.5)])

    def test_the_cost_is_converted_to_the_lines_unit(self):
        self.limit.active = False
        self._create_limit(min_margin=40)
        dozen = {"product_uom_id": self.env.ref("uom.product_uom_dozen").id}
        self.assertFalse(self._check_one({**dozen, "price_unit": 1008}))
        self.assertEqual(self._check_one({**dozen, "price_unit": 960}), [("margin", 0, 37.5)])

    def test_a_margin_without_a_cost_has_to_be_asked_for(self):
        self.limit.active = False
        self._create_limit(min_margin=40)
        self.article.standard_price = 0
        self.assertFalse(self._check_one({}))
        self.assertEqual(self._check_one({"price_unit": 99}), [("margin", 0, None)])
        self.company.quote_without_cost = "free"
        self.assertFalse(self._check_one({"price_unit": 99}))

    def test_without_a_limit_the_company_decides(self):
        self.limit.active = False
        self.assertFalse(self._check_one({"discount_text": "20"}))
        self.company.quote_without_limit = "ask"
        order = self._create_order({"product_id": self.article.id, "discount_text": "20"})
        self.assertEqual(self._check(order), [BEYOND])
        [finding] = order._check_limits()
        self.assertEqual(
            order._explain_finding(finding),
            "Articolo: 20 % is given, and no direction of management allows a discount here.",
        )

    def test_the_most_specific_limit_holds(self):
        tag = self.env["res.partner.category"].create({"name": "Ristoranti"})
        child = tag.create({"name": "Pizzerie", "parent_id": tag.id})
        self.customer.category_id = child
        scopes = [
            {"who": "role", "group_id": self.env.ref("sales_team.group_sale_salesman").id},
            {"who": "user", "user_id": self.seller.id},
            {"customer": "tag", "tag_id": tag.id},
            {"customer": "customer", "partner_id": self.customer.id},
            {"goods": "category", "categ_id": self.food.id},
            {"goods": "template", "product_tmpl_id": self.article.product_tmpl_id.id},
            {"goods": "product", "product_id": self.article.id},
            {"amount_from": 50, "amount_to": 81},
        ]
        for scope in scopes:
            with self.subTest(scope=scope):
                limit = self._create_limit(25, **scope)
                self.assertFalse(self._check_one({"discount_text": "20"}))
                limit.active = False
                self.assertEqual(self._check_one({"discount_text": "20"}), [BEYOND])

    def test_limits_for_others_do_not_hold(self):
        role, team = self.env.ref("sales_team.group_sale_manager"), self.env["crm.team"].create({"name": "Estero"})
        scopes = [
            {"who": "role", "group_id": role.id},
            {"who": "user", "user_id": self.manager.id},
            {"who": "team", "team_id": team.id},
            {"customer": "customer", "partner_id": self.env["res.partner"].create({"name": "Else"}).id},
            {"goods": "category", "categ_id": self.fresh_pasta.id},
            {"goods": "product", "product_id": self.other.id},
            {"amount_from": 81},
        ]
        for scope in scopes:
            self._create_limit(25, **scope)
        order = self._create_order({"product_id": self.article.id, "discount_text": "20"}, team_id=team.id)
        self.assertEqual(self._check(order), [BEYOND])

    def test_the_team_is_the_sellers_own(self):
        team = self.env["crm.team"].create({"name": "Estero", "member_ids": self.seller.ids})
        self._create_limit(25, who="team", team_id=team.id)
        self.assertFalse(self._check_one({"discount_text": "20"}))

    def test_a_contact_has_the_limits_of_his_company(self):
        self._create_limit(25, customer="customer", partner_id=self.customer.id)
        contact = self.env["res.partner"].create({"name": "Mario", "parent_id": self.customer.id})
        self.assertFalse(self._check_one({"discount_text": "20"}, partner_id=contact.id))

    def test_a_limit_holds_on_its_days(self):
        self._create_limit(25, date_start="2026-05-01", date_end="2026-05-31")
        for day, found in {"2026-04-30": [BEYOND], "2026-05-31": [], "2026-06-01": [BEYOND]}.items():
            with self.subTest(day=day), freeze_time(f"{day} 12:00"):
                self.assertEqual(self._check_one({"discount_text": "20"}, date_order="2026-05-10 08:00"), found)

    def test_its_days_are_the_companys(self):
        self.company.partner_id.tz = "Europe/Rome"
        self.limit.date_end = "2026-03-20"
        self._create_limit(2, date_start="2026-03-21")
        with freeze_time("2026-03-20 22:30:00"):
            order = self._create_order({"product_id": self.article.id, "discount_text": "8"})
            for zone, hour, found in (("Pacific/Pago_Pago", "23:30", 1), ("Pacific/Auckland", "22:30", 0)):
                with self.subTest(zone), freeze_time(f"2026-03-20 {hour}:00"):
                    self.assertEqual(len(order.with_context(tz=zone)._check_limits()), found)

    def test_whoever_negotiated_is_held_to_his_own_limit(self):
        self._create_limit(25, who="user", user_id=self.manager.id)
        order = self._create_order({"product_id": self.article.id, "discount_text": "20"})
        self.assertEqual(self._check(order), [BEYOND])
        order.with_user(self.manager).order_line.discount_text = "20"
        self.assertFalse(self._check(order))
        order.header_text = "1"
        self.assertEqual(self._check(order), [("discount", 0, 20.8)])

    def test_what_a_program_made_is_the_salespersons(self):
        order = self._create_order(
            {"product_id": self.article.id, "discount_text": "20"},
            user=self.env.ref("base.user_root"),
            user_id=self.seller.id,
        )
        self.assertFalse(order.order_line.negotiator_id - self.env.ref("base.user_root"))
        order.order_line.sudo().negotiator_id = False
        self._create_limit(25, who="user", user_id=self.seller.id)
        self.assertFalse(self._check(order))

    def test_a_combo_is_one_deal(self):
        combo = self.env["product.combo"].create(
            {"name": "Piatto", "combo_item_ids": [Command.create({"product_id": self.article.id})]}
        )
        menu = self._create_product("Menu", 60, type="combo", combo_ids=combo.ids)
        order = self._create_order(menu)
        part = {
            "product_id": self.article.id,
            "linked_line_id": order.order_line.id,
            "combo_item_id": combo.combo_item_ids.id,
        }
        order.order_line = [Command.create(part)]
        self.assertEqual(order.amount_untaxed, 60)
        self.assertFalse(self._check(order))
        order.order_line[1].price_unit = 30
        self.assertEqual(self._check(order), [("discount", 0, 50.0)])

    def test_more_pieces_than_the_combo_has_are_no_part_of_it(self):
        combo = self.env["product.combo"].create(
            {"name": "Piatto", "combo_item_ids": [Command.create({"product_id": self.article.id})]}
        )
        order = self._create_order(self._create_product("Menu", 60, type="combo", combo_ids=combo.ids))
        part = {"linked_line_id": order.order_line.id, "combo_item_id": combo.combo_item_ids.id}
        order.order_line = [Command.create({"product_id": self.article.id, **part})]
        order.order_line[1].write({"product_uom_qty": 5, "price_unit": 12})
        self.assertIn(("discount", 1, 88.0), self._check(order))

    def test_many_lines_are_checked_in_few_queries(self):
        values = [
            {"name": f"P{number}", "list_price": 10 + number, "categ_id": self.pasta.id, "standard_price": 5}
            for number in range(100)
        ]
        products = self.env["product.product"].create(values)
        self._create_limit(min_margin=80)
        self._create_limit(12, who="user", user_id=self.seller.id)
        self._create_limit(15, goods="category", categ_id=self.pasta.id)
        order = self._create_order(*({"product_id": product.id, "discount_text": "50"} for product in products))
        self._create_order(self.article)._check_limits()
        self.env.flush_all()
        self.env.invalidate_all()
        with self.assertQueryCount(20):
            found = order._check_limits()
        self.assertEqual(len([finding for finding in found if finding.measure == "discount"]), 100)


@tagged("post_install", "-at_install")
class TestLimitsOnTheForm(LimitsCommon):
    def test_a_line_says_what_is_left_and_why(self):
        order = self._create_order({"product_id": self.article.id, "discount_text": "6"}, self.article)
        first, second = order.order_line
        self.assertRecordValues(
            first,
            [{"limit_left": 4.25, "limit_hint": "4.25 %", "limit_label": "Everyone", "beyond_limit": False}],
        )
        self.assertEqual(second.limit_left, 10)
        first.discount_text = "6+4.25"
        self.assertFalse(self._check(order))
        self.assertEqual(first.limit_left, 0)

    def test_the_banner_says_which_line_how_much_and_by_which_direction(self):
        order = self._create_order({"product_id": self.article.id, "discount_text": "20"})
        self.assertTrue(order.order_line.beyond_limit)
        self.assertIn("Articolo: 20 % is given, 10 % is allowed (Everyone).", order.limit_notice)
        order.order_line.discount_text = "10"
        self.assertFalse(order.limit_notice)
        self.assertFalse(order.order_line.beyond_limit)

    def test_no_limit_leaves_the_line_free(self):
        self.limit.active = False
        line = self._create_order(self.article).order_line
        self.assertRecordValues(line, [{"limit_left": 100, "limit_hint": "free", "limit_label": False}])

    def test_a_sold_order_says_no_more(self):
        order = self._create_order({"product_id": self.article.id, "discount_text": "6"})
        self.assertEqual(order.order_line.limit_hint, "4.25 %")
        order.action_confirm()
        self.assertFalse(order.limit_notice)
        self.assertFalse(order.order_line.limit_hint)

    def test_the_form_answers_while_the_seller_types(self):
        order = self._create_order(self.article)
        with Form(order.with_user(self.seller)) as form, form.order_line.edit(0) as line:
            line.discount_text = "6"
            self.assertEqual(line.limit_hint, "4.25 %")
            line.discount_text = "20"
            self.assertTrue(line.beyond_limit)
            line.discount_text = "10"
            self.assertFalse(line.beyond_limit)

    def test_a_new_quote_answers_before_it_is_saved(self):
        with Form(self.env["sale.order"].with_user(self.seller)) as form:
            form.partner_id = self.customer
            with form.order_line.new() as line:
                line.product_id = self.article
                line.discount_text = "20"
                self.assertTrue(line.beyond_limit)
                self.assertEqual(line.limit_hint, "0 %")
                line.discount_text = "4"
                self.assertEqual(line.limit_hint, "6.25 %")

    def test_the_seller_reads_his_own_limit_on_the_managers_line(self):
        self._create_limit(30, who="user", user_id=self.manager.id)
        order = self._create_order({"product_id": self.article.id, "discount_text": "20"}, user=self.manager)
        self.assertRecordValues(order.order_line.with_user(self.seller), [{"limit_left": 0, "beyond_limit": False}])
        self.assertRecordValues(order.order_line.with_user(self.manager), [{"limit_left": 12.5}])
