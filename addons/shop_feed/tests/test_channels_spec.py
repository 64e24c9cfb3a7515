"""The specifications that the addon brings: sound, and in the words of the channels' own libraries."""

from odoo.tests import tagged

from ..channels.shipped import of_products, shipped
from ..channels.spec import Channel, Field, field_of, parse_choices, parse_condition
from ..mapping.row import default_rows
from . import sdk_enumerations
from .feed_samples import PARTIAL
from .pure_common import PureCase

OUR_AVAILABILITY = {"in_stock", "out_of_stock", "preorder", "backorder", "discontinued"}


@tagged("post_install", "-at_install")
class TestChannelsSpec(PureCase):
    def _words(self, code, name):
        return set(shipped()[code].by_name[name].choices.values())

    def test_google_knows_every_word_we_send(self):
        for name, words in sdk_enumerations.GOOGLE.items():
            self.assertLessEqual(self._words("google", name), words, name)

    def test_meta_knows_every_word_we_send(self):
        for name, words in sdk_enumerations.META.items():
            self.assertLessEqual(self._words("meta", name), words, name)

    def test_a_word_of_theirs_is_left_out_only_where_it_makes_no_sense_in_a_feed(self):
        left_out = {
            (code, name): words - self._words(code, name)
            for code, enumerations in (("google", sdk_enumerations.GOOGLE), ("meta", sdk_enumerations.META))
            for name, words in enumerations.items()
        }
        self.assertEqual(
            {key: words for key, words in left_out.items() if words},
            {("google", "availability"): {"limited_availability"}, ("meta", "availability"): {"mark_as_expired"}},
        )

    def test_google_has_every_field_we_send(self):
        for field in shipped()["google"].fields:
            name = sdk_enumerations.GOOGLE_FIELDS.get(field.name, field.name)
            self.assertIn(name, sdk_enumerations.GOOGLE_ATTRIBUTES | {"offer_id"})
        self.assertEqual(set(shipped()["google"].by_name["shipping"].parts), sdk_enumerations.GOOGLE_SHIPPING)
        parts = set(shipped()["google"].by_name["loyalty_program"].parts)
        self.assertEqual(parts, sdk_enumerations.GOOGLE_LOYALTY)

    def test_each_channel_says_where_its_specification_stands_and_a_template_says_none(self):
        for code, channel in shipped().items():
            self.assertEqual(channel.source.startswith("https://"), code != "generic", code)
            self.assertEqual(bool(channel.version), code != "generic", code)

    def test_every_availability_of_ours_has_a_word_in_each_channel(self):
        for code, channel in shipped().items():
            if field := channel.by_role.get("availability"):
                self.assertLessEqual(OUR_AVAILABILITY, set(field.choices), code)

    def test_what_every_feed_needs_is_required_everywhere(self):
        for code, channel in of_products().items():
            needed = {field.role for field in channel.fields if field.requirement == "required"}
            if code in PARTIAL:
                self.assertLessEqual(PARTIAL[code], needed, code)
                continue
            self.assertLessEqual({"id", "title", "link"}, needed, code)
            self.assertTrue({"price", "current_price"} & needed, code)

    def test_what_is_required_is_filled_by_the_default_mapping(self):
        by_person = {"delivery_time"}  # it has a source, but nobody fills it by itself
        for code, channel in of_products().items():
            filled = {row.field for row in default_rows(channel)}
            required = {field.name for field in channel.fields if field.requirement == "required"}
            self.assertLessEqual(required, filled | by_person, code)

    def test_lengths_are_those_of_the_pages(self):
        lengths = {
            "google": {"id": 50, "title": 150, "description": 5000, "link": 2000, "brand": 70, "item_group_id": 50},
            "meta": {"id": 100, "title": 200, "description": 9999, "link": 2048, "brand": 100, "item_group_id": 100},
            "pinterest": {"id": 127, "title": 500, "description": 10000, "link": 511},
            "microsoft": {"id": 50, "title": 150, "description": 10000, "link": 2000},
            "idealo": {"description": 1000},
        }
        for code, of_fields in lengths.items():
            for name, length in of_fields.items():
                self.assertEqual(shipped()[code].by_name[name].max_length, length, f"{code} {name}")

    def test_a_length_that_no_page_confirms_says_so(self):
        for name in ("title", "description", "sku_id", "image_link", "brand"):
            self.assertIn("not verified", shipped()["tiktok"].by_name[name].note)

    def test_rows_that_make_no_sense_are_refused_by_name(self):
        for row in (
            {"name": "a", "type": "colour"},
            {"name": "a", "requirement": "maybe"},
            {"name": "a", "requirement": "conditional"},
            {"name": "a", "condition": "b"},
            {"name": "a", "type": "choice"},
            {"name": "a", "type": "group"},
            {"name": "a", "separator": "ab"},
            {"name": "a", "traits": "loud"},
            {"name": "a", "max_length": "long"},
            {"name": "a", "type": "choice", "choices": "x<a|y<a"},
        ):
            with self.subTest(row), self.assertRaisesRegex(ValueError, "^a: "):
                field_of(row)

    def test_a_condition_on_a_field_that_is_not_there_is_refused(self):
        field = Field("mpn", "mpn", "conditional", condition=parse_condition("!gtin"))
        with self.assertRaisesRegex(ValueError, "gtin"):
            Channel("mine", [field])
        Channel("mine", [field, Field("gtin", "gtin")])

    def test_a_field_stands_once(self):
        with self.assertRaises(ValueError):
            Channel("mine", [Field("id", "id"), Field("id", "other")])

    def test_every_term_of_a_condition_must_hold(self):
        condition = parse_condition("availability=preorder|backorder !gtin @variant")
        self.assertTrue(condition.holds({"availability": "preorder"}, {"variant"}))
        self.assertFalse(condition.holds({"availability": "in_stock"}, {"variant"}))
        self.assertFalse(condition.holds({"availability": "preorder", "gtin": "1"}, {"variant"}))
        self.assertFalse(condition.holds({"availability": "preorder"}))
        self.assertIsNone(parse_condition(" "))

    def test_one_word_of_theirs_may_serve_several_of_ours(self):
        self.assertEqual(parse_choices("no<a,b|yes"), {"a": "no", "b": "no", "yes": "yes"})
