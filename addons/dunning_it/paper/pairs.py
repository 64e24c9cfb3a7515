"""Labels and what they name, one under the other, the values aligned."""

from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import Spacer, Table

from . import look
from .look import mm

_GAP = 4 * mm
_WIDEST_LABEL = 0.45  # of the table
_RULES = (
    ("LEFTPADDING", (0, 0), (-1, -1), 0),
    ("RIGHTPADDING", (0, 0), (-1, -1), 0),
    ("TOPPADDING", (0, 0), (-1, -1), 0),
    ("BOTTOMPADDING", (0, 0), (-1, -1), 1.5),
    ("VALIGN", (0, 0), (-1, -1), "TOP"),
    ("TEXTCOLOR", (0, 0), (-1, -1), look.INK),
)


def pair_table(setter, pairs, width, size=9, bold=()):
    """A table of the (label, value) pairs that have a value.

    :param bold: values that are to be seen first.
    """
    family = setter.family
    style = ParagraphStyle("value", fontName=family.regular, fontSize=size, leading=size * 1.35, textColor=look.INK)
    strong = ParagraphStyle("strong", parent=style, fontName=family.bold)
    soft = ParagraphStyle("label", parent=style, textColor=look.SOFT)
    pairs = [(label, value) for label, value in pairs if value]
    if not pairs:
        return Spacer(1, 0)
    widest = max((family.width(family.prepare(label), size) for label, _value in pairs), default=0)
    left = min(widest + _GAP, width * _WIDEST_LABEL)
    rows, rules = [], list(_RULES)
    rules += [
        ("FONT", (0, 0), (-1, -1), family.regular, size, style.leading),
        ("TEXTCOLOR", (0, 0), (0, -1), look.SOFT),
    ]
    for row, (label, value) in enumerate(pairs):
        valued = strong if value in bold else style
        rows.append([setter.fitting(label, left - 3, soft), setter.fitting(value, width - left, valued)])
        rules.append(("FONTNAME", (1, row), (1, row), valued.fontName))
    return Table(rows, [left, width - left], style=rules, hAlign="LEFT")
