"""The logo of the letterhead, read once and made small enough to stand in a thousand letters."""

import io
import logging
from functools import lru_cache

from PIL import Image, UnidentifiedImageError
from reportlab.lib.utils import ImageReader

_logger = logging.getLogger(__name__)
_PIXELS = (900, 300)  # 300 dots an inch in the room of the letterhead


@lru_cache(maxsize=8)
def read_logo(content):
    """The picture for ReportLab, or None where it cannot be drawn; the letterhead then shows the name instead.

    A JPEG goes into a PDF as it is; anything else would be packed anew for each letter.

    >>> read_logo(b"") is None
    True
    """
    if not content:
        return None
    try:
        with Image.open(io.BytesIO(content)) as picture:
            picture.thumbnail(_PIXELS)
            flat = _on_white(picture)
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
        _logger.warning("Letters: the logo cannot be drawn: %s", error)
        return None
    stream = io.BytesIO()
    flat.save(stream, "JPEG", quality=95, subsampling=0)
    return ImageReader(stream)


def _on_white(picture):
    """Without transparency, which JPEG lacks."""
    if "A" not in picture.getbands() and "transparency" not in picture.info:
        return picture.convert("RGB")
    layer = picture.convert("RGBA")
    paper = Image.new("RGB", layer.size, "white")
    paper.paste(layer, mask=layer.getchannel("A"))
    return paper
