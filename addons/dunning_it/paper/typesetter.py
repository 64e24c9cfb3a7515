"""Texts made into what Platypus takes: paragraphs, and the plainest cells that will do."""

from reportlab.platypus import Paragraph

from .fonts import width
from .look import styles

PADDING = 3  # on both sides of a cell, in points


class Typesetter:
    """Sets the texts of one paper."""

    def __init__(self, paper, family):
        self.paper, self.family = paper, family
        self.labels, self.figures = paper.labels, paper.figures
        self.styles = styles(family)

    def rich(self, text, style="body", **more):
        """A paragraph of body text."""
        return Paragraph(self.family.rich(text), self.styles[style], **more)

    def plain(self, text, style="body"):
        """A paragraph of a name, a label or the like, in which nothing is a mark."""
        return Paragraph(self.family.markup(text), self.styles[style])

    def heading(self, text, remark=""):
        """The heading of a table, with a remark in soft type behind it."""
        small = self.styles["small"]
        remark = self.family.markup(remark)
        colour = "#" + small.textColor.hexval()[2:]
        tail = f'&nbsp; <font name="{self.family.regular}" size="{small.fontSize}" color="{colour}">{remark}</font>'
        return Paragraph(self.family.markup(text) + (tail if remark else ""), self.styles["heading"])

    def cell(self, text, width, style="cell"):
        """What stands in a cell of a :class:`.ledger.Ledger` of this width."""
        found = self.fitting(text, width - 2 * PADDING, self.styles[style])
        return found if isinstance(found, str) else [found]

    def fitting(self, text, room, style):
        """A string where it fits in one line, as those are drawn fastest; else a paragraph."""
        text = self.family.prepare(text)
        if "\n" not in text and width(text, style.fontName) * style.fontSize <= room and self.family.own(text):
            return text
        return Paragraph(self.family.markup(text), style)

    def column(self, texts, least=0.0, size=8.5):
        """The width of a column of figures, which must not be broken; measured in bold for the totals' sake."""
        widest = max((self.family.width(text, size, bold=True) for text in texts), default=0)
        return max(least, widest + 2 * PADDING + 1)
