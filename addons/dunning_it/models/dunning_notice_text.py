"""The words of formal notices."""

from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..paper.wording import unknown

PLACES = (
    "creditor",
    "compensation",
    "contact",
    "count",
    "date",
    "days",
    "debtor",
    "email",
    "number",
    "phone",
    "principal",
    "total",
)
TEXTS = (
    "subject",
    "opening",
    "late_payment",
    "legal",
    "compensation",
    "demand",
    "effect",
    "next_step",
    "contact",
    "already_paid",
    "privacy",
    "greeting",
    "mail_body",
)


class DunningNoticeText(models.Model):
    """What a formal notice says, part by part, so that none that the law asks for can get lost.

    Places in braces are filled in, ``**two stars**`` print bold, an empty line begins a paragraph.
    """

    _name = "dunning.notice.text"
    _description = "Words of a Formal Notice"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    active = fields.Boolean(default=True)
    sequence = fields.Integer(default=10)
    subject = fields.Char(required=True, translate=True)
    opening = fields.Text(required=True, translate=True, help="What the claim comes from, above the list of it.")
    late_payment = fields.Text(
        string="Interest for Late Payment", translate=True, help="Where the policy reckons it: D.Lgs. 231/2002."
    )
    legal = fields.Text(
        string="Legal Interest", translate=True, help="Where the policy reckons the legal rate: art. 1284 c.c."
    )
    compensation = fields.Text(
        string="Flat Compensation", translate=True, help="Where there is any: never for consumers."
    )
    demand = fields.Text(required=True, translate=True, help="The unequivocal demand to pay, with its term.")
    effect = fields.Text(
        required=True, translate=True, help="That it is a formal notice and interrupts limitation: art. 1219, 2943 c.c."
    )
    next_step = fields.Text(translate=True, help="What follows if nobody pays. No threats: they may be an offence.")
    contact = fields.Text(translate=True, help="Whom to call to dispute the claim or to agree a plan.")
    already_paid = fields.Text(translate=True, help="To disregard the letter if the payment crossed it.")
    privacy = fields.Text(translate=True, help="One line: why the data are used (GDPR art. 6).")
    greeting = fields.Char(translate=True, help="Above the signature.")
    mail_body = fields.Text(
        string="Message of the PEC", translate=True, help="The certified mail that carries the signed notice."
    )

    @api.constrains(*TEXTS)
    def _check_places(self):
        for text in self:
            for name in TEXTS:
                if wrong := unknown(text[name], PLACES):
                    raise ValidationError(
                        self.env._(
                            "Nothing fills {%(wrong)s} in %(field)s. You can use: %(places)s.",
                            wrong=wrong[0],
                            field=self._fields[name]._description_string(self.env),
                            places=", ".join(f"{{{place}}}" for place in PLACES),
                        )
                    )
