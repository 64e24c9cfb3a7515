"""The court for a claim, whether one may stand alone before it, and what filing costs; values in cents.

Each takes a :class:`reading.Reading`, which keeps the rows asked for; None means that the law of the day is not known.
"""

from typing import NamedTuple

from .compensation import CONSUMER
from .reading import euros, to_cents

JUSTICE_OF_PEACE, TRIBUNAL = "justice_of_peace", "tribunal"


class Fee(NamedTuple):
    """What filing costs, in cents: the court fee, what of it must be paid to be registered, and the clerk's advance."""

    court: int
    registration: int
    clerk: int

    @property
    def total(self):
        """All that filing costs; what is paid for registration is part of the court fee."""
        return self.court + self.clerk


def competent_court(law, value):
    """The justice of the peace up to a limit, the tribunal above.

    >>> from datetime import date
    >>> from decimal import Decimal
    >>> from .reading import Reading
    >>> from .table import Row, Table
    >>> law = Reading(Table([Row("justice_of_peace_limit", Decimal(10000), date(2023, 3, 1))]), date(2026, 1, 1))
    >>> competent_court(law, 1_000_000), competent_court(law, 1_000_001)
    ('justice_of_peace', 'tribunal')
    """
    limit = law.amount("justice_of_peace_limit")
    if limit is None:
        return None
    return JUSTICE_OF_PEACE if euros(value) <= limit else TRIBUNAL


def may_stand_alone(law, value, court):
    """Whether a party needs no lawyer: before the justice of the peace, up to a limit."""
    if court == TRIBUNAL:
        return False
    limit = law.amount("standing_alone_limit")
    if court is None or limit is None:
        return None
    return euros(value) <= limit


def needs_negotiation(law, value, audience, alone):
    """Whether an ordinary action needs an attempt at assisted negotiation before it (never the injunction)."""
    limit = law.amount("assisted_negotiation_limit")
    if limit is None or alone is None:
        return None
    return audience != CONSUMER and not alone and euros(value) <= limit


def filing_fee(law, value, injunction):
    """The :class:`Fee` of a claim; an injunction pays a share of the court fee."""
    full = law.amount("court_fee", value)
    share = law.amount("court_fee_injunction_share") if injunction else 100
    if full is None or share is None:
        return None
    court = to_cents(full * share / 100)
    least = law.find("min_fee_for_registration")
    advance, exempt = law.find("clerk_advance"), law.find("clerk_advance_exempt_limit")
    spared = exempt and euros(value) <= exempt.amount
    return Fee(
        court,
        min(court, to_cents(least.amount)) if least else 0,
        to_cents(advance.amount) if advance and not spared else 0,
    )
