"""The bulk prices are Odoo's own, exactly: the same price and the same rule on whatever lists hypothesis makes up."""

import os
from datetime import datetime
from unittest.mock import patch

from freezegun import freeze_time
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from odoo.fields import Command
from odoo.tests import tagged

from .common import ListinoCommon

THOROUGH = bool(os.environ.get("BOTTEGA_THOROUGH"))
EXAMPLES = 180 if THOROUGH else 8
QUANTITIES = [0, 0.5, 1, 3, 10, 250]
ALONE = [0.5, 10]  # asked of Odoo one by one too, which is slow
DATES = [datetime(2025, 12, 31, 23, 59, 59), datetime(2026, 1, 1), datetime(2026, 3, 15, 12), datetime(2030, 1, 1)]
WINDOW = [None, None, None, DATES[1], DATES[2]]

amounts = st.sampled_from([0.0, 0.01, 0.333, 1.0, 7.77, 12.5, 99.999])
percents = st.sampled_from([0.0, -12.5, 3.33, 10.0, 33.33, 100.0])
rules = st.fixed_dictionaries(
    {
        "scope": st.sampled_from(["all", "all", "category", "category", "template", "variant"]),
        "target": st.integers(0, 100),
        "stray": st.sampled_from(["", "", "", "categ_id", "product_tmpl_id"]),
        "min_quantity": st.sampled_from([0, 0, 0, 1, 3, 10.5]),
        "date_start": st.sampled_from(WINDOW),
        "compute_price": st.sampled_from(["fixed", "percentage", "formula", "formula"]),
        "base": st.sampled_from(["list_price", "standard_price", "pricelist", "pricelist", "pricelist"]),
        "base_list": st.integers(0, 5),
        "fixed_price": amounts,
        "percent_price": percents,
        "price_discount": percents,
        "price_round": st.sampled_from([0.0, 0.0, 0.01, 0.05, 0.1, 1.0, 5.0]),
        "price_surcharge": st.sampled_from([0.0, -0.01, -0.1, 0.05, 2.0]),
        "price_min_margin": st.sampled_from([0.0, 0.0, 0.5]),
        "price_max_margin": st.sampled_from([0.5, 3.0]),
    }
)
worlds = st.lists(
    st.fixed_dictionaries(
        {
            "currency": st.integers(0, 2),
            "rules": st.lists(rules, min_size=1, max_size=7),
            "breaks_list": st.sampled_from([None, None, None, 0, 1]),
        }
    ),
    min_size=1,
    max_size=6,
)
askings = st.fixed_dictionaries(
    {
        "date": st.sampled_from(DATES),
        "currency": st.integers(-1, 2),
        "uom": st.integers(-1, 1),
        "company": st.booleans(),
    }
)


