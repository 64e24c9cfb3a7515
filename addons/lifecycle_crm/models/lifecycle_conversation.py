"""Who of ours talked to somebody before he bought."""

from odoo import api, fields, models
from odoo.exceptions import ValidationError

CHANNELS = [
    ("chat", "Chat"),
    ("phone", "Phone"),
    ("talk", "In person"),
    ("email", "E-mail"),
    ("social", "Social network"),
    ("other", "Other"),
]


class LifecycleConversation(models.Model):
    """A talk as an event of acquisition, with the name of the human who held it; kept as it was noted."""

    _name = "lifecycle.conversation"
    _description = "Conversation with a Lead"
    _inherit = ["lifecycle.lasting"]
    _order = "moment desc, id desc"
    _rec_name = "about"
    _check_company_auto = True

    company_id = fields.Many2one(
        "res.company", required=True, index=True, default=lambda self: self.env.company, ondelete="cascade"
    )
    lead_id = fields.Many2one("crm.lead", index="btree_not_null", ondelete="set null", check_company=True)
    partner_id = fields.Many2one("res.partner", string="Person", index="btree_not_null", ondelete="cascade")
    user_id = fields.Many2one("res.users", string="Recorded by", readonly=True, index=True, ondelete="set null")
    human = fields.Char(string="Who of Us", required=True, help="The name of the human who talked, not of a program.")
    channel = fields.Selection(CHANNELS, required=True, default="chat")
    about = fields.Text(string="What about", required=True)
    moment = fields.Datetime(required=True, default=fields.Datetime.now, index=True)

    @api.model_create_multi
    def create(self, vals_list):
        # OVERRIDE: whoever records it is known, and plays may wait for it.
        for vals in vals_list:
            vals["user_id"] = self.env.uid if not self.env.su else vals.get("user_id", self.env.uid)
        conversations = super().create(vals_list)
        for talk in conversations.filtered("partner_id"):
            talk.partner_id._lifecycle_event(
                "conversation",
                f"conversation:{talk.id}",
                talk.company_id,
                {"human": talk.human, "channel": talk.channel},
                talk.moment,
            )
        return conversations

    @api.constrains("human", "lead_id", "partner_id")  # one that is always given
    def _check_with_whom(self):
        for talk in self:
            if not talk.lead_id and not talk.partner_id:
                raise ValidationError(self.env._("Say with whom it was: choose a lead or a person."))

    @api.constrains("moment")
    def _check_moment(self):
        for talk in self:
            if talk.moment > fields.Datetime.now():
                raise ValidationError(self.env._("Nobody has talked yet at a moment that is to come."))
