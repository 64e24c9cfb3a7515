"""Average prices by category and list: noted monthly and when asked, once a day, by any number of workers."""

from unittest.mock import patch

from freezegun import freeze_time

from odoo import fields
from odoo.exceptions import AccessError
from odoo.fields import Command
from odoo.tests import new_test_user, tagged

from .test_quote_prices import QuoteCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-03-12 10:00:00")
class TestPriceStatistic(QuoteCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.cron = cls.env.ref("listino_pricelist.ir_cron_listino_price_statistic")
        cls.Statistic = cls.env["listino.price.statistic"]
        cls.ravioli = cls._create_product("Ravioli", 30.0, cls.fresh_pasta)
        cls.categories = cls.food + cls.pasta + cls.fresh_pasta

    def _get(self, pricelist=None, **options):
        domain = [
            ("pricelist_id", "=", (pricelist or self.resellers).id),
            ("category_id", "in", self.categories.ids),
        ]
        return self.Statistic.search(domain, order="date, category_id", **options)

    def _averages(self, pricelist=None):
        return {(str(row.date), row.category_id): row.average_price for row in self._get(pricelist)}

    def _create_user(self, groups):
        return new_test_user(self.env, f"statistic_{groups}", groups=groups)

    def test_averages_by_category(self):
        self.Statistic._record(self.resellers)
        self.assertEqual(
            self._averages(),
            {
                ("2026-03-12", self.food): 8.0,
                ("2026-03-12", self.pasta): 18.0,
                ("2026-03-12", self.fresh_pasta): 18.0,  # 9 and 27
            },
        )
        self.assertEqual(self._get().filtered(lambda row: row.category_id == self.fresh_pasta).product_count, 2)

    def test_products_without_a_price_or_not_for_sale_do_not_count(self):
        self._create_product("Free", 0.0, self.fresh_pasta)
        self._create_product("Internal", 500.0, self.fresh_pasta, sale_ok=False)
        self._create_product("Gone", 500.0, self.fresh_pasta, active=False)
        self.Statistic._record(self.resellers)
        self.assertEqual(self._averages()["2026-03-12", self.fresh_pasta], 18.0)

    def test_the_same_day_again_replaces_the_averages(self):
        self.Statistic._record(self.resellers)
        rows = self._get()
        self.resellers.item_ids.percent_price = 50
        self.Statistic._record(self.resellers)
        self.assertEqual(self._get(), rows)
        self.assertEqual(self._averages()["2026-03-12", self.pasta], 10.0)

    def test_another_day_adds_to_them(self):
        self.Statistic._record(self.resellers)
        self.resellers.item_ids.percent_price = 50
        with freeze_time("2026-04-12 10:00:00"):
            self.Statistic._record(self.resellers)
        averages = self._averages()
        self.assertEqual(averages["2026-03-12", self.pasta], 18.0)
        self.assertEqual(averages["2026-04-12", self.pasta], 10.0)

    def test_the_average_of_several_categories_counts_products(self):
        self.Statistic._record(self.resellers)
        [(average,)] = self.Statistic._read_group(
            [("pricelist_id", "=", self.resellers.id), ("category_id", "in", (self.food + self.fresh_pasta).ids)],
            [],
            ["average_price:avg"],
        )
        self.assertAlmostEqual(average, (8 + 9 + 27) / 3)

    def test_both_currencies_are_kept(self):
        dollar = self.env.ref("base.USD")
        dollar.active = True
        self.env["res.currency.rate"].create({"name": "2026-01-01", "currency_id": dollar.id, "rate": 2.0})
        dollars = self._create_list("Dollars", currency_id=dollar.id)
        self.Statistic._record(dollars)
        row = self._get(dollars).filtered(lambda row: row.category_id == self.pasta)
        self.assertRecordValues(
            row,
            [
                {
                    "currency_id": dollar.id,
                    "average_price": 40.0,
                    "company_currency_id": self.euro.id,
                    "average_company_price": 20.0,
                    "company_id": self.company.id,
                }
            ],
        )

    def test_many_products_take_few_queries(self):
        for place in range(60):
            self._create_product(f"Many {place}", 1.0 + place, self.pasta)
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        self.Statistic._record(self.resellers)
        self.assertLess(self.env.cr.sql_log_count - before, 30)

    def test_a_batch_smaller_than_the_catalogue_gives_the_same(self):
        self.Statistic._record(self.resellers)
        whole = self._averages()
        with patch("odoo.addons.listino_pricelist.models.listino_price_statistic.BATCH", 2):
            self.Statistic._record(self.resellers)
        self.assertEqual(self._averages(), whole)

    def test_a_publication_notes_them_unless_it_is_one_customer_s(self):
        document = self.env["listino.document"].create({"name": "Listino", "pricelist_id": self.resellers.id})
        document._publish("For him", self.partner)
        self.assertFalse(self._get())
        document._publish("For all")
        self.assertEqual(self._averages()["2026-03-12", self.pasta], 18.0)

    # === THE SCHEDULED ACTION === #

    def test_each_list_is_noted_once_a_month(self):
        self.Statistic.search([]).unlink()
        self._run_cron()
        self.assertTrue(self._get() and self._get(self.public_list))
        with freeze_time("2026-03-31 10:00:00"):
            self.assertNotIn(self.resellers, self.Statistic._get_lists_to_record(fields.Date.today()))
            self._run_cron()
        with freeze_time("2026-04-01 10:00:00"):
            self.assertIn(self.resellers, self.Statistic._get_lists_to_record(fields.Date.today()))
            self._run_cron()
        self.assertEqual({date for date, _category in self._averages()}, {"2026-03-12", "2026-04-01"})

    def test_a_list_that_can_not_be_priced_does_not_stop_the_others(self):
        record, broken = type(self.Statistic)._record, self.public_list

        def fail(model, pricelists):
            if pricelists == broken:
                raise ValueError("A circle")
            return record(model, pricelists)

        with (
            patch.object(type(self.Statistic), "_record", fail),
            self.assertLogs("odoo.addons.listino_pricelist.models.listino_price_statistic", "WARNING") as logs,
        ):
            self._run_cron()
        self.assertIn("Public", logs.output[0])
        self.assertTrue(self._get())
        self.assertFalse(self._get(broken))

    def test_a_list_without_products_is_no_harm(self):
        self.env["product.product"].search([]).sale_ok = False
        self._run_cron()
        self.assertFalse(self._get())

    # === RIGHTS AND COMPANIES === #

    def test_a_manager_notes_the_prices_of_today(self):
        self.Statistic.with_user(self._create_manager()).action_record_now()
        self.assertTrue(self._get())

    def test_nobody_else_does_and_nobody_writes_by_hand(self):
        seller, manager = self._create_salesperson(), self._create_manager()
        with self.assertRaises(AccessError):
            self.Statistic.with_user(seller).action_record_now()
        self.Statistic._record(self.resellers)
        for user in (seller, manager):
            row = self._get().with_user(user)[0]
            self.assertEqual(row.average_price, 8.0)
            with self.assertRaises(AccessError):
                row.average_price = 1
            with self.assertRaises(AccessError):
                row.unlink()
            with self.assertRaises(AccessError):
                row.copy()

    def test_customers_and_other_users_see_no_averages(self):
        for groups in ("base.group_user", "base.group_portal", "base.group_public"):
            with self.assertRaises(AccessError):
                self.Statistic.with_user(self._create_user(groups)).search([])

    def test_lists_of_other_companies_are_not_seen(self):
        other = self.env["res.company"].create({"name": "Other"})
        theirs = self._create_list("Theirs", company_id=other.id)
        shared = self._create_list("Shared", company_id=False)
        self._create_product("Ours only", 900.0, self.food, company_id=self.company.id)
        self.Statistic._record(theirs + shared + self.resellers)
        self.assertEqual(self._averages(theirs)["2026-03-12", self.food], 8.0)
        visible = self.Statistic.with_user(self._create_salesperson()).search([]).pricelist_id
        self.assertTrue(shared + self.resellers <= visible)
        self.assertNotIn(theirs, visible)

    def test_averages_go_with_their_list(self):
        self.Statistic._record(self.resellers)
        self.env["sale.order"].search([("pricelist_id", "=", self.resellers.id)]).unlink()
        self.resellers.unlink()
        self.assertFalse(self._get())

    def test_another_audience_of_the_list_is_that_of_its_averages(self):
        self.Statistic._record(self.resellers)
        self.resellers.audience_id = self.env["listino.audience"].create({"name": "Restaurants"})
        self.assertEqual(self._get().audience_id, self.resellers.audience_id)
        self.Statistic._record(self.resellers)
        self.assertEqual(self._get().audience_id, self.resellers.audience_id)

    def test_variants_count_each(self):
        attribute = self.env["product.attribute"].create(
            {
                "name": "Size",
                "create_variant": "always",
                "value_ids": [Command.create({"name": "S"}), Command.create({"name": "L"})],
            }
        )
        line = {"attribute_id": attribute.id, "value_ids": [Command.set(attribute.value_ids.ids)]}
        self.env["product.template"].create(
            {
                "name": "Vinegar",
                "list_price": 5,
                "categ_id": self.food.id,
                "attribute_line_ids": [Command.create(line)],
            }
        )
        self.Statistic._record(self.resellers)
        self.assertEqual(self._get().filtered(lambda row: row.category_id == self.food).product_count, 3)
