"""Pages: what each carries beside its text, and their numbers."""

from functools import partial

from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import BaseDocTemplate, Frame, NextPageTemplate, PageTemplate

from . import look
from .head import draw_front
from .kinds import Letter
from .look import mm


class NumberedCanvas(Canvas):
    """Holds the pages back until their number is known, for "page 1 of 3"."""

    def __init__(self, *args, foot, **kwargs):
        super().__init__(*args, **kwargs)
        self._foot, self._held = foot, []

    # OVERRIDE: the page is only put aside; save() ends it
    def showPage(self):  # noqa: N802 - ReportLab's name
        self._held.append(dict(self.__dict__))
        self._startPage()

    # OVERRIDE: now that the last page is known, each gets its foot
    def save(self):
        for number, held in enumerate(self._held, 1):
            self.__dict__.update(held)
            self._foot(self, number, len(self._held))
            Canvas.showPage(self)
        return super().save()


class PaperTemplate(BaseDocTemplate):
    """A document with a first page (letterhead) and following pages (running head)."""

    def __init__(self, stream, setter):
        paper = setter.paper
        super().__init__(
            stream,
            pagesize=(look.PAGE_WIDTH, look.PAGE_HEIGHT),
            title=paper.title,
            author=paper.sender.name,
            lang=paper.language,
            creator="Bottega",
            invariant=1,
        )
        self._setter = setter
        top = look.LETTER_TOP if isinstance(paper, Letter) else look.SHEET_TOP
        self.addPageTemplates(
            [
                PageTemplate("first", [_frame(top)], onPage=self._draw_first),
                PageTemplate("next", [_frame(look.TOP)], onPage=self._draw_next),
            ]
        )

    def write(self, story):
        """Lay out the flowables of the body, with feet that tell the number of pages."""
        canvas = partial(NumberedCanvas, foot=self._draw_foot)
        self.build([NextPageTemplate("next"), *story], canvasmaker=canvas)

    def _draw_first(self, canvas, _document):
        self._draw_watermark(canvas)
        draw_front(canvas, self._setter)

    def _draw_next(self, canvas, _document):
        self._draw_watermark(canvas)
        family, paper = self._setter.family, self._setter.paper
        y = look.PAGE_HEIGHT - 15 * mm
        room = look.WIDTH / 2 - 5 * mm
        canvas.setFillColor(look.SOFT)
        canvas.setFont(family.regular, 7.5)
        canvas.drawString(look.LEFT, y, cut(family, paper.sender.name, room, 7.5))
        canvas.drawRightString(look.RIGHT, y, cut(family, paper.title, room, 7.5))
        canvas.setStrokeColor(look.HAIR)
        canvas.setLineWidth(0.5)
        canvas.line(look.LEFT, y - 2 * mm, look.RIGHT, y - 2 * mm)

    def _draw_foot(self, canvas, page, pages):
        family = self._setter.family
        canvas.setFillColor(look.SOFT)
        canvas.setFont(family.regular, 7.5)
        text = self._setter.labels.page % {"page": page, "pages": pages}
        canvas.drawRightString(look.RIGHT, 11 * mm, family.prepare(text))

    def _draw_watermark(self, canvas):
        paper, family = self._setter.paper, self._setter.family
        if not paper.watermark:
            return
        text = family.prepare(paper.watermark)
        size = min(110, 190 * mm / family.width(text, 1, bold=True))
        canvas.saveState()
        canvas.setFillColor(look.GHOST)
        canvas.setFont(family.bold, size)
        canvas.translate(look.PAGE_WIDTH / 2, look.PAGE_HEIGHT / 2)
        canvas.rotate(52)
        canvas.drawCentredString(0, -size / 3, text)
        canvas.restoreState()


def _frame(top):
    height = look.PAGE_HEIGHT - top - look.BOTTOM
    return Frame(
        look.LEFT, look.BOTTOM, look.WIDTH, height, leftPadding=0, rightPadding=0, topPadding=0, bottomPadding=0
    )


def cut(family, text, room, size):
    """The text on one line, ended by an ellipsis where there is no more room; foreign letters are left out."""
    text = " ".join(family.prepare(text).split())
    text = "".join(filter(family.own, text))
    if family.width(text, size) <= room:
        return text
    while text and family.width(text + "…", size) > room:
        text = text[:-1]
    return text.rstrip() + "…"
