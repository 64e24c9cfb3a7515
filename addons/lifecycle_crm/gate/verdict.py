"""The verdict on a contact: go, later or refused, with every reason and not only the first.

What time cures puts off; what only a person can cure (a consent, a look into the register) refuses.
"""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from .calendar import end_of_quiet, end_of_rest
from .contact import CONTRACT, EMAIL, GRANTED, SOFT

GO, LATER, REFUSED = OUTCOMES = ("go", "later", "refused")
REFUSALS = (
    "no_address",
    "unknown_purpose",
    "promotion_in_service",
    "blacklisted",
    "opted_out",
    "profiling_objected",
    "objected",
    "relation_ended",
    "no_consent",
    "register_listed",
    "register_not_checked",
    "register_check_old",
)
WORDS = frozenset({"blacklisted", "opted_out", "profiling_objected", "objected", "relation_ended"})  # he said no
DELAYS = ("open_complaint", "debtor", "frequency_cap", "quiet_hours", "rest_day")


@dataclass(frozen=True, slots=True)
class Reason:
    """A reason against a contact.

    :param str code: one of :data:`REFUSALS` or :data:`DELAYS`
    :param dict numbers: what was compared
    :param until: when a delay ends, or, for ``open_complaint`` and ``debtor``, when to ask again
    """

    code: str
    numbers: dict = field(default_factory=dict)
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Verdict:
    """The answer.

    :param str outcome: GO, LATER or REFUSED
    :param moment: now for GO; for LATER the first moment at which no reason known today stands against it; else None
    :param tuple reasons: all that stand against it now; empty for GO
    """

    outcome: str
    moment: datetime | None
    reasons: tuple = ()


def judge(contact, policy, now):
    """Whether a contact may be made at a moment.

    :rtype: Verdict

    >>> from datetime import time
    >>> from .contact import Consent, Contact, Policy, MARKETING, SMS
    >>> said = {MARKETING: Consent(GRANTED, datetime(2026, 1, 1))}
    >>> sms = Contact(MARKETING, SMS, consents=said, contacts=(datetime(2026, 3, 3, 9), datetime(2026, 3, 5, 9)))
    >>> verdict = judge(sms, Policy(), datetime(2026, 3, 8, 22))
    >>> verdict.outcome, verdict.moment.isoformat(), [reason.code for reason in verdict.reasons]
    ('later', '2026-03-10T09:00:00', ['frequency_cap', 'quiet_hours', 'rest_day'])
    >>> judge(Contact(MARKETING, SMS), Policy(), datetime(2026, 3, 4, 10)).reasons[0].code
    'no_consent'
    """
    if refusals := tuple(_refusals(contact, policy, now)):
        return Verdict(REFUSED, None, (*refusals, *_delays(contact, policy, now)))
    reasons = tuple(_delays(contact, policy, now))
    if not reasons:
        return Verdict(GO, now)
    return Verdict(LATER, _first_free(contact, policy, max(reason.until for reason in reasons)), reasons)


def _first_free(contact, policy, moment):
    """The first moment from one on that the calendar and the cap leave free.

    A moment between two reasons that end is never free before the later of them, so each step goes to the latest end.
    """
    while ends := [reason.until for reason in _timed(contact, policy, moment)]:
        moment = max(ends)
    return moment


def _refusals(contact, policy, now):
    basis = policy.bases.get(contact.purpose)
    if not contact.has_address:
        yield Reason("no_address")
    if basis is None:
        yield Reason("unknown_purpose")
    elif basis == CONTRACT:
        if contact.is_promotional:
            yield Reason("promotion_in_service")
    else:
        yield from _objections(contact)
        yield from _without_basis(contact, policy, basis, now)


