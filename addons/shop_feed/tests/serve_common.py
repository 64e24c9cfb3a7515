"""A feed whose items are built: products are not needed, pieces are."""

from contextlib import nullcontext

from odoo.tests import HttpCase, TransactionCase, new_test_user

from ..identity.content import content_hash

MANAGER, USER = "shop_feed.group_feed_manager", "shop_feed.group_feed_user"


def create_feed(env, **values):
    """A feed of the website's company to Google."""
    website = env["website"].search([], order="id", limit=1)
    company = website.company_id
    pricelist = env["product.pricelist"].create({"name": "Serve", "company_id": company.id})
    values = {
        "name": "Serve",
        "channel_id": env.ref("shop_feed.channel_google").id,
        "company_id": company.id,
        "website_id": website.id,
        "pricelist_id": pricelist.id,
        "country_id": env.ref("base.it").id,
        "lang_id": website.default_lang_id.id,
        **values,
    }
    return env["shop.feed"].create(values)


def create_items(feed, codes, price="10.00 EUR", **values):
    """Items as a build leaves them, one a code, each of a product of its own."""
    env, shape = feed.env, feed._get_shape()
    products = env["product.product"].create([{"name": code, "default_code": code} for code in codes])
    sent = [
        {"id": code, "title": f"Product {code}", "link": f"https://shop.example/{code}", "price": price}
        for code in codes
    ]
    return env["shop.feed.item"].create(
        [
            {
                "feed_id": feed.id,
                "product_id": product.id,
                "external_id": each["id"],
                "values": each,
                "fragment": shape.item(each),
                "content_hash": content_hash(each),
                "state": "sent",
                "is_dirty": False,
                **values,
            }
            for product, each in zip(products, sent, strict=True)
        ]
    )


def set_price(item, price):
    """The item as it is built anew with another price."""
    sent = {**item.values, "price": price}
    item.write({"values": sent, "fragment": item.feed_id._get_shape().item(sent), "content_hash": content_hash(sent)})


class ServeMixin:
    """For test cases of one transaction."""

    @classmethod
    def _prepare(cls):
        cls.env = cls.env(context={**cls.env.context, "lang": "en_US", "tracking_disable": True})
        cls.env["ir.config_parameter"].set_param("ir_attachment.location", "file")  # as in a real database
        cls.manager = new_test_user(cls.env, "feed_manager", groups=MANAGER, lang="en_US")
        cls.user = new_test_user(cls.env, "feed_user", groups=USER, lang="en_US")
        cls.feed = create_feed(cls.env, user_id=cls.manager.id)
        company = cls.feed.company_id
        (cls.manager | cls.user).write({"company_ids": [(4, company.id)], "company_id": company.id})
        cls.items = create_items(cls.feed, [f"A{number:02}" for number in range(20)])

    def _assemble(self, feed=None):
        """What a scheduled action does; its commits end a savepoint here."""
        feed = feed or self.feed
        with nullcontext() if isinstance(self, HttpCase) else self.enter_registry_test_mode():
            feed.env.flush_all()
            with self.registry.cursor() as cr:
                build = feed.with_env(feed.env(cr=cr))._assemble()
                build_id = build and build.id
        self.env.invalidate_all()
        return None if build is None else self.env["shop.feed.build"].browse(build_id)

    def _read(self, build=None):
        return (build or self.feed.build_id).plain_id.raw.decode()

    def _get_questions(self, kind="held"):
        activity_type = self.env.ref(f"shop_feed.mail_activity_type_{kind}")
        return self.feed.activity_ids.filtered(lambda activity: activity.activity_type_id == activity_type)


class ServeCase(ServeMixin, TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._prepare()


class ServeHttpCase(ServeMixin, HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._prepare()
