"""The bytes of a paper: what they are.

>>> kind_of(b"%PDF-1.7"), kind_of(b"\\x89PNG\\r\\n\\x1a\\n"), kind_of(b"<html>")
('pdf', 'png', None)
"""

_STARTS = {b"%PDF-": "pdf", b"\x89PNG\r\n\x1a\n": "png", b"\xff\xd8\xff": "jpg"}


def kind_of(data):
    """The extension of a PDF or a picture that can be a scan; None for anything else."""
    return next((kind for start, kind in _STARTS.items() if data.startswith(start)), None)
