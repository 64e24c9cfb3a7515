"""How many pages a document has, for the index."""

import io

from pypdf import PdfReader


def count_pages(content):
    """The pages of a PDF, None where it is none or can't be read.

    >>> count_pages(b"no PDF"), count_pages(b"%PDF-1.4 broken")
    (None, None)
    """
    if not content.startswith(b"%PDF-"):
        return None
    try:
        return len(PdfReader(io.BytesIO(content)).pages)
    except Exception:  # noqa: BLE001 - a scan may be broken in any way, and is kept all the same
        return None
