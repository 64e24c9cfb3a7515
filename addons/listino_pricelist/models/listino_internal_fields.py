"""Fields for employees alone, on models that customers read too."""

from odoo import api, models


class ListinoInternalFields(models.AbstractModel):
    """Keeps fields from whoever is no employee: a customer may read his own orders, by RPC too.

    Groups on the fields would say the same, but no node of Odoo's own views could then depend on one of them. Each
    extension of a model that inherits this adds its names in :meth:`_get_internal_fields`. The server reads for pages,
    papers and mails in superuser mode.
    """

    _name = "listino.internal.fields"
    _description = "Fields for Employees"

    @api.model
    def _has_field_access(self, field, operation):
        # OVERRIDE: customers get none of them, to read, to search or to export.
        if not super()._has_field_access(field, operation):
            return False
        is_inside = self.env.su or self.env.user.has_group("base.group_user")
        return is_inside or field.name not in self._get_internal_fields()

    # === HOOKS === #

    @api.model
    def _get_internal_fields(self):
        """The names of the fields that only employees read; hook.

        :rtype: frozenset
        """
        return frozenset()
