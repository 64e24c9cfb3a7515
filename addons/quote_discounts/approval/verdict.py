"""The answer to whether an order may leave as it is."""

from dataclasses import dataclass

COVERED = ("within", "approved")


@dataclass(frozen=True)
class Verdict:
    """Whether an order may leave as it is.

    :param str status: one of the values of ``discount_status``
    :param tuple findings: what is beyond the limits and nobody's authority covers
    :param tuple worse: why what was approved before does not cover it
    :param request: the request that decides, if any
    :param tuple faults: what no approval makes good, as sentences
    :param bool is_fresh: whether it is within the limits, or the negotiator's own authority, of today
    """

    status: str
    findings: tuple = ()
    worse: tuple = ()
    request: object = None
    faults: tuple = ()
    is_fresh: bool = False

    @property
    def is_covered(self):
        """Whether nobody has to say yes (any more)."""
        return self.status in COVERED
