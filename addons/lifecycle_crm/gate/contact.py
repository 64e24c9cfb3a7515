"""What the gate is asked: a contact, what is known of who gets it, and what the company allows itself."""

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

EMAIL, SMS, PHONE, POST = CHANNELS = ("email", "sms", "phone", "post")
SERVICE, MARKETING, FEEDBACK, TESTIMONIAL = PURPOSES = ("service", "marketing", "feedback", "testimonial")
CONTRACT, SOFT, CONSENT = BASES = ("contract", "soft", "consent")
GRANTED, REFUSED = STATES = ("granted", "refused")


@dataclass(frozen=True, slots=True)
class Consent:
    """The latest word of a person on a purpose; what was said before it does not count any more.

    :param str state: GRANTED, or REFUSED (which withdrawal and objection are too)
    :param datetime moment: when it was given
    """

    state: str
    moment: datetime


@dataclass(frozen=True, slots=True)
class Register:
    """What the public register of objections (Registro delle Opposizioni, DPR 26/2022) said of a number or address.

    :param date checked: the day on which it was consulted
    :param bool is_listed: whether it was there
    """

    checked: date
    is_listed: bool


@dataclass(frozen=True, slots=True)
class Contact:
    """A contact to be made, and what is known of who gets it. Moments are all in the same zone, the policy's.

    :param str purpose: one of :data:`PURPOSES`, or another that the policy has a basis for
    :param str channel: one of :data:`CHANNELS`
    :param bool has_address: whether there is a number or address for the channel
    :param bool is_promotional: whether it carries a promotion, be it one line below an invoice
    :param bool is_profiled: whether it goes to him because of what he bought or did, beyond plain contract facts
    :param bool profiling_objected: whether he objected to that (GDPR art. 21)
    :param dict consents: the latest :class:`Consent` by purpose
    :param bool has_bought: whether he gave this address when he bought something like what is offered
    :param bool was_informed: whether he was told then that he may object
    :param bool opted_out: whether he left the mailing list or preference that this belongs to
    :param bool is_blacklisted: whether the address is on the company's exclusion list
    :param relation_ended: the day on which he, or the company, ended the relation in words; None: it goes on
    :param register: the last :class:`Register` about this number or address; None: never consulted
    :param bool in_contract: whether a contract with him is running
    :param contract_ended: when the last one ended; None: there was none, or it is running
    :param tuple contacts: the moments of what this address got before or will get, whoever it belongs to; service left
        out
    :param bool has_complaint: whether a complaint of his is open
    :param bool is_debtor: whether he is under formal notice
    """

    purpose: str
    channel: str
    has_address: bool = True
    is_promotional: bool = False
    is_profiled: bool = False
    profiling_objected: bool = False
    consents: dict = field(default_factory=dict)
    has_bought: bool = False
    was_informed: bool = False
    opted_out: bool = False
    is_blacklisted: bool = False
    relation_ended: date | None = None
    register: Register | None = None
    in_contract: bool = False
    contract_ended: date | None = None
    contacts: tuple = ()
    has_complaint: bool = False
    is_debtor: bool = False


@dataclass(frozen=True, slots=True)
class Policy:
    """What a company allows itself.

    :param dict bases: what each purpose rests on: CONTRACT needs nothing else, SOFT is e-mail to whoever bought (art.
        130 c.4 Codice Privacy) or else consent, CONSENT is consent alone
    :param dict quiet: pairs of clock times by channel between which nobody is disturbed
    :param tuple restful: the channels that rest on Sundays and public holidays
    :param int cap: the most contacts of an address within ``window``; None: no cap
    :param dict register_days: for how many days what the register said holds, by the channels that it is about
    :param int contract_days: for how long after a contract the consent given in it outlives the register
    :param int recheck_days: what has no end in sight (a complaint, a debt) is looked at again after so many days
    """

    bases: dict = field(
        default_factory=lambda: {SERVICE: CONTRACT, MARKETING: SOFT, FEEDBACK: SOFT, TESTIMONIAL: CONSENT}
    )
    quiet: dict = field(default_factory=lambda: {SMS: (time(20), time(9)), PHONE: (time(20), time(9))})
    restful: tuple = (SMS, PHONE)
    cap: int | None = 2
    window: timedelta = timedelta(7)
    register_days: dict = field(default_factory=lambda: {PHONE: 15, POST: 30})
    contract_days: int = 30
    recheck_days: int = 7

    def __post_init__(self):
        if (self.cap is not None and self.cap < 1) or self.window <= timedelta(0) or self.recheck_days < 1:
            raise ValueError("a cap, its window and the days until the next look are one or more")
        if wrong := set(self.bases.values()) - set(BASES):
            raise ValueError(f"a purpose rests on something unknown: {', '.join(sorted(wrong))}")
