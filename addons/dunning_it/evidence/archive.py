"""Files packed into one, the same bytes for the same files, with a list of fingerprints that a command checks."""

import hashlib
import io
import zipfile
from dataclasses import dataclass
from datetime import date

SUMS = "SHA256SUMS"
_LONG_AGO = (1980, 1, 1, 0, 0, 0)  # a packing time would make each archive another one
_FILE_MODE = 0o100644 << 16


@dataclass(frozen=True, kw_only=True)
class File:
    """A file of an archive.

    :param str kind: a code of what it is, ``subject`` the number or name of what it is about
    :param frozenset about: the ids of the invoices it is about; empty: all
    :param bool signed: whether the debtor signed it
    """

    path: str
    content: bytes
    kind: str = ""
    subject: str = ""
    day: date | None = None
    remark: str = ""
    about: frozenset = frozenset()
    signed: bool = False

    @property
    def sha256(self):
        """The checksum that the index prints, hexadecimal."""
        return hashlib.sha256(self.content).hexdigest()


def sums(files):
    """What ``sha256sum -c SHA256SUMS`` checks.

    >>> sums([File(path="a.txt", content=b"")])
    'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855  a.txt\\n'
    """
    return "".join(f"{file.sha256}  {file.path}\n" for file in files)


def pack(files):
    """The archive of files in their order, the list of their fingerprints at its end.

    >>> pack([File(path="a", content=b"1")]) == pack([File(path="a", content=b"1")])
    True
    """
    return write_zip([*((file.path, file.content) for file in files), (SUMS, sums(files).encode())])


def write_zip(entries, stored=()):
    """A ZIP of pairs of a path and bytes.

    :param stored: paths that are not compressed
    """
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for path, content in entries:
            info = zipfile.ZipInfo(path, _LONG_AGO)
            info.create_system = 3  # Unix, whatever packs it
            info.external_attr = _FILE_MODE
            info.compress_type = zipfile.ZIP_STORED if path in stored else zipfile.ZIP_DEFLATED
            archive.writestr(info, content)
    return stream.getvalue()
