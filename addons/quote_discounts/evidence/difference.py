"""What changed between two canonical texts, statement by statement.

>>> old = "quote 1\\nline | Penne | 3\\nline | Fusilli | 1\\ntotal | 4"
>>> new = "quote 1\\nline | Penne | 5\\nline | Fusilli | 1\\nline | Farfalle | 1\\ntotal | 7"
>>> for change in compare(old, new):
...     print(change.key, change.old, change.new)
line ('Penne', '3') ('Penne', '5')
total ('4',) ('7',)
line None ('Farfalle', '1')
>>> compare(old, old)
[]
"""

from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import zip_longest

from .content import statements


@dataclass(frozen=True, slots=True)
class Change:
    """A statement that is not what it was.

    :param str key: which kind of statement
    :param old: its values, None where there was none
    :param new: its values, None where there is none any more
    """

    key: str
    old: tuple | None
    new: tuple | None


def compare(old, new):
    """The changes from one canonical text to another, in reading order.

    :rtype: list[Change]
    """
    before, after = statements(old), statements(new)
    changes = []
    for what, a, b, c, d in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if what != "equal":
            changes += _pair(before[a:b], after[c:d])
    return changes


def _pair(before, after):
    """Statements of one place of both texts: those of one kind are the old and the new of each other.

    >>> _pair([("line", ("a",))], [("line", ("b",)), ("total", ("1",))])
    [Change(key='line', old=('a',), new=('b',)), Change(key='total', old=None, new=('1',))]
    """
    changes = []
    for key in dict.fromkeys(key for key, _values in before + after):
        olds = [values for found, values in before if found == key]
        news = [values for found, values in after if found == key]
        changes += [Change(key, was, is_now) for was, is_now in zip_longest(olds, news)]
    return changes
