"""Tables: instalments, interest, what is owed in all, documents of an evidence file.

They are ruled by thin lines only, their head is repeated on each page, and totals never stand alone on one.
"""

from decimal import Decimal

from reportlab.platypus import Table

from . import look
from .look import mm
from .typesetter import PADDING

PROVISIONAL, UNCONFIRMED = "*", "†"
_EMPTY = "–"


def instalment_table(setter, claim):
    """What is open, the credits to subtract, and what remains."""
    figures, labels = setter.figures, setter.labels
    totals = [sum((getattr(line, name) for line in claim.instalments), Decimal(0)) for name in _AMOUNTS]
    amounts = [[figures.amount(getattr(line, name)) for name in _AMOUNTS] for line in claim.instalments]
    credits = [figures.amount(-credit.amount) for credit in claim.credits]
    widest = setter.column([figures.amount(total) for total in totals] + [a for row in amounts for a in row] + credits)
    day = setter.column([figures.day(line.due_date) for line in claim.instalments], 20 * mm)
    widths = _with_rest([None, day, day, *[max(widest, 20 * mm)] * 3, 15 * mm])
    heads = (labels.document, labels.document_date, labels.due_date, *_heads(labels), labels.days_late)
    rows = [_head(setter, heads, widths, right=3)]
    for line, texts in zip(claim.instalments, amounts, strict=True):
        days = str(line.days_late) if line.days_late > 0 else _EMPTY
        dates = (figures.day(line.document_date), figures.day(line.due_date))
        rows.append([_document(setter, line, widths[0]), *dates, *texts, days])
    ends = [[labels.instalments_total, "", "", *map(figures.amount, totals), ""]]
    for credit, text in zip(claim.credits, credits, strict=True):
        name = setter.cell(credit.document, widths[0])
        ends.append([name, figures.day(credit.document_date), "", "", "", text, ""])
    if claim.credits:
        ends.append([labels.net_total, "", "", "", "", figures.amount(claim.net), ""])
    bold = [len(rows), *([len(rows) + len(ends) - 1] if claim.credits else [])]
    return _table(setter, rows + ends, widths, right=3, bold=bold, tail=len(ends) + 1)


_AMOUNTS = ("original", "paid", "residual")


def _heads(labels):
    return [getattr(labels, name) for name in _AMOUNTS]


def _document(setter, line, width):
    if not line.remark:
        return setter.cell(line.document, width)
    return [setter.plain(line.document, "cell"), setter.plain(line.remark, "cell_soft")]


def interest_table(setter, claim):
    """Stretch by stretch under a line for each instalment, whose interest stands at its right."""
    figures, labels = setter.figures, setter.labels
    bases = [figures.amount(stretch.base) for stretch in claim.stretches]
    amounts = [figures.amount(line.amount(claim.decimals)) for line in claim.interest]
    total = figures.amount(claim.interest_amount)
    day = setter.column([figures.day(stretch.start) for stretch in claim.stretches], 24 * mm)
    widths = _with_rest([day, day, 16 * mm, setter.column(bases, 32 * mm), None, setter.column([*amounts, total], 32 * mm)])
    heads = (labels.from_day, labels.to_day, labels.days, labels.base, labels.rate, labels.interest)
    rows, groups = [_head(setter, heads, widths, right=2)], []
    for line, amount in zip(claim.interest, amounts, strict=True):
        groups.append(len(rows))
        due = labels.due_on % {"date": figures.day(line.due_date)}
        rows.append([setter.cell(f"{line.document}, {due}", sum(widths[:5]), "cell"), "", "", "", "", amount])
        rows += [_stretch(setter, *pair) for pair in zip(line.stretches, line.shares(claim.decimals), strict=True)]
    rows.append([labels.interest_total, "", "", "", "", total])
    sizes = [len(line.stretches) for line in claim.interest]
    extra = [command for row, size in zip(groups, sizes, strict=True) for command in _group_commands(setter, row, size)]
    return _table(setter, rows, widths, right=2, bold=[len(rows) - 1], tail=2, extra=extra, hairs=groups)


def _stretch(setter, stretch, amount):
    figures = setter.figures
    mark = PROVISIONAL if stretch.provisional else UNCONFIRMED if stretch.unconfirmed else ""
    return [
        figures.day(stretch.start),
        figures.day(stretch.end),
        str(stretch.days),
        figures.amount(stretch.base),
        (_EMPTY if stretch.provisional else figures.rate(stretch.rate)) + f" {mark}".rstrip(),
        _EMPTY if stretch.provisional else figures.amount(amount),
    ]


def _group_commands(setter, row, size):
    """The line of an instalment: over the whole width, on one page with the first of its ``size`` stretches."""
    return [
        ("SPAN", (0, row), (4, row)),
        ("ALIGN", (0, row), (4, row), "LEFT"),
        ("FONTNAME", (0, row), (-1, row), setter.family.bold),
        ("TOPPADDING", (0, row), (-1, row), 5),
        ("LEFTPADDING", (0, row + 1), (0, row + size), 4 * mm),
        ("NOSPLIT", (0, row), (-1, row + 1)),
    ]


