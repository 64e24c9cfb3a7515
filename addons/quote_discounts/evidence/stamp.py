"""What is stamped on the pages of a finished PDF: that it is a draft, and page numbers where the printer can't."""

import io

from pypdf import PdfReader, PdfWriter
from reportlab.pdfgen.canvas import Canvas


def stamp(pdf, watermark="", numbered=False):
    """A PDF with a word across each page, with page numbers, or both.

    :param bytes pdf: the finished paper
    :param str watermark: the word; empty: none
    :param bool numbered: whether "2 / 3" is written at the foot of each page
    :rtype: bytes
    """
    reader = PdfReader(io.BytesIO(pdf))
    writer = PdfWriter()
    total = len(reader.pages)
    for number, page in enumerate(reader.pages, 1):
        width, height = float(page.mediabox.width), float(page.mediabox.height)
        page.merge_page(_layer(width, height, watermark, f"{number} / {total}" if numbered else ""))
        writer.add_page(page)
    stream = io.BytesIO()
    writer.write(stream)
    return stream.getvalue()


def _layer(width, height, watermark, foot):
    """A page with nothing but the stamp."""
    stream = io.BytesIO()
    canvas = Canvas(stream, pagesize=(width, height))
    if watermark:
        canvas.saveState()
        canvas.translate(width / 2, height / 2)
        canvas.rotate(50)
        canvas.setFillGray(0.5, 0.25)
        canvas.setFont("Helvetica-Bold", min(width, height) / 5)
        canvas.drawCentredString(0, 0, watermark)
        canvas.restoreState()
    if foot:
        canvas.setFont("Helvetica", 8)
        canvas.drawCentredString(width / 2, 14, foot)
    canvas.showPage()
    canvas.save()
    return PdfReader(io.BytesIO(stream.getvalue())).pages[0]
