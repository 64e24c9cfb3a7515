"""A QR code by ReportLab's encoder, drawn in few strokes."""

from reportlab.graphics.barcode.qr import QrCode
from reportlab.graphics.barcode.qrencoder import QR8bitByte
from reportlab.lib.colors import black


class Code(QrCode):
    """A text as a square of ``size`` with its quiet margin.

    Error correction at level M, as EPC069-12 asks. The text is taken as UTF-8 bytes: ReportLab would read some texts as
    kanji. The encoder's search for the best of eight masks is the dearest part of a letter, and is left as it is:
    readers failed on one code in twenty drawn with the better of two.
    """

    def __init__(self, text, size):
        super().__init__([QR8bitByte(text)], width=size, height=size, qrLevel="M")

    # OVERRIDE: dark squares of a row are one rectangle, and all of them one path
    def draw(self):
        self.qr.make()
        count = self.qr.getModuleCount()
        side = self.width / (count + 2 * self.qrBorder)
        self.canv.saveState()
        self.canv.translate(self.qrBorder * side, self.height - self.qrBorder * side)
        self.canv.scale(side, -side)
        self.canv.setFillColor(black)
        squares = (f"{x} {y} {size} 1 re" for y, row in enumerate(self.qr.modules) for x, size in _runs(row))
        self.canv._code.append(f"{' '.join(squares)} f")  # whole numbers, which ReportLab would format as fractions
        self.canv.restoreState()


def picture(text, quiet=4):
    """The same code as an SVG picture for pages, with its quiet margin.

    :rtype: str

    >>> picture("Rossi")[:60]
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 29 29">'
    """
    code = Code(text, 1).qr
    code.make()
    side = code.getModuleCount() + 2 * quiet
    squares = "".join(
        f"M{x + quiet} {y + quiet}h{size}v1h-{size}z" for y, row in enumerate(code.modules) for x, size in _runs(row)
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {side} {side}">'
        f'<path fill="#fff" d="M0 0h{side}v{side}H0z"/><path d="{squares}"/></svg>'
    )


def _runs(modules):
    """Where dark squares begin, and how many stand together.

    >>> list(_runs([True, True, False, True]))
    [(0, 2), (3, 1)]
    """
    start = None
    for place, dark in enumerate([*modules, False]):
        if dark and start is None:
            start = place
        elif not dark and start is not None:
            yield start, place - start
            start = None
