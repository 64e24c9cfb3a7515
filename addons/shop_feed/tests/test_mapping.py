"""From the facts of a product to the values of a feed: only what may be said, by rows that make sense."""

from hypothesis import given
from hypothesis import strategies as st

from odoo.tests import tagged

from ..channels.amounts import Money
from ..mapping.categories import nearest, path_up
from ..mapping.row import Row
from ..mapping.rules import Action, Check, Outcome, Rule, apply
from ..mapping.sources import SOURCES, Mistake, checked_source
from ..mapping.taxonomy import Category, parse, search
from ..mapping.template import Template
from ..mapping.transforms import chain
from ..texts.html import has_marks, plain
from ..texts.letters import cut, is_shouted, sentence_case, without_pictures
from .pure_common import PureCase

SECRETS = [
    "standard_price",
    "cost",
    "margin",
    "seller_ids",
    "supplier",
    "purchase_price",
    "description_purchase",
    "description_picking",
    "activity_ids",
    "message_ids",
    "note",
    "password",
    "write_uid",
    "__class__",
    "title.env",
    "env[0]",
    "title!",
    "self",
]
WORDS = st.text(st.characters(codec="utf-8"), max_size=60)
TREE = st.dictionaries(st.integers(0, 9), st.none() | st.integers(0, 9), max_size=10)

TAXONOMY = """# Google_Product_Taxonomy_Version: 2026-01-01
412 - Alimenti
2660 - Alimenti > Ingredienti
2126 - Alimenti > Ingredienti > Oli da cucina
499676 - Alimenti > Bevande alcoliche
543537 - Motori > Olio motore > Filtri
"""


