"""A quote whose list has changed says so and offers the update; what was agreed by hand stays agreed."""

from datetime import datetime
from unittest.mock import patch

from freezegun import freeze_time

from odoo.exceptions import AccessError
from odoo.fields import Command
from odoo.tests import Form, tagged

from ..models.sale_order_line import COLUMNS
from .common import ListinoCommon

TAKEN_AT = "2026-03-12 10:00:00"
LATER = "2026-04-02 10:00:00"


class QuoteCommon(ListinoCommon):
    """A list that sells pasta at 10 % off, from 10 on at 20 % off, and a quote of three products."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.partner = cls.env["res.partner"].create({"name": "Trattoria"})
        cls.fusilli = cls._create_product("Fusilli", 10.0, cls.fresh_pasta, standard_price=6.0)
        cls.penne = cls._create_product("Penne", 20.0, cls.pasta, standard_price=11.0)
        cls.oil = cls._create_product("Oil", 8.0, standard_price=5.0)
        category = {"applied_on": "2_product_category", "categ_id": cls.pasta.id, "compute_price": "percentage"}
        cls.resellers = cls._create_list(
            "Resellers 2026",
            {**category, "percent_price": 10},
            {**category, "percent_price": 20, "min_quantity": 10},
        )
        cls.rule, cls.rule_of_ten = cls.resellers.item_ids.sorted("min_quantity")

    @classmethod
    def _create_order(cls, *lines, user=None, **values):
        """An order of pairs of product and quantity, or dictionaries of values."""
        lines = lines or ((cls.fusilli, 1), (cls.penne, 10), (cls.oil, 2))
        lines = [
            line if isinstance(line, dict) else {"product_id": line[0].id, "product_uom_qty": line[1]} for line in lines
        ]
        Order = cls.env["sale.order"].with_user(user) if user else cls.env["sale.order"]
        return Order.create(
            {
                "partner_id": cls.partner.id,
                "pricelist_id": cls.resellers.id,
                "order_line": [Command.create(line) for line in lines],
                **values,
            }
        )


@tagged("post_install", "-at_install")
class TestQuotePrices(QuoteCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        with freeze_time(TAKEN_AT):
            cls.order = cls._create_order(date_order=TAKEN_AT)
            cls.env.flush_all()
        cls.fusilli_line, cls.penne_line, cls.oil_line = cls.order.order_line

    def _reopen(self):
        """Forget what is cached, as between two requests."""
        self.env.flush_all()
        self.env.invalidate_all()

    # === WHAT A LINE REMEMBERS === #

    def test_a_line_remembers_list_rule_price_and_date(self):
        common = {"listino_pricelist_id": self.resellers.id, "listino_price_date": datetime(2026, 3, 12, 10)}
        self.assertRecordValues(
            self.order.order_line,
            [
                {**common, "listino_rule_id": self.rule.id, "listino_price": 9.0, "listino_at_list": True},
                {**common, "listino_rule_id": self.rule_of_ten.id, "listino_price": 16.0, "listino_at_list": True},
                {**common, "listino_rule_id": False, "listino_price": 8.0, "listino_at_list": True},
            ],
        )

    def test_another_quantity_takes_the_price_anew(self):
        with freeze_time(LATER):
            self.fusilli_line.product_uom_qty = 12
            self.env.flush_all()
        self.assertEqual(self.fusilli_line.listino_rule_id, self.rule_of_ten)
        self.assertEqual(self.fusilli_line.listino_price, 8.0)
        self.assertEqual(self.fusilli_line.listino_price_date, datetime(2026, 4, 2, 10))
        self.assertEqual(self.penne_line.listino_price_date, datetime(2026, 3, 12, 10))

    def test_a_price_typed_by_hand_is_not_at_list_but_knows_the_list_price(self):
        self.fusilli_line.price_unit = 8.5
        self.assertFalse(self.fusilli_line.listino_at_list)
        self.assertEqual(self.fusilli_line.listino_price, 9.0)
        self.penne_line.discount = 5
        self.assertFalse(self.penne_line.listino_at_list)
        self.penne_line.discount = 0
        self.assertTrue(self.penne_line.listino_at_list)

    def test_a_line_created_with_its_price_knows_the_list_price(self):
        order = self._create_order({"product_id": self.fusilli.id, "price_unit": 7.0})
        self.assertRecordValues(order.order_line, [{"price_unit": 7.0, "listino_price": 9.0, "listino_at_list": False}])

    def test_a_discount_that_the_quote_shows_is_at_list(self):
        self.env.ref("base.group_user")._apply_group(self.env.ref("sale.group_discount_per_so_line"))
        self.rule.percent_price = 33.337
        line = self._create_order((self.fusilli, 1)).order_line
        self.assertEqual((line.price_unit, line.discount), (10.0, 33.34))
        self.assertAlmostEqual(line.listino_price, 6.666, 6)
        self.assertTrue(line.listino_at_list)

    def test_lines_that_no_list_prices_remember_nothing(self):
        order = self._create_order(
            {"display_type": "line_section", "name": "Pasta"}, {"display_type": "line_note", "name": "Fresh"}
        )
        self.assertFalse(order.order_line.listino_pricelist_id)
        self.assertFalse(any(order.order_line.mapped("listino_price_date")))
        order.pricelist_id = False
        order.order_line = [Command.create({"product_id": self.oil.id})]
        self.assertFalse(order.order_line[-1].listino_price_date)
        self.assertFalse(order.listino_changed_count)

    def test_a_price_for_a_foreign_customer_is_compared_without_the_tax_it_includes(self):
        taxes = self.env["account.tax"].create(
            [
                {"name": "VAT incl.", "amount": 22, "price_include_override": "tax_included", "type_tax_use": "sale"},
                {"name": "Abroad", "amount": 5, "type_tax_use": "sale"},
            ]
        )
        position = self.env["account.fiscal.position"].create({"name": "Abroad"})
        taxes[1].write({"fiscal_position_ids": [Command.link(position.id)], "original_tax_ids": taxes[0].ids})
        self.oil.write({"list_price": 12.2, "taxes_id": [Command.set(taxes[0].ids)]})
        line = self._create_order((self.oil, 1), fiscal_position_id=position.id).order_line
        self.assertAlmostEqual(line.price_unit, 10.0, 6)
        self.assertAlmostEqual(line.listino_price, 10.0, 6)
        self.assertTrue(line.listino_at_list)

    # === THE LIST CHANGES === #

    def test_nothing_is_said_while_the_list_stays(self):
        with freeze_time(LATER):
            self._reopen()
            self.assertFalse(self.order.listino_price_notice)
            self.assertEqual(self.order.listino_changed_count, 0)

    @freeze_time(LATER)
    def test_a_changed_list_is_said_with_date_and_prices(self):
        self.rule.percent_price = 5
        self._reopen()
        self.assertEqual(self.order.listino_changed_count, 1)
        self.assertRecordValues(
            self.order.order_line,
            [
                {"listino_price_changed": True, "listino_current_price": 9.5},
                {"listino_price_changed": False, "listino_current_price": 16.0},
                {"listino_price_changed": False, "listino_current_price": 8.0},
            ],
        )
        for words in ("03/12/2026", "Resellers 2026", "Changed lines: 1", "Fusilli: from", "9.00", "9.50"):
            self.assertIn(words, self.order.with_context(lang="en_US").listino_price_notice)

    @freeze_time(LATER)
    def test_many_changed_lines_are_not_all_named(self):
        order = self._create_order(*[(self.fusilli, 1)] * 8)
        self.rule.percent_price = 5
        self._reopen()
        self.assertIn("and 3 more", order.listino_price_notice)
        self.assertEqual(order.listino_price_notice.count("Fusilli"), 5)

    @freeze_time(LATER)
    def test_names_of_products_are_escaped_in_the_notice(self):
        self.fusilli.name = "<script>alert(1)</script>"
        self.rule.percent_price = 5
        self._reopen()
        self.assertIn("&lt;script&gt;", self.order.listino_price_notice)
        self.assertNotIn("<script>", self.order.listino_price_notice)

    @freeze_time(LATER)
    def test_the_update_takes_the_new_price_and_the_notice_goes(self):
        self.rule.percent_price = 5
        self._reopen()
        self.order.action_update_changed_prices()
        self._reopen()
        self.assertEqual(self.order.order_line.mapped("price_unit"), [9.5, 16.0, 8.0])
        self.assertEqual(self.fusilli_line.listino_price_date, datetime(2026, 4, 2, 10))
        self.assertFalse(self.order.listino_changed_count)

    @freeze_time(LATER)
    def test_agreed_prices_are_neither_said_to_have_changed_nor_updated(self):
        self.fusilli_line.price_unit = 8.5
        self.penne_line.discount = 5
        self.resellers.item_ids.percent_price = 3
        self.oil.list_price = 8.8
        self._reopen()
        self.assertEqual(self.order.listino_changed_count, 1)
        self.order.action_update_changed_prices()
        self.assertEqual(self.order.order_line.mapped("price_unit"), [8.5, 16.0, 8.8])
        self.assertEqual(self.penne_line.discount, 5)

    @freeze_time(LATER)
    def test_odoo_s_own_update_counts_as_well(self):
        self.rule.percent_price = 5
        self._reopen()
        self.order.action_update_prices()
        self._reopen()
        self.assertEqual(self.fusilli_line.price_unit, 9.5)
        self.assertFalse(self.order.listino_changed_count)

    def test_rules_that_start_or_end_by_date_change_the_list_too(self):
        offer = {"compute_price": "fixed", "fixed_price": 7.0, "date_start": "2026-04-01", "date_end": "2026-04-30"}
        product = {"applied_on": "1_product", "product_tmpl_id": self.fusilli.product_tmpl_id.id}
        self.resellers.item_ids = [Command.create({**offer, **product})]
        with freeze_time("2026-03-20 10:00:00"):
            self._reopen()
            self.assertFalse(self.order.listino_changed_count)
        with freeze_time(LATER):
            self._reopen()
            self.assertEqual(self.fusilli_line.listino_current_price, 7.0)
            self.order.action_update_changed_prices()
            self._reopen()
            self.assertEqual(self.fusilli_line.price_unit, 7.0)
            self.assertEqual(self.order.date_order, datetime(2026, 4, 2, 10))
            self.assertFalse(self.order.listino_changed_count)
        with freeze_time("2026-05-02 10:00:00"):
            self._reopen()
            self.assertEqual(self.fusilli_line.listino_current_price, 9.0)

    @freeze_time(LATER)
    def test_another_list_on_the_order_is_a_change(self):
        self.order.pricelist_id = self.public_list
        self._reopen()
        self.assertEqual(self.order.listino_changed_count, 2)
        self.assertIn("Public", self.order.listino_price_notice)

    @freeze_time(LATER)
    def test_a_changed_base_list_shows_in_the_quotes_of_the_lists_derived_from_it(self):
        derived = self._create_list(
            "Agents",
            {
                "base": "pricelist",
                "base_pricelist_id": self.resellers.id,
                "compute_price": "percentage",
                "percent_price": 10,
            },
        )
        order = self._create_order(pricelist_id=derived.id)
        self.rule.percent_price = 0
        self._reopen()
        self.assertRecordValues(
            order.order_line[0], [{"listino_price": 8.1, "listino_current_price": 9.0, "listino_price_changed": True}]
        )

    @freeze_time(LATER)
    def test_sold_and_cancelled_orders_say_nothing(self):
        sold, cancelled = self._create_order(), self._create_order()
        sold.action_confirm()
        cancelled._action_cancel()
        self.resellers.item_ids.percent_price = 50
        self._reopen()
        self.assertFalse(any((sold + cancelled).mapped("listino_changed_count")))

    @freeze_time(LATER)
    def test_a_duplicate_has_the_old_prices_and_says_so(self):
        self.rule.percent_price = 5
        self._reopen()
        copy = self.order.with_user(self._create_manager()).copy()
        self._reopen()
        self.assertEqual(copy.order_line[0].price_unit, 9.0)
        self.assertEqual(copy.order_line[0].listino_price_date, datetime(2026, 3, 12, 10))
        self.assertEqual(copy.listino_changed_count, 1)

    @freeze_time(LATER)
    def test_the_update_of_nothing_changes_nothing(self):
        self._reopen()
        messages = len(self.order.message_ids)
        self.order.action_update_changed_prices()
        self.assertEqual(self.order.date_order, datetime(2026, 3, 12, 10))
        self.assertEqual(len(self.order.message_ids), messages)

    @freeze_time(LATER)
    def test_it_is_the_same_where_another_addon_prices(self):
        self.rule.percent_price = 5
        self.patch(type(self.resellers), "_can_price_in_bulk", lambda *_args, **_options: False)
        self._reopen()
        self.assertEqual(self.order.order_line.mapped("listino_current_price"), [9.5, 16.0, 8.0])
        self.assertEqual(self.order.listino_changed_count, 1)

    def test_a_line_typed_in_the_form_says_what_the_list_asks(self):
        with Form(self.env["sale.order"]) as form:
            form.partner_id = self.partner
            form.pricelist_id = self.resellers
            with form.order_line.new() as line:
                line.product_id = self.penne
                line.product_uom_qty = 10
                self.assertEqual(line.listino_price, 16.0)
        self.assertRecordValues(form.record.order_line, [{"listino_price": 16.0, "listino_at_list": True}])

    # === HOW MUCH IT COSTS === #

    def _count_queries(self, act):
        self._reopen()
        before = self.env.cr.sql_log_count
        act()
        self.env.flush_all()
        return self.env.cr.sql_log_count - before

    def test_the_notice_takes_as_many_queries_for_many_lines_as_for_few(self):
        few = self._create_order(*[(self.fusilli, 1 + place) for place in range(5)])
        many = self._create_order(*[(self.fusilli, 1 + place) for place in range(60)])
        few_queries, many_queries = (
            self._count_queries(lambda order=order: order.listino_price_notice) for order in (few, many)
        )
        self.assertEqual(few_queries, many_queries)
        self.assertLess(many_queries, 30)

    def test_lists_of_quotes_do_not_ask_the_price_list(self):
        views = self.env["sale.order"].get_views([(False, "list"), (False, "kanban")])["models"]
        self.assertNotIn("listino_price_notice", views["sale.order"]["fields"])
        with patch.object(type(self.order.order_line), "_get_list_price_at_memo_date") as asked:
            self.order.web_search_read([("id", "in", self.order.ids)], {"name": {}, "amount_total": {}})
        asked.assert_not_called()

    def test_remembering_costs_few_queries(self):
        lines = [(self.fusilli, 1 + place) for place in range(60)]
        order = self._create_order(*lines)
        ours = self._count_queries(order.action_update_prices)
        with patch.object(type(order.order_line), "_take_list_prices", lambda lines: None):
            without = self._count_queries(order.action_update_prices)
        self.assertLessEqual(ours, without + 12)

    # === WHO MAY SAY WHERE A PRICE COMES FROM === #

    def test_nobody_but_the_server_says_where_a_price_comes_from(self):
        seller = self._create_salesperson()
        order = self._create_order(user=seller)
        forged = {
            "listino_pricelist_id": self.public_list.id,
            "listino_rule_id": self.rule.id,
            "listino_price": 1.0,
            "listino_price_date": "2020-01-01",
            "listino_at_list": True,
            "listino_origin": "Mine",
            "listino_unit_cost": 1.0,
        }
        self.assertEqual(forged.keys(), COLUMNS.keys())
        for name, value in forged.items():
            with self.assertRaises(AccessError, msg=name):
                order.order_line[0].write({name: value})
            with self.assertRaises(AccessError, msg=name):
                order.write({"order_line": [Command.update(order.order_line[0].id, {name: value})]})
        for name, value in (("listino_revision", 3), ("listino_revision_date", "2026-01-01"), ("listino_share_id", 1)):
            with self.assertRaises(AccessError, msg=name):
                order.write({name: value})

    def test_nobody_says_by_hand_that_a_quote_was_asked_for_through_a_link(self):
        seller = self._create_salesperson()
        document = self.env["listino.document"].create({"name": "Listino", "pricelist_id": self.resellers.id})
        share = self.env["listino.share"].create({"document_id": document.id})
        for values, context in (({"listino_share_id": share.id}, {}), ({}, {"default_listino_share_id": share.id})):
            Order = self.env["sale.order"].with_user(seller).with_context(**context)
            self.assertFalse(Order.create({"partner_id": self.partner.id, **values}).listino_share_id)

    def test_what_a_client_brings_at_creation_is_dropped(self):
        seller = self._create_salesperson()
        forged = {"listino_price": 7.0, "listino_at_list": True, "listino_origin": "Mine", "price_unit": 7.0}
        defaults = {f"default_{name}": value for name, value in forged.items()} | {"default_listino_revision": 3}
        for values, context in ((forged, {}), ({"price_unit": 7.0}, defaults)):
            Order = self.env["sale.order"].with_user(seller).with_context(**context)
            order = Order.create(
                {
                    "partner_id": self.partner.id,
                    "pricelist_id": self.resellers.id,
                    "order_line": [Command.create({"product_id": self.fusilli.id, **values})],
                }
            )
            self.assertRecordValues(
                order.order_line, [{"listino_price": 9.0, "listino_at_list": False, "listino_origin": False}]
            )
            self.assertFalse(order.listino_revision)

    def test_a_copy_can_not_be_forged_either(self):
        seller = self._create_salesperson()
        order = self._create_order(user=seller)
        line = {"product_id": self.fusilli.id, "price_unit": 7.0, "listino_price": 7.0}
        copies = order.copy({"order_line": [Command.create(line)]})
        copies += order.with_context(listino_copy=True).create(
            {"partner_id": self.partner.id, "pricelist_id": self.resellers.id, "order_line": [Command.create(line)]}
        )
        for copy in copies:
            self.assertEqual(copy.order_line.listino_price, 9.0)
        single = order.order_line[0].copy({"order_id": order.id, "listino_price": 7.0})
        self.assertEqual(single.listino_price, 9.0)
