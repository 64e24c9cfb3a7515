"""Sales by list: revenue, what was sold at list, margin; each sees what he may, in his company's currency."""

from freezegun import freeze_time

from odoo.exceptions import AccessError
from odoo.fields import Command
from odoo.tests import new_test_user, tagged
from odoo.tools import SQL

from .test_quote_prices import TAKEN_AT, QuoteCommon


@tagged("post_install", "-at_install")
@freeze_time(TAKEN_AT)
class TestSaleReport(QuoteCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.seller = cls._create_salesperson()
        cls.manager = cls._create_manager()
        cls.audience = cls.env["listino.audience"].create({"name": "Restaurants"})
        cls.resellers.audience_id = cls.audience
        with freeze_time(TAKEN_AT):
            # At list: 9 + 160 + 16; agreed: 8 for 9, and a penne given away.
            cls.at_list = cls._create_order(user=cls.seller).with_env(cls.env)
            cls.agreed = cls._create_order({"product_id": cls.fusilli.id, "price_unit": 8.0}, user_id=cls.manager.id)
            cls.given = cls._create_order({"product_id": cls.penne.id, "price_unit": 0.0}, user_id=cls.manager.id)
            cls.quote = cls._create_order((cls.oil, 100), user_id=cls.manager.id)
            (cls.at_list + cls.agreed + cls.given).action_confirm()
            cls.env.flush_all()

    def _read(self, user=None, domain=(), group=(), company=None):
        Report = self.env["listino.sale.report"].with_user(user or self.manager)
        if company:
            Report = Report.with_context(allowed_company_ids=company.ids)
        domain = [("pricelist_id", "=", self.resellers.id), *domain]
        return Report, domain, list(group)

    def _measure(self, *measures, **options):
        Report, domain, _group = self._read(**options)
        [values] = Report._read_group(domain, [], measures)
        return [round(value, 4) for value in values]

    def test_revenue_list_value_and_share_at_list(self):
        self.assertEqual(
            self._measure("revenue:sum", "list_value:sum", "at_list_revenue:sum", "quantity:sum"),
            [193.0, 212.0, 185.0, 15.0],
        )
        self.assertEqual(
            self._measure("at_list_share:avg", "price_index:avg"),
            [round(100 * 185 / 193, 4), round(100 * 193 / 212, 4)],
        )

    def test_cost_and_margin_are_of_the_moment_of_the_sale(self):
        (self.fusilli + self.penne + self.oil).standard_price = 99
        self.env.flush_all()
        cost = 6 + 110 + 10 + 6 + 11
        self.assertEqual(self._measure("cost:sum", "margin:sum"), [cost, 193 - cost])
        self.assertEqual(self._measure("margin_share:avg"), [round(100 * (193 - cost) / 193, 4)])

    def test_products_without_a_cost_do_not_raise_the_margin(self):
        self.oil.standard_price = 0
        order = self._create_order((self.oil, 1000))
        before = self._measure("margin_share:avg")
        order.action_confirm()
        self.env.flush_all()
        self.assertEqual(self._measure("margin_share:avg"), before)

    def test_revenue_by_list_and_audience(self):
        Report, domain, _group = self._read()
        rows = Report._read_group(
            domain, ["audience_id", "pricelist_id", "categ_id"], ["revenue:sum"], order="categ_id"
        )
        self.assertEqual({row[:2] for row in rows}, {(self.audience, self.resellers)})
        self.assertEqual(
            {category: revenue for _audience, _list, category, revenue in rows},
            {self.fresh_pasta: 17.0, self.pasta: 160.0, self.food: 16.0},
        )

    def test_prices_with_taxes_inside_are_measured_before_taxes(self):
        tax = self.env["account.tax"].create(
            {"name": "In", "amount": 22, "price_include_override": "tax_included", "type_tax_use": "sale"}
        )
        self.oil.write({"list_price": 12.2, "taxes_id": [Command.set(tax.ids)]})
        order = self._create_order({"product_id": self.oil.id, "price_unit": 6.1, "product_uom_qty": 2})
        order.action_confirm()
        self.env.flush_all()
        measures = self._measure("revenue:sum", "list_value:sum", domain=[("order_id", "=", order.id)])
        self.assertEqual(measures, [10.0, 20.0])

    def test_quotes_notes_and_down_payments_are_not_sales(self):
        self.at_list.order_line = [
            Command.create({"display_type": "line_note", "name": "Thanks"}),
            Command.create(
                {
                    "product_id": self.oil.id,
                    "name": "Down",
                    "price_unit": 50,
                    "is_downpayment": True,
                    "product_uom_qty": 0,
                }
            ),
        ]
        self.env.flush_all()
        Report, domain, _group = self._read()
        self.assertEqual(Report.search_count(domain), 5)

    def test_lines_without_a_known_list_price_count_as_revenue_alone(self):
        self.env.cr.execute(
            "UPDATE sale_order_line SET listino_price_date = NULL, listino_at_list = NULL WHERE order_id = %s",
            [self.agreed.id],
        )
        self.env.invalidate_all()
        self.assertEqual(self._measure("revenue:sum", "listed_revenue:sum"), [193.0, 185.0])

    # === CURRENCIES AND COMPANIES === #

    def test_another_currency_is_converted_at_the_order_s_rate(self):
        dollar = self.env.ref("base.USD")
        dollar.active = True
        self.env["res.currency.rate"].create({"name": "2026-01-01", "currency_id": dollar.id, "rate": 2.0})
        dollars = self._create_list("Dollars", currency_id=dollar.id)
        order = self._create_order((self.oil, 3), pricelist_id=dollars.id)
        order.action_confirm()
        self.env.flush_all()
        self.env["res.currency.rate"].create({"name": "2026-03-12", "currency_id": dollar.id, "rate": 4.0})
        Report = self.env["listino.sale.report"].with_user(self.manager)
        [values] = Report._read_group(
            [("order_id", "=", order.id)], [], ["revenue:sum", "list_value:sum", "cost:sum", "margin:sum"]
        )
        self.assertEqual([round(value, 2) for value in values], [24.0, 24.0, 15.0, 9.0])

    def test_sales_of_another_company_are_neither_seen_nor_mixed(self):
        other = self.env["res.company"].create({"name": "Other", "currency_id": self.env.ref("base.CHF").id})
        other.currency_id.active = True
        self.env.user.company_ids += other
        order = (
            self.env["sale.order"]
            .with_company(other)
            .create(
                {
                    "partner_id": self.partner.id,
                    "company_id": other.id,
                    "pricelist_id": self.env["product.pricelist"].create({"name": "Swiss", "company_id": other.id}).id,
                    "order_line": [Command.create({"product_id": self.oil.id, "tax_ids": []})],
                }
            )
        )
        order.action_confirm()
        self.env.flush_all()
        Report = self.env["listino.sale.report"]
        self.assertFalse(Report.with_user(self.manager).search([("order_id", "=", order.id)]))
        self.manager.company_ids += other
        both = Report.with_user(self.manager).with_context(allowed_company_ids=(self.company + other).ids)
        self.assertEqual(both.search([("order_id", "=", order.id)]).currency_id, self.euro)

    # === RIGHTS === #

    def test_a_salesperson_sees_his_own_sales(self):
        Report, domain, _group = self._read(self.seller)
        self.assertEqual(Report.search(domain).order_id, self.at_list)

    def test_one_who_sees_all_orders_sees_all_sales(self):
        user = new_test_user(self.env, "listino_all", groups="sales_team.group_sale_salesman_all_leads")
        Report, domain, _group = self._read(user)
        self.assertEqual(Report.search(domain).order_id, self.at_list + self.agreed + self.given)

    def test_costs_and_margins_are_for_managers(self):
        Report, domain, _group = self._read(self.seller)
        for name in ("cost", "margin", "margin_share", "costed_revenue"):
            self.assertNotIn(name, Report.fields_get())
            with self.assertRaises(AccessError, msg=name):
                Report.search(domain).read([name])
            with self.assertRaises(AccessError, msg=name):
                Report.search([*domain, (name, ">", 0)])
            aggregate = "avg" if name == "margin_share" else "sum"
            with self.assertRaises(AccessError, msg=name):
                Report.formatted_read_group(domain, [], [f"{name}:{aggregate}"])

    def test_the_views_of_a_salesperson_show_no_margin(self):
        views = self.env["listino.sale.report"].with_user(self.seller).get_views([(False, "pivot"), (False, "list")])
        for view in views["views"].values():
            self.assertNotIn("margin", view["arch"])
            self.assertIn("revenue", view["arch"])

    def test_others_see_no_sales(self):
        for groups in ("base.group_user", "listino_pricelist.group_listino_user", "base.group_portal"):
            user = new_test_user(self.env, f"no_{groups}", groups=groups)
            with self.assertRaises(AccessError):
                self.env["listino.sale.report"].with_user(user).search([])

    def test_a_line_opens_its_order(self):
        Report, domain, _group = self._read(self.seller)
        action = Report.search(domain, limit=1).action_open_order()
        self.assertEqual((action["res_model"], action["res_id"]), ("sale.order", self.at_list.id))

    # === HOW MUCH IT COSTS === #

    def test_a_filter_reaches_the_orders_before_they_are_joined(self):
        Report, _domain, _group = self._read(self.seller)
        query = Report._search([("order_id", "=", self.at_list.id)])
        [[[plan]]] = self.env.execute_query(SQL("EXPLAIN (FORMAT JSON) %s", query.select()))
        nodes = [plan["Plan"]]
        for node in nodes:
            nodes += node.get("Plans", ())
        [lines] = [node for node in nodes if node.get("Relation Name") == "sale_order_line"]
        conditions = " ".join(lines.get(kind, "") for kind in ("Index Cond", "Recheck Cond", "Filter"))
        self.assertIn("order_id", conditions)  # by whichever index the planner goes, the scan of the lines is filtered
        self.assertFalse({node["Node Type"] for node in nodes} & {"Aggregate", "Subquery Scan", "Sort", "WindowAgg"})
