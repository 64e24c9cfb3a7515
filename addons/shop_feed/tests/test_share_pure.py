"""The share page's plain rules: cards of any channel, searches and forms of anybody."""

from datetime import datetime, timezone
from decimal import Decimal

from hypothesis import example, given
from hypothesis import strategies as st

from odoo.tests import tagged

from ..channels.amounts import Money
from ..channels.shipped import of_products, shipped
from ..channels.validate import prepare
from ..share.browse import MOST_BRANCHES, branches, is_below, page_count, read
from ..share.card import card
from ..share.question import LONGEST
from ..share.question import read as read_question
from .feed_samples import PARTIAL, SALE, item_for
from .pure_common import PureCase

NOW = datetime(2026, 1, 15, 12, tzinfo=timezone.utc)
NAMES = st.sampled_from(["Cibo", "Olio", "Vino", "Rosso", "Cibo e vino"])
PATHS = st.lists(NAMES, max_size=4).map(" > ".join)
TEXTS = st.text(max_size=60)


@tagged("post_install", "-at_install")
class TestSharePure(PureCase):
    def test_every_channel_s_item_has_a_title_a_price_and_a_link(self):
        for code in of_products().keys() - PARTIAL.keys():
            channel = shipped()[code]
            sent = prepare(channel, item_for(code), now=NOW).values
            shown = card(channel, sent, NOW, "EUR")
            self.assertEqual(
                (shown.title, shown.price, shown.currency),
                ("Olio extra vergine di oliva", Decimal("12.50"), "EUR"),
                code,
            )
            self.assertTrue(shown.link.startswith("https://"), code)
            self.assertTrue(shown.is_available, code)

    def test_a_sale_is_shown_on_its_days_alone(self):
        channel = shipped()["google"]
        sent = prepare(
            channel, item_for("google", sale_price=Money(1000, "EUR"), sale_price_effective_date=SALE)
        ).values
        self.assertEqual(card(channel, sent, NOW)[5:7], (Decimal("10.00"), Decimal("12.50")))
        self.assertEqual(card(channel, sent, SALE.end)[5:7], (Decimal("12.50"), None))

    def test_what_can_t_be_had_says_so_in_every_channel(self):
        for code, channel in of_products().items():
            if "availability" in channel.by_role:
                sent = prepare(channel, item_for(code, availability="out_of_stock")).values
                self.assertFalse(card(channel, sent, NOW).is_available, code)

    def test_values_of_any_shape_are_read(self):
        channel = shipped()["meta"]
        for values in ({}, {"title": None, "price": 7, "link": []}, {"price": "x", "sale_price": "1 EUR"}):
            self.assertEqual(card(channel, values, NOW).title, "")

    @given(st.dictionaries(PATHS, st.integers(1, 9), max_size=12), PATHS)
    def test_categories_lie_below_and_count_what_lies_in_them(self, counts, category):
        found = branches(counts, category)
        self.assertLessEqual(len(found), MOST_BRANCHES)
        for branch in found:
            self.assertTrue(is_below(branch.path, category))
            self.assertNotEqual(branch.path, category)
            self.assertEqual(branch.count, sum(n for path, n in counts.items() if is_below(path, branch.path)))

    @given(st.dictionaries(st.sampled_from("qcpx"), TEXTS))
    @example({"p": "2"})
    def test_any_address_is_a_search(self, query):
        asked = read(query)
        self.assertGreaterEqual(asked.page, 1)
        self.assertEqual(read({**asked.query(page=asked.page)}), asked)

    @given(st.dictionaries(st.sampled_from([*LONGEST, "website"]), st.text(max_size=3000)))
    def test_any_form_is_a_question_within_its_limits(self, form):
        question = read_question(form)
        for name, most in LONGEST.items():
            self.assertLessEqual(len(getattr(question, name)), most)
        for name in ("name", "email", "phone"):
            self.assertNotRegex(getattr(question, name), r"[\r\n\x00]")
        self.assertEqual(question.is_robot, bool(form.get("website")))

    def test_pages(self):
        self.assertEqual([page_count(total) for total in (0, 1, 24, 25, 10**6)], [1, 1, 1, 2, 1000])
