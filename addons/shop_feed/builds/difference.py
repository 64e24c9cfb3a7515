"""What is new, gone or changed between two builds, from their items in the order of identifiers; nothing is kept.

>>> difference([("1", "a"), ("2", "a"), ("4", "a")], [("2", "b"), ("3", "a"), ("4", "a")])
Difference(added=1, removed=1, changed=1, same=1, samples={'added': ['3'], 'removed': ['1'], 'changed': ['2']})
"""

from heapq import merge
from itertools import groupby
from operator import itemgetter
from typing import NamedTuple

SAMPLES = 20
_first = itemgetter(0)


class Difference(NamedTuple):
    """How many items, and the first identifiers of each kind."""

    added: int
    removed: int
    changed: int
    same: int
    samples: dict


def difference(old, new):
    """What a new build adds, drops and changes, counted and with a few identifiers of each; both are read once.

    :param old: pairs of an identifier and the hash of its content, in the order of identifiers
    :param new: the same of the new build
    :raise ValueError: where one of them is out of order or has an identifier twice
    :rtype: Difference
    """
    counts = {"added": 0, "removed": 0, "changed": 0, "same": 0}
    samples = {"added": [], "removed": [], "changed": []}
    entries = merge(_in_order(old, "old"), _in_order(new, "new"), key=_first)
    for key, group in groupby(entries, key=_first):
        hashes = {side: value for _key, side, value in group}
        kind = _kind(hashes)
        counts[kind] += 1
        if kind in samples and len(samples[kind]) < SAMPLES:
            samples[kind].append(key)
    return Difference(**counts, samples=samples)


def _kind(hashes):
    if "old" not in hashes:
        return "added"
    if "new" not in hashes:
        return "removed"
    return "same" if hashes["old"] == hashes["new"] else "changed"


def _in_order(entries, side):
    last = None
    for key, value in entries:
        if last is not None and key <= last:
            raise ValueError(f"{key!r} comes after {last!r}.")
        last = key
        yield key, side, value
