"""Labels and what they name, one under the other, the values aligned."""

from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import Paragraph, Table

from . import look
from .look import mm

_GAP = 4 * mm
_WIDEST_LABEL = 0.45  # of the table


def pair_table(setter, pairs, width, size=9, bold=()):
    """A table of the (label, value) pairs that have a value.

    :param bold: values that are to be seen first.
    """
    family = setter.family
    style = ParagraphStyle("value", fontName=family.regular, fontSize=size, leading=size * 1.35, textColor=look.INK)
    strong = ParagraphStyle("strong", parent=style, fontName=family.bold)
    soft = ParagraphStyle("label", parent=style, textColor=look.SOFT)
    pairs = [(label, value) for label, value in pairs if value]
    widest = max((family.width(family.prepare(label), size) for label, _value in pairs), default=0) + _GAP
    left = min(widest, width * _WIDEST_LABEL)
    rows = [
        [Paragraph(family.markup(label), soft), Paragraph(family.markup(value), strong if value in bold else style)]
        for label, value in pairs
    ]
    padding = [(f"{side}PADDING", (0, 0), (-1, -1), 0) for side in ("LEFT", "RIGHT", "TOP")]
    rules = [*padding, ("BOTTOMPADDING", (0, 0), (-1, -1), 1.5), ("VALIGN", (0, 0), (-1, -1), "TOP")]
    return Table(rows, [left, width - left], style=rules, hAlign="LEFT")
