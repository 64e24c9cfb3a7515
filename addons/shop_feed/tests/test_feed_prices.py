"""What a feed says of prices: with VAT, in the list's currency, to the cent as the shop's page shows it."""

from datetime import datetime, timezone
from unittest.mock import patch

from odoo.fields import Command
from odoo.tests import new_test_user, tagged

from ..models.shop_feed_facts import CHANGES, PRICES
from ..models.shop_feed_prices import RECORDS
from ..models.shop_prices import money
from .price_common import UNITS, PriceCommon, day

CENTS = (1, 5, 99, 115, 1005, 2009, 99999)


@tagged("post_install", "-at_install")
class TestFeedPrices(PriceCommon):
    def test_vat_that_is_not_in_the_price_is_added(self):
        """10.00 and 22 % are 12.20."""
        product = self._create_product(10.0)
        self.assertEqual(self._facts(product, day(0)), {"price": "12.20 EUR", "current_price": "12.20 EUR"})

    def test_vat_that_is_in_the_price_is_not_added_again(self):
        product = self._create_product(10.0, taxes_id=[Command.set(self._create_tax(22, included=True).ids)])
        self.assertEqual(self._facts(product, day(0))["price"], "10.00 EUR")

    def test_half_cents_go_up(self):
        """10.25 and 10 % are 11.275; 0.05 and 10 % are 0.055; 1.15 is 1.15 although it can't be written in binary."""
        vat = self._create_tax(10)
        for price, told in ((10.25, "11.28"), (0.05, "0.06"), (1.15, "1.27"), (8.45, "9.30"), (0.0, "0.00")):
            product = self._create_product(price, taxes_id=[Command.set(vat.ids)])
            self.assertEqual(self._facts(product, day(0))["price"], f"{told} EUR", price)

    def test_an_amount_that_comes_with_more_decimals_is_rounded_half_up(self):
        amounts = {2.675: 268, 1.005: 101, 0.005: 1, 0.0049: 0, 12.999: 1300}
        self.assertEqual({amount: money(amount, self.company.currency_id).units for amount in amounts}, amounts)

    def test_an_unrounded_price_of_a_rule_is_rounded_as_the_page_rounds_it(self):
        """95 % off 20.09 are 1.0045: line by line 1.00 + 0.22 = 1.22; all together 1.0045 * 1.22 = 1.2255 = 1.23."""
        product = self._create_product(20.09)
        self._create_rule(95)
        for method, told in (("round_per_line", "1.22 EUR"), ("round_globally", "1.23 EUR")):
            self.company.tax_calculation_rounding_method = method
            self.assertEqual(self._facts(product, day(0))["current_price"], told)

    def test_every_price_is_the_one_of_the_page(self):
        """Against the method of website_sale itself, for taxes of all kinds that are met in a shop."""
        eco = self._create_tax(0.16, amount_type="fixed", include_base_amount=True, sequence=1)
        vats = [self.vat, self._create_tax(4), self._create_tax(10, included=True), eco + self.vat, self.vat.browse()]
        products = self.env["product.product"].union(
            *(self._create_product(0.01 * cents, taxes_id=[Command.set(vat.ids)]) for vat in vats for cents in CENTS)
        )
        self._create_rule(33.33)
        for method in ("round_per_line", "round_globally"):
            self.company.tax_calculation_rounding_method = method
            facts = self._get_facts(products, day(0))
            for product in products:
                page = self.env["product.template"]._apply_taxes_to_price(
                    self.pricelist._get_product_price(product, 1.0),
                    self.pricelist.currency_id,
                    product.taxes_id,
                    product.taxes_id,
                    product,
                    website=self._get_website_with_vat(),
                )
                self.assertEqual(facts[product.id]["current_price"].units, round(page * 100), product.list_price)

    def _get_website_with_vat(self):
        self.website.show_line_subtotals_tax_selection = "tax_included"
        return self.website

    def test_the_fiscal_position_of_the_feed_maps_taxes(self):
        """22 % that are in the price become 20 % that are in the price: 12.20 are 10.00 without, 12.00 with it."""
        product = self._create_product(12.2, taxes_id=[Command.set(self._create_tax(22, included=True).ids)])
        position = self._create_position(product.taxes_id, self._create_tax(20, included=True))
        abroad = self._create_feed(fiscal_position_id=position.id)
        self.assertEqual(self._facts(product, day(0))["price"], "12.20 EUR")
        self.assertEqual(self._facts(product, day(0), abroad)["price"], "12.00 EUR")

    def test_no_position_leaves_taxes_as_they_are_whatever_the_visitor_has(self):
        product = self._create_product(10.0)
        position = self._create_position(self.vat, self._create_tax(20))
        self.env.user.partner_id.property_account_position_id = position
        self.assertEqual(self._facts(product, day(0))["price"], "12.20 EUR")

    def test_who_asks_changes_nothing(self):
        """Not the user, his company, language and list, nor what a context may say of prices."""
        product = self._create_product(10.0)
        self._create_rule(10)
        told = self._facts(product, day(0))
        other = self.env["res.company"].create({"name": "Another", "currency_id": self.env.ref("base.USD").id})
        user = new_test_user(
            self.env,
            "asks",
            "shop_feed.group_feed_user",
            company_id=other.id,
            company_ids=[Command.set((other + self.company).ids)],
        )
        context = {"current_attributes_price_extra": [5.0], "pricelist": 7, "tz": "Asia/Tokyo", "lang": "en_US"}
        feed = self.feed.with_user(user).with_context(allowed_company_ids=[other.id, self.company.id], **context)
        self.assertEqual(self._facts(product.with_env(feed.env), day(0), feed), told)

    def test_prices_are_those_of_the_seller_where_two_companies_share_a_product(self):
        """The other company's VAT of 4 % makes 10.40 of 10.00, its list 10 % off makes 9.36."""
        other = self._create_other_company()
        vat = (
            self.env["account.tax"]
            .with_company(other)
            .create(
                {
                    "name": "4",
                    "amount": 4,
                    "company_id": other.id,
                    "country_id": self.vat.country_id.id,
                    "tax_group_id": self.env["account.tax.group"].create({"name": "4", "company_id": other.id}).id,
                }
            )
        )
        pricelist = self._create_list("Other", company_id=other.id)
        self._create_rule(10, pricelist_id=pricelist.id, compute_price="formula", price_discount=10, percent_price=0)
        feed = self._create_feed(
            company_id=other.id,
            pricelist_id=pricelist.id,
            website_id=self.env["website"].create({"name": "Other", "company_id": other.id}).id,
        )
        product = self._create_product(10.0, taxes_id=[Command.set((self.vat + vat).ids)])
        self.assertEqual(self._facts(product, day(0))["current_price"], "12.20 EUR")
        self.assertEqual(self._facts(product, day(0), feed)["current_price"], "9.36 EUR")

    def _create_other_company(self):
        company = self.env["res.company"].create({"name": "Other", "currency_id": self.env.ref("base.EUR").id})
        self.env.user.company_ids += company
        company.account_fiscal_country_id = self.company.account_fiscal_country_id
        return company

    def test_a_list_that_two_companies_share_has_a_history_for_each(self):
        """Without a company's VAT of its own, the other one sells for 10.00 what costs 12.20 here."""
        other = self._create_other_company()
        self.pricelist.company_id = False
        website = self.env["website"].create({"name": "Other", "company_id": other.id})
        feed = self._create_feed(company_id=other.id, website_id=website.id)
        product = self._create_product(10.0)
        self._record(product, day(0))
        self._record(product, day(0), feed)
        rows = self.env["shop.feed.price"].search([("product_id", "=", product.id)])
        self.assertEqual({row.company_id: row.units for row in rows}, {self.company: 1220, other: 1000})

    def test_where_another_app_has_its_own_way_of_pricing_the_facts_are_the_same(self):
        """Rules based on a list below, reduced and not, asked one by one as Odoo does."""
        base = self._create_list("Base")
        self._create_rule(10, pricelist_id=base.id)
        self._create_rule(20, base="pricelist", base_pricelist_id=base.id, date_end=day(50))
        products = self._create_product(10.0) + self._create_product(33.33)
        self._record(products, day(-40))
        told = self._get_facts(products, day(1))
        with patch.object(type(self.pricelist), "_can_price_in_bulk", lambda *args, **kwargs: False):
            self.assertEqual(
                [facts["current_price"] for facts in self._get_facts(products, day(1)).values()],
                [facts["current_price"] for facts in told.values()],
            )
            [one, _other] = self._stands(products, day(1)).values()
        self.assertEqual((one.shown.price.text, one.shown.full.text), ("8.78 EUR", "12.20 EUR"))

    # === CURRENCIES === #

    def test_prices_are_told_in_the_currency_of_the_list(self):
        """10.00 EUR at 1.10 are 11.00 USD, with 22 % 13.42 USD."""
        dollar = self.env.ref("base.USD")
        dollar.active = True
        self._set_rate(dollar, "2026-03-01", 1.1)
        feed = self._create_feed(pricelist_id=self._create_list("Dollars", currency_id=dollar.id).id)
        self.assertEqual(self._facts(self._create_product(10.0), day(0), feed)["price"], "13.42 USD")

    def test_a_currency_without_cents_has_none(self):
        """10.00 EUR at 160.5 are 1605 JPY, with 22 % 1958.10: 1958 JPY."""
        yen = self.env.ref("base.JPY")
        yen.active = True
        self._set_rate(yen, "2026-03-01", 160.5)
        feed = self._create_feed(pricelist_id=self._create_list("Yen", currency_id=yen.id).id)
        price = self._get_facts(product := self._create_product(10.0), day(0), feed)[product.id]["price"]
        self.assertEqual((price.units, price.currency, price.decimals, price.text), (1958, "JPY", 0, "1958 JPY"))

    def test_the_rate_is_that_of_the_moment(self):
        dollar = self.env.ref("base.USD")
        dollar.active = True
        self._set_rate(dollar, "2026-03-01", 1.1)
        self._set_rate(dollar, "2026-03-05", 1.2)
        feed = self._create_feed(pricelist_id=self._create_list("Dollars", currency_id=dollar.id).id)
        product = self._create_product(10.0)
        self.assertEqual(self._facts(product, day(1), feed)["price"], "13.42 USD")
        self.assertEqual(self._facts(product, day(4), feed)["price"], "14.64 USD")

    def _set_rate(self, currency, date, rate):
        self.env["res.currency.rate"].create(
            {"currency_id": currency.id, "company_id": self.company.id, "name": date, "rate": rate}
        )

    # === MOMENTS === #

    def test_the_list_is_asked_at_the_moment_and_the_next_change_is_told(self):
        """A rule holds from its first second to its last one; what it does not concern does not change."""
        product, other = self._create_product(10.0), self._create_product(10.0)
        self._create_rule(
            50,
            applied_on="1_product",
            product_tmpl_id=product.product_tmpl_id.id,
            date_start=datetime(2026, 3, 4, 23),
            date_end=datetime(2026, 3, 8, 22, 59, 59),
        )
        for moment, told, changes in (
            (datetime(2026, 3, 4, 22, 59, 59), "12.20 EUR", [datetime(2026, 3, 4, 23)]),
            (datetime(2026, 3, 4, 23), "6.10 EUR", [datetime(2026, 3, 8, 23)]),
            (datetime(2026, 3, 8, 22, 59, 59), "6.10 EUR", [datetime(2026, 3, 8, 23)]),
            (datetime(2026, 3, 8, 23), "12.20 EUR", []),
        ):
            facts = self._get_facts(product + other, moment)
            self.assertEqual(facts[product.id]["current_price"].text, told, moment)
            self.assertEqual(
                facts[product.id][CHANGES], [change.replace(tzinfo=timezone.utc) for change in changes], moment
            )
            self.assertEqual(facts[other.id][CHANGES], [])

    def test_a_change_of_the_list_below_and_of_the_category_is_one(self):
        base = self._create_list("Base")
        category = self.env["product.category"].create({"name": "Oil"})
        below = self.env["product.category"].create({"name": "Olive", "parent_id": category.id})
        product = self._create_product(10.0, categ_id=below.id)
        self._create_rule(0, base="pricelist", base_pricelist_id=base.id)
        self._create_rule(
            5, pricelist_id=base.id, applied_on="2_product_category", categ_id=category.id, date_start=day(9)
        )
        self.assertEqual(self._get_facts(product, day(0))[product.id][CHANGES], [day(9).replace(tzinfo=timezone.utc)])
        self.assertEqual(self._facts(product, day(9))["current_price"], "11.59 EUR")

    def test_quantity_prices_are_not_those_of_a_piece(self):
        product = self._create_product(10.0)
        self._create_rule(50, min_quantity=2)
        self.assertEqual(self._facts(product, day(0)), {"price": "12.20 EUR", "current_price": "12.20 EUR"})

    # === AT ANY SIZE === #

    def test_many_products_need_as_many_queries_as_one(self):
        """All reduced, all with a history."""
        self._create_rule(20, date_end=day(90))
        products = self.env["product.product"].union(*(self._create_product(1.0 + place) for place in range(60)))
        self._record(products, day(0))
        _warmed, few, many = [self._count_queries(products[:size]) for size in (2, 2, 60)]
        self.assertEqual(few, many)
        self.assertLess(many, 40)

    def _count_queries(self, products):
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        feed, products, moment = self._ask(self.env["product.product"].browse(products.ids), day(1), **{RECORDS: True})
        feed._get_facts(products, moment, PRICES | UNITS)
        return self.env.cr.sql_log_count - before

    # === UNIT PRICES === #

    def test_goods_by_the_litre_have_a_unit_price_and_its_measures(self):
        """Art. 14 Codice del consumo. 0.75 l for 12.20 are 16.266...: 16.27 a litre."""
        facts = self._facts(self._create_product(10.0, feed_quantity=75, feed_unit="cl"), day(0))
        self.assertEqual(facts["unit_pricing_measure"], "75cl")
        self.assertEqual(facts["unit_pricing_base_measure"], "1l")
        self.assertEqual(facts["unit_price"], "16,27 EUR/l")

    def test_goods_sold_by_the_kilo_cost_by_the_kilo_what_they_cost(self):
        """Art. 16, par. 1: no unit price where it is the price itself."""
        facts = self._facts(self._create_product(10.0, **self._by("uom.product_uom_kgm")), day(0))
        self.assertEqual((facts["unit_pricing_measure"], facts["unit_pricing_base_measure"]), ("1kg", "1kg"))
        self.assertNotIn("unit_price", facts)

    def test_a_quintal_is_a_hundred_kilos(self):
        """122.00 with VAT for a quintal are 1.22 a kilo."""
        product = self._create_product(100.0, **self._by("listino_pricelist.uom_quintal"))
        facts = self._facts(product, day(0))
        self.assertEqual((facts["unit_pricing_measure"], facts["unit_price"]), ("100kg", "1,22 EUR/kg"))

    def test_a_pack_of_six_is_six_times_the_piece(self):
        """Six bottles of 0.75 l for 54.90 are 12.20 a litre."""
        product = self._create_product(45.0, feed_quantity=75, feed_unit="cl", **self._by("uom.product_uom_pack_6"))
        facts = self._facts(product, day(0))
        self.assertEqual((facts["unit_pricing_measure"], facts["unit_price"]), ("450cl", "12,20 EUR/l"))

    def test_the_unit_of_the_shop_itself_serves_where_nothing_else_is_said(self):
        product = self._create_product(10.0)
        product.base_unit_count = 0.5
        product.base_unit_id = self.env["website.base.unit"].create({"name": "Kg"})
        self.assertEqual(self._facts(product, day(0))["unit_price"], "24,40 EUR/kg")

    def test_the_unit_price_is_that_of_what_is_paid(self):
        product = self._create_product(10.0, feed_quantity=500, feed_unit="g", feed_is_perishable=True)
        self._create_rule(50)
        facts = self._facts(product, day(0))
        self.assertEqual((facts["sale_price"], facts["unit_price"]), ("6.10 EUR", "12,20 EUR/kg"))

    def _by(self, unit):
        return {"uom_id": self.env.ref(unit).id}

    def _create_position(self, tax, other):
        position = self.env["account.fiscal.position"].create({"name": "France", "company_id": self.company.id})
        other.write({"fiscal_position_ids": [Command.link(position.id)], "original_tax_ids": [Command.set(tax.ids)]})
        return position
