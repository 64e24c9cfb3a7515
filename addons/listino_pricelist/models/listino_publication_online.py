"""What the online pages ask of a revision."""

from odoo import models, tools


class ListinoPublication(models.Model):
    _inherit = "listino.publication"

    @tools.ormcache("self.id")
    def _get_product_ids(self):
        """The ids of all products in it; remembered, for each picture of a page asks, and a revision never changes."""
        lines = (block for block in self._get_frozen().blocks() if hasattr(block, "cells"))
        return frozenset(product_id for line in lines for product_id in (line.product_id, *line.other_ids))
