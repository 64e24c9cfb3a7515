"""Small pictures of the goods, each category its colours, each kind of packing its shape; signatures and scans."""

import base64
import io
import textwrap

from PIL import Image, ImageDraw, ImageFont
from reportlab.pdfgen.canvas import Canvas

SIZE = 600
PAPER, INK = "#fbf7ef", "#33291f"


def picture(name, packing, colour):
    """A product as a PNG in base64.

    :param str name: written on the label
    :param str packing: a key of :data:`SHAPES`
    :param str colour: of what is in it
    """
    image = Image.new("RGB", (SIZE, SIZE), PAPER)
    draw = ImageDraw.Draw(image)
    draw.ellipse((90, 505, 510, 555), fill="#e6dcc8")
    SHAPES[packing](draw, colour)
    _label(draw, name)
    return _png(image.quantize(32))


def logo(name):
    """The company's name beside an ear of wheat."""
    image = Image.new("RGB", (720, 200), "white")
    draw = ImageDraw.Draw(image)
    draw.line((90, 180, 90, 30), fill="#6b7f3a", width=6)
    for step in range(5):
        top = 30 + step * 26
        draw.ellipse((52, top, 86, top + 40), fill="#d9a441")
        draw.ellipse((94, top, 128, top + 40), fill="#d9a441")
    draw.text((170, 62), name, fill=INK, font=ImageFont.load_default(72))
    return _png(image)


def _label(draw, name):
    lines = textwrap.wrap(name, 18)[:3]
    height = 34 * len(lines) + 24
    top = 350 - height // 2
    draw.rounded_rectangle((160, top, 440, top + height), 10, fill="white", outline=INK, width=2)
    draw.multiline_text(
        (300, 350), "\n".join(lines), fill=INK, font=ImageFont.load_default(28), anchor="mm", align="center"
    )


def _bottle(draw, colour):
    draw.rounded_rectangle((262, 50, 338, 220), 14, fill=colour)
    draw.rounded_rectangle((195, 170, 405, 540), 46, fill=colour)
    draw.rectangle((258, 44, 342, 84), fill=INK)


def _jar(draw, colour):
    draw.rounded_rectangle((165, 150, 435, 540), 40, fill=colour)
    draw.rounded_rectangle((178, 100, 422, 165), 12, fill="#b9a27c")


def _tin(draw, colour):
    draw.rectangle((165, 150, 435, 520), fill=colour)
    draw.ellipse((165, 480, 435, 560), fill=colour)
    draw.ellipse((165, 110, 435, 190), fill="#d5d5d0", outline="#8a8a84", width=4)


def _bag(draw, colour):
    draw.polygon(((180, 150), (420, 150), (450, 540), (150, 540)), fill=colour)
    draw.polygon(((180, 150), (205, 90), (395, 90), (420, 150)), fill="#cdbb97")


def _wheel(draw, colour):
    draw.rectangle((90, 260, 510, 450), fill=colour)
    draw.ellipse((90, 370, 510, 530), fill=colour)
    draw.ellipse((90, 170, 510, 350), fill="#f4e3b0", outline=INK, width=3)


def _loaf(draw, colour):
    draw.rounded_rectangle((80, 220, 520, 500), 130, fill=colour)
    for left in (150, 250, 350, 450):
        draw.line((left, 226, left - 20, 494), fill="#efe0c8", width=5)


def _box(draw, colour):
    draw.rectangle((120, 170, 480, 540), fill=colour)
    draw.polygon(((120, 170), (180, 100), (540, 100), (480, 170)), fill="#e9d8b4")
    draw.polygon(((480, 170), (540, 100), (540, 470), (480, 540)), fill="#b79f74")


SHAPES = {"bottle": _bottle, "jar": _jar, "tin": _tin, "bag": _bag, "wheel": _wheel, "loaf": _loaf, "box": _box}


def _png(image):
    target = io.BytesIO()
    image.save(target, "PNG")
    return base64.b64encode(target.getvalue())


def signature(name):
    """A name as if written by hand."""
    image = Image.new("RGB", (480, 120), "white")
    ImageDraw.Draw(image).text((20, 30), name, fill="#1f3a6e", font=ImageFont.load_default(52))
    return _png(image)


def scan(words):
    """A page of PDF that stands for a scanned paper."""
    target = io.BytesIO()
    canvas = Canvas(target)
    canvas.drawString(80, 760, words)
    canvas.save()
    return target.getvalue()
