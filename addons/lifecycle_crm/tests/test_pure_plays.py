"""Plays without a database: steps that never bunch up, a budget never overspent, results that do not boast."""

from datetime import date, timedelta
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from odoo.tests import tagged

from ..plays.budget import Budget, Gift, objections
from ..plays.holdout import in_holdout
from ..plays.presets import PLAYS, WIN_BACK
from ..plays.results import Group, compare, newcombe, too_few
from ..plays.steps import AGAIN, OUTCOMES, STOPS, TRIGGERS, Entry, Play, Step, Touch, next_due, stop_of
from .pure_common import PureCase

DAYS = st.dates(date(2024, 1, 1), date(2027, 12, 31))
TRIGGERED = st.fixed_dictionaries(dict.fromkeys(TRIGGERS, DAYS))


@tagged("post_install", "-at_install")
class TestPureSteps(PureCase):
    def _walk(self, play, triggers, delays):
        """The things due one after the other, each done so many days late."""
        touches, walked = [], []
        for late in delays:
            due = next_due(play, Entry(triggers, tuple(touches)))
            if not due:
                break
            touches.append(Touch(due.step, due.day + timedelta(late), OUTCOMES[late % 3]))
            walked.append((due, touches[-1]))
        return walked

    @given(st.sampled_from(PLAYS), TRIGGERED, st.lists(st.integers(0, 60), min_size=8, max_size=8))
    def test_steps_come_in_order_never_before_their_trigger_and_never_bunch_up(self, play, triggers, delays):
        steps = {step.code: step for step in play.steps}
        walked = self._walk(play, triggers, delays)
        self.assertEqual([due.step for due, _touch in walked][: len(steps)], list(steps))
        last = None
        for due, touch in walked:
            if due.step != AGAIN:
                step = steps[due.step]
                self.assertGreaterEqual(due.day, triggers[step.trigger] + timedelta(step.days))
            wait = play.cadence if due.step == AGAIN else steps[due.step].days
            self.assertTrue(last is None or due.day >= last + timedelta(wait))
            last = touch.day

    @given(TRIGGERED, st.lists(st.integers(0, 60), min_size=20, max_size=20))
    def test_a_cadence_goes_on_for_ever_and_counts_its_turns(self, triggers, delays):
        walked = self._walk(WIN_BACK, triggers, delays)
        turns = [due.turn for due, _touch in walked if due.step == AGAIN]
        self.assertEqual(turns, list(range(1, 21 - len(WIN_BACK.steps))))

    @given(st.sampled_from(PLAYS), TRIGGERED, st.dictionaries(st.sampled_from(STOPS), DAYS))
    def test_a_play_is_over_at_the_first_of_its_own_stops_and_at_no_other(self, play, triggers, stopped):
        entry = Entry(triggers, stopped=stopped)
        mine = [day for stop, day in stopped.items() if stop in play.stops]
        found = stop_of(play, entry)
        self.assertEqual(found and found[1], min(mine, default=None))
        self.assertEqual(next_due(play, entry) is None, bool(mine))

    @given(st.sampled_from(PLAYS))
    def test_nothing_is_due_without_its_trigger(self, play):
        self.assertIsNone(next_due(play, Entry({})))

    def test_a_play_that_makes_no_sense_is_refused(self):
        step = Step("one", "entered", 0, "mail")
        for wrong in (
            {"steps": ()},
            {"steps": (step, step)},
            {"steps": (Step(AGAIN, "entered", 0, "mail"),)},
            {"steps": (step,), "stops": frozenset({"rain"})},
            {"steps": (step,), "cadence": 30},
            {"steps": (step,), "cadence": 0, "cadence_action": "mail"},
        ):
            with self.assertRaises(ValueError):
                Play("play", None, **wrong)
        for trigger, days in (("rain", 0), ("entered", -1)):
            with self.assertRaises(ValueError):
                Step("one", trigger, days, "mail")


