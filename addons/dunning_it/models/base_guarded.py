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
                raise AccessError(self.env._("What follows from the law or a decision is not entered by hand."))
            if vals.keys() & self._get_own_fields() and self.filtered(lambda record: record._is_fixed()):
                raise UserError(self.env._("This is decided and kept as it was: open a new one to look again."))
        return super().write(vals)

    @api.model
    def _get_server_fields(self):
        """Fields that only the server writes."""
        return {name for name in self._get_own_fields() if self._fields[name].readonly and self._fields[name].store}

    @api.model
    def _get_own_fields(self):
        """Fields that no thread or activity adds."""
        return self._fields.keys() - {*self.env["mail.thread"]._fields, *self.env["mail.activity.mixin"]._fields}

    def _get_window(self):
        """The records in their window: one in its form, several in a list."""
        action = self.env["ir.actions.act_window"]._for_xml_id(self._window)
        if len(self) == 1:
            views = [(view, kind) for view, kind in action["views"] if kind == "form"]
            return {**action, "views": views, "view_mode": "form", "res_id": self.id, "context": {}}
        return {**action, "domain": [("id", "in", self.ids)], "context": {}}

    def _is_fixed(self):
        """Whether nothing of it changes any more."""
        return False