def interest_notes(setter, claim):
    """What the marks mean, for those in use."""
    labels = setter.labels
    if any(stretch.provisional for stretch in claim.stretches):
        yield setter.plain(f"{PROVISIONAL} {labels.provisional}", "small")
    if any(stretch.unconfirmed and not stretch.provisional for stretch in claim.stretches):
        yield setter.plain(f"{UNCONFIRMED} {labels.unconfirmed}", "small")


def total_table(setter, claim):
    """What is owed in all, head by head; on the right half of the sheet."""
    figures, labels = setter.figures, setter.labels
    heads = [(labels.principal, claim.principal)]
    if claim.credits:
        heads.append((labels.credits, -claim.credited))
    if claim.interest and claim.until:
        heads.append((labels.interest_until % {"date": figures.day(claim.until)}, claim.interest_amount))
    if claim.compensated:
        each = figures.money(claim.compensation)
        heads.append((labels.compensation % {"count": claim.compensated, "each": each}, claim.compensation_amount))
    heads += [(cost.label, cost.amount) for cost in claim.costs]
    at = labels.total_at % {"date": figures.day(claim.until)} if claim.until else labels.total
    heads.append((at, claim.total))
    right = setter.column([figures.money(amount) for _label, amount in heads], 32 * mm, size=9.5)
    widths = [110 * mm - right, right]
    rows = [[setter.cell(label, widths[0]), figures.money(amount)] for label, amount in heads]
    last = len(rows) - 1
    extra = [("FONTSIZE", (0, last), (-1, last), 9.5), ("BACKGROUND", (0, last), (-1, last), look.SHADE)]
    table = _table(setter, rows, widths, right=1, bold=[last], tail=len(rows), extra=extra, headless=True)
    table.hAlign = "RIGHT"
    return table


def document_table(setter, documents):
    """The documents of an evidence file, numbered; the fingerprint under each name."""
    figures, labels = setter.figures, setter.labels
    widths = _with_rest([10 * mm, None, 38 * mm, 22 * mm, 14 * mm])
    head = _head(setter, (labels.number, labels.document, labels.kind, labels.date, labels.pages), widths, right=4)
    rows = [head]
    for number, document in enumerate(documents, 1):
        name = [setter.plain(document.name, "cell"), setter.plain(f"{labels.fingerprint} {document.sha256}", "mono")]
        day = figures.day(document.date) if document.date else _EMPTY
        pages = _EMPTY if document.pages is None else str(document.pages)
        rows.append([str(number), name, setter.cell(document.kind, widths[2]), day, pages])
    return _table(setter, rows, widths, right=4)


def _head(setter, texts, widths, right):
    """Words broken where the column is narrow; columns from ``right`` on are aligned to the right."""
    styles = ["head" if place < right else "head_right" for place in range(len(texts))]
    return [setter.cell(text, width, style) for text, width, style in zip(texts, widths, styles, strict=True)]


def _with_rest(widths):
    """The widths, with what is left of the line for the column that is None."""
    rest = look.WIDTH - sum(width for width in widths if width is not None)
    return [max(rest, 24 * mm) if width is None else width for width in widths]


def _table(setter, rows, widths, right, bold=(), tail=0, extra=(), hairs=None, headless=False):
    """A ruled table.

    :param int right: the first column aligned to the right.
    :param list bold: rows of totals, with a rule above.
    :param int tail: so many rows at the end stay together.
    :param list hairs: rows with a hairline above them; all by default.
    """
    family, count = setter.family, len(rows)
    commands = [
        ("FONT", (0, 0), (-1, -1), family.regular, 8.5, 11),
        ("TEXTCOLOR", (0, 0), (-1, -1), look.INK),
        ("ALIGN", (right, 0), (-1, -1), "RIGHT"),
        ("VALIGN", (0, 0), (-1, -1), "TOP"),
        ("LEFTPADDING", (0, 0), (-1, -1), PADDING),
        ("RIGHTPADDING", (0, 0), (-1, -1), PADDING),
        ("TOPPADDING", (0, 0), (-1, -1), 3),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 3),
        ("LINEBELOW", (0, -1), (-1, -1), 0.6, look.RULE),
    ]
    if not headless:
        commands += _head_commands(family)
    first = 1 if headless else 2
    commands += [("LINEABOVE", (0, row), (-1, row), 0.4, look.HAIR) for row in hairs or range(first, count)]
    for row in bold:
        commands += [
            ("FONTNAME", (0, row), (-1, row), family.bold),
            ("LINEABOVE", (0, row), (-1, row), 0.6, look.RULE),
        ]
    if tail > 1:
        commands.append(("NOSPLIT", (0, -min(tail, count)), (-1, -1)))
    repeat = 0 if headless else 1
    return Table(rows, widths, style=commands + list(extra), repeatRows=repeat, spaceBefore=2, spaceAfter=10)


def _head_commands(family):
    return [
        ("FONT", (0, 0), (-1, 0), family.regular, 7.5, 9.5),
        ("TEXTCOLOR", (0, 0), (-1, 0), look.SOFT),
        ("VALIGN", (0, 0), (-1, 0), "BOTTOM"),
        ("LINEABOVE", (0, 0), (-1, 0), 0.6, look.RULE),
        ("LINEBELOW", (0, 0), (-1, 0), 0.6, look.RULE),
    ]
