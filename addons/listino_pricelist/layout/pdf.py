"""The price list as PDF.

Letterhead, customer and note open the document; a table of contents with links follows where it is long, and bookmarks
follow the nesting of the categories. Column headings stand on every page, a heading never ends one.

>>> from io import BytesIO
>>> from .listing import Column, Heading, Line, Listing
>>> listing = Listing("Price list", (Column("name", "Product"), Column("price", "Price", kind="price")))
>>> stream = BytesIO()
>>> printed = write_pdf(listing, [Heading(0, "Pasta"), Line(("Spaghetti", 1.25)), Line(("Penne", 1.2))], stream)
>>> printed.pages, printed.lines, printed.missing, stream.getvalue()[:5]
(1, 2, frozenset(), b'%PDF-')
"""

from dataclasses import dataclass
from itertools import chain, islice

from reportlab.pdfgen.canvas import Canvas

from .listing import Heading, Line
from .paper.body import Body
from .paper.boxes import Gap, paragraphs
from .paper.flow import Flow
from .paper.fonts import Faces, FontFiles
from .paper.front import front_boxes, place_contents, worth_listing
from .paper.furniture import Furniture
from .paper.grid import plan
from .paper.look import GREY
from .paper.pen import Pen
from .words import clean, one_line

# Blocks read ahead: they show how wide the columns must be, and whether the document is long enough for contents.
SAMPLE = 160


@dataclass(frozen=True)
class Printed:
    """What was written: pages, product lines, and the characters that no font at hand could draw."""

    pages: int
    lines: int
    missing: frozenset


def write_pdf(listing, blocks, stream, fonts=None):
    """Write the price list to ``stream`` and return what was :class:`Printed`.

    :param Listing listing: the head of the document and its columns.
    :param blocks: :class:`Heading` and :class:`Line` in reading order; read once.
    :param stream: a file open for writing bytes.
    :param FontFiles fonts: the fonts to embed. In Odoo: ``FontFiles.find(file_path("web/static/fonts"))``. Without,
        ReportLab's own, which know Western Europe only.
    """
    return Document(listing, fonts or FontFiles.find()).write(blocks, stream)


class Document:
    """One PDF in the making."""

    def __init__(self, listing, font_files):
        self._listing, self._font_files = listing, font_files

    def write(self, blocks, stream):
        """Lay the blocks out on pages and write them; see :func:`write_pdf`."""
        blocks = iter(blocks)
        sample = list(islice(blocks, SAMPLE))
        self._canvas = Canvas(stream, pageCompression=1, lang=clean(self._listing.lang).replace("_", "-") or None)
        self._fonts = Faces(self._font_files, self._canvas._doc)
        self._grid = plan(self._listing, [block for block in sample if isinstance(block, Line)], self._fonts)
        self._furniture = Furniture(self._listing, self._grid, self._fonts)
        flow = self._flow(with_front=not self._wants_contents(sample))
        body = Body(flow, self._grid, self._fonts, self._listing)
        body.feed(chain(sample, blocks))
        self._place_closing_terms(flow)
        drafts = self._with_contents(flow.drafts, body.entries) if self._wants_contents(sample) else flow.drafts
        self._publish(drafts, body.entries)
        return Printed(len(drafts), body.line_count, frozenset(self._fonts.missing))

    def _wants_contents(self, sample):
        if self._listing.contents is not None:
            return self._listing.contents
        return len(sample) == SAMPLE and any(isinstance(block, Heading) for block in sample)

    def _flow(self, with_front):
        """A flow that begins with the front of the document, or, where the front gets pages of its own, without."""
        furniture = self._furniture
        first = furniture.first_top if with_front else furniture.next_top
        flow = Flow(first, furniture.next_top, furniture.bottom)
        if with_front:
            for box in front_boxes(self._listing, self._grid, self._fonts):
                flow.place(box)
        return flow

    def _place_closing_terms(self, flow):
        """Terms too long for the foot of every page."""
        if self._furniture.closing_terms:
            grid, font = self._grid, self._fonts.italic
            flow.place(Gap(10.0))
            for box in paragraphs(self._furniture.closing_terms, grid.left, grid.width, font, 7.6, 9.8, GREY):
                flow.place(box)

    def _with_contents(self, drafts, entries):
        """The pages behind their front and table of contents, which is set once to learn how long it is."""
        pages = {key: number for number, draft in enumerate(drafts, 1) for key, _y in draft.anchors}
        entries = worth_listing(entries, len(drafts))
        before = 1
        while True:
            flow = self._flow(with_front=True)
            place_contents(
                flow, entries, lambda key, before=before: pages[key] + before, self._listing, self._grid, self._fonts
            )
            if len(flow.drafts) == before:
                return flow.drafts + drafts
            before = len(flow.drafts)

    def _publish(self, drafts, entries):
        """Number the pages and hand them to ReportLab."""
        canvas = self._canvas
        self._describe()
        for number, draft in enumerate(drafts, 1):
            pen = Pen(draft)
            if number > 1:
                self._furniture.draw_header(pen, draft.trail)
            self._furniture.draw_footer(pen, number, len(drafts))
            self._publish_page(draft)
        for entry in entries:
            title = "".join(c for c in entry.title if c.isprintable()) or "–"
            canvas.addOutlineEntry(title, entry.key, entry.depth, closed=True)
        if len(entries) > 1 and len(drafts) > 2:
            canvas.showOutline()
        canvas.save()

    def _publish_page(self, draft):
        canvas = self._canvas
        canvas.setPageSize(self._grid.page)
        canvas.addLiteral("\n".join(draft.code))
        for image, x, y, width, height in draft.pictures:
            canvas.drawImage(image, x, y, width, height)
        for key, y in draft.anchors:
            canvas.bookmarkHorizontal(key, 0, y + 6)
        for key, rectangle in draft.links:
            canvas.linkRect("", key, rectangle, relative=0, Border="[0 0 0]")
        canvas.showPage()

    def _describe(self):
        """Title, author and subject, as a reader's window and a search show them."""
        listing, canvas = self._listing, self._canvas
        canvas.setTitle(" · ".join(filter(None, (one_line(listing.title), one_line(listing.subtitle)))))
        canvas.setAuthor(one_line(listing.company.name))
        canvas.setSubject(one_line(listing.customer.name) or one_line(listing.subtitle))
        canvas.setCreator("Bottega Listino")
        canvas.setViewerPreference("DisplayDocTitle", "true")
