"""Builders of what fans, visitors and buyers meet: a feed with items as a build leaves them, programs, orders."""

from unittest.mock import patch

from odoo.fields import Command
from odoo.tests import HttpCase, TransactionCase, new_test_user

from ..controllers import offer, share_page
from ..serving.buckets import Buckets

NOW = "2026-03-10 10:00:00"


class FansBuilders:
    """What the database and HTTP tests of this part share."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company = cls.env.company
        cls.website = cls.env["website"].search([("company_id", "=", cls.company.id)], limit=1)
        cls.feed = cls._create_feed()

    @classmethod
    def _create_feed(cls, **values):
        euro = cls.env.ref("base.EUR")
        values = {
            "name": "Meta",
            "channel_id": cls.env.ref("shop_feed.channel_meta").id,
            "website_id": cls.website.id,
            "lang_id": cls.env["res.lang"]._lang_get(cls.env.user.lang).id,
            "country_id": cls.env.ref("base.it").id,
            **values,
        }
        if "pricelist_id" not in values:
            values["pricelist_id"] = cls.env["product.pricelist"].create({"name": "Listino", "currency_id": euro.id}).id
        return cls.env["shop.feed"].create(values)

    @classmethod
    def _create_program(cls, kind="promo_code", code="FAN10", **values):
        reward = {"discount": 10, "discount_mode": "percent", "discount_applicability": "order", "required_points": 1}
        rules = [Command.clear()]
        if kind == "promo_code":
            rule = {"mode": "with_code", "code": code, "reward_point_amount": 1, "minimum_qty": 0, "minimum_amount": 0}
            rules.append(Command.create(rule))
        values = {
            "name": "Sconto fan",
            "program_type": kind,
            "company_id": cls.company.id,
            "rule_ids": rules,
            "reward_ids": [Command.clear(), Command.create(reward)],
            **values,
        }
        return cls.env["loyalty.program"].create(values)

    @classmethod
    def _create_offer(cls, **values):
        program = values.pop("program", None) or cls._create_program()
        return cls.env["shop.feed.offer"].create(
            {"name": "Sconto per chi ci segue", "feed_id": cls.feed.id, "program_id": program.id, **values}
        )

    @classmethod
    def _create_product(cls, name="Olio extra vergine", **values):
        values = {"name": name, "list_price": 12.5, "is_published": True, "type": "consu", **values}
        return cls.env["product.product"].create(values)

    @classmethod
    def _create_item(cls, product=None, feed=None, **values):
        """An item as a build leaves it: texts by the channel's names."""
        feed = feed or cls.feed
        product = product or cls._create_product()
        sent = {
            "id": f"P{product.id}",
            "title": product.name,
            "description": "Spremuto a freddo, raccolto a mano.",
            "link": f"https://shop.example/shop/p-{product.id}",
            "image_link": f"https://shop.example/web/image/{product.id}/foto.jpg",
            "availability": "in stock",
            "price": "12.50 EUR",
            "product_type": "Alimentari > Olio",
            **values.pop("sent", {}),
        }
        return cls.env["shop.feed.item"].create(
            {
                "feed_id": feed.id,
                "product_id": product.id,
                "external_id": sent["id"],
                "state": "sent",
                "is_dirty": False,
                "values": {name: value for name, value in sent.items() if value},
                **values,
            }
        )

    @classmethod
    def _create_order(cls, product=None, partner=None, **values):
        partner = partner or cls.env["res.partner"].create({"name": "Rosa Bruni", "email": "rosa@example.com"})
        product = product or cls._create_product()
        line = {"product_id": product.id, "product_uom_qty": 2, "price_unit": 100, "tax_ids": [Command.clear()]}
        values = {"partner_id": partner.id, "order_line": [Command.create(line)], **values}
        return cls.env["sale.order"].create(values)

    @classmethod
    def _create_user(cls, login, group="shop_feed.group_feed_user", **values):
        return new_test_user(cls.env, login, groups=group, **values)


class FansCommon(FansBuilders, TransactionCase):
    """Without a server."""


class FansHttpCommon(FansBuilders, HttpCase):
    """With one; each test has full buckets."""

    def setUp(self):
        super().setUp()
        for module, name in ((offer, "BUCKETS"), (share_page, "BUCKETS"), (share_page, "FORM_BUCKETS")):
            self._limit(module, name, 1000)

    def _limit(self, module, name, size):
        """Let so many requests pass."""
        self.startPatcher(patch.object(module, name, Buckets(size=size, a_second=0.01)))
