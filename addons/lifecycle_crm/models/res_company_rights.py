"""How a company treats its customers is not for them to read."""

from odoo import models


class ResCompany(models.Model):
    _inherit = "res.company"

    def _has_field_access(self, field, operation):
        # OVERRIDE: customers and visitors may read companies; caps, quotas and owners are for who works there.
        has_access = super()._has_field_access(field, operation)
        if has_access and field.name.startswith("lifecycle_") and not self.env.su:
            return self.env.user._is_internal()
        return has_access
