"""Measures, colours and paragraph styles.

The place of the address is that of a DL envelope (220 × 110 mm) with its window on the right (100 × 35 mm, 20 mm from
the right and lower edges) and the sheet folded in three. The sheet moves in the envelope by 10 mm sideways and 11 mm up
and down, so that ``WINDOW`` is all that may ever be seen, and ``ADDRESS`` lies in what is seen always.
"""

from functools import lru_cache

from reportlab.lib.colors import HexColor
from reportlab.lib.enums import TA_CENTER, TA_JUSTIFY, TA_RIGHT
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm

PAGE_WIDTH, PAGE_HEIGHT = A4
LEFT = 20 * mm
RIGHT = PAGE_WIDTH - 20 * mm
WIDTH = RIGHT - LEFT
TOP = 26 * mm  # of the text on the following pages
BOTTOM = 20 * mm
HEAD_TOP, HEAD_BOTTOM = 12 * mm, 43 * mm  # of the letterhead, from the upper edge as all below
WINDOW = (90 * mm, 44 * mm, 200 * mm, 90 * mm)  # left, top, right, bottom
ADDRESS = (110 * mm, 54 * mm, 190 * mm, 79 * mm)
ASIDE_RIGHT = 87 * mm  # of what stands beside the address, out of the window
LETTER_TOP = 95 * mm  # of the text of a letter, below the window
SHEET_TOP = 50 * mm  # of the text of a paper that goes in no envelope
FOLDS = (99 * mm, 198 * mm)

INK = HexColor(0x1F2328)
SOFT = HexColor(0x5B6470)
RULE = HexColor(0x9AA3AE)
HAIR = HexColor(0xDFE3E8)
SHADE = HexColor(0xF4F5F7)
GHOST = HexColor(0xECEEF1)


@lru_cache
def styles(family):
    """The paragraph styles by name, in the fonts of this family."""
    base = ParagraphStyle("base", fontName=family.regular, textColor=INK)

    def style(name, size, leading, **values):
        return ParagraphStyle(name, parent=base, fontSize=size, leading=leading, **values)

    bold = {"fontName": family.bold}
    orphans = {"allowWidows": 0, "allowOrphans": 0}
    return {
        found.name: found
        for found in (
            style("body", 10, 14, alignment=TA_JUSTIFY, spaceAfter=7, **orphans),
            style("numbered", 10, 14, alignment=TA_JUSTIFY, spaceAfter=7, leftIndent=8 * mm, **orphans),
            style("place", 10, 14, spaceBefore=6, spaceAfter=4),
            style("subject", 10, 14, spaceAfter=10, **bold),
            style("title", 15, 19, spaceAfter=6, **bold),
            style("heading", 10, 14, spaceBefore=8, spaceAfter=3, **bold),
            style("section", 10, 14, spaceBefore=10, spaceAfter=6, alignment=TA_CENTER, keepWithNext=1, **bold),
            style("centre", 11, 16, alignment=TA_CENTER, spaceAfter=4, **bold),
            style("small", 8, 11, textColor=SOFT, spaceAfter=3),
            style("daily", 8, 11, textColor=SOFT, alignment=TA_RIGHT, spaceAfter=10),
            style("cell", 8.5, 11),
            style("cell_strong", 8.5, 11, **bold),
            style("cell_soft", 7.5, 10, textColor=SOFT),
            style("head", 7.5, 9.5, textColor=SOFT),
            style("head_right", 7.5, 9.5, textColor=SOFT, alignment=TA_RIGHT),
            style("mono", 7, 9, textColor=SOFT),
            style("scan", 6.5, 8, textColor=SOFT, alignment=TA_CENTER),
            style("greeting", 10, 14, spaceAfter=6),
            style("signer", 10, 14, **bold),
            style("sign", 9.5, 13),
            style("role", 8.5, 11.5, textColor=SOFT),
            style("ink", 7.5, 10, textColor=SOFT),
            style("item", 9, 12.5, leftIndent=5 * mm, firstLineIndent=-5 * mm),
        )
    }
