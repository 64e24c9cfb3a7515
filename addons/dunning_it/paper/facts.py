"""What the papers are about: who writes, to whom, what is owed. Plain facts, already read from the database."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import cached_property

from .figures import shares


@dataclass(frozen=True, kw_only=True)
class Sender:
    """The creditor, as on the letterhead. ``logo`` is the bytes of a picture; ``bank`` a line of text."""

    name: str
    address: tuple[str, ...] = ()
    vat: str = ""
    tax_code: str = ""
    pec: str = ""
    email: str = ""
    phone: str = ""
    bank: str = ""
    logo: bytes | None = None


@dataclass(frozen=True, kw_only=True)
class Addressee:
    """The debtor. ``lines`` are what the envelope shows under the name; nothing else is seen through its window."""

    name: str
    lines: tuple[str, ...] = ()
    vat: str = ""
    tax_code: str = ""
    pec: str = ""


@dataclass(frozen=True, kw_only=True)
class Instalment:
    """One maturity of an invoice. ``remark`` is printed below the document (order, delivery note, dispute)."""

    document: str
    document_date: date
    due_date: date
    original: Decimal
    paid: Decimal
    residual: Decimal
    days_late: int
    remark: str = ""


@dataclass(frozen=True, kw_only=True)
class Credit:
    """A credit note or payment not yet allocated; ``amount`` is positive and is subtracted."""

    document: str
    document_date: date
    amount: Decimal


@dataclass(frozen=True, kw_only=True)
class Stretch:
    """Days with one base and one rate. ``amount`` may be exact; ``rate`` is a percentage, None where none is known."""

    start: date
    end: date
    days: int
    base: Decimal
    rate: Decimal | None
    amount: Decimal | Fraction
    unconfirmed: bool = False

    @property
    def provisional(self):
        """Whether a rate is missing, so that the amount is yet to be seen."""
        return self.rate is None


@dataclass(frozen=True, kw_only=True)
class InterestLine:
    """The interest of one instalment."""

    document: str
    due_date: date
    stretches: tuple[Stretch, ...]

    def shares(self, decimals=2):
        """The amounts to print beside the stretches; they add up to :meth:`amount`."""
        return shares([stretch.amount for stretch in self.stretches], decimals)

    def amount(self, decimals=2):
        """The interest of the instalment, as the sum of what is printed beside its stretches."""
        return sum(self.shares(decimals), Decimal(0))


@dataclass(frozen=True, kw_only=True)
class Cost:
    """An expense asked back, such as the postage of the notice."""

    label: str
    amount: Decimal


@dataclass(frozen=True, kw_only=True)
class Claim:
    """What is owed. The totals are derived here and nowhere else, so that they always agree with the lines above them.

    >>> day = date(2026, 1, 31)
    >>> owed = Instalment(document="1", document_date=day, due_date=day, original=Decimal(300), paid=Decimal(100),
    ...                   residual=Decimal(200), days_late=9)
    >>> credit = Credit(document="N1", document_date=day, amount=Decimal(50))
    >>> claim = Claim(instalments=(owed,), credits=(credit,), compensation=Decimal(40), compensated=1)
    >>> claim.principal, claim.net, claim.total
    (Decimal('200'), Decimal('150'), Decimal('190'))

    :param Decimal compensation: the flat sum for each of ``compensated`` invoices.
    :param date until: the last day of interest; ``daily`` is what each further day adds.
    """

    instalments: tuple[Instalment, ...] = ()
    credits: tuple[Credit, ...] = ()
    interest: tuple[InterestLine, ...] = ()
    compensation: Decimal = Decimal(0)
    compensated: int = 0
    costs: tuple[Cost, ...] = ()
    until: date | None = None
    daily: Decimal | None = None
    decimals: int = 2

    @cached_property
    def principal(self):
        """What is open of the instalments."""
        return sum((instalment.residual for instalment in self.instalments), Decimal(0))

    @cached_property
    def credited(self):
        """What the debtor has to get."""
        return sum((credit.amount for credit in self.credits), Decimal(0))

    @property
    def net(self):
        """Principal less credits; negative where the debtor has more to get than to give."""
        return self.principal - self.credited

    @cached_property
    def interest_amount(self):
        """Interest, added up as it is printed: rounded for each instalment."""
        return sum((line.amount(self.decimals) for line in self.interest), Decimal(0))

    @property
    def compensation_amount(self):
        """The flat sums of all invoices that have one."""
        return self.compensation * self.compensated

    @property
    def total(self):
        """Principal less credits, with interest, flat sums and costs."""
        costs = sum((cost.amount for cost in self.costs), Decimal(0))
        return self.net + self.interest_amount + self.compensation_amount + costs

    @cached_property
    def stretches(self):
        """Those of all instalments, in their order."""
        return [stretch for line in self.interest for stretch in line.stretches]


@dataclass(frozen=True, kw_only=True)
class Payment:
    """How to pay. ``amount`` None means the whole claim; ``other_forms`` is a sentence (link, direct debit, cash)."""

    beneficiary: str
    iban: str
    reference: str
    bic: str = ""
    bank: str = ""
    amount: Decimal | None = None
    other_forms: str = ""


@dataclass(frozen=True, kw_only=True)
class Signature:
    """Who signs. ``ink`` leaves room to do so by hand: a notice without a true signature interrupts no limitation."""

    name: str
    role: str = ""
    greeting: str = ""
    ink: bool = True


@dataclass(frozen=True, kw_only=True)
class Document:
    """One document of an evidence file. ``remark`` is printed below its fingerprint."""

    name: str
    kind: str
    date: date | None
    pages: int | None
    sha256: str
    remark: str = ""


@dataclass(frozen=True, kw_only=True)
class Event:
    """Something that happened, for a :class:`.kinds.Chronicle`."""

    date: date
    what: str
    detail: str = ""
