"""A small Italian shop with feeds, and what every test of the build asks of them."""

import base64
import io

from PIL import Image

from odoo.fields import Command
from odoo.tests import TransactionCase

SITE = "https://frantoio.example"


def picture(width=600, height=600, kind="PNG", color="green"):
    """A picture as Odoo takes it."""
    stream = io.BytesIO()
    Image.new("RGB", (width, height), color).save(stream, kind)
    return base64.b64encode(stream.getvalue())


class BuildCommon(TransactionCase):
    """A website of the company, a list, a tax of 22 % on top, categories Alimentari > Olio, and one oil."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env = cls.env(context={**cls.env.context, "tracking_disable": True})
        cls.env["product.template"].search([("is_published", "=", True)]).is_published = False
        cls.company = cls.env.company
        cls.euro = cls.company.currency_id
        cls.lang = cls.env["res.lang"]._lang_get("it_IT")
        cls.website = cls.env["website"].create(
            {
                "name": "Frantoio",
                "domain": SITE,
                "company_id": cls.company.id,
                "default_lang_id": cls.lang.id,
                "language_ids": [Command.set(cls.lang.ids)],
            }
        )
        cls.pricelist = cls.env["product.pricelist"].create(
            {"name": "Consumatori", "currency_id": cls.euro.id, "company_id": cls.company.id, "selectable": False}
        )
        cls.tax = cls._create_tax(22)
        Category = cls.env["product.public.category"]
        cls.food = Category.create({"name": "Alimentari"})
        cls.oils = Category.create({"name": "Olio", "parent_id": cls.food.id})
        cls.picture = picture()
        cls.oil = cls._create_product("Olio extra vergine", 10, barcode="8000000000026", default_code="OLIO-750")
        cls.feed = cls._create_feed("google")

    @classmethod
    def _create_tax(cls, amount, **values):
        values = {"name": f"IVA {amount}", "amount": amount, "type_tax_use": "sale", **values}
        return cls.env["account.tax"].create({**values, "price_include_override": "tax_excluded"})

    @classmethod
    def _create_product(cls, name, price=5, **values):
        """A product that may go out as it is; a template where ``attribute_line_ids`` make several of it."""
        values = {
            "name": name,
            "list_price": price,
            "description_sale": f"{name}, del frantoio.",
            "taxes_id": [Command.set(cls.tax.ids)],
            "public_categ_ids": [Command.set(cls.oils.ids)],
            "is_published": True,
            "is_storable": False,
            "feed_brand": "Frantoio",
            "image_1920": cls.picture,
            **values,
        }
        if "attribute_line_ids" in values:
            return cls.env["product.template"].create(values)
        return cls.env["product.product"].create(values)

    @classmethod
    def _create_attribute(cls, name, *values, **options):
        attribute = cls.env["product.attribute"].create({"name": name, **options})
        names = [{"name": value, "attribute_id": attribute.id} for value in values]
        return attribute, cls.env["product.attribute.value"].create(names)

    @classmethod
    def _line(cls, values):
        return Command.create({"attribute_id": values.attribute_id.id, "value_ids": [Command.set(values.ids)]})

    @classmethod
    def _create_feed(cls, code, **values):
        return cls.env["shop.feed"].create(
            {
                "name": f"Feed {code} {cls.env['shop.feed'].search_count([])}",
                "channel_id": cls.env.ref(f"shop_feed.channel_{code}").id,
                "website_id": cls.website.id,
                "pricelist_id": cls.pricelist.id,
                "lang_id": cls.lang.id,
                "country_id": cls.env.ref("base.it").id,
                "company_id": cls.company.id,
                **values,
            }
        )

    def _stock(self, product, quantity, warehouse=None):
        warehouse = warehouse or self.env["stock.warehouse"].search([("company_id", "=", self.company.id)], limit=1)
        self.env["stock.quant"]._update_available_quantity(product, warehouse.lot_stock_id, quantity)

    # === BUILD === #

    def _refresh(self, feed=None):
        """As the scheduled action does, in one transaction."""
        feed = feed or self.feed
        self.env.flush_all()
        feed._take_changes()
        while feed._build_next():
            pass
        self.env.invalidate_all()

    def _item(self, product, feed=None):
        return self.env["shop.feed.item"].search(
            [("feed_id", "=", (feed or self.feed).id), ("product_id", "=", product.id)]
        )

    def _codes(self, product, feed=None):
        return set(self._item(product, feed).issue_ids.mapped("code"))

    def _is_dirty(self, product, feed=None):
        """Whether something is noted that concerns it."""
        (feed or self.feed)._take_changes()
        self.env.invalidate_all()
        return self._item(product, feed).is_dirty

    def _snapshot(self, feed=None):
        """All that is stored of a feed's items, but when."""
        self.env.invalidate_all()
        items = self.env["shop.feed.item"].search([("feed_id", "=", (feed or self.feed).id)])
        names = ("external_id", "group_code", "values", "fragment", "content_hash", "state", "next_change_on")
        return {
            item.product_id.id: (
                *(item[name] for name in names),
                item.error_count,
                item.warning_count,
                sorted((each.field_name, each.code, each.severity, str(each.numbers)) for each in item.issue_ids),
            )
            for item in items
            if item.state != "gone"
        }
