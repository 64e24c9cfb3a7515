"""That somebody was told."""

from odoo import api, fields, models
from odoo.exceptions import ValidationError

SOURCES = [
    ("paper", "Paper"),
    ("phone", "Phone call"),
    ("talk", "In person"),
    ("mail", "E-mail"),
    ("form", "Web form"),
    ("import", "Imported"),
]


class LifecycleInformation(models.Model):
    """A person was told, with which text, that he may object to offers of similar products (art. 130 c.4).

    It proves for one person what the company's date says of all who ordered since then.
    """

    _name = "lifecycle.information"
    _description = "Information on the Right to Object"
    _inherit = ["lifecycle.lasting"]
    _order = "moment desc, id desc"
    _rec_name = "purpose_id"
    _check_company_auto = True

    partner_id = fields.Many2one("res.partner", string="Person", required=True, index=True, ondelete="cascade")
    company_id = fields.Many2one(
        "res.company", required=True, index=True, default=lambda self: self.env.company, ondelete="cascade"
    )
    purpose_id = fields.Many2one(
        "lifecycle.purpose",
        required=True,
        domain="[('basis', '=', 'soft')]",
        ondelete="restrict",
        default=lambda self: self.env.ref("lifecycle_crm.lifecycle_purpose_marketing", raise_if_not_found=False),
    )
    text_id = fields.Many2one(
        "lifecycle.consent.text",
        domain="[('purpose_id', '=', purpose_id)]",
        ondelete="restrict",
        index="btree_not_null",
        check_company=True,
        help="The version of the words that he was shown.",
    )
    moment = fields.Datetime(required=True, default=fields.Datetime.now)
    source = fields.Selection(SOURCES, required=True, default="paper")
    user_id = fields.Many2one(
        "res.users", string="Recorded by", readonly=True, default=lambda self: self.env.user, ondelete="set null"
    )

    @api.model_create_multi
    def create(self, vals_list):
        # OVERRIDE: whoever records it is on record himself.
        if not self.env.su:
            vals_list = [{**vals, "user_id": self.env.uid} for vals in vals_list]
        return super().create(vals_list)

    @api.constrains("moment")
    def _check_moment(self):
        for row in self:
            if row.moment > fields.Datetime.now():
                raise ValidationError(self.env._("Nobody has been told yet at a moment that is to come."))

    @api.constrains("text_id", "purpose_id")
    def _check_text(self):
        for row in self:
            if row.text_id and row.text_id.purpose_id != row.purpose_id:
                raise ValidationError(self.env._("This text is about another purpose: choose one of this."))
