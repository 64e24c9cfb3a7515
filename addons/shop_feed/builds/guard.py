"""Whether a build waits for a person: what a feed loses is deleted by the channel, all of it by an empty one."""

from typing import NamedTuple

EMPTY, LOST, LEFT_OUT = "empty", "lost", "left_out"
FEW = 10  # items: below that each one is many per cent


class Limits(NamedTuple):
    """What a build may lose by itself.

    :param int lost_percent: items of the last published build that are gone
    :param int left_out_percent: items that have errors, of all that were meant to go
    """

    lost_percent: int = 20
    left_out_percent: int = 50


LIMITS = Limits()


class Hold(NamedTuple):
    """Why a build waits, with its numbers."""

    code: str
    numbers: dict


def holds(change, left_out, limits=LIMITS):
    """Why a build is not published by itself; empty where it is.

    :param Difference change: against the last published build; of a first one everything is added
    :param int left_out: items that were meant to go and have errors
    :param Limits limits: of the feed

    >>> from .difference import Difference
    >>> holds(Difference(0, 30, 0, 70, {}), 0)
    [Hold(code='lost', numbers={'lost': 30, 'before': 100, 'limit': 20})]
    >>> holds(Difference(0, 20, 5, 75, {}), 10), [each.code for each in holds(Difference(0, 3, 0, 0, {}), 0)]
    ([], ['empty'])
    """
    before = change.removed + change.changed + change.same
    now = change.added + change.changed + change.same
    if not now:
        return [Hold(EMPTY, {"before": before, "left_out": left_out})]
    found = []
    if change.removed * 100 > before * limits.lost_percent and (before >= FEW or change.removed > 1):
        found.append(Hold(LOST, {"lost": change.removed, "before": before, "limit": limits.lost_percent}))
    meant = now + left_out
    if left_out * 100 > meant * limits.left_out_percent:
        numbers = {"left_out": left_out, "meant": meant, "limit": limits.left_out_percent}
        found.append(Hold(LEFT_OUT, numbers))
    return found
