"""Mail addresses as people type or paste them: one a line, or separated by semicolons or commas."""

import re
from dataclasses import dataclass
from email.headerregistry import Address
from email.utils import parseaddr

_SEPARATORS = re.compile(r'[;,\n](?=(?:[^"]*"[^"]*")*[^"]*$)')  # outside quotation marks
_ADDRESS = re.compile(r"[^\s@<>\"(),:;\\]+@(?:[^\s@<>\"(),:;\\.]+\.)+[^\s@<>\"(),:;\\.\d]{2,}")
LONGEST = 254  # characters: RFC 5321


@dataclass(frozen=True, slots=True)
class Reader:
    """Somebody with a mail address; ``name`` may be empty."""

    name: str
    email: str


def read_addresses(text):
    """The readers in a text, each address once, and the pieces that are none.

    :return: a list of :class:`Reader` and a list of str

    >>> read_addresses('Gino Rossi <Gino@Example.com>; emma@example.com\\n"Bar, Sport" <bar@example.com>\\nnobody')
    ... # doctest: +NORMALIZE_WHITESPACE
    ([Reader(name='Gino Rossi', email='gino@example.com'), Reader(name='', email='emma@example.com'),
      Reader(name='Bar, Sport', email='bar@example.com')], ['nobody'])
    >>> read_addresses("GINO@example.com\\ngino@example.com\\n\\n ; "), read_addresses(False)
    (([Reader(name='', email='gino@example.com')], []), ([], []))
    >>> read_addresses("gino@@example.com; gino@localhost; gino @example.com; a@b.c")[1]
    ['gino@@example.com', 'gino@localhost', 'gino @example.com', 'a@b.c']
    """
    readers, bad = {}, []
    for piece in filter(None, map(str.strip, _SEPARATORS.split(text or ""))):
        name, email = parseaddr(piece)
        email = email.strip().lower()
        if is_address(email) and email in piece.lower():
            readers.setdefault(email, Reader(name.strip(), email))
        else:
            bad.append(piece)
    return list(readers.values()), bad


def is_address(email):
    """Whether a text is a single mail address that a mail server outside can be asked for.

    >>> is_address("gino@example.com"), is_address("gino@example"), is_address(""), is_address("g@" + "e" * 300 + ".it")
    (True, False, False, False)
    """
    return bool(email and len(email) <= LONGEST and _ADDRESS.fullmatch(email))


def written(name, email):
    """The address with its name as a mail's head has it.

    >>> written("Bar, Sport", "bar@example.com"), written("", "bar@example.com")
    ('"Bar, Sport" <bar@example.com>', 'bar@example.com')
    """
    if not name:
        return email
    try:
        return str(Address(" ".join(name.split()), addr_spec=email))
    except (ValueError, IndexError):  # an address with letters that the head of a mail has no way to write
        return email
