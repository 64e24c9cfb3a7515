"""Every problem has words, and a place where it goes away."""

import ast
import re
from pathlib import Path

from odoo.tests import tagged

from ..channels.issues import CODES, issue
from ..channels.shipped import of_products
from ..mapping.sources import SOURCES, Mistake
from ..models.feed_places import PRODUCT_PARTS
from ..models.feed_sentences import field_words, issue_sentence, issue_title, mistake_sentence
from ..models.feed_source_names import SOURCE_NAMES
from ..models.feed_words import ISSUES, MISTAKES
from .screens_common import ScreensCommon

GAP = re.compile(r"%\((\w+)\)s")
PURE = Path(__file__).parents[1]


def raised(*packages):
    """Codes with the names of the numbers that the pure layer's own lines bring, by what they make."""
    found = {}
    for path in (path for package in packages for path in (PURE / package).glob("*.py")):
        for node in ast.walk(ast.parse(path.read_text())):
            kind, code, names = _brought(node)
            if code:
                found.setdefault(kind, {}).setdefault(code, set()).update(names)
    return found


def _brought(node):
    match node:
        case ast.Call(func=ast.Name(id="Refused" | "Mistake" | "issue" as name), args=[ast.Constant(value=code), *_]):
            return "Mistake" if name == "Mistake" else "issue", code, [each.arg for each in node.keywords]
        case ast.Tuple(elts=[ast.Constant(value=str(code)), ast.Dict(keys=keys)]):
            return "issue", code, [key.value for key in keys if isinstance(key, ast.Constant)]
    return None, None, []


@tagged("post_install", "-at_install")
class TestWords(ScreensCommon):
    def test_every_code_of_an_item_has_words_and_no_word_is_idle(self):
        self.assertEqual(ISSUES.keys(), CODES.keys())

    def test_every_mistake_of_the_mapping_has_words(self):
        codes = raised("mapping")["Mistake"].keys()
        self.assertIn("taxonomy_line", codes)
        self.assertLessEqual(codes, MISTAKES.keys())

    def test_a_sentence_names_only_numbers_that_its_code_brings(self):
        brought = raised("channels", "mapping")
        self.assertEqual(brought["issue"]["too_many"], {"count", "limit"})
        for kind, table in {"issue": ISSUES, "Mistake": MISTAKES}.items():
            for code, numbers in brought[kind].items():
                if code in table:
                    self.assertLessEqual(set(GAP.findall(table[code].sentence._source)), numbers | {"field"}, code)

    def test_every_source_has_a_name(self):
        self.assertEqual(SOURCE_NAMES.keys(), SOURCES)

    def test_a_field_is_called_what_people_call_it(self):
        channel = self.feed.channel_id._get_specification()
        self.assertEqual(field_words(self.env, channel, "gtin"), f"{self.env._(SOURCE_NAMES['gtin'])} (gtin)")
        self.assertEqual(field_words(self.env(context={"lang": "en_US"}), channel, "brand"), "Brand")
        self.assertEqual(field_words(self.env, channel, "custom_label_0"), "custom_label_0")
        self.assertEqual(field_words(self.env, channel, "gone_since"), "gone_since")

    def test_numbers_are_written_as_the_reader_writes_them(self):
        told = issue_sentence(self.env(context={"lang": "it_IT"}), "too_long", "title", {"length": 20000, "limit": 150})
        self.assertIn("20.000", told)
        self.assertIn("150", told)

    def test_a_condition_is_told_in_words(self):
        told = issue_sentence(self.env, "missing", "brand", {"condition": "condition=new|used !gtin @variant"})
        self.assertNotIn("@", told)
        self.assertNotIn("!", told)
        self.assertIn("new / used", told)

    def test_a_moment_is_told_in_the_time_in_which_it_was_written(self):
        told = issue_sentence(self.env, "sale_over", "sale_price", {"end": "2026-01-20T23:59:00+01:00"})
        self.assertNotIn("2026-01-20T", told)
        self.assertIn("23", told)

    def test_numbers_that_a_build_of_before_did_not_know_leave_a_gap(self):
        self.assertIn("…", issue_sentence(self.env, "too_long", "title", {}))
        self.assertIn("…", issue_sentence(self.env, "too_long", "title", None))

    def test_a_code_of_tomorrow_is_told_all_the_same(self):
        self.assertIn("brand_new", issue_sentence(self.env, "brand_new", "title", {}))
        self.assertTrue(issue_title(self.env, "brand_new"))

    def test_percent_signs_and_braces_in_what_somebody_typed_do_no_harm(self):
        told = issue_sentence(self.env, "not_a_choice", "gender", {"value": "100%(x)s {0} %", "allowed": "male"})
        self.assertIn("100%(x)s {0} %", told)
        self.assertIn("%(x)d", mistake_sentence(self.env, Mistake("source_unknown", name="%(x)d")))

    def test_every_field_of_every_channel_leads_to_a_record(self):
        item = self._create_item()
        parts = set()
        for code, channel in of_products().items():
            item.feed_id.sudo().channel_id = self.env.ref(f"shop_feed.channel_{code}")
            for field in channel.fields:
                problem = self._create_issues(item, [issue("missing", field.name)])
                action = problem.action_mend()
                self.assertIn(action["res_model"], self.env, field.name)
                parts.add(action.get("context", {}).get("shop_feed_part"))
                problem.unlink()
        self.assertEqual(parts - {None, "taxonomy"}, set(PRODUCT_PARTS) - self._get_parts_of_no_channel())

    def test_the_mending_form_has_a_group_for_each_part(self):
        arch = self.env.ref("shop_feed.product_product_view_mend").arch
        for part in [*PRODUCT_PARTS, "taxonomy"]:
            self.assertIn(f"!= '{part}'", arch)

    def _get_parts_of_no_channel(self):
        roles = {field.role for channel in of_products().values() for field in channel.fields}
        return {part for part, sources in PRODUCT_PARTS.items() if not roles & set(sources)}
