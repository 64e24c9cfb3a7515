"""Rules to begin with, for three kinds of business; each company may change its copy.

The shop's multiples were chosen on purchases of real people by what could be known at the time (see the benchmark
``lifecycle_cdnow``): who has bought once is given up sooner than who comes often. Those of wholesalers and services
follow the same proportions and are nobody's measurement.
"""

from decimal import Decimal

from .gap import GapSettings
from .rules import ACQUISITION, GROWTH, SEPARATION, START, Condition, Rule, RuleBook, Stage

STAGES = (
    Stage("contact", ACQUISITION),
    Stage("prospect", ACQUISITION),
    Stage("cold_prospect", ACQUISITION),
    Stage("new", START),
    Stage("occasional", GROWTH),
    Stage("regular", GROWTH),
    Stage("at_risk", SEPARATION),
    Stage("lost", SEPARATION),
    Stage("ended", SEPARATION),
)
REGULAR = 4  # days with orders


def rules(at_risk, lost, cold_days, regular=REGULAR):
    """The rules of a preset.

    :param at_risk: times the expected gap after which a customer is at risk: who came once, seldom, regularly
    :param lost: the same for lost
    :param int cold_days: days after which a lead without an order is cold
    :param int regular: days with orders from which a customer is regular
    """
    once = (Condition("order_days", "=", 1),)
    seldom = (Condition("order_days", ">=", 2), Condition("order_days", "<", regular))
    often = (Condition("order_days", ">=", regular),)
    groups = (("once", once), ("seldom", seldom), ("often", often))
    silences = tuple(
        Rule(f"{stage}_{name}", stage, (*who, Condition("silence", ">=", times)))
        for stage, multiples in (("lost", lost), ("at_risk", at_risk))
        for (name, who), times in zip(groups, multiples, strict=True)
    )
    open_lead = (Condition("orders", "=", 0), Condition("leads_open", ">", 0))
    return (
        Rule("ended", "ended", (Condition("days_since_end", ">=", 0),)),
        Rule("cold_prospect", "cold_prospect", (*open_lead, Condition("days_since_lead", ">=", cold_days))),
        Rule("prospect", "prospect", open_lead),
        Rule("contact", "contact", (Condition("orders", "=", 0),)),
        *silences,
        Rule("regular", "regular", often),
        Rule("new", "new", once),
        Rule("occasional", "occasional"),
    )


SHOP = RuleBook(
    STAGES,
    rules(at_risk=(1, 2, 4), lost=(2, 4, 8), cold_days=60),
    GapSettings(default=60, weight=5, least=30, most=365),
)
WHOLESALE = RuleBook(
    STAGES,
    rules(at_risk=(1, Decimal("1.5"), 2), lost=(2, 3, 4), cold_days=90, regular=6),
    GapSettings(default=30, weight=3, least=7, most=180),
)
SERVICES = RuleBook(
    STAGES,
    rules(at_risk=(1, Decimal("1.25"), Decimal("1.5")), lost=(2, Decimal("2.5"), 3), cold_days=120, regular=3),
    GapSettings(default=365, weight=2, least=30, most=1095),
)
PRESETS = {"shop": SHOP, "wholesale": WHOLESALE, "services": SERVICES}
