"""What a variant tells channels."""

from odoo import models


class ProductProduct(models.Model):
    _inherit = "product.product"

    def _get_feed_attribute_values(self):
        """The values that are true of a variant: its own, and those of lines that leave no choice."""
        self.ensure_one()
        own = self.product_template_attribute_value_ids
        fixed = self.product_tmpl_id.attribute_line_ids.filtered(
            lambda line: line.attribute_id.create_variant == "no_variant"
        )
        for line in fixed:
            values = line.product_template_value_ids._only_active()
            own += values if len(values) == 1 else values.browse()
        return own
