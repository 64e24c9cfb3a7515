"""Builders for the tests of the health check."""

from .common import ListinoCommon


class HealthCommon(ListinoCommon):
    """Two kinds of pasta with costs, and rules to write in one line."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env = cls.env(context={**cls.env.context, "lang": "en_US"})
        cls.public_list = cls.public_list.with_env(cls.env)
        cls.env["product.product"].search([]).sale_ok = False  # those of others have findings of their own
        cls.penne = cls._create_product("Penne", 10.0, cls.pasta, standard_price=4.0)
        cls.ravioli = cls._create_product("Ravioli", 20.0, cls.fresh_pasta, standard_price=8.0)

    @classmethod
    def _percent(cls, percent, category=None, **values):
        scope = {"applied_on": "2_product_category", "categ_id": category.id} if category else {}
        if category:
            scope["display_applied_on"] = "2_product_category"
        return {"compute_price": "percentage", "percent_price": percent, **scope, **values}

    @classmethod
    def _fixed(cls, price, product=None, **values):
        scope = {"applied_on": "1_product", "product_tmpl_id": product.product_tmpl_id.id} if product else {}
        return {"compute_price": "fixed", "fixed_price": price, **scope, **values}

    @classmethod
    def _on(cls, pricelist, percent, **values):
        return cls._percent(percent, base="pricelist", base_pricelist_id=pricelist.id, **values)

    def _check(self, pricelist):
        """The findings of a list by kind; the list is new, so nobody expects it to be in use."""
        return pricelist._check_health().grouped("kind")

    def _kinds(self, pricelist):
        return set(self._check(pricelist))

    def _prices(self, pricelist):
        """All prices of the list, at quantities on both sides of every break."""
        grid = pricelist._get_price_grid(self.penne + self.ravioli, [0.5, 1, 5, 9, 10, 11, 100])
        return {key: [price for price, _rule_id in row] for key, row in grid.items()}

    def _lose_base(self, pricelist):
        """Take the base from the list's rules as only a database does it: Odoo would refuse."""
        pricelist.item_ids.flush_recordset()
        self.env.cr.execute(
            "UPDATE product_pricelist_item SET base_pricelist_id = NULL WHERE pricelist_id = %s", [pricelist.id]
        )
        self.env.invalidate_all()

    def _warnings(self, pricelist):
        """What a new check says before a list goes out."""
        pricelist._check_health()
        return pricelist._get_health_warnings()
