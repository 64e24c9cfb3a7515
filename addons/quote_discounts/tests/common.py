"""Builders shared by the tests: a seller, a manager, a customer and an order of a small Italian company."""

from odoo.fields import Command

from odoo.addons.listino_pricelist.tests.common import ListinoCommon


class QuoteCommon(ListinoCommon):
    """A company in euro with a VAT of 22 % and one of 10 %, a customer on the public list, and two users."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env.user.group_ids += cls.env.ref("sale.group_discount_per_so_line")
        cls.seller = cls._create_salesperson("quote_seller")
        cls.manager = cls._create_manager("quote_manager")
        cls.vat22, cls.vat10 = (cls._create_vat(amount) for amount in (22, 10))
        cls.customer = cls.env["res.partner"].create(
            {"name": "Trattoria Rossi", "lang": "en_US", "property_product_pricelist": cls.public_list.id}
        )
        cls.pasta_product = cls._create_product("Spaghetti", 12.5, cls.pasta, taxes_id=cls.vat10.ids)
        cls.machine = cls._create_product("Macchina", 10000, taxes_id=cls.vat22.ids)

    @classmethod
    def _create_vat(cls, amount, **values):
        values = {"name": f"{amount} %", "amount": amount, "type_tax_use": "sale", **values}
        return cls.env["account.tax"].create({"price_include_override": "tax_excluded", **values})

    @classmethod
    def _create_order(cls, *lines, user=None, **values):
        """A quote of the seller, of lines given as dictionaries of values or as products."""
        lines = [line if isinstance(line, dict) else {"product_id": line.id} for line in lines]
        values = {"partner_id": cls.customer.id, "order_line": [Command.create(line) for line in lines], **values}
        return cls.env["sale.order"].with_user(user or cls.seller).create(values)

    @classmethod
    def _create_promotional_list(cls, percent=20):
        """A list whose discount Odoo shows on the quote."""
        return cls._create_list("Shown", {"compute_price": "percentage", "percent_price": percent})
