"""The papers that can be drawn. Each is a plain, frozen set of facts and words; :func:`..draw.draw` makes the PDF."""

from dataclasses import dataclass

from .facts import Addressee, Claim, Document, Event, Payment, Sender, Signature
from .figures import Figures
from .labels import Labels


@dataclass(frozen=True, kw_only=True)
class Paper:
    """What all kinds share.

    Body texts know one mark: ``**bold**``. Everything else is printed as it is, so names need no escaping.

    :param str title: of the file, and at the head of the following pages.
    :param str language: for screen readers, as ``it`` or ``en``.
    :param str watermark: a word across each page, such as DRAFT.
    """

    title: str
    sender: Sender
    labels: Labels
    figures: Figures
    language: str = "it"
    watermark: str = ""


@dataclass(frozen=True, kw_only=True)
class Letter(Paper):
    """A letter for a window envelope.

    :param str place_date: "Torino, 27 novembre 2026"; stands beside the address.
    :param tuple references: (label, value) pairs below it: number, channel, tracking number.
    :param tuple opening: paragraphs above the tables, ``closing`` those below.
    """

    addressee: Addressee
    place_date: str
    subject: str
    references: tuple[tuple[str, str], ...] = ()
    opening: tuple[str, ...] = ()
    closing: tuple[str, ...] = ()
    signature: Signature | None = None
    attachments: tuple[str, ...] = ()
    privacy: str = ""


@dataclass(frozen=True, kw_only=True)
class Reminder(Letter):
    """An account statement with the request to pay."""

    claim: Claim
    payment: Payment | None = None


@dataclass(frozen=True, kw_only=True)
class FormalNotice(Letter):
    """A formal notice (messa in mora, art. 1219 and 2943 c.c.).

    What the law needs has a field of its own, so that :meth:`missing` can tell before anybody signs.

    :param str demand: the unequivocal demand to pay, with its term.
    :param str effect: that the letter counts as formal notice and interrupts limitation.
    :param str next_step: what follows if nobody pays, without threats.
    :param str contact: whom to call to dispute the debt or agree a plan.
    :param str already_paid: to ignore the letter if the payment crossed it.
    """

    claim: Claim
    demand: str
    effect: str
    payment: Payment | None = None
    next_step: str = ""
    contact: str = ""
    already_paid: str = ""

    def missing(self):
        """Names of the elements without which the notice may be void, in the order in which they are read."""
        sender, debtor = self.sender, self.addressee
        needed = {
            "creditor": sender.name,
            "creditor_identifier": sender.tax_code or sender.vat,
            "debtor": debtor.name,
            "debtor_identifier": debtor.tax_code or debtor.vat,
            "debtor_address": debtor.lines or debtor.pec,
            "debt": self.claim.instalments and self.claim.total > 0,
            "demand": self.demand.strip(),
            "effect": self.effect.strip(),
            "signature": self.signature and self.signature.name,
        }
        return [name for name, present in needed.items() if not present]


@dataclass(frozen=True, kw_only=True)
class InterestSheet(Paper):
    """How the interest was reckoned, rate by rate, to enclose or to file.

    :param tuple particulars: (label, value) pairs under the title: debtor, case, day of reckoning.
    :param tuple notes: paragraphs on method and sources.
    """

    claim: Claim
    particulars: tuple[tuple[str, str], ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class EvidenceIndex(Paper):
    """The list of what an evidence file holds, with the fingerprint of each document."""

    documents: tuple[Document, ...]
    particulars: tuple[tuple[str, str], ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Chronicle(Paper):
    """What happened, in the order in which it did: calls, promises, mails."""

    events: tuple[Event, ...]
    particulars: tuple[tuple[str, str], ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Section:
    """A part of a :class:`Petition`. The numbers of ``numbered`` paragraphs run on from section to section."""

    paragraphs: tuple[str, ...]
    heading: str = ""
    numbered: bool = False


@dataclass(frozen=True, kw_only=True)
class Petition(Paper):
    """A text for a court, drafted for a professional to check.

    :param tuple heading: lines in the middle: the court, then the kind of petition.
    """

    heading: tuple[str, ...]
    sections: tuple[Section, ...]
    place_date: str = ""
    signature: Signature | None = None
    attachments: tuple[str, ...] = ()
