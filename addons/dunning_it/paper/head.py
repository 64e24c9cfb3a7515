"""The head of the first page: letterhead, the address in the envelope's window, references beside it.

It is drawn on the page itself, not in a margin that a browser engine may lose, and nothing but the address comes where
the window may show it: an envelope tells nobody what it is about.
"""

from reportlab.lib.styles import ParagraphStyle

from . import look
from .kinds import Letter
from .logo import read_logo
from .look import mm
from .pairs import pair_table

_LOGO_ROOM = (75 * mm, 24 * mm)
_DETAILS_LEFT = look.ADDRESS[0]
_DETAIL_SIZES = (7.5, 7, 6.5, 6, 5.5, 5)


def draw_front(canvas, setter):
    """Everything above the text of the first page."""
    _draw_letterhead(canvas, setter)
    if isinstance(setter.paper, Letter):
        _draw_address(canvas, setter)
        _draw_aside(canvas, setter)
        _draw_folds(canvas)


def _draw_letterhead(canvas, setter):
    family, sender = setter.family, setter.paper.sender
    details = [(text, family.regular) for text in _details(setter)]
    bottom = look.HEAD_BOTTOM - 2 * mm
    if _draw_logo(canvas, sender.logo):
        details.insert(0, (sender.name, family.bold))
    else:
        room = (look.LEFT, look.HEAD_TOP, _DETAILS_LEFT - 5 * mm, bottom)
        _fill(canvas, setter, [(sender.name, family.bold)], room, (15, 13, 11, 9, 8, 7, 6))
    _fill(canvas, setter, details, (_DETAILS_LEFT, look.HEAD_TOP, look.RIGHT, bottom), _DETAIL_SIZES, look.SOFT)
    y = look.PAGE_HEIGHT - look.HEAD_BOTTOM
    canvas.setStrokeColor(look.RULE)
    canvas.setLineWidth(0.5)
    canvas.line(look.LEFT, y, look.RIGHT, y)


def _details(setter):
    """The lines of the letterhead under the name, related facts sharing a line where there is room."""
    sender, labels = setter.paper.sender, setter.labels
    groups = (
        [("", line) for line in sender.address],
        [(labels.vat, sender.vat), (labels.tax_code, sender.tax_code)],
        [(labels.pec, sender.pec)],
        [(labels.phone, sender.phone), (labels.email, sender.email)],
        [("", sender.bank)],
    )
    for group in groups:
        texts = [f"{label} {value}".strip() for label, value in group if value]
        yield from _packed(texts, lambda text: setter.family.width(text, _DETAIL_SIZES[0]))


def _packed(texts, width):
    """The texts joined into as few lines as fit beside the logo."""
    lines = []
    for text in texts:
        joined = f"{lines[-1]} · {text}" if lines else text
        if lines and width(joined) <= look.RIGHT - _DETAILS_LEFT:
            lines[-1] = joined
        else:
            lines.append(text)
    return lines


def _draw_logo(canvas, content):
    """The picture in the upper left corner, as large as its room allows; whether there is one that can be drawn."""
    picture = read_logo(content)
    if picture is None:
        return False
    width, height = picture.getSize()
    scale = min(_LOGO_ROOM[0] / width, _LOGO_ROOM[1] / height)
    width, height = width * scale, height * scale
    canvas.drawImage(picture, look.LEFT, look.PAGE_HEIGHT - look.HEAD_TOP - height, width, height)
    return True


def _draw_address(canvas, setter):
    debtor, family = setter.paper.addressee, setter.family
    lines = [(debtor.name, family.bold), *((line, family.regular) for line in debtor.lines if line)]
    _fill(canvas, setter, lines, look.ADDRESS, (10, 9, 8, 7, 6, 5))


def _draw_aside(canvas, setter):
    """Place, day and references beside the address, out of the window; and who the debtor is for the tax office."""
    paper, labels = setter.paper, setter.labels
    debtor = paper.addressee
    identity = ((labels.vat, debtor.vat), (labels.tax_code, debtor.tax_code), (labels.pec, debtor.pec))
    room = (look.LEFT, look.ADDRESS[1], look.ASIDE_RIGHT, look.LETTER_TOP - 4 * mm)
    top = 2 * mm + _fill(canvas, setter, [(paper.place_date, setter.family.regular)], room, (10, 9, 8))
    for size in (8, 7.5, 7, 6, 5):
        table = pair_table(setter, [*paper.references, *identity], look.ASIDE_RIGHT - look.LEFT, size)
        _width, height = table.wrap(look.ASIDE_RIGHT - look.LEFT, room[3] - top)
        if top + height <= room[3]:
            table.drawOn(canvas, look.LEFT, look.PAGE_HEIGHT - top - height)
            break


def _draw_folds(canvas):
    canvas.setStrokeColor(look.RULE)
    canvas.setLineWidth(0.4)
    for fold in look.FOLDS:
        canvas.line(5 * mm, look.PAGE_HEIGHT - fold, 9 * mm, look.PAGE_HEIGHT - fold)


def _fill(canvas, setter, lines, room, sizes, colour=look.INK):
    """Draw (text, font) lines from the top of a room, in the largest of the sizes with which they fit.

    Should none do, what does not fit in the smallest is left out rather than drawn over something else.

    :return: where the last line ends, from the upper edge.
    """
    left, top, right, bottom = room
    for size in sizes:
        leading = size * 1.25
        drawn = []
        for text, font in lines:
            style = ParagraphStyle("fill", fontName=font, fontSize=size, leading=leading, textColor=colour)
            line = setter.fitting(text, right - left, style)
            drawn.append((line, font, leading if isinstance(line, str) else line.wrap(right - left, bottom)[1]))
        if sum(height for _line, _font, height in drawn) <= bottom - top:
            break
    y = top
    canvas.setFillColor(colour)
    for line, font, height in drawn:
        if y + height > bottom + 0.1:
            break
        if isinstance(line, str):
            canvas.setFont(font, size)
            canvas.drawString(left, look.PAGE_HEIGHT - y - size, line)
        else:
            line.drawOn(canvas, left, look.PAGE_HEIGHT - y - height)
        y += height
    return y
