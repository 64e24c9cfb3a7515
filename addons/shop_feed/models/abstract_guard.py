"""Records of which people write only what is theirs to say."""

from odoo import api, models
from odoo.exceptions import AccessError


class ShopFeedGuarded(models.AbstractModel):
    """Fields that are read-only for people are the server's: no call from outside gets round it, whatever is shown."""

    _name = "shop.feed.guarded"
    _description = "Record with fields that only the server writes"

    @api.model_create_multi
    def create(self, vals_list):
        # OVERRIDE: what the server finds out is not entered by hand.
        self._check_server_fields(set().union(*vals_list))
        return super().create(vals_list)

    def write(self, vals):
        # OVERRIDE: what the server finds out is not written by hand.
        self._check_server_fields(vals.keys())
        return super().write(vals)

    def _check_server_fields(self, names):
        """Refuse that a person writes one of these fields.

        :raise AccessError: where one of them is the server's
        """
        if not self.env.su and self._get_server_fields() & names:
            raise AccessError(self.env._("What follows from builds and fetches is not entered by hand."))

    @api.model
    def _get_server_fields(self):
        """Fields that only the server writes: a hook."""
        inherited = {*self.env["mail.thread"]._fields, *self.env["mail.activity.mixin"]._fields}
        own = self._fields.keys() - inherited
        return {name for name in own if self._fields[name].readonly and self._fields[name].store}
