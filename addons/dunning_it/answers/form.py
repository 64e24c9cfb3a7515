"""What a customer says on his page, read from a form that anybody may have sent: plain Python."""

import datetime
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

PAID, PROMISE, DISPUTE = KINDS = ("paid", "promise", "dispute")
LONGEST_TEXT = 2000  # characters
LONGEST_REFERENCE = 100
MOST_ITEMS = 500
MOST_DAYS = 366  # back or ahead: what is further away is a slip of the finger
MOST_BYTES = 5 * 1024 * 1024
FILE_TYPES = ("application/pdf", "image/png", "image/jpeg")

NO_ITEMS, NOTHING_LEFT, NO_DATE, WRONG_DATE, WRONG_AMOUNT, TOO_MUCH, NO_REASON = (
    "no_items",
    "nothing_left",
    "no_date",
    "wrong_date",
    "wrong_amount",
    "too_much",
    "no_reason",
)


@dataclass(frozen=True, kw_only=True)
class Answer:
    """An answer as it was typed, with nothing in it that is no number, date or plain text.

    :param str kind: one of :data:`KINDS`
    :param tuple items: ids of the instalments it is about
    :param Decimal amount: None where nothing was typed, which means all of it
    :param datetime.date day: of the payment, or of the promise
    :param str problem: the first thing that is wrong with it, None where nothing is
    """

    kind: str
    items: tuple = ()
    amount: Decimal | None = None
    day: datetime.date | None = None
    way: str = ""
    reference: str = ""
    reason: str = ""
    text: str = ""
    problem: str | None = None


def read(kind, form, items, today, *, ways=(), reasons=()):
    """An answer from what came with the form.

    :param dict form: names and texts; what is missing is empty
    :param list items: texts that should be the ids of instalments
    :param datetime.date today: in the customer's place
    :param ways: the ways of payment there are
    :param reasons: the reasons to dispute there are
    :rtype: Answer

    >>> today = datetime.date(2026, 6, 15)
    >>> read("paid", {"date": "2026-06-12", "amount": "120.50", "way": "cash"}, ["7"], today, ways=("cash",)).amount
    Decimal('120.50')
    >>> read("paid", {"date": "2026-06-16"}, ["7"], today).problem
    'wrong_date'
    >>> read("promise", {"date": "2026-06-14"}, [], today).problem
    'wrong_date'
    >>> read("dispute", {"reason": "nonsense"}, ["7"], today, reasons=("price",)).problem
    'no_reason'
    >>> read("paid", {"date": "2026-06-12", "amount": "NaN"}, ["7"], today).problem
    'wrong_amount'
    >>> read("paid", {"date": "2026-06-12"}, ["7 OR 1=1"], today).problem
    'no_items'
    """
    amount, is_number = _amount(form.get("amount"))
    day = _day(form.get("date"))
    answer = Answer(
        kind=kind,
        items=() if kind == PROMISE else _ids(items),
        amount=None if kind == DISPUTE else amount,
        day=None if kind == DISPUTE else day,
        way=_one_of(form.get("way"), ways) if kind == PAID else "",
        reference=_line(form.get("reference")) if kind == PAID else "",
        reason=_one_of(form.get("reason"), reasons) if kind == DISPUTE else "",
        text=_text(form.get("text"), LONGEST_TEXT),
    )
    return Answer(**{**vars(answer), "problem": _problem(answer, today, is_number=is_number)})


def _problem(answer, today, *, is_number):
    if answer.kind != PROMISE and not answer.items:
        return NO_ITEMS
    if answer.kind == DISPUTE:
        return None if answer.reason else NO_REASON
    if not answer.day:
        return NO_DATE
    far = datetime.timedelta(days=MOST_DAYS)
    first, last = (today - far, today) if answer.kind == PAID else (today, today + far)
    if not first <= answer.day <= last:
        return WRONG_DATE
    return None if is_number else WRONG_AMOUNT


def _amount(text):
    """
    >>> _amount(""), _amount("1.5"), _amount("1e3"), _amount("-2")
    ((None, True), (Decimal('1.5'), True), (None, False), (None, False))
    """
    text = (text or "").strip()
    if not text:
        return None, True
    try:
        amount = Decimal(text)
    except InvalidOperation:
        return None, False
    if not text.replace(".", "", 1).isdecimal() or not text.isascii() or amount <= 0:
        return None, False
    return amount, True


def _day(text):
    try:
        return datetime.date.fromisoformat((text or "").strip())
    except ValueError:
        return None


def _ids(texts):
    """
    >>> _ids(["3", "3", "12"]), _ids(["3", "x"]), _ids(["99999999999"])
    ((3, 12), (), ())
    """
    if len(texts) > MOST_ITEMS or not all(text.isascii() and text.isdecimal() and len(text) < 10 for text in texts):
        return ()
    return tuple(dict.fromkeys(int(text) for text in texts))


def _one_of(text, choices):
    return text if text in choices else ""


def _text(text, longest):
    return (text or "").replace("\x00", "").strip()[:longest]


def _line(text):
    """
    >>> _line(" CRO 123\\n456 ")
    'CRO 123 456'
    """
    return " ".join(_text(text, LONGEST_REFERENCE).split())
