"""One item against each channel: sent as the channel reads it, mended where that is safe, else left out and told."""

import csv
import re
from datetime import date, datetime, timedelta
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st
from stdnum import ean

from odoo.tests import tagged

from odoo.addons.listino_pricelist.tests.scenario import data_file

from ..channels.amounts import Interval, Measure, Money, Picture
from ..channels.groups import Feed
from ..channels.gtin import problem_of
from ..channels.issues import CODES, SEVERITIES
from ..channels.shipped import of_products, shipped
from ..channels.validate import prepare
from .feed_samples import NOW, SALE, item_for
from .pure_common import PureCase

CHANNELS = st.sampled_from(sorted(of_products()))
ANYTHING = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.text(max_size=200),
    st.builds(Money, st.integers(-5, 10**9), st.sampled_from(["EUR", "USD"]), st.integers(0, 5)),
    st.builds(Measure, st.decimals(allow_nan=True), st.sampled_from(["g", "l", "stone"])),
    st.lists(st.text(max_size=20), max_size=3),
    st.dates(),
    st.builds(Interval, st.datetimes(), st.datetimes()),
    st.dictionaries(st.sampled_from(["country", "price", "odd"]), st.text(max_size=5)),
)


@tagged("post_install", "-at_install")
class TestChannelsValidate(PureCase):
    def codes(self, prepared, role=None):
        return [each.code for each in prepared.issues if role in (None, each.field)]

    def google(self, *, hints=(), currency=None, **changes):
        return prepare(shipped()["google"], item_for("google", **changes), hints, currency=currency, now=NOW)

    def test_a_sound_item_goes_to_every_channel_without_an_error(self):
        for code, channel in of_products().items():
            prepared = prepare(channel, item_for(code), currency="EUR", now=NOW)
            self.assertTrue(prepared.is_sent, (code, prepared.issues))
            self.assertFalse([each for each in prepared.issues if each.severity == "warning"], code)

    @given(st.data(), CHANNELS)
    def test_whatever_comes_in_nothing_breaks_and_what_goes_out_is_within_the_specification(self, data, code):
        channel = shipped()[code]
        names = st.sampled_from([*channel.by_name, "odd_field"])
        item = {**item_for(code), **data.draw(st.dictionaries(names, ANYTHING, max_size=5))}
        prepared = prepare(channel, item, data.draw(st.sets(st.sampled_from(["variant", "by_measure"]))))
        for name, value in prepared.values.items():
            field = channel.by_name[name]
            texts = value if isinstance(value, list) else [value]
            self.assertLessEqual(len(texts), field.max_values)
            for text in texts:
                self.assertTrue(text)
                self.assertIsInstance(text, dict if field.type == "group" else str)
                if field.max_length and field.type != "group" and "total" not in field.traits:
                    self.assertLessEqual(len(text), field.max_length)
                if field.type == "choice":
                    self.assertIn(text, field.choices.values())
        needed = {field.name for field in channel.fields if field.requirement == "required"}
        self.assertTrue(not prepared.is_sent or needed <= set(prepared.values))
        for each in prepared.issues:
            self.assertIn(each.code, CODES)
            self.assertIn(each.severity, SEVERITIES)

    @given(st.data(), CHANNELS)
    def test_what_was_sent_once_is_sent_the_same_again(self, data, code):
        text = data.draw(st.text(max_size=300))
        once = prepare(shipped()[code], item_for(code, title=text, description=text)).values
        self.assertEqual(prepare(shipped()[code], item_for(code, title=text, description=text)).values, once)

    # === TEXTS === #

    def test_long_titles_are_cut_at_a_word_and_long_identifiers_are_errors(self):
        title = "Olio di oliva " * 20
        prepared = self.google(title=title)
        self.assertEqual(prepared.values["title"], ("Olio di oliva " * 11)[:150].rsplit(" ", 1)[0].strip())
        self.assertIn("too_long", self.codes(prepared, "title"))
        prepared = self.google(id="x" * 51)
        self.assertFalse(prepared.is_sent)
        self.assertNotIn("id", prepared.values)

    def test_html_and_control_characters_never_reach_a_plain_text(self):
        prepared = self.google(description="<p>Olio\x00 <b>nuovo</b></p><script>alert(1)</script>")
        self.assertEqual(prepared.values["description"], "Olio nuovo")
        self.assertIn("html_removed", self.codes(prepared))

    def test_rich_text_stays_where_the_channel_shows_it(self):
        prepared = prepare(shipped()["meta"], item_for("meta", rich_description="<p>Olio</p>"))
        self.assertEqual(prepared.values["rich_text_description"], "<p>Olio</p>")

    def test_rich_text_that_is_too_long_is_never_cut_within_a_mark_or_an_entity(self):
        limit = shipped()["meta"].by_name["rich_text_description"].max_length
        for text in ("<b>Olio</b> " * 1500, "<p>Sale &amp; pepe</p>" * 1000, "<p>" + "a&amp;" * 4000):
            prepared = prepare(shipped()["meta"], item_for("meta", rich_description=text))
            sent = prepared.values["rich_text_description"]
            self.assertLessEqual(len(sent), limit)
            self.assertGreater(len(sent), limit / 3)
            self.assertFalse(re.search(r"<|&(?!amp;)", sent), sent[-40:])
            self.assertIn("too_long", self.codes(prepared, "rich_text_description"))

    def test_a_text_of_nothing_but_marks_is_missing(self):
        prepared = self.google(title="<br/>")
        self.assertFalse(prepared.is_sent)

    def test_tiktok_gets_no_emoji(self):
        prepared = prepare(shipped()["tiktok"], item_for("tiktok", title="Olio \U0001fad2 nuovo"))
        self.assertEqual(prepared.values["title"], "Olio nuovo")
        self.assertIn("pictures_removed", self.codes(prepared))

    # === NUMBERS === #

    @given(st.integers(0, 10**13 - 1))
    def test_a_barcode_is_sent_only_with_its_check_digit(self, number):
        head = f"{number:012d}"[-12:]
        digit = ean.calc_check_digit(head)
        wrong = str((int(digit) + 1) % 10)
        self.assertIn(problem_of(head + digit), {None, "gtin_restricted", "gtin_coupon", "gtin_placeholder"})
        self.assertIn(problem_of(head + wrong), {"gtin_check_digit", "gtin_placeholder"})

    def test_a_wrong_barcode_goes_and_the_item_stays(self):
        for wrong, code in (
            ("12345", "gtin_length"),
            ("8000000000027", "gtin_check_digit"),
            ("2000000000008", "gtin_restricted"),
            ("9900000000004", "gtin_coupon"),
            ("SENZA", "gtin_not_digits"),
            ("0000000000000", "gtin_placeholder"),
        ):
            prepared = self.google(gtin=wrong, mpn="F750")
            self.assertTrue(prepared.is_sent)
            self.assertNotIn("gtin", prepared.values)
            self.assertEqual(self.codes(prepared, "gtin"), [code])

    def test_google_is_told_whether_the_maker_gave_a_number(self):
        self.assertEqual(self.google().values["identifier_exists"], "yes")
        self.assertEqual(self.google(gtin=None).values["identifier_exists"], "yes", "brand and part number")
        self.assertEqual(self.google(gtin=None, mpn=None).values["identifier_exists"], "no")
        self.assertEqual(self.google(identifier_exists=False, gtin=None).values["identifier_exists"], "no")

    def test_meta_asks_for_brand_barcode_or_part_number(self):
        for present in ("brand", "gtin", "mpn"):
            absent = {name: None for name in ("brand", "gtin", "mpn") if name != present}
            self.assertTrue(prepare(shipped()["meta"], item_for("meta", **absent)).is_sent, present)
        prepared = prepare(shipped()["meta"], item_for("meta", brand=None, gtin=None, mpn=None))
        self.assertEqual(
            [(each.field, each.code) for each in prepared.issues if each.severity == "error"], [("brand", "missing")]
        )

    def test_unit_prices_are_asked_of_goods_by_measure(self):
        missing = self.google(unit_pricing_measure=None, hints={"by_measure"})
        self.assertFalse(missing.is_sent)
        self.assertTrue(self.google(unit_pricing_measure=None).is_sent)
        prepared = self.google(unit_pricing_base_measure=Measure(Decimal(3), "l"), hints={"by_measure"})
        self.assertEqual(self.codes(prepared, "unit_pricing_base_measure"), ["base_unsupported"])
        self.assertEqual(prepared.values["unit_pricing_measure"], "750ml")

    # === PRICES === #

    def test_a_price_of_nothing_is_an_error(self):
        for price in (Money(0, "EUR"), Money(-1, "EUR"), "12.50", 12.5, None):
            self.assertFalse(self.google(price=price).is_sent, price)

    def test_a_sale_price_goes_only_below_the_price_and_with_its_dates(self):
        prepared = self.google(sale_price=Money(999, "EUR"), sale_price_effective_date=SALE)
        self.assertEqual(prepared.values["sale_price"], "9.99 EUR")
        self.assertEqual(prepared.values["sale_price_effective_date"], "2026-01-14T12:00+0100/2026-01-20T12:00+0100")
        for sale in (Money(1250, "EUR"), Money(1300, "EUR"), Money(999, "USD")):
            prepared = self.google(sale_price=sale, sale_price_effective_date=SALE)
            self.assertTrue(prepared.is_sent)
            self.assertFalse({"sale_price", "sale_price_effective_date"} & set(prepared.values))
            self.assertIn("sale_not_lower", self.codes(prepared, "sale_price"))

    def test_a_sale_that_is_over_is_dropped(self):
        over = Interval(NOW - timedelta(days=9), NOW)
        prepared = self.google(sale_price=Money(999, "EUR"), sale_price_effective_date=over)
        self.assertNotIn("sale_price", prepared.values)
        self.assertIn("sale_over", self.codes(prepared))

    def test_dates_without_a_sale_are_dropped(self):
        prepared = self.google(sale_price_effective_date=SALE)
        self.assertNotIn("sale_price_effective_date", prepared.values)

    def test_another_currency_is_an_error_and_never_converted(self):
        prepared = self.google(price=Money(1250, "USD"), currency="EUR")
        self.assertFalse(prepared.is_sent)
        self.assertIn("currency_differs", self.codes(prepared))

    def test_a_former_price_is_the_higher_one(self):
        for former, is_sent in ((1500, True), (1250, False), (1000, False)):
            item = item_for("idealo", former_price=Money(former, "EUR"))
            prepared = prepare(shipped()["idealo"], item)
            self.assertEqual("formerPrice" in prepared.values, is_sent)
            self.assertEqual(prepared.values["price"], "12.50")

    def test_delivery_may_cost_nothing_and_a_price_may_not(self):
        prepared = prepare(shipped()["idealo"], item_for("idealo", delivery_cost=Money(0, "EUR")))
        self.assertEqual(prepared.values["deliveryCosts_dhl"], "0.00")
        self.assertFalse(prepare(shipped()["idealo"], item_for("idealo", current_price=Money(0, "EUR"))).is_sent)

    # === WORDS AND DATES === #

    def test_availability_is_said_in_the_words_of_the_channel(self):
        for code, ours, theirs in (
            ("google", "in_stock", "in_stock"),
            ("google", "discontinued", "out_of_stock"),
            ("meta", "in_stock", "in stock"),
            ("meta", "backorder", "available for order"),
            ("pinterest", "discontinued", "out of stock"),
            ("tiktok", "discontinued", "discontinued"),
        ):
            prepared = prepare(shipped()[code], item_for(code, availability=ours))
            self.assertEqual(prepared.values["availability"], theirs, code)

    def test_a_word_that_is_none_of_the_channels_is_an_error_where_it_is_needed_and_dropped_elsewhere(self):
        self.assertFalse(self.google(availability="soon").is_sent)
        prepared = self.google(gender="teen")
        self.assertTrue(prepared.is_sent)
        self.assertEqual(self.codes(prepared, "gender"), ["not_a_choice"])

    def test_preorders_have_a_date(self):
        self.assertFalse(self.google(availability="preorder").is_sent)
        prepared = self.google(availability="preorder", availability_date=date(2026, 3, 1))
        self.assertEqual((prepared.is_sent, prepared.values["availability_date"]), (True, "2026-03-01"))

    def test_a_moment_without_a_zone_is_no_date(self):
        prepared = self.google(expiration_date=datetime(2026, 3, 1))
        self.assertEqual(self.codes(prepared, "expiration_date"), ["not_a_date"])

    # === ADDRESSES AND PICTURES === #

    def test_addresses_that_nobody_outside_can_open_are_errors(self):
        for url in (
            "/shop/7",
            "ftp://shop.example/7",
            "http://localhost:8069/shop/7",
            "https://192.168.1.2/shop/7",
            "https://user:secret@shop.example/7",
            "https://shop.example/odoo/products/7",
            "https://shop.example/web#id=7",
            "https://[::1/",
            "javascript:alert(1)",
        ):
            self.assertFalse(self.google(link=url).is_sent, url)

    def test_letters_that_an_address_can_not_have_are_encoded(self):
        self.assertEqual(
            self.google(link="https://shop.example/caffè nero").values["link"], "https://shop.example/caff%C3%A8%20nero"
        )
        self.assertEqual(self.google(link="https://caffè.example/").values["link"], "https://xn--caff-8oa.example/")

    def test_pictures_that_a_channel_does_not_read_are_refused(self):
        meta = shipped()["meta"]
        for picture, code in (
            (Picture("https://shop.example/a.webp"), "image_format"),
            (Picture("https://shop.example/a.jpg", 900, 900, "image/svg+xml"), "image_format"),
            (Picture("https://shop.example/a.jpg", 499, 900, "image/jpeg"), "image_too_small"),
        ):
            prepared = prepare(meta, item_for("meta", image_link=picture))
            self.assertFalse(prepared.is_sent)
            self.assertEqual(self.codes(prepared, "image_link"), [code])
        self.assertTrue(prepare(meta, item_for("meta", image_link="https://shop.example/web/image/7")).is_sent)

    def test_pinterest_gets_no_comma_in_a_picture(self):
        prepared = prepare(shipped()["pinterest"], item_for("pinterest", image_link="https://shop.example/a,b.jpg"))
        self.assertEqual(prepared.values["image_link"], "https://shop.example/a%2Cb.jpg")

    def test_more_pictures_than_allowed_are_dropped_from_the_end_and_none_is_sent_twice(self):
        urls = [f"https://shop.example/{number}.jpg" for number in range(15)]
        prepared = self.google(additional_image_link=[urls[0], *urls])
        self.assertEqual(prepared.values["additional_image_link"], urls[:10])
        self.assertIn("too_many", self.codes(prepared))

    def test_metas_pictures_fit_together(self):
        urls = [f"https://shop.example/{'x' * 170}{number}.jpg" for number in range(15)]
        prepared = prepare(shipped()["meta"], item_for("meta", additional_image_link=urls))
        self.assertLessEqual(len(",".join(prepared.values["additional_image_link"])), 2000)
        self.assertIn("too_long_together", self.codes(prepared))

    # === GROUPS === #

    def test_variants_need_their_group(self):
        self.assertFalse(self.google(hints={"variant"}).is_sent)
        self.assertTrue(self.google(item_group_id="G7", hints={"variant"}).is_sent)

    def test_a_feed_tells_identifiers_that_come_twice_and_variants_that_look_alike(self):
        feed = Feed()
        for item_id, group, color in (("1", "A", "red"), ("2", "A", "blue"), ("3", "B", "red"), ("1", None, "")):
            feed.add(item_id, group, {"color": color})
        self.assertEqual(
            [(item, each.code) for item, each in feed.issues()], [("1", "id_twice"), ("3", "variant_alone")]
        )

    def test_shipping_is_a_group_and_may_cost_nothing(self):
        prepared = self.google(shipping=[{"country": "IT", "price": Money(0, "EUR")}, {"land": "IT"}])
        self.assertEqual(prepared.values["shipping"], [{"country": "IT", "price": "0.00 EUR"}])
        self.assertEqual(self.codes(prepared, "shipping"), ["not_a_group"])


@tagged("post_install", "-at_install", "slow")
class TestRealCatalogue(PureCase):
    def test_the_real_catalogue_goes_through_every_channel(self):
        if not data_file():
            self.skipTest("The real products are not here: set BOTTEGA_DATA to their folder.")
        with data_file().open(newline="", encoding="utf-8") as file:
            rows = list(csv.DictReader(file))
        self.assertGreater(len(rows), 10_000)
        for code, channel in of_products().items():
            left_out = 0
            for row in rows:
                item = item_for(
                    code, title=row["name"], description=row["ingredients"] or row["name"], gtin=row["barcode"]
                )
                prepared = prepare(channel, item, currency="EUR", now=NOW)
                left_out += not prepared.is_sent
                field = channel.by_role.get("gtin")
                if gtin := field and prepared.values.get(field.name):
                    self.assertTrue(all(map(ean.is_valid, gtin if isinstance(gtin, list) else [gtin])))
            self.assertLess(left_out, len(rows) / 100, code)
