"""What the gate is asked."""

from typing import NamedTuple


class GateRequest(NamedTuple):
    """A contact that somebody would like to make.

    :param int partner_id: the person who gets it
    :param str purpose: a code of ``lifecycle.purpose``, and ``channel`` one of :data:`gate.contact.CHANNELS`
    :param str address: normalized; None: that of the person
    :param bool is_promotional: whether it carries a promotion
    :param bool is_profiled: whether it goes to him because of what he bought or did, beyond plain contract facts
    """

    partner_id: int
    purpose: str
    channel: str
    address: str | None = None
    is_promotional: bool = False
    is_profiled: bool = False