@tagged("post_install", "-at_install")
class TestMapping(PureCase):
    def mistake(self, make, *words, **options):
        with self.assertRaises(Mistake) as caught:
            make(*words, **options)
        return caught.exception.code

    # === SOURCES AND TEMPLATES === #

    def test_costs_suppliers_and_notes_are_no_sources_by_any_road(self):
        for name in SECRETS:
            for make in (
                lambda name=name: checked_source(name),
                lambda name=name: Row("title", [name]),
                lambda name=name: Row("title", template=f"{{{name}}}"),
                lambda name=name: Row("title", template=f"{{title|{name}}}"),
                lambda name=name: Check(name, "is_set"),
            ):
                self.assertEqual(self.mistake(make), "source_unknown", name)

    @given(st.text(st.sampled_from("{}|ab .:![]_title0"), max_size=20))
    def test_a_template_is_refused_or_says_only_what_its_sources_say(self, text):
        try:
            template = Template(text)
        except Mistake:
            return
        self.assertLessEqual(set(template.sources), SOURCES)
        self.assertNotIn("\x00", template.filled({}))

    @given(st.text(st.characters(exclude_characters="{}"), max_size=20), WORDS.filter(str.strip))
    def test_what_a_source_says_is_never_read_as_a_template(self, around, value):
        braced = f"{{title}}{value}{{cost}}"
        self.assertIn(braced.strip(), Template(around + "{title}").filled({"title": braced}))

    def test_a_gap_that_stays_empty_takes_its_dash_along(self):
        template = Template("{brand} - {title}, {color} ({size})")
        self.assertEqual(template.filled({"title": "Olio"}), "Olio ()")
        template = Template("{title} - {color} - {size}")
        self.assertEqual(template.filled({"title": "Olio"}), "Olio")
        self.assertEqual(template.filled({"title": "Olio", "size": "L"}), "Olio - L")
        self.assertEqual(template.filled({"color": "blu", "size": "L"}), "blu - L")

    def test_the_first_source_that_says_anything_counts(self):
        row = Row("brand", ["brand", "attribute:Marca"], template="{company_name}", fixed="-")
        self.assertEqual(row.value({"brand": False, "attribute:Marca": "Barilla", "company_name": "F"}), "Barilla")
        self.assertEqual(row.value({"company_name": "Frantoio"}), "Frantoio")
        self.assertEqual(row.value({}), "-")
        self.assertEqual(row.needs, {"brand", "attribute:Marca", "company_name"})

    def test_money_and_lists_go_on_as_they_are(self):
        self.assertEqual(Row("price", ["price"]).value({"price": Money(1250, "EUR")}), Money(1250, "EUR"))
        self.assertEqual(Row("quantity", ["quantity"]).value({"quantity": 0}), 0)
        row = Row("product_highlight", ["tags"], transforms=[("upper",)])
        self.assertEqual(row.value({"tags": ["bio", "dop"]}), ["BIO", "DOP"])

    # === TRANSFORMS === #

    def test_transforms_that_make_no_sense_are_refused(self):
        for steps, code in (
            ([("eval", "1")], "transform_unknown"),
            ([("cut", "0")], "length_unusable"),
            ([("cut", "-5")], "length_unusable"),
            ([("cut",)], "argument_missing"),
            ([("upper", "x")], "argument_idle"),
            ([("replace", "", "x")], "argument_missing"),
            ([("prefix", "")], "argument_missing"),
        ):
            self.assertEqual(self.mistake(chain, steps), code, steps)

    @given(WORDS, st.integers(1, 70))
    def test_a_cut_text_is_the_start_of_the_text_and_no_longer_than_allowed(self, text, length):
        found = cut(text, length)
        self.assertLessEqual(len(found), length)
        self.assertTrue(text.startswith(found))
        self.assertTrue(found == text or found == found.rstrip())

    @given(st.lists(st.text("abcdeè", min_size=1, max_size=8), min_size=1, max_size=10), st.integers(8, 60))
    def test_no_word_is_cut_that_fits_whole(self, words, length):
        self.assertEqual(" ".join(words).startswith(cut(" ".join(words), length)), True)
        self.assertLessEqual(set(cut(" ".join(words), length).split()), set(words))

    @given(WORDS)
    def test_plain_text_stays_plain_however_often_it_is_made_so(self, text):
        escaped = text.replace("&", "&amp;").replace("<", "&lt;")
        once = plain(f"<p>{escaped}</p>")
        self.assertNotIn("\x00", once)
        self.assertEqual(once.split(), plain(f"<div><b>{escaped}</b></div>").split())

    def test_html_becomes_words(self):
        self.assertEqual(plain("<h1>Olio</h1><p>di<br>oliva</p><style>p {}</style>"), "Olio\ndi\noliva")
        self.assertEqual(plain("<ul><li>uno</li><li></li><li>due</li></ul>"), "- uno\n- due")
        self.assertEqual(plain("&lt;b&gt;"), "<b>")
        self.assertFalse(has_marks("5 < 6 & 7"))

    def test_letters_are_quietened(self):
        self.assertTrue(is_shouted("PASTA DI GRAGNANO 500 G"))
        self.assertEqual(sentence_case("PASTA. FRESCA"), "Pasta. Fresca")
        self.assertEqual(without_pictures("\U0001f1ee\U0001f1f9 Made in Italy \u2764\ufe0f"), "Made in Italy")
        self.assertEqual(without_pictures("€ 5 ® ½ × °C"), "€ 5 ® ½ × °C")

    # === RULES === #

    def test_rules_apply_in_their_order_and_the_first_exclusion_ends_it(self):
        rules = [
            Rule("a", [Check("category_path", "under", "vini")], [Action("set", "custom_label_0", "Vino")]),
            Rule("b", [Check("price", "above", "10")], [Action("prefix", "title", "Riserva ")]),
            Rule("c", [Check("tags", "is", "no-feed")], [Action("exclude")]),
            Rule("d", [], [Action("set", "title", "never")]),
        ]
        facts = {"category_path": "Vini / Rossi", "price": Money(1001, "EUR"), "tags": ["bio", "NO-FEED"]}
        outcome = apply(rules, facts, {"title": "Barolo"})
        self.assertEqual(outcome, Outcome({"title": "Riserva Barolo", "custom_label_0": "Vino"}, "c"))

    def test_checks_read_words_without_case_and_numbers_as_numbers(self):
        for check, value, holds in (
            (("title", "is", "Olio"), "OLIO", True),
            (("title", "contains", "oliv"), "Olio d'OLIVA", True),
            (("title", "starts_with", "pane"), "olio", False),
            (("category_path", "under", "Vini"), "Vinili / Rock", False),
            (("category_path", "under", "Vini"), "Vini", True),
            (("quantity", "below", "10"), 9, True),
            (("quantity", "below", "10"), "", False),
            (("quantity", "above", "9"), "10", True),
            (("tags", "is_not", "a"), ["a", "b"], False),
            (("tags", "is_not", "a"), [], True),
            (("brand", "is_not_set"), False, True),
            (("brand", "is_set"), "x", True),
        ):
            self.assertEqual(Check(*check).holds({check[0]: value}), holds, check)

    def test_rules_that_make_no_sense_are_refused(self):
        self.assertEqual(self.mistake(Check, "title", "like", "x"), "operator_unknown")
        self.assertEqual(self.mistake(Check, "title", "is"), "operand_missing")
        self.assertEqual(self.mistake(Check, "price", "above", "dear"), "not_a_number")
        self.assertEqual(self.mistake(Check, "price", "above", "NaN"), "not_a_number")
        for action, code in (
            (Action("delete", "title"), "action_unknown"),
            (Action("set", "", "x"), "field_missing"),
            (Action("prefix", "title"), "argument_missing"),
        ):
            self.assertEqual(self.mistake(Rule, 1, [], [action]), code)

    @given(st.dictionaries(st.sampled_from(["title", "brand"]), WORDS, max_size=2))
    def test_the_values_that_come_in_are_left_as_they_are(self, values):
        before = dict(values)
        apply([Rule(1, [], [Action("set", "title", "x"), Action("clear", "brand")])], {}, values)
        self.assertEqual(values, before)

    # === CATEGORIES === #

    @given(TREE, st.dictionaries(st.integers(0, 9), st.integers(1, 5), max_size=5), st.integers(0, 9))
    def test_the_nearest_entry_on_the_way_up_holds_in_any_tree(self, parents, entered, category):
        found = nearest(category, parents, entered)
        way = path_up(category, parents)
        on_the_way = [each for each in way if each in entered]
        self.assertEqual(found, entered[on_the_way[0]] if on_the_way else None)
        self.assertEqual(len(way), len(set(way)))

    def test_a_taxonomy_is_read_with_its_version_and_found_by_words(self):
        taxonomy = parse("\ufeff" + TAXONOMY.replace("\n", "\r\n"))
        self.assertEqual((taxonomy.version, len(taxonomy.categories)), ("2026-01-01", 5))
        self.assertEqual([found.id for found in search(taxonomy.categories, "oli")], [2126, 543537])
        self.assertEqual([found.id for found in search(taxonomy.categories, "ALIMENTI bevande")], [499676])
        self.assertEqual(search(taxonomy.categories, "  >"), [])

    def test_something_else_than_a_taxonomy_is_refused_with_its_line(self):
        for text, code in (
            ("", "taxonomy_empty"),
            ("# Google_Product_Taxonomy_Version: 2026-01-01\n", "taxonomy_empty"),
            ("sku;price\n1;2\n", "taxonomy_line"),
            ("1 - A >  > B\n", "taxonomy_line"),
            ("A > B\n", "taxonomy_line"),
            ("1 - A\n1 - B\n", "taxonomy_twice"),
            ("1 - " + "x" * 2000, "taxonomy_line"),
        ):
            self.assertEqual(self.mistake(parse, text), code, text[:30])

    @given(
        st.lists(
            st.lists(st.text("abc è", min_size=1).filter(str.strip), min_size=1, max_size=3), min_size=1, max_size=6
        )
    )
    def test_a_taxonomy_read_back_is_the_one_written(self, names):
        categories = [
            Category(number, tuple(" ".join(name.split()) for name in each)) for number, each in enumerate(names)
        ]
        text = "\n".join(f"{category.id} - {category.path}" for category in categories)
        self.assertEqual(parse(text).categories, categories)
