"""A price changes in the list that others follow: customers, channels and open quotes learn of it."""

from lxml import etree

from odoo.fields import Command
from odoo.tests import Form, tagged

from odoo.addons.shop_feed.tests.build_common import picture

from .flow_common import FlowCommon

GOOGLE = "{http://base.google.com/ns/1.0}"


@tagged("post_install", "-at_install")
class TestFlowOfAPrice(FlowCommon):
    """A list with the prices; restaurants pay 10 % less, and consumers in the shop what it says, with VAT."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.set_registry_readonly_mode(False)  # what is written beside a reading request shares its connection
        cls.addClassCleanup(cls.set_registry_readonly_mode, True)
        cls.parent = cls._create_list("General", cls._prepare_price(cls.pasta_product, 20))
        cls.restaurants = cls._create_list("Restaurants", cls._prepare_following(10))
        cls.consumers = cls._create_list("Consumers", cls._prepare_following(0))
        cls.customer.specific_property_product_pricelist = cls.restaurants
        cls.document = cls.env["listino.document"].create(
            {"name": "Listino", "pricelist_id": cls.restaurants.id, "category_ids": [Command.set(cls.pasta.ids)]}
        )
        cls.env["product.template"].search([("is_published", "=", True)]).is_published = False
        cls.website = cls.env["website"].search([("company_id", "=", cls.company.id)], limit=1)
        cls.website.domain = "https://bottega.example"
        cls.env["ir.config_parameter"].set_param("ir_attachment.location", "file")  # as in a real database
        cls.pasta_product.write(
            {
                "is_published": True,
                "default_code": "SPAGHETTI",
                "barcode": "8000000000026",
                "description_sale": "Of hard wheat.",
                "feed_brand": "Bottega",
                "image_1920": picture(),
                "public_categ_ids": [Command.create({"name": "Pasta"})],
            }
        )

    @staticmethod
    def _prepare_price(product, price):
        template = product.product_tmpl_id.id
        return {"applied_on": "1_product", "product_tmpl_id": template, "compute_price": "fixed", "fixed_price": price}

    @classmethod
    def _prepare_following(cls, discount):
        parent = {"base": "pricelist", "base_pricelist_id": cls.parent.id}
        return {"applied_on": "3_global", "compute_price": "formula", "price_discount": discount, **parent}

    def test_everybody_learns_of_a_new_price(self):
        self._go_to("2026-03-02 09:00:00")
        self._publish("Spring")
        sending = self._subscribe()
        self.assertIn("18.00", self._read_listino())
        feed, address = self._offer()
        self.assertEqual(self._fetch(address), "22.00 EUR")
        order = self._quote()
        self.assertFalse(order.listino_price_notice)
        self._go_to("2026-03-09 08:00:00")
        self._raise_prices()
        self.assertIn("21.00", self._read_listino())
        self.assertEqual(sending.line_ids.mapped("state"), ["sent", "sent"])
        self._publish("Wheat is dearer")
        self.assertEqual(self._fetch(address), "22.00 EUR", "The last good file is served until there is a new one.")
        self._run_action("shop_feed.ir_cron_feed_refresh")
        self.assertEqual(self._fetch(address), "25.66 EUR")
        self.assertEqual((feed.build_id.changed_count, feed.build_id.item_count), (1, 1))
        self._renew(order)

    # === LISTINO === #

    def _publish(self, reason):
        """The boss publishes the document."""
        action = self.document.with_user(self.boss).action_publish()
        self._open_dialog(action, self.boss, reason=reason).action_publish()

    def _subscribe(self):
        """The boss has customers written to whenever their prices change; the first mail goes out."""
        values = {"document_id": self.document.id, "schedule": "on_change", "extension": "csv"}
        sending = self.env["listino.sending"].with_user(self.boss).create({**values, "partner_ids": self.customer.ids})
        sending.action_start()
        return sending

    def _read_listino(self):
        """The scheduled action sends; the file that the customer gets."""
        (mail,) = self._take_mails(self.customer, "listino_pricelist.ir_cron_listino_sending")
        (file,) = mail.iter_attachments()
        return file.get_payload(decode=True).decode("utf-8-sig")

    def _raise_prices(self):
        """The boss looks at what a change of the general list does, and approves it."""
        values = {
            "name": "Wheat is dearer",
            "target": "pricelist",
            "pricelist_id": self.parent.id,
            "percent": 16.67,
            "every_product": True,
        }
        change = self.env["listino.change"].with_user(self.boss).create(values)
        change.action_preview()
        effects = self.env["listino.change.effect"].with_user(self.boss).search([("change_id", "=", change.id)])
        self.assertLessEqual({"Restaurants", "Consumers"}, set(effects.pricelist_id.mapped("name")))
        change.action_approve()
        self.assertEqual(change.state, "applied")

    # === FEED === #

    def _offer(self):
        """The boss makes a feed of the shop and its address, which the channel is told."""
        values = {
            "name": "Google",
            "channel_id": self.env.ref("shop_feed.channel_google").id,
            "website_id": self.website.id,
            "pricelist_id": self.consumers.id,
            "lang_id": self.env["res.lang"]._lang_get("it_IT").id,
            "country_id": self.env.ref("base.it").id,
        }
        feed = self.env["shop.feed"].with_user(self.boss).create(values)
        self._run_action("shop_feed.ir_cron_feed_refresh")
        self.assertEqual(feed.build_id.state, "good", feed.item_ids.issue_ids.mapped("code"))
        action = {"res_model": "shop.feed.address"}
        url = self._open_dialog(action, self.boss, feed_id=feed.id).action_make()["context"]["default_url"]
        return feed, url[url.index("/feed/") :]

    def _fetch(self, address):
        """The channel fetches the feed; the price in it."""
        answer = self.url_open(address)
        self.assertEqual(answer.status_code, 200, answer.text)
        (item,) = etree.fromstring(answer.content).iter("item")
        self.assertEqual(item.findtext(f"{GOOGLE}id"), "SPAGHETTI")
        return item.findtext(f"{GOOGLE}price")

    # === QUOTE === #

    def _quote(self):
        with Form(self.env["sale.order"].with_user(self.seller)) as form:
            form.partner_id = self.customer
            with form.order_line.new() as line:
                line.product_id = self.pasta_product
                line.discount_text = "10"
        return form.record

    def _renew(self, order):
        """The seller reads that the prices of his quote are old, and takes those of today."""
        self.assertEqual(order.order_line.price_unit, 18)
        self.assertTrue(order.listino_price_notice)
        order.action_update_changed_prices()
        self.assertFalse(order.listino_price_notice)
        self.assertRecordValues(order.order_line, [{"price_unit": 21, "discount": 10}])
        order.action_confirm()
        self.assertEqual(order.listino_revision, 2)