def _objections(contact):
    """What he has said against it, in whatever way."""
    if contact.is_blacklisted:
        yield Reason("blacklisted")
    if contact.opted_out:
        yield Reason("opted_out")
    if contact.is_profiled and contact.profiling_objected:
        yield Reason("profiling_objected")
    consent = contact.consents.get(contact.purpose)
    if consent and consent.state != GRANTED:
        yield Reason("objected", {"moment": consent.moment})
    if contact.relation_ended and not _is_later(consent, contact.relation_ended):
        yield Reason("relation_ended", {"day": contact.relation_ended})


def _is_later(consent, day):
    """Whether he allowed it on a day after another."""
    return bool(consent) and consent.state == GRANTED and consent.moment.date() > day


def _without_basis(contact, policy, basis, now):
    """What is missing for it to be lawful although nobody objected."""
    consent = contact.consents.get(contact.purpose)
    if consent and consent.state != GRANTED:
        return
    if contact.channel in policy.register_days:
        yield from _register(contact, policy, basis, now, consent)
    elif not consent and not (basis == SOFT and _is_soft(contact)):
        yield Reason("no_consent", {"has_bought": contact.has_bought, "was_informed": contact.was_informed})


def _is_soft(contact):
    """Own similar products, by e-mail, to an address given in a sale, to whoever was told that he may object."""
    return contact.channel == EMAIL and contact.has_bought and contact.was_informed


def _register(contact, policy, basis, now, consent):
    """Calls by a person and letters: free unless he objected in the public register.

    Whoever enters himself there takes back what he consented to before, except within a contract that is running or
    has ended no more than thirty days ago (L. 5/2018 art. 1 c.5). Whoever was there already and consented after the
    look has given a new one; who was not may have entered himself since, so the look gets old.
    """
    if basis != SOFT and not consent:
        yield Reason("no_consent", {"has_bought": contact.has_bought, "was_informed": contact.was_informed})
        return
    register = contact.register
    is_anew = consent and register and register.is_listed and consent.moment.date() > register.checked
    if is_anew or (consent and _in_contract(contact, policy, now)):
        return
    days = policy.register_days[contact.channel]
    if not register:
        yield Reason("register_not_checked", {"days": days})
    elif register.is_listed:
        yield Reason("register_listed", {"checked": register.checked})
    elif now.date() > register.checked + timedelta(days):
        yield Reason("register_check_old", {"checked": register.checked, "days": days})


def _in_contract(contact, policy, now):
    ended = contact.contract_ended
    return contact.in_contract or (ended is not None and now.date() <= ended + timedelta(policy.contract_days))


def _delays(contact, policy, now):
    if policy.bases.get(contact.purpose) != CONTRACT:
        again = now + timedelta(policy.recheck_days)
        if contact.has_complaint:
            yield Reason("open_complaint", {"days": policy.recheck_days}, again)
        if contact.is_debtor:
            yield Reason("debtor", {"days": policy.recheck_days}, again)
    yield from _timed(contact, policy, now)


def _timed(contact, policy, moment):
    """What stands against a moment by the clock and the calendar alone."""
    if policy.bases.get(contact.purpose) != CONTRACT and (reason := _capped(contact, policy, moment)):
        yield reason
    start, end = policy.quiet.get(contact.channel, (None, None))
    if until := end_of_quiet(moment, start, end):
        yield Reason("quiet_hours", {"from": start, "to": end}, until)
    if contact.channel in policy.restful and (until := end_of_rest(moment)):
        yield Reason("rest_day", {"day": moment.date()}, until)


def _capped(contact, policy, moment):
    """A contact must leave every stretch as long as the window within the cap, those already fixed for later too."""
    if policy.cap is None:
        return None
    near = sorted(each for each in contact.contacts if moment - policy.window < each < moment + policy.window)
    for first, last in zip(near, near[policy.cap - 1 :], strict=False):
        if max(last, moment) - min(first, moment) < policy.window:
            numbers = {"contacts": len(near), "cap": policy.cap, "days": policy.window.days}
            return Reason("frequency_cap", numbers, first + policy.window)
    return None
