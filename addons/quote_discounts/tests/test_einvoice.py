"""The arithmetic of FatturaPA's discounts, without a database."""

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from odoo.tests import BaseCase, tagged

from ..cascade.steps import Cascade, Step
from ..einvoice import snapshot
from ..einvoice.discounts import Cut, Entry, entries_of, passes_00423

CENTS = st.decimals("0.01", "99999.99", places=2)
PERCENTS = st.decimals("-30", "99.5", places=4).filter(bool)
ROUNDINGS = st.sampled_from([Decimal("0.01"), Decimal("0.00000001")])


@st.composite
def cascades(draw):
    """A random line: price, quantity and up to five steps of all kinds."""
    price, quantity = draw(CENTS), draw(st.decimals("0.01", "9999", places=2))
    left, steps = price, []
    for kind in draw(st.lists(st.sampled_from(["promotion", "negotiated", "net_price", "header"]), max_size=5)):
        if kind == "net_price":
            step = Step(kind, price=draw(CENTS))
        elif kind == "header":
            share = draw(st.decimals("0", "0.9", places=2))
            step = Step(kind, amount=(left * quantity * share).quantize(Decimal("0.01")))
        else:
            step = Step(kind, percent=draw(PERCENTS))
        steps.append(step)
        left = Cascade(price, quantity, steps).net_unit_price
    return Cascade(price, quantity, steps)


@tagged("post_install", "-at_install")
class TestEinvoice(BaseCase):
    @given(cascades(), ROUNDINGS, st.booleans())
    def test_every_line_passes_the_check_of_the_exchange_system(self, cascade, rounding, returned):
        sign = -1 if returned else 1
        total = sign * (cascade.net_unit_price * cascade.quantity).quantize(rounding)
        cuts = snapshot.cuts_of(snapshot.of_cascade(cascade))
        entries = entries_of(sign * cascade.unit_price, cuts, cascade.quantity, total)
        self.assertTrue(passes_00423(sign * cascade.unit_price, entries, cascade.quantity, total))
        for entry in entries:
            self.assertIn(entry.kind, ("SC", "MG"))
            self.assertEqual((entry.percent is None) + (entry.amount is None), 1)
            self.assertGreater(entry.percent or entry.amount, 0)

    @given(CENTS, st.lists(st.decimals("0.01", "100", places=2), max_size=5), st.decimals("0.01", "9999", places=2))
    def test_percentages_of_two_decimals_stay_what_was_agreed(self, price, percents, quantity):
        cuts = [Cut(percent) for percent in percents]
        total = quantity * snapshot_price(price, percents)
        entries = entries_of(price, cuts, quantity, total)
        self.assertEqual([entry.percent for entry in entries], percents)

    @given(cascades(), st.decimals("0.01", "99999", places=2), st.decimals("0.01", "9999", places=2))
    def test_a_snapshot_holds_for_another_price_and_quantity(self, cascade, price, quantity):
        taken = snapshot.of_cascade(cascade)
        self.assertTrue(snapshot.tells(taken, float(cascade.effective_percent)))
        total = (price * (1 - snapshot.percent_of(taken) / 100) * quantity).quantize(Decimal("0.00000001"))
        entries = entries_of(price, snapshot.cuts_of(taken), quantity, total)
        self.assertTrue(passes_00423(price, entries, quantity, total))

    @given(st.lists(st.tuples(PERCENTS, st.booleans()), max_size=4))
    def test_hidden_steps_are_in_the_price_and_shown_ones_are_named(self, steps):
        taken = snapshot.of_percents([percent for percent, _visible in steps])
        for step, (_percent, visible) in zip(taken, steps, strict=True):
            step["visible"] = visible
        shown = Decimal(1)
        for cut in snapshot.cuts_of(taken):
            shown *= 1 - cut.percent / 100
        whole = 1 - snapshot.percent_of(taken) / 100
        self.assertAlmostEqual(float(snapshot.hidden_factor(taken) * shown), float(whole), 12)

    def test_one_rounded_percentage_would_be_rejected(self):
        price, total = Decimal(10000), Decimal("6000.30")
        self.assertFalse(passes_00423(price, [Entry("SC", percent=Decimal("40.00"))], Decimal(1), total))

    def test_agreed_amounts_and_prices_are_written_as_amounts(self):
        cascade = Cascade(10, 4, [Step("net_price", price=Decimal(8)), Step("header", amount=Decimal("1.6"))])
        cuts = snapshot.cuts_of(snapshot.of_cascade(cascade))
        entries = entries_of(Decimal(10), cuts, Decimal(4), Decimal("30.4"))
        self.assertEqual([entry.amount for entry in entries], [Decimal(2), Decimal("0.4")])

    def test_a_surcharge_beyond_the_formats_percentage_is_an_amount(self):
        entries = entries_of(Decimal(2), [Cut(Decimal(-150))], Decimal(1), Decimal(5))
        self.assertEqual(entries, (Entry("MG", amount=Decimal(3)),))

    def test_where_the_steps_do_not_lead_to_the_total_an_amount_does(self):
        """A fixed tax inside the price is not discounted with it."""
        entries = entries_of(Decimal(9), [Cut(Decimal(20)), Cut(Decimal(50))], Decimal(3), Decimal(9))
        self.assertEqual([entry.percent for entry in entries], [Decimal(20), None])
        self.assertTrue(passes_00423(Decimal(9), entries, Decimal(3), Decimal(9)))

    def test_what_is_no_snapshot_is_not_taken(self):
        step = snapshot.of_percents([Decimal(10)])[0]
        near = ([{**step, "cut": "abc"}], [{**step, "kind": "x"}], [{**step, "more": 1}], [step] * 2)
        for wrong in (*near, [7], "10", 10):
            with self.subTest(wrong=wrong):
                self.assertFalse(snapshot.tells(wrong, 10.0))
        self.assertTrue(snapshot.tells([step], 10.0))
        self.assertTrue(snapshot.tells(None, 0.0))


def snapshot_price(price, percents):
    """A price after percentages, worked out step by step."""
    for percent in percents:
        price -= price * percent / 100
    return price
