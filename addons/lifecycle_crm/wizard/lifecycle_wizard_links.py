"""All forms of ours are about records that their users may see."""

from odoo import models


class LifecycleCallWizard(models.TransientModel):
    _name = "lifecycle.call.wizard"
    _inherit = ["lifecycle.call.wizard", "lifecycle.form"]


class LifecycleContactCheck(models.TransientModel):
    _name = "lifecycle.contact.check"
    _inherit = ["lifecycle.contact.check", "lifecycle.form"]


class LifecycleIntake(models.TransientModel):
    _name = "lifecycle.intake"
    _inherit = ["lifecycle.intake", "lifecycle.form"]


class LifecyclePreview(models.TransientModel):
    _name = "lifecycle.preview"
    _inherit = ["lifecycle.preview", "lifecycle.form"]


class LifecyclePrivacyWizard(models.TransientModel):
    _name = "lifecycle.privacy.wizard"
    _inherit = ["lifecycle.privacy.wizard", "lifecycle.form"]


class LifecycleTrial(models.TransientModel):
    _name = "lifecycle.trial"
    _inherit = ["lifecycle.trial", "lifecycle.form"]
