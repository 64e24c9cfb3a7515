"""Odoo's own search for personal data."""

from odoo import models


class PrivacyLookupWizardLine(models.TransientModel):
    _inherit = "privacy.lookup.wizard.line"

    def action_unlink(self):
        # OVERRIDE: rows that are only ever added go where a person's data are erased; some went with those before them.
        if self._is_lifecycle_gone():
            self.is_unlinked = True
            return None
        return super(PrivacyLookupWizardLine, self.with_context(lifecycle_erasure=True)).action_unlink()

    def _is_lifecycle_gone(self):
        """Whether it is a row of ours that went with another, as the contacts of a play go with the way through it."""
        self.ensure_one()
        if self.is_unlinked or not (self.res_model or "").startswith("lifecycle."):
            return False
        return not self.env[self.res_model].sudo().browse(self.res_id).exists()  # core deletes it with all rights
