"""Feeds with items and problems as a build leaves them, for what people see."""

from odoo.tests import TransactionCase, new_test_user

from ..channels import issues

ISSUE = ("code", "severity", "numbers")


class ScreensCommon(TransactionCase):
    """A feed of the test company, with a manager and a user of feeds."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.website = cls.env["website"].search([("company_id", "=", cls.env.company.id)], limit=1)
        cls.pricelist = cls.env["product.pricelist"].create({"name": "Al pubblico", "selectable": True})
        cls.feed = cls._create_feed("google", "Google in italiano")
        cls.product = cls._create_product("Olio extra vergine", barcode="8000000000026")
        groups = "shop_feed.group_feed_manager,product.group_product_manager"
        cls.manager = new_test_user(cls.env, "feed_manager", groups=groups)
        cls.user = new_test_user(cls.env, "feed_user", groups="shop_feed.group_feed_user")

    @classmethod
    def _create_feed(cls, code, name, **vals):
        return cls.env["shop.feed"].create(
            {
                "name": name,
                "channel_id": cls.env.ref(f"shop_feed.channel_{code}").id,
                "website_id": cls.website.id,
                "pricelist_id": cls.pricelist.id,
                "country_id": cls.env.ref("base.it").id,
                **vals,
            }
        )

    @classmethod
    def _create_product(cls, name, **vals):
        vals = {"name": name, "type": "consu", "list_price": 12.5, "is_published": True, **vals}
        return cls.env["product.product"].create(vals)

    @classmethod
    def _create_item(cls, product=None, feed=None, problems=(), **vals):
        """An item as it was built.

        :param problems: issues of the pure layer
        """
        product, feed = product or cls.product, feed or cls.feed
        severities = [each.severity for each in problems]
        item = cls.env["shop.feed.item"].create(
            {
                "feed_id": feed.id,
                "product_id": product.id,
                "external_id": f"P{product.id}",
                "state": "left_out" if issues.ERROR in severities else "sent",
                "error_count": severities.count(issues.ERROR),
                "warning_count": severities.count(issues.WARNING),
                "is_dirty": False,
                **vals,
            }
        )
        cls._create_issues(item, problems)
        return item

    @classmethod
    def _create_issues(cls, item, problems):
        about = {"item_id": item.id, "feed_id": item.feed_id.id, "product_id": item.product_id.id}
        return cls.env["shop.feed.issue"].create(
            [{**about, "field_name": each.field, **{name: getattr(each, name) for name in ISSUE}} for each in problems]
        )
