"""What people have said to being contacted."""

from odoo import api, fields, models
from odoo.exceptions import AccessError, ValidationError
from odoo.fields import Domain

CHANNELS = [("email", "E-mail"), ("sms", "SMS"), ("phone", "Phone"), ("post", "Letter")]
SOURCES = [
    ("paper", "Signed paper"),
    ("phone", "Phone call"),
    ("talk", "In person"),
    ("mail", "E-mail"),
    ("form", "Web form"),
    ("import", "Imported"),
    ("page", "Preferences page"),
    ("feedback", "Feedback page"),
    ("unsubscribe", "Unsubscribe link"),
    ("erasure", "Erasure of data"),
]
OWN_SOURCES = frozenset({"page", "feedback", "unsubscribe", "erasure"})


class LifecycleConsent(models.Model):
    """A word of a person on a purpose: granted or refused. The latest counts, all are kept (GDPR art. 7.1)."""

    _name = "lifecycle.consent"
    _description = "Consent"
    _inherit = ["lifecycle.lasting"]
    _order = "moment desc, id desc"
    _rec_name = "purpose_id"
    _check_company_auto = True

    partner_id = fields.Many2one("res.partner", string="Person", required=True, index=True, ondelete="cascade")
    company_id = fields.Many2one(
        "res.company", required=True, index=True, default=lambda self: self.env.company, ondelete="cascade"
    )
    purpose_id = fields.Many2one("lifecycle.purpose", required=True, index=True, ondelete="restrict")
    channel = fields.Selection(CHANNELS, help="Only this way of being contacted; empty: all of them.")
    state = fields.Selection([("granted", "Granted"), ("refused", "Refused")], required=True)
    moment = fields.Datetime(required=True, default=fields.Datetime.now)
    source = fields.Selection(SOURCES, required=True, default="talk")
    text_id = fields.Many2one("lifecycle.consent.text", ondelete="restrict", index="btree_not_null", check_company=True)
    address = fields.Char(readonly=True, index="btree_not_null", help="The mailbox that he had then.")
    words = fields.Text(help="What was shown or said, where it is not a text of ours with a version.")
    user_id = fields.Many2one(
        "res.users", string="Recorded by", readonly=True, default=lambda self: self.env.user, ondelete="set null"
    )

    @api.model_create_multi
    def create(self, vals_list):
        # OVERRIDE: what a person did himself is not entered by somebody else; a mailbox shared by several has one word.
        Partner = self.env["res.partner"]
        for vals in vals_list:
            if not self.env.su:
                vals["user_id"] = self.env.uid
            vals["address"] = Partner.browse(vals.get("partner_id")).email_normalized
        consents = super().create(vals_list)
        if not self.env.su and OWN_SOURCES & set(consents.mapped("source")):
            raise AccessError(
                self.env._("Only the person says so on the preferences page: choose how you came to know.")
            )
        return consents

    @api.constrains("moment")
    def _check_moment(self):
        for consent in self:
            if consent.moment > fields.Datetime.now():
                raise ValidationError(self.env._("Nobody has said anything yet at a moment that is to come."))

    @api.constrains("text_id", "purpose_id")
    def _check_text(self):
        for consent in self:
            if consent.text_id and consent.text_id.purpose_id != consent.purpose_id:
                raise ValidationError(self.env._("This text is about another purpose: choose one of this."))

    @api.constrains("purpose_id", "state")
    def _check_purpose(self):
        for consent in self:
            if consent.purpose_id.basis == "contract":
                raise ValidationError(
                    self.env._(
                        "%(purpose)s rests on the contract: there is nothing to consent to.",
                        purpose=consent.purpose_id.name,
                    )
                )

    @api.model
    def _record(self, person, purpose_code, state, source, company, channel=None, text=None):
        """Keep a word of a person; the same word twice is kept once.

        :param str state: granted or refused
        :param str source: one of :data:`SOURCES`
        :param text: the ``lifecycle.consent.text`` that he read, or the words themselves
        :return: the ``lifecycle.consent``
        """
        purpose = self.env["lifecycle.purpose"].sudo().search([("code", "=", purpose_code)])  # no secret
        has_version = isinstance(text, models.BaseModel)
        values = {
            "partner_id": person.id,
            "company_id": company.id,
            "purpose_id": purpose.id,
            "channel": channel or False,
            "state": state,
            "source": source,
            "text_id": text.id if has_version else False,
            "words": False if has_version else text or False,
        }
        Consent = self.sudo()  # whoever follows a link has no rights on it
        about = Domain("company_id", "=", company.id) & Domain("purpose_id", "=", purpose.id)
        if channel:
            about &= Domain("channel", "in", (False, channel))  # a word about all channels counts for each
        last = Consent.search(about & Consent._about(person), limit=1)
        told = (last.partner_id, last.address, last.state, last.channel, last.text_id.id, last.words)
        said = (person, person.email_normalized, state, values["channel"], values["text_id"], values["words"])
        is_known = told == said and source != "erasure"  # the day of which is a fact of its own
        return last if is_known else Consent.create(values)

    @api.model
    def _about(self, person):
        """What was said by a person, or by whoever has the same mailbox."""
        his, address = Domain("partner_id", "=", person.id), person.email_normalized
        return his | Domain("address", "=", address) if address else his
