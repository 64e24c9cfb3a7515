"""Why cases come about."""

from odoo import fields, models

from .lifecycle_case import KINDS


class LifecycleCaseReason(models.Model):
    """A reason, of one kind of case or of all: counted, it says what to mend for good."""

    _name = "lifecycle.case.reason"
    _description = "Reason of a Post-Sale Case"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    kind = fields.Selection(KINDS, help="Empty: of all kinds.")
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
