"""Tables: instalments, interest, what is owed in all, documents of an evidence file."""

from dataclasses import replace
from decimal import Decimal

from . import look
from .ledger import NONE, RULE, Ledger, Row
from .look import mm

PROVISIONAL, UNCONFIRMED = "*", "†"
_EMPTY = "–"
_AMOUNTS = ("original", "paid", "residual")
_TOGETHER = 8  # so many stretches of an instalment stay on one page
_NAME_LENGTH = 240  # no name takes more of a page
_DETAIL_LENGTH, _DETAIL_LINES = 1500, 15  # a row is not broken over pages


def instalment_table(setter, claim):
    """What is open, the credits to subtract, and what remains."""
    figures, labels = setter.figures, setter.labels
    amounts = [[figures.amount(getattr(line, name)) for name in _AMOUNTS] for line in claim.instalments]
    totals = [figures.amount(sum((getattr(line, name) for line in claim.instalments), Decimal(0))) for name in _AMOUNTS]
    widest = setter.column([*totals, *(text for texts in amounts for text in texts)], 20 * mm)
    day = setter.column([figures.day(line.due_date) for line in claim.instalments], 20 * mm)
    widths = _with_rest([None, day, day, widest, widest, widest, 15 * mm])
    heads = (labels.document, labels.document_date, labels.due_date, *(getattr(labels, name) for name in _AMOUNTS))
    rows = []
    for line, texts in zip(claim.instalments, amounts, strict=True):
        dates = (figures.day(line.document_date), figures.day(line.due_date))
        days = str(line.days_late) if line.days_late > 0 else _EMPTY
        rows.append(Row(cells=(_document(setter, line.document, widths[0], line.remark), *dates, *texts, days)))
    rows[-1:] = [replace(row, keep=True) for row in rows[-1:]]  # with the totals
    total = (setter.cell(labels.instalments_total, sum(widths[:3])), "", "", *totals, "")
    rows += [Row(cells=total, bold=True, rule=RULE, keep=bool(claim.credits)), *_credit_rows(setter, claim, widths)]
    return Ledger(setter, widths, rows, 3, _head(setter, (*heads, labels.days_late), widths, right=3))


def _credit_rows(setter, claim, widths):
    """The credits with a minus, and what remains; nothing without credits."""
    figures = setter.figures
    for credit in claim.credits:
        name = _document(setter, credit.document, widths[0])
        day = figures.day(credit.document_date)
        yield Row(cells=(name, day, "", "", "", figures.amount(-credit.amount), ""), keep=True)
    if claim.credits:
        label = setter.cell(setter.labels.net_total, sum(widths[:3]))
        yield Row(cells=(label, "", "", "", "", figures.amount(claim.net), ""), bold=True, rule=RULE)


def _document(setter, name, width, remark=""):
    if not remark:
        return setter.cell(name[:_NAME_LENGTH], width)
    return [setter.plain(name[:_NAME_LENGTH], "cell"), setter.plain(remark[:_NAME_LENGTH], "cell_soft")]


def interest_table(setter, claim):
    """Stretch by stretch under a line for each instalment, whose interest stands at its right."""
    figures, labels = setter.figures, setter.labels
    bases = [figures.amount(stretch.base) for stretch in claim.stretches]
    amounts = [figures.amount(line.amount(claim.decimals)) for line in claim.interest]
    total = figures.amount(claim.interest_amount)
    day = setter.column([figures.day(stretch.start) for stretch in claim.stretches], 26 * mm)
    right = setter.column([*amounts, total], 32 * mm)
    widths = _with_rest([day, day, 16 * mm, setter.column(bases, 32 * mm), None, right])
    heads = (labels.from_day, labels.to_day, labels.days, labels.base, labels.rate, labels.interest)
    rows = []
    for line, amount in zip(claim.interest, amounts, strict=True):
        if not line.stretches:  # no day of it bears interest
            continue
        due = labels.due_on % {"date": figures.day(line.due_date)}
        name = setter.cell(f"{line.document[:_NAME_LENGTH]}, {due}", sum(widths[:5]), "cell_strong")
        rows.append(Row(cells=(name, "", "", "", "", amount), bold=True, keep=True))
        shares = line.shares(claim.decimals)
        stretches = [_stretch(setter, *pair) for pair in zip(line.stretches, shares, strict=True)]
        if len(stretches) <= _TOGETHER:
            stretches[:-1] = [replace(row, keep=True) for row in stretches[:-1]]
        rows += stretches
    rows[-1:] = [replace(row, keep=True) for row in rows[-1:]]
    label = setter.cell(labels.interest_total, sum(widths[:5]))
    rows.append(Row(cells=(label, "", "", "", "", total), bold=True, rule=RULE))
    return Ledger(setter, widths, rows, 2, _head(setter, heads, widths, right=2))


