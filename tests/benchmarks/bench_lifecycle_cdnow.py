"""Does the rule of silence work on real people?

Purchases of 2,357 customers of CDNOW, 1997-98 (real, see ``BOTTEGA_DATA``). Nothing after 1997-09-30 is known; who buys
again by 1998-06-30? A rule ranks the customers; its AUC is the share of pairs, one who bought and one who did not, that
it has in the right order, ties by half. Ours is the preset for shops as it is shipped: silence in expected gaps of the
customer's own, over the multiple from which he counts as lost. The multiples were chosen on what was known by
1997-06-30 and the following three months (ours 0.741, recency 0.723), never on the outcome.

What came out: ours 0.778, recency alone 0.771, the raw mean gap 0.715, BG/NBD 0.773: plain recency is near
everything, as others found too. What the personal gap adds is little in order, and much in words.
"""

import os
from collections import defaultdict
from datetime import date, timedelta
from fractions import Fraction
from pathlib import Path

from . import bgnbd
from .bench_lifecycle import LIFECYCLE
from .framework import benchmark, result

FILE = "cdnow_sample.txt"
KNOWN_UNTIL, ASKED_UNTIL = date(1997, 9, 30), date(1998, 6, 30)
WEEK = 7


def read_purchases():
    """Pairs of day and cents by customer.

    :raise FileNotFoundError: where the data are not here
    """
    usual = Path(__file__).parents[3] / "shared" / "data"
    folder = Path(os.environ.get("BOTTEGA_DATA") or usual)
    purchases = defaultdict(list)
    for line in (folder / FILE).read_text().splitlines():
        _master, customer, day, _units, dollars = line.split()
        moment = date(int(day[:4]), int(day[4:6]), int(day[6:]))
        purchases[customer].append((moment, max(round(float(dollars) * 100), 1)))  # given away is bought as well
    return purchases


def auc(scores, outcomes):
    """The share of pairs in the right order, ties by half.

    >>> auc([3, 2, 2, 1], [True, True, False, False])
    0.875
    """
    ranked = sorted(zip(scores, outcomes, strict=True), key=lambda pair: pair[0])
    rank_sum, place = 0.0, 0
    while place < len(ranked):
        end = place
        while end < len(ranked) and ranked[end][0] == ranked[place][0]:
            end += 1
        rank_sum += (place + end + 1) / 2 * sum(outcome for _score, outcome in ranked[place:end])
        place = end
    positives = sum(outcomes)
    return (rank_sum - positives * (positives + 1) / 2) / (positives * (len(ranked) - positives))


def lost_after(book, facts):
    """How many of his own gaps the preset waits before a customer counts as lost."""
    for rule in book.rules:
        if rule.stage == "lost" and all(
            each.holds(facts.order_days) for each in rule.conditions if each.term == "order_days"
        ):
            return next(Fraction(str(each.value)) for each in rule.conditions if each.term == "silence")
    raise AssertionError("no rule says when he is lost")


def rank(customers, book, prior):
    """The scores by each way: ours, recency alone, the raw mean gap."""
    from odoo.addons.lifecycle_crm.stages.gap import expected_gap

    ours, recency, raw = [], [], []
    for facts in customers:
        silent = (KNOWN_UNTIL - facts.last_order).days
        gap = expected_gap(facts, book.gap, prior)
        own = Fraction(facts.gap_days, facts.gap_count) if facts.gap_count else prior.mean
        ours.append(-Fraction(silent, gap.days) / lost_after(book, facts))
        recency.append(-silent)
        raw.append(-silent / max(own, 1))
    return ours, recency, raw


def rank_by_model(customers):
    """The expected purchases of BG/NBD, fitted on what is known."""
    seen = [
        (
            facts.gap_count,
            (facts.last_order - facts.first_order).days / WEEK,
            (KNOWN_UNTIL - facts.first_order).days / WEEK,
        )
        for facts in customers
    ]
    parameters = bgnbd.fit(seen)
    weeks = (ASKED_UNTIL - KNOWN_UNTIL) / timedelta(WEEK)
    return [bgnbd.expected(parameters, *customer, weeks) for customer in seen]


@benchmark("lifecycle_cdnow", size=2_357, addons=LIFECYCLE, targets=["ours >= peer"])
def lifecycle_cdnow(env, size):
    """Who of the CDNOW customers buys again: area under the curve of our silence rule."""
    from odoo.addons.lifecycle_crm.stages.decide import stage_on
    from odoo.addons.lifecycle_crm.stages.facts import facts_of
    from odoo.addons.lifecycle_crm.stages.gap import prior_of
    from odoo.addons.lifecycle_crm.stages.presets import SHOP

    purchases = read_purchases()
    customers = [
        facts_of([pair for pair in each if pair[0] <= KNOWN_UNTIL], KNOWN_UNTIL) for each in purchases.values()
    ]
    if len(customers) != size:
        raise AssertionError(f"{len(customers)} customers instead of {size}")
    again = [any(KNOWN_UNTIL < day <= ASKED_UNTIL for day, _cents in each) for each in purchases.values()]
    prior = prior_of(customers, SHOP.gap)
    ours, recency, raw = rank(customers, SHOP, prior)
    expected = [stage_on(SHOP, facts, KNOWN_UNTIL, prior) != "lost" for facts in customers]
    hits = sum(said and did for said, did in zip(expected, again, strict=True))
    others = f"raw mean gap {auc(raw, again):.3f}, BG/NBD {auc(rank_by_model(customers), again):.3f}"
    found = f"not lost: precision {hits / sum(expected):.2f}, recall {hits / sum(again):.2f}"
    best, plain = auc(ours, again), auc(recency, again)
    return result(unit="AUC", ours=best, peer=plain, ratio=best / plain, peer_name=f"recency alone ({others}; {found})")
