"""A feed of reviews for Google: buyers alone, published words alone, and of a reviewer nothing but what he chose."""

from datetime import timedelta

from freezegun import freeze_time
from lxml import etree

from odoo import fields
from odoo.exceptions import ValidationError
from odoo.tests import HttpCase, tagged

from ..channels.shipped import shipped
from .fans_common import NOW, FansCommon, FansHttpCommon
from .test_reviews import ReviewBuilders

# The elements of one review in the order of Google's sample, those that a shop of Odoo does not have left out.
ORDER = [
    "review_id",
    "reviewer",
    "is_verified_purchase",
    "is_incentivized_review",
    "review_timestamp",
    "content",
    "review_language",
    "review_url",
    "ratings",
    "products",
    "collection_method",
]


class ReviewRowBuilders(ReviewBuilders):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.product.write({"barcode": "8000000000026", "default_code": "OLIO", "feed_brand": "Frantoio"})
        cls.website.domain = "https://frantoio.example"
        channel = cls.env.ref("shop_feed.channel_google_reviews")
        cls.reviews = cls._create_feed(name="Recensioni", channel_id=channel.id, pricelist_id=cls.feed.pricelist_id.id)

    def _rate(self, rate=5, words="Buonissimo & verde", name="", product=None, partner=None):
        """What a buyer says who was asked."""
        order = self._deliver(product=product, partner=partner)
        self._ask()
        rating = self.env["rating.rating"].search([("feed_order_id", "=", order.id)])
        self.env["product.template"].browse(rating.res_id).rating_apply(rate, rating=rating, feedback=words)
        rating._choose_name(name)
        self.env.flush_all()
        return rating

    def _build(self):
        self.reviews.rows_built_on = False
        self.reviews._build_rows()
        self.env.invalidate_all()
        return self.reviews.row_ids


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestReviewRows(ReviewRowBuilders, FansCommon):
    def test_a_buyer_s_review_goes_out_in_the_order_of_the_schema(self):
        rating = self._rate(name="Rosa B.")
        [row] = self._build()
        self.assertEqual((row.state, row.message), ("sent", ""))
        review = etree.fromstring(row.fragment)
        self.assertEqual([each.tag for each in review], [tag for tag in ORDER if review.find(tag) is not None])
        self.assertEqual(set(ORDER) - {"review_language"}, {each.tag for each in review} - {"review_language"})
        self.assertEqual(review.findtext("review_id"), f"R{rating.id}")
        self.assertEqual(review.findtext("content"), "Buonissimo & verde")
        self.assertEqual(review.findtext("review_timestamp"), "2026-03-10T10:00:00Z")
        self.assertEqual(review.findtext("collection_method"), "post_fulfillment")
        self.assertEqual(review.findtext("is_verified_purchase"), "true")
        name = review.find("reviewer/name")
        self.assertEqual((name.text, name.get("is_anonymous")), ("Rosa B.", "false"))
        overall = review.find("ratings/overall")
        self.assertEqual((overall.text, overall.get("min"), overall.get("max")), ("5", "1", "5"))
        product = review.find("products/product")
        self.assertEqual([each.tag for each in product], ["product_ids", "product_name", "product_url"])
        self.assertEqual(
            [(each.tag, each[0].text) for each in product[0]],
            [("gtins", "8000000000026"), ("skus", "OLIO"), ("brands", "Frantoio")],
        )

    def test_whoever_chose_no_name_is_nobody(self):
        self._rate()
        name = etree.fromstring(self._build().fragment).find("reviewer/name")
        self.assertEqual((name.text, name.get("is_anonymous")), ("Anonymous", "true"))

    def test_nothing_of_the_reviewer_goes_along(self):
        self.buyer.write({"phone": "+39 055 7654321", "street": "Via Segreta 7", "vat": "IT12345670017"})
        rating = self._rate(name="R.")
        row = self._build()
        order = rating.feed_order_id
        for secret in ("Bruni", "rosa@", "7654321", "Segreta", "12345670017", order.name, rating.access_token):
            self.assertNotIn(secret, row.fragment)
            self.assertNotIn(secret, str(row.values))
            self.assertNotIn(secret, row.name)

    def test_bad_reviews_go_out_as_good_ones_do(self):
        self._rate(1, "Rancido")
        self.assertEqual(self._build().values["overall"], "1")

    def test_what_nobody_bought_said_or_published_stays_at_home(self):
        template = self.product.product_tmpl_id
        self._rate(words="")
        token = template._rating_get_access_token(self.env["res.partner"].create({"name": "Ugo"}))
        unasked = self.env["rating.rating"].search([("access_token", "=", token)])
        template.rating_apply(5, rating=unasked, feedback="Mai comprato")
        other = self.env["res.partner"].create({"name": "Ada", "email": "ada@example.com"})
        hidden = self._rate(partner=other, words="Nascosto")
        hidden.message_id.is_internal = True
        self.env.flush_all()
        self.assertFalse(self._build())
        hidden.message_id.is_internal = False
        self.assertEqual(self._build().values["content"], "Nascosto")
        template.is_published = False
        self.assertFalse(self._build())

    def test_a_review_that_was_deleted_on_the_product_s_page_goes_out_no_more(self):
        """Odoo empties the message, which the page then leaves out, and keeps the rating with its words."""
        rating = self._rate()
        self.assertTrue(self._build())
        template = self.product.product_tmpl_id
        template._message_update_content(rating.message_id, body="", attachment_ids=[])
        self.env.flush_all()
        self.assertFalse(self._build())

    def test_a_review_for_a_reward_says_so(self):
        self.website.feed_rewards_reviews = True
        self._rate()
        self.website.feed_rewards_reviews = False
        other = self.env["res.partner"].create({"name": "Ada", "email": "ada@example.com"})
        self._rate(partner=other)
        told = self._build().sorted("id").mapped("values")
        self.assertEqual([each["is_incentivized_review"] for each in told], ["true", "false"])

    def test_all_is_looked_at_once_an_hour_or_when_somebody_wants_it(self):
        self._build()
        self._rate()
        self.reviews._build_rows()
        self.env.invalidate_all()
        self.assertFalse(self.reviews.row_ids)
        with freeze_time(fields.Datetime.now() + timedelta(hours=1, seconds=1)):
            self.reviews._build_rows()
            self.env.invalidate_all()
            self.assertTrue(self.reviews.row_ids)
        self.reviews._request_build()
        self.assertFalse(self.reviews.rows_built_on)

    def test_the_file_names_its_version_and_publisher(self):
        self._rate()
        with self.enter_registry_test_mode():
            self.env.ref("shop_feed.ir_cron_feed_refresh").method_direct_trigger()
        self.env.invalidate_all()
        build = self.reviews.build_id
        self.assertEqual((build.state, build.item_count), ("good", 1))
        feed = etree.fromstring(build.plain_id.raw)
        self.assertEqual([each.tag for each in feed], ["version", "publisher", "reviews"])
        self.assertEqual((feed[0].text, feed.findtext("publisher/name")), ("2.4", self.website.name))
        self.assertIn("schema/product/2.4/product_reviews.xsd", "".join(feed.attrib.values()))

    def test_reviews_have_one_format(self):
        with self.assertRaises(ValidationError):
            self.reviews.format = "csv"

    def test_the_words_for_how_it_was_collected_are_the_library_s(self):
        """``google-shopping-merchant-reviews`` 0.6.2, ``ProductReviewAttributes.CollectionMethod``."""
        field = shipped()["google_reviews"].by_name["collection_method"]
        self.assertEqual(set(field.choices), {"unsolicited", "post_fulfillment"})

    def test_odd_words_stay_one_review(self):
        self._rate(words="]]> <b>buono</b> \x0b \U0001fad2 </content>")
        review = etree.fromstring(self._build().fragment)
        self.assertEqual(len(review.findall("content")), 1)
        self.assertNotIn("<b>", review.findtext("content"))


@tagged("post_install", "-at_install")
class TestReviewName(ReviewRowBuilders, FansHttpCommon, HttpCase):
    def setUp(self):
        super().setUp()
        self.website.domain = False  # of the test's own server

    def test_a_buyer_says_on_the_page_how_he_wants_to_be_called(self):
        order = self._deliver()
        self._ask()
        rating = self.env["rating.rating"].search([("feed_order_id", "=", order.id)])
        page = self.url_open(f"/rate/{rating.access_token}/5")
        self.assertIn('name="feed_reviewer_name"', page.text)
        token = etree.HTML(page.text).find(".//form//input[@name='csrf_token']").get("value")
        form = {"csrf_token": token, "rate": 5, "feedback": "Buono", "feed_reviewer_name": " Rosa\nB. " + "x" * 60}
        self.url_open(f"/rate/{rating.access_token}/submit_feedback", data=form)
        self.env.invalidate_all()
        self.assertTrue(rating.consumed)
        self.assertEqual(rating.feed_reviewer_name, ("Rosa B. " + "x" * 60)[:40])