@tagged("post_install", "-at_install", "slow")
class TestParity(ListinoCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.compared = 0
        cls.other_company = cls.env["res.company"].create({"name": "Filiale"})
        cls.env.user.company_ids += cls.other_company
        cls.currencies = cls.env.ref("base.EUR") + cls.env.ref("base.USD") + cls.env.ref("base.JPY")
        cls.currencies.active = True
        for currency, rate in ((cls.currencies[1], 1.0837), (cls.currencies[2], 162.31)):
            cls.env["res.currency.rate"].create(
                [
                    {"name": "2025-01-01", "currency_id": currency.id, "rate": rate},
                    {"name": "2026-02-01", "currency_id": currency.id, "rate": rate * 1.017},
                ]
            )
        kilo, ton = cls.env.ref("uom.product_uom_kgm"), cls.env.ref("uom.product_uom_ton")
        cls.uoms = cls.env.ref("uom.product_uom_dozen") + ton
        cls._create_product("Rice", 1.37, cls.fresh_pasta, uom_id=kilo.id, standard_price=0.91)
        cls._create_product("Flour", 0.89, cls.pasta, uom_id=kilo.id, standard_price=0.333)
        cls._create_product("Gift", 0.0, cls.food)
        cls._create_product("Oil", 11.999, cls.food, standard_price=8.2, company_id=cls.company.id)
        cls._create_product("Old", 5.0, cls.pasta, standard_price=1.0, active=False)
        cls._create_shirt("Apron", 14.2, cls.food, extras=[0.0, 2.35])
        cls._create_shirt("Box", 3.3, cls.pasta, extras=[1.05, 0.1, -0.7])
        cls.products = (
            cls.env["product.product"].with_context(active_test=False).search([("categ_id", "child_of", cls.food.id)])
        )
        cls.templates = cls.products.product_tmpl_id

    @classmethod
    def _create_shirt(cls, name, price, category, extras):
        """A template with a variant for each extra price."""
        attribute = cls.env["product.attribute"].create(
            {
                "name": f"{name} size",
                "value_ids": [Command.create({"name": f"{name}{place}"}) for place in range(len(extras))],
            }
        )
        line = Command.create({"attribute_id": attribute.id, "value_ids": [Command.set(attribute.value_ids.ids)]})
        template = cls.env["product.template"].create(
            {"name": name, "list_price": price, "categ_id": category.id, "attribute_line_ids": [line]}
        )
        values = template.attribute_line_ids.product_template_value_ids
        for value, extra in zip(values, extras, strict=True):
            value.price_extra = extra
        template.product_variant_ids[0].standard_price = 2.5

    @freeze_time("2026-03-15 12:00:00")
    @settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck), database=None)
    @given(world=worlds, askings=st.lists(askings, min_size=3, max_size=3))
    def test_prices_and_rules_are_those_of_odoo(self, world, askings):
        with self.env.cr.savepoint() as savepoint:
            last = self._build(world)
            for asking in askings:
                self._ask(last, asking)
            savepoint.rollback()
            self.env.invalidate_all()

    def test_base_list_leaves_out_what_odoo_would_not_fetch_for_one_product_alone(self):
        flour, gift = self.products.filtered(lambda product: product.name in ("Flour", "Gift"))
        base = self._create_list(
            "Base", {"compute_price": "fixed", "fixed_price": 5, "product_tmpl_id": gift.product_tmpl_id.id}
        )
        base.item_ids.categ_id = flour.categ_id
        derived = self._create_list(
            "Derived",
            {"compute_price": "percentage", "percent_price": 10, "base": "pricelist", "base_pricelist_id": base.id},
        )
        self._compare(derived, flour + gift, {"date": DATES[2]})
        self._compare(base, flour + gift, {"date": DATES[2]})

    def _ask(self, pricelist, asking):
        company = self.other_company if asking["company"] else self.company
        options = {"date": asking["date"]}
        if asking["currency"] >= 0:
            options["currency"] = self.currencies[asking["currency"]]
        if asking["uom"] >= 0:
            options["uom"] = self.uoms[asking["uom"]]
        for products in (self.products, self.templates):
            self._compare(pricelist.with_company(company), products.with_company(company), options)

    def _compare(self, pricelist, products, options):
        grid = pricelist._get_price_grid(products, QUANTITIES, **options)
        for place, quantity in enumerate(QUANTITIES):
            bulk = pricelist._compute_price_rule(products, quantity, **options)
            with patch.object(type(pricelist), "_can_price_in_bulk", lambda *_args, **_options: False):
                core = pricelist._compute_price_rule(products, quantity, **options)
            self.assertEqual(bulk, core)
            type(self).compared += len(core)
            if quantity in ALONE:
                self._compare_alone(pricelist, products, quantity, options, grid, place)

    def _compare_alone(self, pricelist, products, quantity, options, grid, place):
        """The grid gives what Odoo gives for each product by itself, which stray keys of rules can make differ."""
        for product in products:
            self.assertEqual(grid[product.id][place], pricelist._get_product_price_rule(product, quantity, **options))

    def _build(self, world):
        """The lists of a world, each able to be based on those before it; the last one is given back."""
        lists = self.env["product.pricelist"]
        for place, spec in enumerate(world):
            pricelist = self._create_list(
                f"List {place}", currency_id=self.currencies[spec["currency"]].id, company_id=False
            )
            items = self.env["product.pricelist.item"].create(
                [{"pricelist_id": pricelist.id, **self._rule_values(rule, lists)} for rule in spec["rules"]]
            )
            self._leave_strays(items, spec["rules"])
            if lists and spec["breaks_list"] is not None:
                pricelist.breaks_pricelist_id = lists[-1 - spec["breaks_list"] % len(lists)]
            lists += pricelist
        return lists[-1]

    def _leave_strays(self, items, rules):
        """Keys that a rule's scope does not use, as an import leaves them: Odoo still fetches rules by them."""
        for item, rule in zip(items, rules, strict=True):
            if rule["stray"] == "categ_id":
                item.categ_id = self.pasta
            elif rule["stray"] == "product_tmpl_id":
                item.product_tmpl_id = item.product_tmpl_id or self.templates[rule["target"] % len(self.templates)]

    def _rule_values(self, rule, lists):
        values = {name: rule[name] for name in rule if name not in ("scope", "target", "stray", "base_list")}
        if values["base"] == "pricelist" and not lists:
            values["base"] = "list_price"
        if values["base"] == "pricelist":
            values["base_pricelist_id"] = lists[-1 - rule["base_list"] % len(lists)].id
        if values["compute_price"] == "percentage":
            values.update(price_discount=0.0)
        if values["base"] == "standard_price":
            values["price_markup"] = values["price_discount"]
        target = rule["target"]
        match rule["scope"]:
            case "all":
                values["applied_on"] = "3_global"
            case "category":
                categories = self.food + self.pasta + self.fresh_pasta
                values.update(applied_on="2_product_category", categ_id=categories[target % 3].id)
            case "template":
                values.update(applied_on="1_product", product_tmpl_id=self.templates[target % len(self.templates)].id)
            case "variant":
                values.update(applied_on="0_product_variant", product_id=self.products[target % len(self.products)].id)
        return values

    @classmethod
    def tearDownClass(cls):
        super().tearDownClass()
        if THOROUGH and cls.compared < 50_000:
            raise AssertionError(f"only {cls.compared} prices were compared")
