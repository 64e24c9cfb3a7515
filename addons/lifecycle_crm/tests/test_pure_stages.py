"""Stages without a database: whatever is known of a customer, he is in one stage, for a reason, until a certain day."""

from datetime import date, datetime, timedelta
from fractions import Fraction
from itertools import pairwise

from hypothesis import assume, given
from hypothesis import strategies as st

from odoo.tests import tagged

from ..stages.check import PROBLEMS, problems
from ..stages.decide import decide, stage_on
from ..stages.facts import facts_of
from ..stages.gap import GapSettings, Prior, expected_gap
from ..stages.history import CAUSES, History, flow
from ..stages.presets import PRESETS, SHOP
from ..stages.rfm import scores
from ..stages.rules import COMPARE, FURTHEST, Condition, Rule, RuleBook, Stage
from ..stages.terms import TERMS
from .pure_common import PureCase

TODAY = date(2026, 6, 15)
DAYS = st.dates(date(2020, 1, 1), TODAY)
PURCHASES = st.lists(st.tuples(DAYS, st.integers(-50_000, 100_000)), max_size=12)
PRIOR = st.none() | st.builds(Prior, st.integers(30, 40_000), st.integers(1, 30))
BOOKS = st.sampled_from(list(PRESETS.values()))
SETTINGS = st.builds(
    lambda bounds, weight: GapSettings(bounds[1], weight, bounds[0], bounds[2]),
    st.lists(st.integers(1, 400), min_size=3, max_size=3).map(sorted),
    st.integers(0, 10),
)


@st.composite
def facts(draw):
    """Facts of a customer as they can be on TODAY."""
    return facts_of(
        draw(PURCHASES),
        TODAY,
        leads_open=draw(st.integers(0, 2)),
        first_lead=draw(st.none() | DAYS),
        ended=draw(st.none() | DAYS),
        deliveries_open=draw(st.integers(0, 2)),
        satisfaction=draw(st.none() | st.decimals(1, 5, places=1)),
    )


@st.composite
def conditions(draw, terms=tuple(TERMS)):
    bound = draw(st.integers(-2, 400))
    return Condition(draw(st.sampled_from(terms)), draw(st.sampled_from(list(COMPARE))), bound)


@st.composite
def books(draw):
    """Sound words, whatever they say: rules of one or two conditions, each with a stage of its own, and a catch-all."""
    said = draw(st.lists(st.lists(conditions(), min_size=1, max_size=2), max_size=5))
    matches = draw(st.lists(st.sampled_from(("all", "any")), min_size=len(said), max_size=len(said)))
    rules = [Rule(f"r{n}", f"s{n}", tuple(each), matches[n]) for n, each in enumerate(said)]
    stages = tuple(Stage(f"s{n}", "growth") for n in range(len(said) + 1))
    return RuleBook(stages, (*rules, Rule("rest", f"s{len(said)}")))


