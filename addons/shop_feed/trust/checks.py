"""The readiness list: what a shop that people trust has, and what this one lacks.

>>> found = {each.code: each.state for each in readiness(Facts(base_url="https://shop.example"))}
>>> found["https"], found["payment"], found["vat"]
('good', 'missing', 'missing')
"""

import re
from typing import NamedTuple

from .footer import has_number, is_placeholder

GOOD, BETTER, MISSING = "good", "better", "missing"  # better: it could be
STATES = (MISSING, BETTER, GOOD)

# "Ha reso possibile" tells of no return, "il reso" does.
RETURNS = re.compile(
    r"\b(recess\w*|ripensament\w*|resi|(di|il|per il|un) reso|reso (gratuito|facile)|restituzion\w*|rimbors\w*"
    r"|returns?|refunds?|withdraw\w*)\b",
    re.I,
)
SHIPPING = re.compile(
    r"\b(spedizion[ei]|(spese|costi|tempi) di consegna|shipping|delivery (cost|charge|time)s?)\b", re.I
)


class Facts(NamedTuple):
    """What is known of a website's shop.

    :param str footer: what :func:`.footer.footer_of` read
    :param tuple pages: what the published pages, and the terms, say: a text each
    :param int carriers: ways of delivery that customers may choose
    :param tuple providers: states of the ways to pay that customers may choose (enabled, test)
    :param str account: whether a customer needs an account (optional, disabled, mandatory)
    :param int reduced: items whose reduction is above the limit
    :param int percent: that limit
    """

    footer: str = ""
    email: str = ""
    phone: str = ""
    vat: str = ""
    pages: tuple = ()
    carriers: int = 0
    providers: tuple = ()
    base_url: str = ""
    account: str = "optional"
    has_extra_step: bool = False
    has_reviews: bool = False
    asks_reviews: bool = False
    shows_vat_included: bool = True
    reduced: int = 0
    percent: int = 10


class Found(NamedTuple):
    """The answer to a question: how it stands, which of its sentences says so, and the numbers in it."""

    code: str
    state: str
    reason: str
    numbers: dict


def readiness(facts):
    """All questions answered, what is missing first.

    :rtype: list[Found]
    """
    found = [Found(code, *_padded(check(facts))) for code, check in CHECKS.items()]
    return sorted(found, key=lambda each: STATES.index(each.state))


def _padded(answer):
    return (*answer, {}) if len(answer) == 2 else answer


def _contact(facts):
    if is_placeholder(facts.footer):
        return MISSING, "placeholder"
    if facts.email and facts.email.lower() in facts.footer.lower():
        return GOOD, "shown"
    if has_number(facts.footer, facts.phone) or re.search(r"(company|website)\S*\.(phone|email)\b", facts.footer):
        return GOOD, "shown"
    if "tel:" in facts.footer or "mailto:" in facts.footer:
        return GOOD, "shown"
    return MISSING, "not_shown"


def _vat(facts):
    if not facts.vat:
        return MISSING, "no_number"
    shown = has_number(facts.footer, facts.vat) or re.search(r"company\S*\.vat\b", facts.footer)
    return (GOOD, "shown") if shown else (MISSING, "not_shown")


def _returns(facts):
    if RETURNS.search(facts.footer):
        return GOOD, "linked"
    if any(RETURNS.search(page) for page in facts.pages):
        return BETTER, "not_linked"
    return MISSING, "no_page"


def _shipping(facts):
    if not facts.carriers:
        return MISSING, "no_way"
    said = any(SHIPPING.search(text) for text in (facts.footer, *facts.pages))
    return (GOOD, "shown") if said else (BETTER, "not_said")


def _payment(facts):
    if "enabled" in facts.providers:
        return GOOD, "enabled", {"count": facts.providers.count("enabled")}
    return (BETTER, "test_only") if facts.providers else (MISSING, "none")


def _https(facts):
    return (GOOD, "secure") if facts.base_url.startswith("https://") else (MISSING, "not_secure")


def _account(facts):
    return (BETTER, "mandatory") if facts.account == "mandatory" else (GOOD, "free")


def _extra_step(facts):
    return (BETTER, "asked") if facts.has_extra_step else (GOOD, "short")


def _reviews(facts):
    if not facts.has_reviews:
        return BETTER, "off"
    return (GOOD, "asked") if facts.asks_reviews else (BETTER, "not_asked")


def _prices(facts):
    return (GOOD, "gross") if facts.shows_vat_included else (BETTER, "net")


def _reductions(facts):
    numbers = {"count": facts.reduced, "percent": facts.percent}
    return (BETTER, "suspicious", numbers) if facts.reduced else (GOOD, "sober", numbers)


CHECKS = {
    "contact": _contact,
    "vat": _vat,
    "returns": _returns,
    "shipping": _shipping,
    "payment": _payment,
    "https": _https,
    "account": _account,
    "extra_step": _extra_step,
    "reviews": _reviews,
    "prices": _prices,
    "reductions": _reductions,
}
