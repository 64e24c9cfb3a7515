"""What customers are contacted for."""

from odoo import fields, models

BASES = [
    ("contract", "Contract: no consent needed, no promotion allowed"),
    ("soft", "Own similar products to customers (art. 130 c.4), or consent"),
    ("consent", "Consent only"),
]


class LifecyclePurpose(models.Model):
    """A purpose of contacts, and what it rests on in law; the codes are those of the pure gate."""

    _name = "lifecycle.purpose"
    _description = "Purpose of Contacts"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    code = fields.Char(required=True)
    sequence = fields.Integer(default=10)
    basis = fields.Selection(BASES, required=True, default="consent")
    description = fields.Text(translate=True, help="What a person reads where he chooses.")
    mailing_list_ids = fields.Many2many(
        "mailing.list",
        string="Mailing Lists",
        help="Whoever leaves one of them is not written to for this purpose; none: whoever leaves any list.",
    )
    active = fields.Boolean(default=True)

    _code_unique = models.Constraint("unique(code)", "There is one purpose of a code.")
