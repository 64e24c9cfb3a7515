"""A publication is a moment at which the average prices are worth a note."""

from odoo import models


class ListinoDocument(models.Model):
    _inherit = "listino.document"

    def _note_publication(self, publication):
        # OVERRIDE: the average prices of a list are noted whenever it is published for everybody.
        result = super()._note_publication(publication)
        if not publication.partner_id:
            self.env["listino.price.statistic"]._record(publication.pricelist_id)
        return result
