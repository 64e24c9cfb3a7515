"""Who brings a delivery, and under which number."""

from typing import NamedTuple

from odoo import fields, models


class Shipment(NamedTuple):
    """What a customer may know of a shipment; empty where nobody knows."""

    courier: str = ""
    tracking: str = ""
    url: str = ""


class StockPicking(models.Model):
    _inherit = "stock.picking"

    lifecycle_courier = fields.Char(
        string="Courier", copy=False, help="The customer is asked about it, and sees it after the delivery."
    )
    lifecycle_tracking = fields.Char(string="Tracking Number", copy=False)

    def _get_lifecycle_shipment(self):
        """Who brings it: a hook for other sources.

        What is written on the delivery. Where Odoo's ``stock_delivery`` is installed, which nothing here asks for, its
        fields fill what was not written.

        :rtype: Shipment
        """
        self.ensure_one()
        courier, tracking, url = self.lifecycle_courier, self.lifecycle_tracking, ""
        if not courier and "carrier_tracking_url" in self._fields:
            carrier, tracking = self["carrier_id"].name, self["carrier_tracking_ref"]
            courier, url = carrier, self["carrier_tracking_url"]
        return Shipment(courier or "", tracking or "", url if (url or "").startswith("http") else "")