@tagged("post_install", "-at_install")
class TestPureHoldout(PureCase):
    @given(st.text(), st.integers(), st.integers(0, 100), st.integers(0, 100))
    def test_the_same_are_held_out_every_time_and_more_by_a_greater_percentage(self, play, customer, one, other):
        less, more = (in_holdout(play, customer, percent) for percent in sorted((one, other)))
        self.assertLessEqual(less, more)
        self.assertEqual(in_holdout(play, customer, one), in_holdout(play, customer, one))
        self.assertEqual((in_holdout(play, customer, 0), in_holdout(play, customer, 100)), (False, True))

    def test_about_so_many_are_held_out_and_others_by_another_play(self):
        held = [{n for n in range(20_000) if in_holdout(play, n, 10)} for play in ("win_back", "keep")]
        for each in held:
            self.assertLess(abs(len(each) - 2000), 200)
        self.assertLess(abs(len(held[0] & held[1]) - 200), 70)


@tagged("post_install", "-at_install")
class TestPureBudget(PureCase):
    GIFTS = st.lists(st.tuples(st.integers(0, 5), st.integers(0, 3000), st.integers(0, 9000), st.integers(0, 9000)))

    @given(st.integers(0, 20_000), st.none() | st.integers(0, 4000), GIFTS, st.fractions(0, 1, max_denominator=20))
    def test_neither_the_budget_nor_a_customers_share_is_overspent_nor_the_margin_undercut(
        self, total, each, wished, least
    ):
        spent, given_to = 0, {}
        for customer, value, basket, cost in wished:
            gift = Gift(value, basket, cost, given_to.get(customer, 0))
            if objections(gift, Budget(total, spent, each=each), least):
                continue
            spent += value
            given_to[customer] = gift.given + value
            self.assertGreaterEqual(basket - value - cost, least * (basket - value))
        self.assertLessEqual(spent, total)
        self.assertTrue(each is None or all(value <= each for value in given_to.values()))

    def test_what_is_promised_is_not_promised_again_and_an_unknown_cost_is_no_cost_of_nothing(self):
        gift = Gift(value=500, basket=5000, basket_cost=None)
        self.assertEqual(objections(gift, Budget(1000, spent=400, reserved=100)), ())
        self.assertEqual([code for code, _n in objections(gift, Budget(1000, 400, 101))], ["budget"])
        self.assertEqual([code for code, _n in objections(gift, Budget(1000), Fraction(1, 5))], ["cost_unknown"])


@tagged("post_install", "-at_install")
class TestPureResults(PureCase):
    def test_the_interval_is_that_of_newcombes_paper(self):
        """Statistics in Medicine 17 (1998), 873-890, table II, method 10."""
        for first, second, low, high in (
            ((56, 70), (48, 80), 0.0524, 0.3339),
            ((9, 10), (3, 10), 0.1705, 0.8090),
            ((10, 10), (0, 20), 0.6791, 1.0),
            ((10, 10), (0, 10), 0.6075, 1.0),
        ):
            found = newcombe(*(Group(people, buyers) for buyers, people in (first, second)))
            self.assertAlmostEqual(found.low, low, 4)
            self.assertAlmostEqual(found.high, high, 4)

    @given(st.integers(30, 500), st.integers(30, 500), st.data())
    def test_an_interval_holds_its_value_and_turns_round_with_the_groups(self, people, others, data):
        first = Group(people, data.draw(st.integers(0, people)))
        second = Group(others, data.draw(st.integers(0, others)))
        found, turned = newcombe(first, second), newcombe(second, first)
        self.assertTrue(-1 - 1e-9 <= found.low <= found.value <= found.high <= 1 + 1e-9)
        self.assertAlmostEqual(found.low, -turned.high)
        self.assertAlmostEqual(found.value, float(Fraction(first.buyers, people) - Fraction(second.buyers, others)))

    @given(st.integers(0, 200), st.integers(0, 200), st.data())
    def test_where_there_are_too_few_nothing_is_said_but_the_cost(self, people, others, data):
        played = Group(people, data.draw(st.integers(0, people)), 1000, 70)
        held = Group(others, data.draw(st.integers(0, others)), 500)
        result, few = compare(played, held), too_few(played, held)
        self.assertEqual(result.cost, 70)
        self.assertEqual((result.few, result.difference is None, result.gained is None), (few, bool(few), bool(few)))
        if min(people, others) < 30:
            self.assertEqual(few.code, "few_people")
