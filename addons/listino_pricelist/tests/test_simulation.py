"""Products, lists, customers, quantities and dates in one grid, beside the prices of others."""

import io

import openpyxl
from freezegun import freeze_time
from psycopg2 import IntegrityError

from odoo.exceptions import UserError, ValidationError
from odoo.fields import Command
from odoo.tests import HttpCase, tagged
from odoo.tools import format_date, mute_logger

from .common import ListinoCommon
from .import_common import ImportCommon, csv_of


class SimulationCommon(ListinoCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.rice = cls._create_product("Rice", 10.0, cls.food, default_code="R", standard_price=6.0)
        cls.penne = cls._create_product("Penne", 2.0, cls.pasta, default_code="P", standard_price=1.5)
        cls.reseller_list = cls._create_list(
            "Resellers",
            {"compute_price": "percentage", "percent_price": 20},
            {"compute_price": "percentage", "percent_price": 30, "min_quantity": 10},
            {
                "compute_price": "fixed",
                "fixed_price": 9.0,
                "applied_on": "1_product",
                "product_tmpl_id": cls.rice.product_tmpl_id.id,
                "min_quantity": 10,
                "date_start": "2026-07-01 00:00:00",
            },
        )
        cls.rival = cls.env["res.partner"].create({"name": "Rival"})

    def _simulate(self, user=None, **values):
        values = {"category_ids": self.food.ids, "pricelist_ids": (self.public_list + self.reseller_list).ids, **values}
        return self.env["listino.simulation"].with_user(user or self.env.user).create(values)

    def _lines(self, simulation):
        """The texts of the cells, by the product's reference."""
        sections = simulation.get_preview()["sections"]
        return {line["cells"][0]: line["cells"][1:] for section in sections for line in section["lines"]}

    def _labels(self, simulation):
        return [(column["group"], column["label"]) for column in simulation.get_preview()["columns"][2:]]


@tagged("post_install", "-at_install")
@freeze_time("2026-03-02 10:00:00")
class TestSimulation(SimulationCommon):
    def test_each_list_beside_the_first(self):
        simulation = self._simulate()
        self.assertEqual(
            self._labels(simulation), [("Public", "Price"), ("Resellers", "Price"), ("Resellers", "Difference")]
        )
        self.assertEqual(self._lines(simulation)["R"], ["Rice", "10.00", "8.00", "-20%"])

    def test_products_are_those_chosen_under_their_categories(self):
        simulation = self._simulate(category_ids=[], product_ids=self.penne.ids)
        [section] = simulation.get_preview()["sections"]
        self.assertEqual((section["title"], len(section["lines"])), ("Food / Pasta", 1))

    def test_quantities_and_dates(self):
        dates = [Command.create({"price_date": day}) for day in ("2026-08-01", "2026-03-02")]
        simulation = self._simulate(pricelist_ids=self.reseller_list.ids, quantities="10;1", date_ids=dates)
        labels = [group for group, label in self._labels(simulation) if label == "Price"]
        self.assertEqual(
            labels,
            [
                f"Resellers · {format_date(self.env, day)} · from {quantity}"
                for day in ("2026-03-02", "2026-08-01")
                for quantity in ("1", "10")
            ],
        )
        self.assertEqual(self._lines(simulation)["R"], ["Rice", "8.00", "7.00", "8.00", "0%", "9.00", "28.6%"])

    def test_customers_with_the_list_they_have(self):
        customer = self.env["res.partner"].create(
            {"name": "Gino", "specific_property_product_pricelist": self.reseller_list.id}
        )
        simulation = self._simulate(pricelist_ids=[], partner_ids=customer.ids)
        self.assertEqual(self._labels(simulation), [("Gino · Resellers", "Price")])
        self.assertEqual(self._lines(simulation)["P"], ["Penne", "1.60"])

    def test_prices_are_those_a_quote_charges(self):
        self.penne.list_price = 1.233
        self.assertEqual(self._lines(self._simulate())["P"][1:3], ["1.23", "0.99"])

    def test_a_list_in_another_currency_is_compared_in_that_of_the_company(self):
        dollar = self.env.ref("base.USD")
        dollar.active = True
        self.env["res.currency.rate"].create({"currency_id": dollar.id, "name": "2026-01-01", "rate": 2.0})
        abroad = self._create_list("Abroad", currency_id=dollar.id)
        simulation = self._simulate(pricelist_ids=(self.public_list + abroad).ids)
        self.assertEqual(self._lines(simulation)["R"], ["Rice", "10.00", "20.00", "0%"])

    def test_margins_are_for_managers(self):
        manager, seller = self._create_manager(), self._create_salesperson()
        simulation = self._simulate(user=manager, show_margin=True)
        self.assertEqual(self._lines(simulation)["R"], ["Rice", "10.00", "40%", "8.00", "-20%", "25%"])
        self.assertNotIn("show_margin", self.env["listino.simulation"].with_user(seller).fields_get())
        self.assertFalse(simulation.sudo().with_user(seller)._shows_margin())

    def test_margins_are_of_prices_without_vat(self):
        self.rice.taxes_id = self._create_included_tax(25)
        simulation = self._simulate(user=self._create_manager(), show_margin=True, pricelist_ids=self.public_list.ids)
        self.assertEqual(self._lines(simulation)["R"], ["Rice", "10.00", "25%"])

    def test_a_prepared_change_is_tried_out(self):
        manager = self._create_manager()
        values = {"name": "Spring", "percent": 10, "category_ids": self.pasta.ids}
        change = self.env["listino.change"].with_user(manager).create(values)
        simulation = self._simulate(user=manager, change_id=change.id, pricelist_ids=self.reseller_list.ids)
        after = "Resellers, after the change"
        self.assertEqual(self._labels(simulation), [("Resellers", "Price"), (after, "Price"), (after, "Difference")])
        lines = self._lines(simulation)
        self.assertEqual((lines["P"][1:], lines["R"][1:]), (["1.60", "1.76", "10%"], ["8.00", "8.00", "0%"]))
        self.assertEqual(list(simulation.get_preview()["prices"]), ["price_0_0"])
        simulation.pricelist_ids = self.public_list + self.reseller_list
        self.assertEqual(self._lines(simulation)["P"][1:], ["2.00", "2.20", "10%", "1.60", "-20%", "1.76", "10%"])
        self.assertEqual(self.penne.list_price, 2.0)

    def test_nothing_chosen_or_too_much(self):
        with self.assertRaisesRegex(UserError, "at least one"):
            self._simulate(pricelist_ids=[]).action_compare()
        with self.assertRaisesRegex(UserError, "more than 40"):
            self._simulate(quantities=" ".join(map(str, range(1, 30)))).action_compare()
        with self.assertRaises(ValidationError):
            self._simulate(quantities="ten").action_compare()

    def test_nobody_else_reads_it(self):
        simulation = self._simulate(user=self._create_manager())
        other = self._create_salesperson()
        with self.assertRaises(UserError):
            simulation.with_user(other).get_preview()

    def test_a_thousand_cost_hardly_more_queries_than_one(self):
        def queries(simulation):
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            simulation.get_preview()
            return self.env.cr.sql_log_count - before

        simulation = self._simulate(show_margin=True)
        few = queries(simulation)
        self.env["product.product"].create([{"name": f"P{n}", "categ_id": self.food.id} for n in range(1000)])
        self.assertLessEqual(queries(simulation), few + 5)

    def test_the_file_holds_numbers(self):
        with io.BytesIO() as stream:
            self._simulate()._write_file("xlsx", stream)
            sheet = openpyxl.load_workbook(stream).worksheets[0]
            values = [[cell.value for cell in row] for row in sheet.iter_rows()]
        self.assertTrue(
            any({"Rice", 10, 8, -20} <= set(row) or {"Rice", 10.0, 8.0, -0.2} <= set(row) for row in values)
        )


@tagged("post_install", "-at_install")
@freeze_time("2026-03-02 10:00:00")
class TestPricesOfOthers(SimulationCommon):
    def _competitor_price(self, price, **values):
        return self.env["listino.competitor.price"].create(
            {"partner_id": self.rival.id, "product_id": self.rice.id, "price": price, **values}
        )

    def test_where_our_price_stands(self):
        self.assertEqual(self._competitor_price(8.0).display_name, f"Rival: {self.rice.display_name}")
        simulation = self._simulate(competitor_ids=self.rival.ids)
        self.assertEqual(self._labels(simulation)[-2:], [("Rival", "Price"), ("Rival", "Ours against it")])
        lines = self._lines(simulation)
        self.assertEqual(lines["R"][-2:], ["8.00", "25%"])
        self.assertEqual(lines["P"][-2:], ["", ""])

    def test_the_price_for_the_quantity_and_the_day(self):
        self._competitor_price(8.0)
        self._competitor_price(7.0, min_quantity=10)
        self._competitor_price(5.0, date_end="2026-02-28")
        self.assertEqual(self._lines(self._simulate(competitor_ids=self.rival.ids))["R"][-2], "8.00")
        at_ten = self._simulate(competitor_ids=self.rival.ids, quantities="10")
        self.assertEqual(self._lines(at_ten)["R"][-2], "7.00")

    def test_a_day_is_that_of_who_asks(self):
        self.env.user.tz = "Europe/Rome"
        self._competitor_price(8.0, date_end="2026-07-31")
        self._competitor_price(7.0, date_start="2026-08-01")
        dates = [Command.create({"price_date": "2026-08-01"})]
        simulation = self._simulate(competitor_ids=self.rival.ids, date_ids=dates)
        self.assertEqual(self._lines(simulation)["R"][-2], "7.00")

    def test_one_price_a_product_quantity_and_time(self):
        self._competitor_price(8.0)
        with self.assertRaises(IntegrityError), mute_logger("odoo.sql_db"):
            self._competitor_price(9.0)

    def test_the_days_of_a_price_are_in_order(self):
        self._competitor_price(7.0, date_start="2026-03-02", date_end="2026-03-02")
        with self.assertRaises(IntegrityError), mute_logger("odoo.sql_db"):
            self._competitor_price(8.0, date_start="2026-03-02", date_end="2026-03-01")

    def test_vendors_are_for_managers(self):
        seller = {"partner_id": self.rival.id, "product_tmpl_id": self.rice.product_tmpl_id.id}
        self.env["product.supplierinfo"].create([{**seller, "price": 5.5}, {**seller, "price": 5.0, "discount": 10}])
        manager = self._create_manager()
        simulation = self._simulate(user=manager, vendor_ids=self.rival.ids)
        self.assertEqual(self._lines(simulation)["R"][-2:], ["4.50", "122.2%"])
        own = self._simulate(user=self._create_salesperson())
        own.sudo().vendor_ids = self.rival
        self.assertFalse(own._get_outside_prices(1, simulation.create_date.date()))

    def test_a_salesperson_reads_competitors_prices_and_types_none(self):
        price = self._competitor_price(8.0).with_user(self._create_salesperson())
        self.assertEqual(price.price, 8.0)
        with self.assertRaises(UserError):
            price.price = 7.0

    def test_prices_of_another_company_stay_there(self):
        other = self.env["res.company"].create({"name": "Other"})
        self._competitor_price(8.0, company_id=other.id)
        self.assertEqual(self._lines(self._simulate(competitor_ids=self.rival.ids))["R"][-2], "")


@tagged("post_install", "-at_install")
class TestImportOfCompetitorsPrices(ImportCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.rice = cls._create_product("Rice", 10.0, default_code="R")

    def _prices(self):
        return self.env["listino.competitor.price"].search([("partner_id", "=", self.vendor.id)])

    def test_prices_come_in_and_are_brought_up_to_date(self):
        rows = (["R", "", "Riso", "8,50"], ["UNKNOWN", "", "Altro", "3,00"])
        with freeze_time("2026-03-02"):
            record = self._apply(csv_of(*rows), kind="competitor", partner_id=self.vendor.id)
        self.assertEqual(self._actions(record), {2: "update", 3: "refuse"})
        self.assertRecordValues(self._prices(), [{"product_id": self.rice.id, "price": 8.5}])
        with freeze_time("2026-04-02"):
            self._apply(csv_of(["R", "", "Riso", "8,90"]), kind="competitor", partner_id=self.vendor.id)
        [price] = self._prices()
        self.assertEqual((price.price, str(price.seen_date)), (8.9, "2026-04-02"))
        self.assertFalse(self.env["product.product"].search([("default_code", "=", "UNKNOWN")]))
        self.assertEqual(self.rice.list_price, 10.0)

    def test_a_competitor_has_to_be_chosen(self):
        with self.assertRaisesRegex(UserError, "competitor"):
            self._preview(csv_of(["R", "", "Riso", "8,50"]), kind="competitor")


@tagged("post_install", "-at_install", "tour")
class TestSimulationTour(SimulationCommon, HttpCase):
    def test_compare_two_lists(self):
        self._create_manager("tour_comparer")
        self.public_list.name = "Tour public"
        self.reseller_list.name = "Tour resellers"
        self.start_tour("/odoo/compare-prices", "listino_compare", login="tour_comparer")
