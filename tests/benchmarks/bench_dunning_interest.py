"""Late-payment interest of many instalments over five years, many of them paid in part meanwhile."""

import random
from datetime import date, timedelta

from .framework import alone, benchmark
from .measuring import measure

FIRST, UNTIL = date(2021, 1, 1), date(2025, 12, 31)
PAYMENTS = (0, 0, 1, 2)


def instalments(count):
    """Pairs of a due date and balances: an amount, and what part payments leave of it."""
    random.seed(231)
    lines = []
    for i in range(count):
        due = FIRST + timedelta(days=i % 60)
        owed = random.randrange(1_000, 5_000_000)
        balances = [(due - timedelta(days=60), owed)]
        for _payment in range(random.choice(PAYMENTS)):
            owed = random.randrange(0, owed + 1)
            balances.append((due + timedelta(days=random.randrange(1, 1_700)), owed))
        lines.append((due, balances))
    return lines


def interest(env, lines):
    """Cents of all lines; each by itself, as a scan needs them."""
    from odoo.addons.dunning_it.law.interest import Curve, rounded

    curve = Curve(env["dunning.legal.value"]._get_table(), "late_payment")
    return sum(rounded([curve.interest(balances, due, UNTIL)])[0] for due, balances in lines)


@benchmark("dunning_interest", size=10_000, addons=["dunning_it"], targets=["ours <= 1", "queries_ours <= 3"])
def dunning_interest(env, size):
    """Interest of overdue instalments over five years."""
    lines = instalments(size)
    measured = measure(env, lambda: interest(env, lines))
    if not measured.answer:
        raise ValueError("No interest at all: there are no rates.")
    return alone(measured)
