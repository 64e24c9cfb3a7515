"""Builders for the tests of bulk changes: a small catalogue with costs, a list with prices of its own, one derived."""

from odoo.tests import new_test_user
from odoo.tools import SQL

from .common import ListinoCommon

GROUPS = "sales_team.group_sale_manager,product.group_product_manager"
ASIDE = "'{write_date,write_uid}'::text[]"


class ChangeCommon(ListinoCommon):
    """Products in Food and Pasta; a list with two fixed prices and a derived list 10 % below it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.manager = new_test_user(cls.env, "change_manager", groups=GROUPS, tz="Europe/Rome", lang="en_US")
        cls.seller = cls._create_salesperson("change_seller")
        cls.penne = cls._create_product("Penne", 1.2, cls.pasta, default_code="PEN", standard_price=1.0)
        cls.ravioli = cls._create_product("Ravioli", 8.9, cls.fresh_pasta, default_code="RAV", standard_price=6.0)
        cls.barolo = cls._create_product("Barolo", 30.0, default_code="BAR", barcode="8001090310668")
        cls.products = cls.penne + cls.ravioli + cls.barolo
        cls.shop_list = cls._create_list("Shops", cls._fixed(cls.penne, 1.1), cls._fixed(cls.penne, 1.0, 10))
        cls.penne_rule, cls.penne_ten = cls.shop_list.item_ids.sorted("min_quantity")
        cls.derived = cls._create_list(
            "Clubs",
            {
                "applied_on": "3_global",
                "compute_price": "formula",
                "base": "pricelist",
                "base_pricelist_id": cls.shop_list.id,
                "price_discount": 10,
            },
        )

    @staticmethod
    def _fixed(product, price, quantity=0, **values):
        """The values of a fixed price for a product."""
        return {
            "applied_on": "1_product",
            "product_tmpl_id": product.product_tmpl_id.id,
            "compute_price": "fixed",
            "fixed_price": price,
            "min_quantity": quantity,
            **values,
        }

    @classmethod
    def _change(cls, products=None, user=None, **values):
        """A draft of 10 % more for some products (default: all three)."""
        products = cls.products if products is None else products
        values = {
            "name": "Spring",
            "percent": 10,
            "product_domain": repr([("id", "in", products.ids)]),
            **values,
        }
        return cls.env["listino.change"].with_user(user or cls.manager).create(values)

    @classmethod
    def _preview(cls, *args, **values):
        change = cls._change(*args, **values)
        change.action_preview()
        return change

    @classmethod
    def _apply(cls, *args, **values):
        """A change that was written at once; fails the test when it was not."""
        change = cls._preview(*args, **values)
        change.action_approve()
        assert change.state == "applied", change.error
        return change

    def _new_prices(self, change):
        """The new price of each product that changes, by its name and quantity."""
        return {
            (line.product_tmpl_id.name, line.min_quantity): line.new_price for line in change.line_ids._get_counted()
        }

    def _get_world(self):
        """PostgreSQL's words for every rule and every sales price, but for who wrote them last."""
        self.env.flush_all()
        rules = SQL(
            f"SELECT jsonb_agg(to_jsonb(i) - {ASIDE} ORDER BY i.id)::text FROM product_pricelist_item i"  # noqa: S608
        )
        prices = SQL("SELECT string_agg(id || ':' || list_price::text, ',' ORDER BY id) FROM product_template")
        names = SQL(
            "SELECT jsonb_agg(to_jsonb(d) ORDER BY d.id)::text FROM ir_model_data d WHERE module = 'test_change'"
        )
        parents = SQL("SELECT string_agg(id || ':' || parent_pricelist_id, ',' ORDER BY id) FROM product_pricelist")
        return [self.env.execute_query(query)[0][0] for query in (rules, prices, names, parents)]
