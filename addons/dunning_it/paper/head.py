"""The head of the first page: letterhead, the address in the envelope's window, references beside it.

It is drawn on the page itself, not in a margin that a browser engine may lose, and nothing but the address comes where
the window may show it: an envelope tells nobody what it is about.
"""

from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import Paragraph

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
    sender = setter.paper.sender
    logo = _draw_logo(canvas, sender.logo)
    details = list(_details(setter))
    if logo:
        details.insert(0, f'<font name="{setter.family.bold}">{setter.family.markup(sender.name)}</font>')
    else:
        room = (look.LEFT, look.HEAD_TOP, _DETAILS_LEFT - 5 * mm, look.HEAD_BOTTOM - 2 * mm)
        _fill(canvas, [setter.family.markup(sender.name)], room, setter.family.bold, (15, 13, 11, 9, 8))
    room = (_DETAILS_LEFT, look.HEAD_TOP, look.RIGHT, look.HEAD_BOTTOM - 2 * mm)
    _fill(canvas, details, room, setter.family.regular, _DETAIL_SIZES, colour=look.SOFT)
    y = look.PAGE_HEIGHT - look.HEAD_BOTTOM
    canvas.setStrokeColor(look.RULE)
    canvas.setLineWidth(0.5)
    canvas.line(look.LEFT, y, look.RIGHT, y)


def _details(setter):
    """The lines of the letterhead under the name, as markup; related facts share a line where there is room."""
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
        for line in _packed(texts, lambda text: setter.family.width(text, _DETAIL_SIZES[0])):
            yield setter.family.markup(line)


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
    lines = [f'<font name="{family.bold}">{family.markup(debtor.name)}</font>']
    lines += [family.markup(line) for line in debtor.lines if line]
    _fill(canvas, lines, look.ADDRESS, family.regular, (10, 9, 8, 7, 6, 5))


def _draw_aside(canvas, setter):
    """Place, day and references beside the address, out of the window; and who the debtor is for the tax office."""
    paper, labels = setter.paper, setter.labels
    debtor = paper.addressee
    identity = ((labels.vat, debtor.vat), (labels.tax_code, debtor.tax_code), (labels.pec, debtor.pec))
    left, top, right, bottom = look.LEFT, look.ADDRESS[1], look.ASIDE_RIGHT, look.LETTER_TOP - 4 * mm
    bottom_of_place = _fill(
        canvas, [setter.family.markup(paper.place_date)], (left, top, right, bottom), setter.family.regular, (10, 9, 8)
    )
    top = bottom_of_place + 2 * mm
    for size in (8, 7.5, 7, 6, 5):
        table = pair_table(setter, [*paper.references, *identity], right - left, size)
        _width, height = table.wrap(right - left, bottom - top)
        if height <= bottom - top:
            table.drawOn(canvas, left, look.PAGE_HEIGHT - top - height)
            break


def _draw_folds(canvas):
    canvas.setStrokeColor(look.RULE)
    canvas.setLineWidth(0.4)
    for fold in look.FOLDS:
        canvas.line(5 * mm, look.PAGE_HEIGHT - fold, 9 * mm, look.PAGE_HEIGHT - fold)


def _fill(canvas, lines, room, font, sizes, colour=look.INK):
    """Draw lines of markup from the top of a room, in the largest of the sizes with which they fit.

    Should none do, what does not fit in the smallest is left out rather than drawn over something else. Returns where
    the last line ends.
    """
    left, top, right, bottom = room
    for size in sizes:
        style = ParagraphStyle("fill", fontName=font, fontSize=size, leading=size * 1.25, textColor=colour, splitLongWords=1)
        paragraphs = [Paragraph(line, style) for line in lines]
        heights = [paragraph.wrap(right - left, bottom - top)[1] for paragraph in paragraphs]
        if sum(heights) <= bottom - top:
            break
    y = top
    for paragraph, height in zip(paragraphs, heights, strict=True):
        if y + height > bottom + 0.1:
            break
        paragraph.drawOn(canvas, left, look.PAGE_HEIGHT - y - height)
        y += height
    return y
