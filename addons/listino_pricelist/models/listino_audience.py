"""For whom a price list is made."""

from odoo import fields, models


class ListinoAudience(models.Model):
    """A kind of customer that price lists are made for: end customers, resellers, agents and so on."""

    _name = "listino.audience"
    _description = "Price List Audience"
    _order = "sequence, name, id"

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    color = fields.Integer()
    pricelist_ids = fields.One2many("product.pricelist", "audience_id", string="Price Lists")
    pricelist_count = fields.Integer(compute="_compute_pricelist_count")

    _unique_name = models.Constraint("UNIQUE(name)", "There is already an audience of that name.")

    def _compute_pricelist_count(self):
        counts = dict(
            self.env["product.pricelist"]._read_group([("audience_id", "in", self.ids)], ["audience_id"], ["__count"])
        )
        for audience in self:
            audience.pricelist_count = counts.get(audience, 0)