@tagged("post_install", "-at_install")
class TestPureDecision(PureCase):
    @given(BOOKS | books(), facts(), PRIOR)
    def test_every_customer_is_in_one_known_stage_and_always_in_the_same(self, book, known, prior):
        decision = decide(book, known, TODAY, prior)
        self.assertIn(decision.stage, [stage.code for stage in book.stages])
        self.assertEqual(decision, decide(book, known, TODAY, prior))
        self.assertEqual(decision.stage, stage_on(book, known, TODAY, prior))

    @given(BOOKS | books(), facts(), PRIOR)
    def test_the_first_rule_that_holds_decides_and_its_findings_are_what_held(self, book, known, prior):
        decision = decide(book, known, TODAY, prior)
        rule = next(rule for rule in book.rules if rule.code == decision.rule)
        for finding in decision.findings:
            self.assertTrue(COMPARE[finding.operator](finding.actual, finding.value), finding)
        self.assertEqual(bool(decision.findings), bool(rule.conditions))

    @given(BOOKS, facts(), PRIOR, st.integers(0, 2000), st.integers(0, 2000))
    def test_growing_silence_never_brings_a_customer_to_a_livelier_stage(self, book, known, prior, days, more):
        earlier, later = TODAY + timedelta(days), TODAY + timedelta(days + more)
        life = [stage.code for stage in book.stages]
        coldness = [life.index(stage_on(book, known, day, prior)) for day in (earlier, later)]
        self.assertLessEqual(*coldness)

    @given(BOOKS | books(), facts(), PRIOR)
    def test_the_next_change_is_that_day_and_no_day_before(self, book, known, prior):
        decision = decide(book, known, TODAY, prior)
        change = decision.next_change
        horizon = (change - TODAY).days if change else 1500
        between = range(1, horizon, max(1, horizon // 60))
        for number in (*between, horizon - 1 if change else horizon):
            self.assertEqual(stage_on(book, known, TODAY + timedelta(number), prior), decision.stage, number)
        if change:
            self.assertNotEqual(stage_on(book, known, change, prior), decision.stage)

    def test_a_bound_beyond_the_calendar_never_comes(self):
        known = facts_of([(date(2026, 1, 1), 100)], TODAY)
        rule = Rule("far", "lost", (Condition("silence", ">=", FURTHEST),))
        book = RuleBook(SHOP.stages, (rule, Rule("rest", "new")), GapSettings(default=365))
        self.assertFalse(problems(book))
        decision = decide(book, known, TODAY)
        self.assertEqual((decision.stage, decision.next_change), ("new", None))


@tagged("post_install", "-at_install")
class TestPureFacts(PureCase):
    @given(PURCHASES, st.lists(st.tuples(st.dates(TODAY + timedelta(1)) | st.dates(max_value=date(1969, 12, 31)))))
    def test_orders_of_the_future_or_of_absurd_dates_say_nothing(self, purchases, absurd):
        wrong = [(day, 100) for (day,) in absurd]
        self.assertEqual(facts_of(purchases + wrong, TODAY), facts_of(purchases, TODAY))

    @given(st.lists(st.tuples(DAYS, st.integers(-500, 0)), max_size=6), BOOKS)
    def test_who_only_sent_back_has_never_bought(self, purchases, book):
        known = facts_of(purchases, TODAY)
        self.assertEqual((known.orders, known.last_order), (0, None))
        self.assertEqual(known.returns_value, -known.revenue)
        decision = decide(book, known, TODAY)
        self.assertEqual((decision.stage, decision.next_order), ("contact", None))

    @given(PURCHASES, st.randoms())
    def test_the_order_in_which_purchases_are_read_does_not_matter(self, purchases, chance):
        mixed = list(purchases)
        chance.shuffle(mixed)
        self.assertEqual(facts_of(mixed, TODAY), facts_of(purchases, TODAY))


@tagged("post_install", "-at_install")
class TestPureGap(PureCase):
    @given(facts(), SETTINGS, PRIOR)
    def test_a_gap_lies_between_floor_and_ceiling(self, known, settings, prior):
        gap = expected_gap(known, settings, prior)
        self.assertTrue(settings.least <= gap.days <= settings.most)
        at = {"floor": settings.least, "ceiling": settings.most}
        self.assertEqual(gap.days, at.get(gap.bound, gap.days))

    @given(DAYS, st.integers(1, 900), st.integers(0, 300), SETTINGS, PRIOR)
    def test_longer_gaps_of_his_own_never_make_a_shorter_one(self, day, days, more, settings, prior):
        expected = [
            expected_gap(facts_of([(day, 1), (day + timedelta(n), 1)], date(2030, 1, 1)), settings, prior).days
            for n in (days, days + more)
        ]
        self.assertLessEqual(*expected)

    @given(facts(), SETTINGS, st.integers(1, 500), st.integers(0, 500))
    def test_a_longer_mean_of_all_never_makes_a_shorter_one(self, known, settings, days, more):
        expected = [expected_gap(known, settings, Prior(mean, 1)).days for mean in (days, days + more)]
        self.assertLessEqual(*expected)

    @given(facts(), SETTINGS, PRIOR, st.fractions(Fraction(1, 4), 9, max_denominator=20))
    def test_silence_begins_on_the_day_that_is_promised(self, known, settings, prior, times):
        assume(known.orders)
        gap = expected_gap(known, settings, prior)
        day = gap.silent_from(known, times)
        read = [TERMS["silence"].value(known, each, gap) >= times for each in (day - timedelta(1), day)]
        self.assertEqual(read, [False, True])


@tagged("post_install", "-at_install")
class TestPureScores(PureCase):
    @given(st.lists(st.integers(0, 12), min_size=1, max_size=40))
    def test_a_score_is_that_of_the_share_who_have_no_more_and_ties_stay_together(self, values):
        found = scores(values)
        for value, score in zip(values, found, strict=True):
            share = Fraction(sum(other <= value for other in values), len(values))
            self.assertTrue(score - 1 < 5 * share <= score)
        self.assertEqual(len(set(zip(values, found, strict=True))), len(set(values)))


@tagged("post_install", "-at_install")
class TestPureCheck(PureCase):
    NEW, REST = (Stage("new", "start"),), Rule("rest", "new")

    def _codes(self, *rules, stages=NEW):
        return {problem.code for problem in problems(RuleBook(stages, rules))}

    def _rule(self, *words, stage="new", match="all"):
        return Rule("one", stage, tuple(Condition(*each) for each in words), match)

    def test_each_problem_is_found(self):
        some, rest = self._rule(("orders", ">", 1)), self.REST
        books = {
            "no_catch_all": self._codes(some),
            "after_catch_all": self._codes(rest, some),
            "duplicate_code": self._codes(some, some, rest),
            "duplicate_stage": self._codes(rest, stages=self.NEW * 2),
            "unknown_stage": self._codes(self._rule(("orders", ">", 1), stage="gone"), rest),
            "unknown_phase": self._codes(rest, stages=(Stage("new", "dream"),)),
            "unknown_match": self._codes(self._rule(("orders", ">", 1), match="most"), rest),
            "unknown_fact": self._codes(self._rule(("mood", ">", 1)), rest),
            "unknown_operator": self._codes(self._rule(("orders", "~", 1)), rest),
            "wrong_type": self._codes(self._rule(("orders", ">", 1.5)), rest),
            "contradiction": self._codes(self._rule(("orders", ">", 1), ("orders", "<", 2)), rest),
            "unreachable": self._codes(Rule("two", "new", some.conditions), some, rest),
        }
        self.assertEqual(set(books), set(PROBLEMS))
        for code, found in books.items():
            self.assertIn(code, found)

    def test_the_presets_are_sound(self):
        for name, book in PRESETS.items():
            self.assertEqual(problems(book), (), name)

    @given(books(), st.lists(facts(), min_size=1, max_size=5))
    def test_a_rule_called_unreachable_never_decides(self, book, everybody):
        never = {problem.rule for problem in problems(book)}
        self.assertFalse(never & {decide(book, known, TODAY).rule for known in everybody})


@tagged("post_install", "-at_install")
class TestPureHistory(PureCase):
    EVENTS = st.lists(
        st.tuples(st.integers(0, 900), st.sampled_from(("new", "regular", "lost")), st.sampled_from(CAUSES)),
        max_size=15,
    ).map(lambda events: sorted(events, key=lambda event: event[0]))

    def _moment(self, hours):
        return datetime(2026, 1, 1) + timedelta(hours=hours)

    def _replay(self, events):
        history = History()
        for hours, stage, cause in events:
            history = history.with_stage(self._moment(hours), stage, cause)
        return history

    @given(EVENTS, st.integers(-5, 950))
    def test_the_stage_of_any_moment_is_the_last_word_up_to_it(self, events, hours):
        said = [stage for when, stage, _cause in events if when <= hours]
        self.assertEqual(self._replay(events).stage_at(self._moment(hours)), said[-1] if said else None)

    @given(EVENTS)
    def test_replaying_a_history_gives_it_again(self, events):
        history = self._replay(events)
        self.assertEqual(History(history.transitions).transitions, history.transitions)

    @given(EVENTS, st.integers(0, 950))
    def test_stays_follow_each_other_without_a_hole_up_to_the_day_asked_for(self, events, hours):
        until = self._moment(hours)
        stays = self._replay(events).stays(until)
        for (_stage, _start, end), (_next, start, _end) in pairwise(stays):
            self.assertEqual(end, start)
        self.assertEqual([end for _stage, _start, end in stays][-1:], [until] if stays else [])

    @given(EVENTS)
    def test_the_flow_of_all_time_counts_every_transition(self, events):
        history = self._replay(events)
        self.assertEqual(flow([history], self._moment(-1), self._moment(950)).total(), len(history.transitions))
