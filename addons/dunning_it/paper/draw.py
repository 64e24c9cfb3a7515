"""From a paper to its file."""

import io
from contextlib import contextmanager
from threading import Lock

from pypdf import PdfReader, PdfWriter
from reportlab import rl_config

from .fonts import FontFiles, family
from .page import PaperTemplate
from .story import tell
from .typesetter import Typesetter

# ReportLab reads the parts of a font from one shared place in the file, so two threads must not save at once. All is
# computing in Python here: a second thread would gain nothing anyway.
_one_at_a_time = Lock()


def draw(paper, files=None):
    """The PDF of a paper, as bytes; the same bytes for the same paper.

    :param Paper paper: one of the kinds of ``kinds.py``.
    :param FontFiles files: the fonts to embed. In Odoo: ``FontFiles.find(file_path("web/static/fonts"))``.
    """
    stream = io.BytesIO()
    with _one_at_a_time, _bytes_as_they_are():
        setter = Typesetter(paper, family(files or FontFiles.find()))
        PaperTemplate(stream, setter).write(list(tell(paper, setter)))
    return stream.getvalue()


@contextmanager
def _bytes_as_they_are():
    """Without ReportLab's rewriting of fonts and pictures in printable characters: a third of the time, in Python."""
    before, rl_config.useA85 = rl_config.useA85, 0
    try:
        yield
    finally:
        rl_config.useA85 = before


def merge(contents):
    """One file of several, to print at once; page numbers stay those of each letter.

    :param contents: files as bytes.
    """
    writer = PdfWriter()
    for content in contents:
        writer.append(PdfReader(io.BytesIO(content)), import_outline=False)
    stream = io.BytesIO()
    writer.write(stream)
    return stream.getvalue()
