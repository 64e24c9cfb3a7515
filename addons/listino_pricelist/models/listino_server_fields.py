"""Fields that the server alone writes, on models that people write otherwise."""

from odoo import api, models
from odoo.exceptions import AccessError
from odoo.tools import ormcache


def without_defaults(model, names):
    """The model without the defaults that a client's context may bring for fields that the server keeps.

    :param names: of the fields
    """
    brought = {f"default_{name}" for name in names}
    context = {key: value for key, value in model.env.context.items() if key not in brought}
    return model.with_env(model.env(context=context))


class ListinoServerFields(models.AbstractModel):
    """Keeps the server's own fields from clients: what they bring for a new record is dropped, a change is refused.

    Each extension of a model that inherits this adds its names in :meth:`_get_server_fields`, and says in
    :meth:`_get_released_fields` where a client may write one of them after all. The server writes in superuser mode.
    """

    _name = "listino.server.fields"
    _description = "Fields of the Server"

    # === CRUD === #

    @api.model_create_multi
    def create(self, vals_list):
        # OVERRIDE: what a client brings for them is dropped.
        if self.env.su:
            return super().create(vals_list)
        foreign = self._get_known_server_fields() - self._get_released_fields(creating=True)
        return super().create([{name: vals[name] for name in vals if name not in foreign} for vals in vals_list])

    @api.model
    def default_get(self, fields):
        # OVERRIDE: neither a client's context nor a default of his own brings them.
        owned = self._get_known_server_fields()
        return super().default_get([name for name in fields if name not in owned])

    def write(self, vals):
        # OVERRIDE: a client changes none of them.
        if not self.env.su and (owned := self._get_known_server_fields() & vals.keys()):
            self._refuse_fields(owned - self._get_released_fields(creating=False))
        return super().write(vals)

    # === HOOKS === #

    @api.model
    def _get_server_fields(self):
        """The names of the fields that the server alone writes; hook.

        :rtype: frozenset
        """
        return frozenset()

    @api.model
    def _get_released_fields(self, creating):
        """The names of those that the client at hand may write after all: by a right, or in a copy; hook.

        :param bool creating: whether a record is created, not written
        :rtype: frozenset
        """
        return frozenset()

    @api.model
    @ormcache()
    def _get_known_server_fields(self):
        """:meth:`_get_server_fields`, kept: a new record asks for the default of one field after the other."""
        return self._get_server_fields()

    # === CHECKS === #

    @api.model
    def _refuse_fields(self, names):
        """Refuse what a client writes to fields of the server.

        :raise AccessError: if there are any, by their labels
        """
        if names:
            labels = [self._fields[name]._description_string(self.env) for name in sorted(names)]
            raise AccessError(
                self.env._("The server notes this itself, it can't be written: %(fields)s.", fields=", ".join(labels))
            )