def _stretch(setter, stretch, amount):
    figures = setter.figures
    mark = PROVISIONAL if stretch.provisional else UNCONFIRMED if stretch.unconfirmed else ""
    rate = _EMPTY if stretch.provisional else figures.rate(stretch.rate)
    cells = (
        figures.day(stretch.start),
        figures.day(stretch.end),
        str(stretch.days),
        figures.amount(stretch.base),
        f"{rate} {mark}".rstrip(),
        _EMPTY if stretch.provisional else figures.amount(amount),
    )
    return Row(cells=cells, rule=NONE, indent=True)


def interest_notes(setter, claim):
    """What the marks mean, for those in use."""
    labels = setter.labels
    if any(stretch.provisional for stretch in claim.stretches):
        yield setter.plain(f"{PROVISIONAL} {labels.provisional}", "small")
    if any(stretch.unconfirmed and not stretch.provisional for stretch in claim.stretches):
        yield setter.plain(f"{UNCONFIRMED} {labels.unconfirmed}", "small")


def total_table(setter, claim):
    """What is owed in all, head by head; on the right of the sheet."""
    figures = setter.figures
    heads = [*_total_heads(setter, claim)]
    right = setter.column([figures.money(amount) for _label, amount in heads], 32 * mm)
    widths = [112 * mm - right, right]
    rows = [
        Row(cells=(setter.cell(label, widths[0]), figures.money(amount)), keep=True) for label, amount in heads[:-1]
    ]
    label, amount = heads[-1]
    total = (setter.cell(label, widths[0], "cell_strong"), figures.money(amount))
    table = Ledger(setter, widths, [*rows, Row(cells=total, bold=True, rule=RULE, shade=True)], 1)
    table.hAlign = "RIGHT"
    return table


def _total_heads(setter, claim):
    figures, labels = setter.figures, setter.labels
    until = {"date": figures.day(claim.until)} if claim.until else {}
    yield labels.principal, claim.principal
    if claim.credits:
        yield labels.credits, -claim.credited
    if claim.interest and until:
        yield labels.interest_until % until, claim.interest_amount
    if claim.compensated:
        values = {"count": claim.compensated, "each": figures.money(claim.compensation)}
        yield labels.compensation % values, claim.compensation_amount
    for cost in claim.costs:
        yield cost.label, cost.amount
    yield (labels.total_at % until if until else labels.total), claim.total


def document_table(setter, documents):
    """The documents of an evidence file, numbered; the fingerprint under each name, whole, to be copied."""
    figures, labels = setter.figures, setter.labels
    widths = _with_rest([10 * mm, None, 33 * mm, 20 * mm, 13 * mm])
    names = (labels.number, f"{labels.document}, {labels.fingerprint}", labels.kind, labels.date, labels.pages)
    rows = []
    for number, document in enumerate(documents, 1):
        name = [setter.plain(document.name[:_NAME_LENGTH], "cell"), setter.plain(document.sha256, "mono")]
        if document.remark:
            name.append(setter.plain(document.remark[:_NAME_LENGTH], "cell_soft"))
        day = figures.day(document.date) if document.date else _EMPTY
        pages = _EMPTY if document.pages is None else str(document.pages)
        rows.append(Row(cells=(str(number), name, setter.cell(document.kind, widths[2]), day, pages)))
    return Ledger(setter, widths, rows, 4, _head(setter, names, widths, right=4))


def event_table(setter, events):
    """What happened, day by day."""
    labels, widths = setter.labels, _with_rest([22 * mm, 48 * mm, None])
    rows = [
        Row(
            cells=(
                setter.figures.day(event.date),
                setter.cell(event.what[:_NAME_LENGTH], widths[1]),
                setter.cell(_few_lines(event.detail[:_DETAIL_LENGTH]), widths[2]),
            )
        )
        for event in events
    ]
    return Ledger(setter, widths, rows, 3, _head(setter, (labels.date, labels.event, labels.detail), widths, right=3))


def _few_lines(text):
    """The text with its first line breaks; further lines run on.

    >>> _few_lines("\\n".join("abcdefghijklmnopqr")).splitlines()[-2:]
    ['n', 'o p q r']
    """
    *lines, rest = text.split("\n", _DETAIL_LINES - 1)
    return "\n".join([*lines, " ".join(rest.split("\n"))])


def _head(setter, texts, widths, right):
    """Words broken where the column is narrow; columns from ``right`` on are aligned to the right."""
    styles = ["head" if place < right else "head_right" for place in range(len(texts))]
    return tuple(setter.cell(text, width, style) for text, width, style in zip(texts, widths, styles, strict=True))


def _with_rest(widths):
    """The widths, with what is left of the line for the column that is None."""
    rest = look.WIDTH - sum(width for width in widths if width is not None)
    return [max(rest, 24 * mm) if width is None else width for width in widths]
