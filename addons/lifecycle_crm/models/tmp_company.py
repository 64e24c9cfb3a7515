"""Stands in for the parts that are merged later."""

from datetime import datetime
from typing import NamedTuple

import pytz

from odoo import api, fields, models

from ..gate.verdict import GO, REFUSED, Reason, Verdict


class GateRequest(NamedTuple):
    partner_id: int
    purpose: str
    channel: str
    address: str | None = None
    is_promotional: bool = False
    is_profiled: bool = False


class LifecycleGate(models.AbstractModel):
    _name = "lifecycle.gate"
    _description = "Gate"

    @api.model
    def _judge(self, requests, company, now=None):
        now = now or fields.Datetime.now()
        return [
            Verdict(GO, now) if request.address else Verdict(REFUSED, None, (Reason("no_address"),))
            for request in requests
        ]

    @api.model
    def _words(self, reasons):
        return [reason["code"] if isinstance(reason, dict) else reason.code for reason in reasons or []]


class ResCompany(models.Model):
    _inherit = "res.company"
    lifecycle_tz = fields.Char(default="Europe/Rome")

    def _lifecycle_today(self):
        return datetime.now(pytz.timezone(self.lifecycle_tz or "Europe/Rome")).date()
