"""Analysis of discounts: figures worked out by hand, sums that add up, and who sees what."""

from freezegun import freeze_time
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from odoo.exceptions import AccessError
from odoo.fields import Command
from odoo.tests import new_test_user, tagged
from odoo.tools import SQL

from ..report.quote_discount_report import KINDS
from .common import QuoteCommon

NOW = "2026-03-12 10:00:00"
OF_KINDS = [f"{kind}_discount" for kind in KINDS]


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestDiscountReport(QuoteCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.machine.standard_price = 5000
        cls.included = cls._create_included_tax()
        cls.loyal, cls.volume = cls.env["quote.discount.reason"].create([{"name": "Loyal"}, {"name": "Volume"}])
        with freeze_time(NOW):
            # Machine 10,000 less 20 % of the list, 10 % negotiated, 5 % on the order; 8 spaghetti at 12.50 for 10.
            cls.shown = cls._create_promotional_list(20)
            cls.order = cls._create_order(
                {"product_id": cls.machine.id, "discount_text": "10", "discount_reason_id": cls.loyal.id},
                {
                    "product_id": cls.pasta_product.id,
                    "product_uom_qty": 8,
                    "agreed_price": 8.0,
                    "discount_reason_id": cls.volume.id,
                },
                pricelist_id=cls.shown.id,
                header_text="5",
            )
            cls.order.action_confirm()
            cls.other = cls._create_order({"product_id": cls.machine.id, "discount_text": "1"}, user=cls.manager)
            cls.env.flush_all()

    def _rows(self, *domain, user=None):
        domain = domain or [("order_id", "in", (self.order + self.other).ids)]
        return self.env["quote.discount.report"].with_user(user or self.manager), list(domain)

    def _measure(self, *measures, domain=(), user=None):
        Report, rows = self._rows(*domain, user=user)
        [values] = Report._read_group(rows, [], measures)
        return [round(value or 0.0, 2) for value in values]

    def _measure_of(self, order, *measures):
        self.env.flush_all()
        return self._measure(*[f"{name}:sum" for name in measures], domain=[("order_id", "=", order.id)])

    # === FIGURES === #

    def test_list_value_less_each_kind_of_discount_is_the_net(self):
        names = ("list_value", "list_discount", "negotiated_discount", "net_price_discount", "header_discount", "net")
        # Machine: 10,000 - 2,000 - 800 - 360 = 6,840. Spaghetti: 100 - 20 - 16 - 3.20 = 60.80.
        self.assertEqual(self._measure_of(self.order, *names), [10100.0, 2020.0, 800.0, 16.0, 363.2, 6900.8])
        self.assertEqual(self.order.amount_untaxed, 6900.8)
        self.assertEqual(self._measure_of(self.order, "discount", "given"), [3199.2, 1179.2])

    def test_shares_are_of_the_sums(self):
        shares = self._measure("discount_share:avg", "given_share:avg", domain=[("order_id", "=", self.order.id)])
        self.assertEqual(shares, [round(100 * 3199.2 / 10100, 2), round(100 * 1179.2 / 10100, 2)])

    def test_margin_counts_what_is_sold_and_has_a_cost(self):
        self.machine.standard_price = 9999
        measured = self._measure_of(self.order, "cost", "margin")
        self.assertEqual(measured, [5000.0, 1840.0])
        [share] = self._measure("margin_share:avg")
        self.assertEqual(share, round(100 * 1840 / 6840, 2))
        self.assertEqual(self._measure_of(self.other, "margin"), [0.0])

    def test_discounts_by_kind_and_reason(self):
        Report, _domain = self._rows()
        domain = [("order_id", "=", self.order.id)]
        by_reason = Report._read_group([*domain, ("kind", "!=", "sold")], ["reason_id"], ["discount:sum"])
        none = self.env["quote.discount.reason"]
        self.assertEqual(
            {reason: round(value, 2) for reason, value in by_reason},
            {self.loyal: 800.0, self.volume: 16.0, none: 2383.2},
        )
        by_kind = Report._read_group(domain, ["kind"], ["discount:sum"])
        self.assertEqual({kind for kind, _value in by_kind}, {"sold", "list", "negotiated", "net_price", "header"})

    def test_sums_are_the_same_under_every_grouping(self):
        Report, domain = self._rows()
        measures = ["list_value:sum", "discount:sum", "net:sum"]
        [whole] = Report._read_group(domain, [], measures)
        for group in ("user_id", "partner_id", "product_tmpl_id", "categ_id", "reason_id", "kind", "date:month"):
            rows = Report._read_group(domain, [group], measures)
            sums = [round(sum(row[place] or 0 for row in rows), 2) for place in (1, 2, 3)]
            self.assertEqual(sums, [round(value, 2) for value in whole], group)

    def test_a_unit_price_lowered_by_hand_is_a_discount(self):
        order = self._create_order({"product_id": self.machine.id, "price_unit": 9000, "discount_text": "10"})
        names = ("list_value", "by_hand_discount", "negotiated_discount", "net", "given")
        self.assertEqual(self._measure_of(order, *names), [10000.0, 1000.0, 900.0, 8100.0, 1900.0])

    def test_a_line_below_zero_is_a_discount(self):
        order = self._create_order(self.machine, {"product_id": self.pasta_product.id, "price_unit": -500})
        names = ("list_value", "line_discount", "discount", "net")
        self.assertEqual(self._measure_of(order, *names), [10000.0, 500.0, 500.0, 9500.0])

    def test_free_goods_are_worth_their_list_price(self):
        order = self._create_order(self.pasta_product, {"product_id": self.machine.id, "free_goods": "discount"})
        names = ("list_value", "free_goods_discount", "net")
        self.assertEqual(self._measure_of(order, *names), [10012.5, 10000.0, 12.5])

    def test_a_gift_with_its_reversal_is_free_goods(self):
        order = self._create_order(self.machine, {"product_id": self.pasta_product.id, "free_goods": "gift_vat"})
        names = ("list_value", "free_goods_discount", "line_discount", "net")
        self.assertEqual(self._measure_of(order, *names), [10012.5, 12.5, 0.0, 10000.0])

    def test_prices_with_taxes_inside_are_measured_before_taxes(self):
        self.machine.write({"list_price": 122, "taxes_id": [Command.set(self.included.ids)]})
        order = self._create_order(
            {"product_id": self.machine.id, "product_uom_qty": 2, "discount_text": "50"},
            {"product_id": self.machine.id, "free_goods": "discount"},
        )
        names = ("list_value", "negotiated_discount", "free_goods_discount", "net", "other_discount")
        self.assertEqual(self._measure_of(order, *names), [300.0, 100.0, 100.0, 100.0, 0.0])

    def test_a_discount_without_steps_is_counted_as_other(self):
        self.other.order_line.discount_step_ids.sudo().unlink()
        names = ("list_value", "negotiated_discount", "other_discount", "net")
        self.assertEqual(self._measure_of(self.other, *names), [10000.0, 0.0, 100.0, 9900.0])

    def test_a_surcharge_is_a_discount_below_zero(self):
        order = self._create_order({"product_id": self.machine.id, "discount_text": "-2"}, user=self.manager)
        self.assertEqual(self._measure_of(order, "list_value", "discount", "net"), [10000.0, -200.0, 10200.0])

    def test_sections_and_down_payments_are_not_counted(self):
        count = self.env["quote.discount.report"].search_count([("order_id", "=", self.other.id)])
        self.other.order_line = [
            Command.create({"display_type": "line_note", "name": "Thanks"}),
            Command.create(
                {
                    "product_id": self.machine.id,
                    "name": "Down",
                    "price_unit": 50,
                    "is_downpayment": True,
                    "product_uom_qty": 0,
                }
            ),
        ]
        self.env.flush_all()
        self.assertEqual(self.env["quote.discount.report"].search_count([("order_id", "=", self.other.id)]), count)

    def test_another_currency_is_converted_at_the_order_s_rate(self):
        dollar = self.env.ref("base.USD")
        dollar.active = True
        self.env["res.currency.rate"].create({"name": "2026-01-01", "currency_id": dollar.id, "rate": 2.0})
        dollars = self._create_list("Dollars", currency_id=dollar.id)
        order = self._create_order({"product_id": self.machine.id, "discount_text": "10"}, pricelist_id=dollars.id)
        self.assertEqual(order.amount_untaxed, 18000)
        self.assertEqual(self._measure_of(order, "list_value", "discount", "net"), [10000.0, 1000.0, 9000.0])

    @given(
        st.lists(
            st.tuples(
                st.floats(0.01, 999, allow_nan=False).map(lambda price: round(price, 2)),
                st.integers(1, 99),
                st.lists(st.integers(1, 9999).map(lambda cents: cents / 100), max_size=4),
            ),
            min_size=1,
            max_size=4,
        ),
        st.booleans(),
    )
    @settings(max_examples=15, phases=[Phase.generate])
    def test_any_line_adds_up_to_the_cent(self, lines, included):
        tax = self.included if included else self.vat22
        order = self.env["sale.order"].create(
            {
                "partner_id": self.customer.id,
                "header_text": "3",
                "order_line": [
                    Command.create(
                        {
                            "product_id": self.machine.id,
                            "price_unit": price,
                            "product_uom_qty": quantity,
                            "tax_ids": [Command.set(tax.ids)],
                            "discount_text": "+".join(f"{percent:.2f}" for percent in percents),
                        }
                    )
                    for price, quantity, percents in lines
                ],
            }
        )
        self.env.flush_all()
        rows = self.env["quote.discount.report"].search([("order_id", "=", order.id)])
        for line, parts in rows.grouped("line_id").items():
            listed, discount, net = (sum(parts.mapped(name)) for name in ("list_value", "discount", "net"))
            self.assertAlmostEqual(listed - discount, net, 6)
            self.assertAlmostEqual(net, line.price_subtotal, 6)
            self.assertAlmostEqual(sum(sum(parts.mapped(name)) for name in OF_KINDS), discount, 6)
            self.assertLessEqual(abs(sum(parts.mapped("other_discount"))), 0.0101)
            self.assertFalse([part for part in parts if round(part.discount * 100, 4) % 1])

    # === RIGHTS === #

    def test_a_salesperson_sees_his_own_figures(self):
        Report, domain = self._rows(user=self.seller)
        self.assertEqual(Report.search(domain).order_id, self.order)

    def test_one_who_sees_all_orders_sees_all_figures(self):
        user = new_test_user(self.env, "quote_all", groups="sales_team.group_sale_salesman_all_leads")
        Report, domain = self._rows(user=user)
        self.assertEqual(Report.search(domain).order_id, self.order + self.other)

    def test_margins_are_for_managers(self):
        Report, domain = self._rows(user=self.seller)
        for name in ("cost", "margin", "margin_share", "costed_net"):
            self.assertNotIn(name, Report.fields_get())
            aggregate = "avg" if name == "margin_share" else "sum"
            with self.assertRaises(AccessError, msg=name):
                Report.formatted_read_group(domain, [], [f"{name}:{aggregate}"])
        for view in Report.get_views([(False, "pivot"), (False, "list")])["views"].values():
            self.assertNotIn("margin", view["arch"])
            self.assertIn("discount", view["arch"])

    def test_others_see_nothing(self):
        for groups in ("base.group_user", "base.group_portal", "account.group_account_invoice"):
            user = new_test_user(self.env, f"no_{groups}", groups=groups)
            with self.assertRaises(AccessError):
                self.env["quote.discount.report"].with_user(user).search([])

    def test_figures_of_another_company_are_not_seen(self):
        other = self.env["res.company"].create({"name": "Other"})
        rule_companies = self.env["quote.discount.report"].with_user(self.manager).with_company(self.company)
        self.order.sudo().flush_recordset()
        self.env.cr.execute("UPDATE sale_order SET company_id = %s WHERE id = %s", [other.id, self.other.id])
        self.env.invalidate_all()
        self.assertEqual(
            rule_companies.search([("order_id", "in", (self.order + self.other).ids)]).order_id, self.order
        )

    def test_a_row_opens_its_order(self):
        Report, domain = self._rows(user=self.seller)
        action = Report.search(domain, limit=1).action_open_order()
        self.assertEqual((action["res_model"], action["res_id"]), ("sale.order", self.order.id))

    # === HOW MUCH IT COSTS === #

    def test_a_filter_reaches_the_lines_before_they_are_joined(self):
        Report, _domain = self._rows(user=self.seller)
        query = Report._search([("order_id", "=", self.order.id)])
        [[[plan]]] = self.env.execute_query(SQL("EXPLAIN (FORMAT JSON) %s", query.select()))
        nodes = [plan["Plan"]]
        for node in nodes:
            nodes += node.get("Plans", ())
        [lines] = [node for node in nodes if node.get("Relation Name") == "sale_order_line"]
        conditions = " ".join(lines.get(kind, "") for kind in ("Index Cond", "Recheck Cond", "Filter"))
        self.assertIn("order_id", conditions)
        steps = [node for node in nodes if node.get("Relation Name") == "quote_discount_step"]
        for node in steps:  # by line: a scan of all steps for each line would never end
            conditions = " ".join(node.get(kind, "") for kind in ("Index Cond", "Recheck Cond", "Filter"))
            self.assertIn("order_line_id = l.id", conditions)
