"""First steps: three answers make a feed."""

from odoo.exceptions import AccessError
from odoo.tests import Form, tagged

from .screens_common import ScreensCommon


@tagged("post_install", "-at_install")
class TestStart(ScreensCommon):
    def _answer(self, code="meta", user=None, **vals):
        form = Form(self.env["shop.feed.start"].with_user(user or self.manager))
        form.channel_id = self.env.ref(f"shop_feed.channel_{code}")
        for name, value in vals.items():
            setattr(form, name, value)
        return form.save()

    def _make(self, *args, **kwargs):
        return self.env["shop.feed"].browse(self._answer(*args, **kwargs).action_create_feed()["res_id"])

    def test_three_answers_make_a_feed_for_consumers_of_the_country(self):
        feed = self._make()
        self.assertRecordValues(
            feed,
            [
                {
                    "channel_id": self.env.ref("shop_feed.channel_meta").id,
                    "format": "csv",
                    "website_id": self.website.id,
                    "lang_id": self.website.default_lang_id.id,
                    "country_id": self.env.company.account_fiscal_country_id.id,
                    "user_id": self.manager.id,
                    "shop": "website",
                }
            ],
        )
        self.assertEqual(feed.utm_source_id.name, "meta")
        self.assertEqual(feed.utm_medium_id.name, "feed")

    def test_the_list_is_one_that_anybody_gets_on_the_website(self):
        self.env["product.pricelist"].create({"name": "Solo per codice", "code": "AMICI", "sequence": 0})
        self.env["product.pricelist"].create({"name": "Rivenditori", "selectable": False, "sequence": 0})
        pricelist = self._answer().pricelist_id
        self.assertTrue(pricelist.selectable)
        self.assertIn(pricelist, self.website.pricelist_ids)

    def test_a_shop_without_price_lists_gets_one_that_changes_no_price(self):
        self.env.ref("base.group_user").implied_ids -= self.env.ref("product.group_product_pricelist")
        self.env["product.pricelist"].search([]).active = False
        self.assertFalse(self._answer().pricelist_id)
        feed = self._make()
        pricelist = feed.pricelist_id
        self.assertFalse(pricelist.item_ids)
        self.assertEqual((pricelist.company_id, pricelist.selectable), (self.env.company, False))
        self.assertEqual(pricelist.currency_id, self.env.company.currency_id)
        self.assertEqual(self._make("google").pricelist_id, pricelist)

    def test_taxes_are_those_of_a_consumer_at_home(self):
        position = self.env["account.fiscal.position"]
        italy = self.env.ref("base.it")
        self.env.company.account_fiscal_country_id = italy
        position.search([("company_id", "=", self.env.company.id)]).auto_apply = False
        vals = {"auto_apply": True, "country_id": italy.id, "company_id": self.env.company.id}
        position.create({**vals, "name": "Aziende", "vat_required": True, "sequence": 1})
        consumers = position.create({**vals, "name": "Privati", "sequence": 2})
        self.assertEqual(self._make().fiscal_position_id, consumers)

    def test_another_shop_is_told_by_the_address_of_its_products(self):
        feed = self._make("google", shop="external", url_template="https://negozio.example/{default_code}")
        self.assertRecordValues(
            feed, [{"shop": "external", "website_id": False, "url_template": "https://negozio.example/{default_code}"}]
        )

    def test_a_second_feed_gets_a_name_of_its_own(self):
        first, second, third = self._make(), self._make(), self._make()
        self.assertEqual(len({first.name, second.name, third.name}), 3)
        self.assertTrue(self._answer().has_feed)
        self.assertFalse(self._answer("tiktok").has_feed)

    def test_tags_of_visits_are_used_again(self):
        self.assertEqual(self._make().utm_source_id, self._make().utm_source_id)

    def test_who_only_looks_makes_no_feed(self):
        with self.assertRaises(AccessError):
            self._answer(user=self.user)
