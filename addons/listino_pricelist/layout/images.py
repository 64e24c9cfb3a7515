"""Pictures that people uploaded, made small and safe; what is no picture is left out."""

import logging
from io import BytesIO

from PIL import Image

_logger = logging.getLogger(__name__)

_LARGEST = 40_000_000  # pixels; more is a bomb or a mistake, and decoding it would stop the server


def thumbnail(data, width, height, *, keep_sharp=False):
    """A picture within ``width`` x ``height`` pixels on white, as JPEG; ``keep_sharp`` as PNG, for a logo.

    :return: the bytes and the size in pixels, or None where the data is empty, broken, too large or of a kind that
        Pillow does not read (SVG).

    >>> thumbnail(b"", 10, 10), thumbnail(b"not a picture", 10, 10), thumbnail(False, 10, 10)
    (None, None, None)
    """
    if not data:
        return None
    try:
        image = Image.open(BytesIO(data))
        if image.width * image.height > _LARGEST:
            return None
        image.draft("RGB", (width, height))
        image = _on_white(image)
        image.thumbnail((width, height))
        output = BytesIO()
        if keep_sharp:
            image.save(output, "PNG")
        else:
            image.save(output, "JPEG", quality=82, optimize=True)
        return output.getvalue(), image.size
    except Exception as error:  # noqa: BLE001 - a broken file makes Pillow's decoders raise nearly anything
        _logger.info("Price list: a picture is left out: %s", error)
        return None


def _on_white(image):
    """In RGB without transparency: paper is white, and JPEG would show transparent parts black."""
    if image.mode == "RGB" and "transparency" not in image.info:
        return image
    image = image.convert("RGBA")
    paper = Image.new("RGBA", image.size, "white")
    paper.alpha_composite(image)
    return paper.convert("RGB")
