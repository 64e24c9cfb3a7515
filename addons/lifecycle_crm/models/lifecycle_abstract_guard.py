"""Records of which people write only what is theirs to say, and records that nobody changes any more."""

from odoo import api, models
from odoo.exceptions import AccessError, UserError


class LifecycleGuarded(models.AbstractModel):
    """Fields that are read-only for people are the server's: no call from outside gets round it, whatever is shown."""

    _name = "lifecycle.guarded"
    _description = "Record with fields that only the server writes"

    @api.model_create_multi
    def create(self, vals_list):
        # OVERRIDE: what the server finds out is not entered by hand, nor by the context.
        defaults = {key.removeprefix("default_") for key in self.env.context if key.startswith("default_")}
        if not self.env.su and self._get_server_fields() & defaults.union(*vals_list):
            raise AccessError(self._get_guard_words())
        return super().create(vals_list)

    def write(self, vals):
        # OVERRIDE: what the server finds out is not written by hand.
        if not self.env.su and self._get_server_fields() & vals.keys():
            raise AccessError(self._get_guard_words())
        return super().write(vals)

    @api.model
    def _get_server_fields(self):
        """Fields that only the server writes: a hook."""
        return {name for name in self._get_own_fields() if self._fields[name].readonly and self._fields[name].store}

    @api.model
    def _get_own_fields(self):
        """Fields that no thread or activity adds."""
        return self._fields.keys() - {*self.env["mail.thread"]._fields, *self.env["mail.activity.mixin"]._fields}

    def _get_guard_words(self):
        """Why nobody writes the server's fields: a hook."""
        return self.env._("What follows from orders, answers and rules is not entered by hand.")


class LifecycleLasting(models.AbstractModel):
    """Records that are only ever added: what was known, said or done on a day can be shown for ever."""

    _name = "lifecycle.lasting"
    _description = "Record that is only ever added"

    def write(self, vals):
        # OVERRIDE: history is added to, never changed.
        raise UserError(self._get_lasting_words())

    @api.ondelete(at_uninstall=False)
    def _unlink_except_erasure(self):
        """Only the erasure of a person's data (GDPR art. 17) takes a row away."""
        if not (self.env.su and self.env.context.get("lifecycle_erasure")):
            raise UserError(self._get_lasting_words())

    def _get_lasting_words(self):
        """Why it stays as it is, and what to do instead: a hook."""
        return self.env._("This is kept as it was: add what is new, and it counts from then on.")
