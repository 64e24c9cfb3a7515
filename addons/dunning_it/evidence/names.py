"""Names of files that any system, and ``sha256sum -c``, can read."""

import re
import unicodedata
from pathlib import PurePosixPath

_MOST = 80  # characters; Windows has room for 260 with all folders
_RESERVED = {"con", "prn", "aux", "nul", *(f"{port}{number}" for port in ("com", "lpt") for number in range(1, 10))}


def safe_name(text, fallback="document"):
    """A readable name of plain letters, digits, points, hyphens and underscores, with its extension.

    >>> safe_name("Fattura FT/2026/0001 però.pdf"), safe_name("../../etc/passwd"), safe_name("ИНН.PDF")
    ('Fattura_FT-2026-0001_pero.pdf', 'etc-passwd', 'document.pdf')
    >>> safe_name("con.txt"), safe_name(""), len(safe_name("x" * 300 + ".xml"))
    ('_con.txt', 'document', 80)
    """
    plain = unicodedata.normalize("NFKD", text or "").encode("ascii", "ignore").decode()
    plain = re.sub(r"[/\\:]+", "-", plain)
    stem, extension = _split(plain)
    stem = re.sub(r"[^A-Za-z0-9.-]+", "_", stem)
    stem = re.sub(r"\.{2,}-?", "", stem).strip("._- ")
    stem = stem[: _MOST - len(extension)] or fallback
    return f"{'_' if stem.lower() in _RESERVED else ''}{stem}{extension}"


def _split(name):
    """Stem and extension, which is one only if it looks like one."""
    stem, point, extension = name.rpartition(".")
    if point and re.fullmatch(r"[A-Za-z0-9]{1,8}", extension.strip()):
        return stem, f".{extension.strip().lower()}"
    return name, ""


class Names:
    """Gives each file a path of its own: what came first keeps its name, also where letter case is all that differs.

    >>> names = Names()
    >>> names.take("01_contract", "Offer.pdf"), names.take("01_contract", "offer.PDF"), names.take("02", "Offer.pdf")
    ('01_contract/Offer.pdf', '01_contract/offer_2.pdf', '02/Offer.pdf')
    """

    def __init__(self):
        self._taken = set()

    def take(self, folder, name):
        """The path of a file in a folder, which no later one gets; a number is added where it is taken."""
        safe = safe_name(name)
        path, number = str(PurePosixPath(folder, safe)), 1
        while path.lower() in self._taken:
            number += 1
            stem, extension = _split(safe)
            path = str(PurePosixPath(folder, f"{stem}_{number}{extension}"))
        self._taken.add(path.lower())
        return path
