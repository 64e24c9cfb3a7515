"""A confirmed order knows the list, the rule and the cost behind each of its prices, for good."""

from datetime import date
from unittest.mock import patch

from freezegun import freeze_time
from lxml import html

from odoo.exceptions import AccessError
from odoo.fields import Command
from odoo.tests import HttpCase, new_test_user, tagged

from ..models.sale_order import SaleOrder
from .test_quote_prices import LATER, TAKEN_AT, QuoteCommon


@tagged("post_install", "-at_install")
@freeze_time(TAKEN_AT)
class TestSoldPrices(QuoteCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        with freeze_time(TAKEN_AT):
            (cls.company.partner_id + cls.partner).lang = "en_US"
            cls.order = cls._create_order()

    def _confirm(self, order=None):
        (order or self.order).action_confirm()
        self.env.flush_all()
        self.env.invalidate_all()

    # === THE ORIGIN === #

    def test_the_origin_names_list_category_and_quantity(self):
        self._confirm()
        unit = self.fusilli.uom_id.name
        self.assertEqual(
            self.order.order_line.mapped("listino_origin"),
            [
                "Resellers 2026, cat. Pasta",
                f"Resellers 2026, cat. Pasta, from 10 {unit}",
                "Resellers 2026, sales price",
            ],
        )

    def test_the_origin_names_product_and_variant_and_says_nothing_of_a_rule_for_all(self):
        self.resellers.item_ids = [
            Command.create({"applied_on": "1_product", "product_tmpl_id": self.oil.product_tmpl_id.id}),
            Command.create({"applied_on": "0_product_variant", "product_id": self.penne.id, "min_quantity": 2.5}),
        ]
        order = self._create_order((self.oil, 1), (self.penne, 3))
        whole = self._create_list("Whole", {"compute_price": "percentage", "percent_price": 3})
        for_all = self._create_order((self.oil, 1), pricelist_id=whole.id)
        self._confirm(order + for_all)
        self.assertEqual(order.order_line[0].listino_origin, "Resellers 2026, Oil")
        self.assertEqual(
            order.order_line[1].listino_origin, f"Resellers 2026, Penne, from 2.5 {self.penne.uom_id.name}"
        )
        self.assertEqual(for_all.order_line.listino_origin, "Whole")

    def test_the_origin_is_in_the_company_s_language(self):
        self.env["res.lang"]._activate_lang("it_IT")
        self.resellers.with_context(lang="it_IT").name = "Rivenditori 2026"
        self.company.partner_id.lang = "it_IT"
        self._confirm(self.order.with_context(lang="en_US"))
        self.assertTrue(self.order.order_line[0].listino_origin.startswith("Rivenditori 2026, "))

    def test_a_quote_has_no_origin_and_no_cost_yet(self):
        self.assertFalse(any(self.order.order_line.mapped("listino_origin")))
        self.assertFalse(any(self.order.order_line.mapped("listino_unit_cost")))

    def test_the_origin_outlives_list_rule_and_cost(self):
        self._confirm()
        origin = self.order.order_line[1].listino_origin
        self.resellers.name = "Renamed"
        self.pasta.name = "Renamed"
        self.penne.standard_price = 99.0
        self.rule_of_ten.unlink()
        self.env.flush_all()
        self.env.invalidate_all()
        self.assertRecordValues(
            self.order.order_line[1],
            [
                {
                    "listino_origin": origin,
                    "listino_rule_id": False,
                    "listino_pricelist_id": self.resellers.id,
                    "listino_price": 16.0,
                    "listino_unit_cost": 11.0,
                }
            ],
        )

    def test_the_list_behind_the_price_is_that_of_the_quote_even_if_it_changed_before_the_confirmation(self):
        self.rule.percent_price = 5
        with freeze_time(LATER):
            self._confirm()
        self.assertRecordValues(
            self.order.order_line[0], [{"price_unit": 9.0, "listino_price": 9.0, "listino_at_list": True}]
        )

    def test_cancelled_and_set_back_the_order_forgets_and_a_new_confirmation_notes_anew(self):
        self._confirm()
        self.order._action_cancel()
        self.order.action_draft()
        self.assertFalse(any(self.order.order_line.mapped("listino_origin")))
        self.assertFalse(any(self.order.order_line.mapped("listino_unit_cost")))
        self.resellers.name = "Resellers 2027"
        self.fusilli.standard_price = 6.5
        self._confirm()
        self.assertRecordValues(
            self.order.order_line[0], [{"listino_origin": "Resellers 2027, cat. Pasta", "listino_unit_cost": 6.5}]
        )

    def test_a_line_added_later_and_a_quantity_changed_later_have_their_origin(self):
        self._confirm()
        self.order.order_line = [Command.create({"product_id": self.penne.id, "product_uom_qty": 1})]
        self.order.order_line[0].product_uom_qty = 10
        self.env.flush_all()
        self.assertEqual(self.order.order_line[-1].listino_origin, "Resellers 2026, cat. Pasta")
        self.assertEqual(self.order.order_line[-1].listino_unit_cost, 11.0)
        self.assertIn("from 10", self.order.order_line[0].listino_origin)

    def test_an_agreed_price_keeps_its_list_price_when_the_quantity_of_the_order_changes(self):
        line = self.order.order_line[0]
        line.price_unit = 8.5
        self._confirm()
        line.product_uom_qty = 10
        self.assertRecordValues(line, [{"price_unit": 8.5, "listino_price": 9.0, "listino_rule_id": self.rule.id}])

    def test_a_price_changed_after_the_confirmation_is_no_longer_at_list(self):
        self._confirm()
        self.order.order_line[0].price_unit = 8.0
        self.assertFalse(self.order.order_line[0].listino_at_list)
        self.assertEqual(self.order.order_line[0].listino_price, 9.0)

    def test_the_cost_is_of_the_unit_sold_and_of_the_company(self):
        dozen = self.env.ref("uom.product_uom_dozen")
        order = self._create_order({"product_id": self.fusilli.id, "product_uom_id": dozen.id})
        self._confirm(order)
        self.assertAlmostEqual(order.order_line.listino_unit_cost, 72.0)
        self.assertEqual(order.order_line.listino_price, 96.0)  # 12 pieces are more than 10

    def test_orders_of_before_the_app_get_their_origin_at_the_confirmation(self):
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE sale_order_line SET listino_price_date = NULL, listino_price = NULL, listino_rule_id = NULL,"
            " listino_pricelist_id = NULL, listino_at_list = NULL WHERE order_id = %s",
            [self.order.id],
        )
        self.env.invalidate_all()
        self.assertFalse(self.order.listino_changed_count)
        self._confirm()
        self.assertEqual(self.order.order_line[0].listino_origin, "Resellers 2026, cat. Pasta")
        self.assertEqual(self.order.order_line.mapped("listino_at_list"), [True] * 3)

    def test_a_salesperson_confirms_without_seeing_costs(self):
        seller = self._create_salesperson()
        order = self._create_order(user=seller)
        order.action_confirm()
        line = order.order_line[0]
        self.assertEqual(line.listino_origin, "Resellers 2026, cat. Pasta")
        with self.assertRaises(AccessError):
            line.read(["listino_unit_cost"])
        self.assertEqual(line.with_user(self._create_manager()).listino_unit_cost, 6.0)

    def test_a_salesperson_finds_no_cost_by_searching_either(self):
        seller = self._create_salesperson()
        Line = self.env["sale.order.line"].with_user(seller)
        with self.assertRaises(AccessError):
            Line.search([("listino_unit_cost", ">", 1)])
        with self.assertRaises(AccessError):
            Line.search([], order="listino_unit_cost")
        with self.assertRaises(AccessError):
            Line.formatted_read_group([], [], ["listino_unit_cost:max"])
        self.assertNotIn("listino_unit_cost", Line.fields_get())

    def test_another_currency_is_the_order_s_and_the_cost_the_company_s(self):
        dollar = self.env.ref("base.USD")
        dollar.active = True
        self.env["res.currency.rate"].create({"name": "2026-01-01", "currency_id": dollar.id, "rate": 2.0})
        foreign = self._create_list("Dollars", currency_id=dollar.id)
        order = self._create_order((self.oil, 1), pricelist_id=foreign.id)
        self._confirm(order)
        self.assertRecordValues(
            order.order_line, [{"price_unit": 16.0, "listino_price": 16.0, "listino_unit_cost": 5.0}]
        )

    def test_why_this_price_opens_the_derivation(self):
        action = self.order.order_line[1].action_explain_listino_price()
        check = self.env["listino.price.check"].with_context(**action["context"]).create({})
        self.assertEqual(check.price, 16.0)
        self.assertEqual(check.pricelist_id, self.resellers)
        self.assertEqual(check.quantity, 10)

    # === HOW MUCH IT COSTS === #

    def _count_confirmation(self, order):
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        order.action_confirm()
        self.env.flush_all()
        return self.env.cr.sql_log_count - before

    def test_confirming_1000_lines_costs_odoo_s_queries_and_a_few(self):
        lines = [(product, 1 + place % 20) for place in range(334) for product in (self.fusilli, self.penne, self.oil)]
        orders = [self._create_order(*lines[:1000]) for _time in range(2)]
        ours = self._count_confirmation(orders[0])
        Line = type(self.env["sale.order.line"])
        with (
            patch.object(Line, "_compute_listino_origin", lambda lines: lines.update({"listino_origin": False})),
            patch.object(Line, "_compute_listino_unit_cost", lambda lines: lines.update({"listino_unit_cost": 0})),
        ):
            without = self._count_confirmation(orders[1])
        self.assertEqual(len(set(orders[0].order_line.mapped("listino_origin"))), 3)
        self.assertLessEqual(ours, without + 10)

    # === THE REVISION === #

    def _patch_revision(self, number, date):
        return patch.object(SaleOrder, "_get_current_listino_revision", lambda order: (number, date))

    def test_a_list_never_published_has_no_revision(self):
        self._confirm()
        self.assertFalse(self.order.listino_revision_label)
        self.assertFalse(self._print())

    def test_the_quote_prints_the_current_revision_and_the_order_the_one_it_was_sold_on(self):
        with self._patch_revision(3, "2026-01-11"):
            self.assertEqual(self.order.listino_revision_label, "Resellers 2026, revision 3 of 01/11/2026")
            self.assertEqual(self._print(), "Resellers 2026, revision 3 of 01/11/2026")
            self._confirm()
        with self._patch_revision(4, "2026-04-01"):
            self.assertEqual(self.order.listino_revision, 3)
            self.assertEqual(self._print(), "Resellers 2026, revision 3 of 01/11/2026")
            self.order._action_cancel()
            self.order.action_draft()
            self.assertFalse(self.order.listino_revision)
            self.assertIn("revision 4", self.order.listino_revision_label)

    def test_the_revision_is_that_of_the_day_on_which_the_prices_were_taken(self):
        document = self.env["listino.document"].create({"name": "Listino", "pricelist_id": self.resellers.id})
        with freeze_time("2026-03-01 10:00:00"):
            document._publish("Spring")
        with freeze_time(LATER):
            document._publish("Summer")
            self.env.flush_all()
            self.env.invalidate_all()
            new = self._create_order()
            self._confirm(self.order + new)
        self.assertRecordValues(
            self.order + new,
            [
                {"listino_revision": 1, "listino_revision_date": date(2026, 3, 1)},
                {"listino_revision": 2, "listino_revision_date": date(2026, 4, 2)},
            ],
        )
        self.assertEqual(self._print(), "Resellers 2026, revision 1 of 03/01/2026")

    def test_prices_for_one_customer_are_not_the_revision_of_the_list(self):
        document = self.env["listino.document"].create({"name": "Listino", "pricelist_id": self.resellers.id})
        with freeze_time("2026-03-01 10:00:00"):
            document._publish("For him", self.partner)
        self.assertFalse(self.order.listino_revision_label)

    def test_a_customer_prints_the_revision_in_his_portal(self):
        document = self.env["listino.document"].create({"name": "Listino", "pricelist_id": self.resellers.id})
        with freeze_time("2026-03-01 10:00:00"):
            document._publish("Spring")
        customer = new_test_user(self.env, "listino_customer", groups="base.group_portal")
        self.order.write({"partner_id": customer.partner_id.id, "state": "sent"})
        self.order.pricelist_id = self.resellers
        label = self.order.with_user(customer).listino_revision_label
        self.assertTrue(label.startswith("Resellers 2026, revision 1"))

    def test_the_revision_is_printed_in_the_customer_s_language(self):
        self.env["res.lang"]._activate_lang("it_IT")
        self.partner.lang = "it_IT"
        with self._patch_revision(3, "2026-01-11"):
            self.assertTrue(self._print().endswith("11/01/2026"))

    def _print(self):
        self.env.flush_all()
        self.env.invalidate_all()
        content, _kind = self.env["ir.actions.report"]._render_qweb_html("sale.report_saleorder", self.order.ids)
        return html.fromstring(content).xpath("normalize-space(//div[@name='listino_revision']/div)")


@tagged("post_install", "-at_install")
class TestSignedQuote(QuoteCommon, HttpCase):
    def test_a_customer_who_signs_in_the_portal_confirms_with_the_origin(self):
        order = self._create_order(require_signature=True, require_payment=False)
        order.action_quotation_sent()
        signature = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
        answer = self.make_jsonrpc_request(
            f"/my/orders/{order.id}/accept",
            {"access_token": order._portal_ensure_token(), "name": "Mario", "signature": signature},
        )
        self.assertTrue(answer.get("force_refresh"), answer)
        self.env.invalidate_all()
        self.assertEqual(order.state, "sale")
        self.assertIn("cat. Pasta", order.order_line[0].listino_origin)
        self.assertEqual(order.order_line[0].listino_unit_cost, 6.0)
