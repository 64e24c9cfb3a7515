"""Records of which people write only what is theirs to say."""

from odoo import api, models
from odoo.exceptions import AccessError, UserError


class DunningGuarded(models.AbstractModel):
    """Fields that are read-only for people are the server's; what is fixed is nobody's to change.

    No call from outside gets round it, whatever the screen shows.
    """

    _name = "dunning.guarded"
    _description = "Record with fields that only the server writes"
    _window = ""  # XML id of the action that shows it

    def write(self, vals):
        # OVERRIDE: what follows from the law, the books and a decision is not written by hand.
        if not self.env.su:
            if not self._get_server_fields().isdisjoint(vals):
                raise AccessError(self._get_guard_words())
            if not self._get_fixed_fields().isdisjoint(vals) and any(record._is_fixed() for record in self):
                raise UserError(self._get_fixed_words())
        return super().write(vals)

    # === HOOKS === #

    def _is_fixed(self):
        """Whether nothing of it changes any more."""
        return False

    @api.model
    def _get_fixed_fields(self):
        """What does not change once it is fixed."""
        return self._get_own_fields()

    def _get_guard_words(self):
        """Why nobody writes the server's fields."""
        return self.env._("What follows from the law or a decision is not entered by hand.")

    def _get_fixed_words(self):
        """Why it does not change any more, and what to do."""
        return self.env._("This is decided and kept as it was: open a new one to look again.")

    # === FIELDS === #

    @api.model
    def _get_server_fields(self):
        """Fields that only the server writes."""
        return {name for name in self._get_own_fields() if self._fields[name].readonly and self._fields[name].store}

    @api.model
    def _get_own_fields(self):
        """Fields that no thread or activity adds."""
        return self._fields.keys() - {*self.env["mail.thread"]._fields, *self.env["mail.activity.mixin"]._fields}

    # === SCREEN === #

    def _get_window(self):
        """The records in their window: one in its form, several in a list."""
        action = self.env["ir.actions.act_window"]._for_xml_id(self._window)
        if len(self) == 1:
            views = [(view, kind) for view, kind in action["views"] if kind == "form"]
            return {**action, "views": views, "view_mode": "form", "res_id": self.id, "context": {}}
        return {**action, "domain": [("id", "in", self.ids)], "context": {}}
