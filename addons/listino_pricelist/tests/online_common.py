"""Readers of price lists online: two customers with a login and lists of their own, and links."""

import re

from odoo.fields import Command
from odoo.tests import HttpCase, new_test_user

from .test_share import ShareCommon


class OnlineCommon(ShareCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.document.write({"portal_visible": True, "show_image": True, "show_barcode": True})
        cls.seller = cls._create_salesperson("online_seller")
        cls.gino = cls._create_customer("gino", cls.resellers, user_id=cls.seller.id)
        cls.gina = cls._create_customer("gina", cls.public_list)

    @classmethod
    def _create_customer(cls, login, pricelist, **values):
        """A user of the portal, contact of a company with a list of its own."""
        company = cls.env["res.partner"].create(
            {
                "name": f"{login.title()} srl",
                "is_company": True,
                "lang": "en_US",
                "specific_property_product_pricelist": pricelist.id,
                **values,
            }
        )
        user = new_test_user(cls.env, f"portal_{login}", groups="base.group_portal", lang="en_US")
        user.partner_id.write({"parent_id": company.id, "name": login.title()})
        return user

    @classmethod
    def _create_variants(cls, name="Rigatoni", price=3):
        attribute = cls.env["product.attribute"].create(
            {"name": "Shape", "value_ids": [Command.create({"name": "Short"}), Command.create({"name": "Long"})]}
        )
        line = Command.create({"attribute_id": attribute.id, "value_ids": [Command.set(attribute.value_ids.ids)]})
        return cls.env["product.template"].create(
            {"name": name, "list_price": price, "categ_id": cls.pasta.id, "attribute_line_ids": [line], "taxes_id": []}
        )

    def _orders(self, document=None):
        """The quotes that were asked for from a document."""
        return self.env["sale.order"].search([("origin", "ilike", (document or self.document).name)])


class OnlineHttpCommon(OnlineCommon, HttpCase):
    def setUp(self):
        super().setUp()
        self.url = f"/my/listino/{self.document.id}"

    def _get(self, path, **options):
        """The answer, after the redirect by which Odoo puts the language into the address."""
        return self.url_open(path, **options)

    def _post(self, path, data, **options):
        return self.url_open(path, data=data, allow_redirects=False, **options)

    def _field(self, text, name):
        """The value of a hidden field of a page."""
        return re.search(rf'name="{name}"[^>]*value="([^"]*)"', text)[1]

    def _csrf(self):
        return self._field(self._get(self.url).text, "csrf_token")

    def _rows(self, text):
        """The prices in the rows of a page, by product name."""
        rows = {}
        for row in re.findall(r'<tr class="o_listino_row">(.*?)</tr>', text, re.DOTALL):
            name = re.search(r"<div>\s*<div>(.*?)</div>", row, re.DOTALL)[1].strip()
            prices = re.findall(r'<td class="o_listino_price"[^>]*>\s*(.*?)\s*</td>', row, re.DOTALL)
            rows[name] = prices
        return rows
