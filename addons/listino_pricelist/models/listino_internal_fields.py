"""Fields for employees alone, on models that customers read too."""

from odoo import api, models


class ListinoInternalFields(models.AbstractModel):
    """Keeps fields with ``is_internal=True`` from whoever is no employee: a customer reads his orders by RPC too.

    Groups on a field would say the same, but then no node of Odoo's own views could depend on it. The server reads for
    pages, papers and mails in superuser mode.
    """

    _name = "listino.internal.fields"
    _description = "Fields for Employees"

    @api.model
    def _valid_field_parameter(self, field, name):
        # OVERRIDE: a field says of itself that it is for employees.
        return name == "is_internal" or super()._valid_field_parameter(field, name)

    @api.model
    def _has_field_access(self, field, operation):
        # OVERRIDE: customers get none of these, to read, to search or to export.
        is_allowed = super()._has_field_access(field, operation)
        if not is_allowed or self.env.su or not getattr(field, "is_internal", False):
            return is_allowed
        return self.env.user.has_group("base.group_user")
