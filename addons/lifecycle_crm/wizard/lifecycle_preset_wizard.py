"""Rules to begin with, for a trade."""

from odoo import fields, models

from ..models.lifecycle_rulebook_version import PRESET_NAMES


class LifecyclePresetWizard(models.TransientModel):
    """Asks for the trade and makes a draft; nothing changes until that is put in force."""

    _name = "lifecycle.preset.wizard"
    _description = "Start from a Preset"

    kind = fields.Selection(PRESET_NAMES, string="Trade", required=True, default="shop")

    def action_start(self):
        """The draft, in its form."""
        self.ensure_one()
        return self.env["lifecycle.rulebook"].action_start_preset(self.kind)
