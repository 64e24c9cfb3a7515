"""The history that a customer would have had."""

import datetime

from hypothesis import given
from hypothesis import strategies as st

from ..stages.decide import stage_on
from ..stages.facts import facts_of
from ..stages.presets import PRESETS
from ..stages.reconstruct import reconstruct
from .pure_common import PureCase

START = datetime.date(2024, 1, 1)
LENGTH = 700
days = st.integers(0, LENGTH).map(lambda number: START + datetime.timedelta(number))
purchases = st.lists(st.tuples(days, st.sampled_from((100, 5000, 0, -50))), min_size=1, max_size=8)


class TestReconstruct(PureCase):
    @given(st.sampled_from(sorted(PRESETS)), purchases, st.none() | days, days)
    def test_each_day_has_the_stage_that_was_decided_on_that_day(self, preset, bought, ended, asked):
        book, today = PRESETS[preset], START + datetime.timedelta(LENGTH)
        steps = reconstruct(book, bought, today, ended=ended)
        self.assertEqual([step.day for step in steps], sorted({step.day for step in steps}))
        first = min([day for day, _cents in bought] + ([ended] if ended else []))
        if asked < first:
            self.assertFalse([step for step in steps if step.day <= asked])
            return
        known = [pair for pair in bought if pair[0] <= asked]
        facts = facts_of(known, asked, ended=ended if ended and ended <= asked else None)
        *_earlier, last = [step for step in steps if step.day <= asked]
        self.assertEqual(last.decision.stage, stage_on(book, facts, asked))

    def test_who_never_bought_has_no_history(self):
        self.assertEqual(reconstruct(PRESETS["shop"], [], START), [])
        self.assertEqual(reconstruct(PRESETS["shop"], [(START + datetime.timedelta(1), 100)], START), [])

    def test_causes_are_told_apart(self):
        bought = [(START, 5000), (START + datetime.timedelta(400), 5000), (START + datetime.timedelta(401), -5000)]
        steps = reconstruct(
            PRESETS["shop"], bought, START + datetime.timedelta(420), ended=START + datetime.timedelta(410)
        )
        self.assertEqual([step.cause for step in steps], ["order", "silence", "silence", "order", "manual"])
