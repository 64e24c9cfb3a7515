"""Builders of limits and of orders that are checked against them."""

from odoo.fields import Command

from .common import QuoteCommon


class LimitsCommon(QuoteCommon):
    """Products without taxes at round prices, and a limit of 10 % for everyone on everything."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env = cls.env["base"].with_context(lang="en_US").env
        cls.env["quote.discount.limit"].search([]).active = False
        cls.article = cls._create_product("Articolo", 100, cls.pasta, standard_price=50)
        cls.other = cls._create_product("Altro", 200, cls.food, standard_price=100)
        cls.limit = cls._create_limit(10)

    @classmethod
    def _create_limit(cls, max_discount=None, *, min_margin=None, max_free_goods=None, **values):
        figures = {"discount": max_discount, "margin": min_margin, "free_goods": max_free_goods}
        flags = {f"limits_{name}": figure is not None for name, figure in figures.items()}
        names = {"max_discount": max_discount, "min_margin": min_margin, "max_free_goods": max_free_goods}
        values = {"company_id": cls.company.id, **flags, **values}
        return cls.env["quote.discount.limit"].create({**values, **{key: fig or 0 for key, fig in names.items()}})

    def _check(self, order):
        """The findings of an order: measure, line's place (None: the order) and given figure, rounded."""
        self.env.flush_all()
        self.env.invalidate_all()
        places = {line.id: place for place, line in enumerate(order.order_line)}
        return [
            (found.measure, places.get(found.line_id), found.given and round(float(found.given), 2))
            for found in order._check_limits()
        ]

    def _check_one(self, line, **values):
        """The findings of an order of one line."""
        return self._check(self._create_order({"product_id": self.article.id, **line}, **values))

    @classmethod
    def _create_section(cls):
        return Command.create({"display_type": "line_section", "name": "Section"})
