"""What lets customers into a play."""

from datetime import datetime
from typing import NamedTuple

from odoo import models


class Trigger(NamedTuple):
    """Something that happened to a customer.

    :param int partner_id: the commercial partner
    :param str key: what it is about: the same key never enters twice
    :param datetime moment: in UTC
    :param contact_id: the person it concerns; None: whoever has an address
    :param order_id: the order it is about, and ``event_id`` the outside event
    """

    partner_id: int
    key: str
    moment: datetime
    contact_id: int | None = None
    order_id: int | None = None
    event_id: int | None = None


class LifecyclePlay(models.Model):
    _inherit = "lifecycle.play"

    def _get_answered_rows(self, since):
        """The answers of customers from a moment on: a hook; a list of :class:`Trigger`, with keys ``rating:<id>``."""
        return []
