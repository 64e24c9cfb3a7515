"""Note a conversation; say where a customer comes from."""

from odoo import api, fields, models

from ..models.lifecycle_conversation import CHANNELS
from ..models.lifecycle_first_source import UTM


class LifecycleConversationWizard(models.TransientModel):
    """What was said, while it is fresh."""

    _name = "lifecycle.conversation.wizard"
    _description = "Note a Conversation"
    _inherit = ["lifecycle.form"]

    lead_id = fields.Many2one("crm.lead", readonly=True)
    partner_id = fields.Many2one("res.partner", string="Person", readonly=True)
    human = fields.Char(string="Who of Us", required=True, default=lambda self: self.env.user.name)
    channel = fields.Selection(CHANNELS, required=True, default="chat")
    about = fields.Text(string="What about", required=True)
    moment = fields.Datetime(required=True, default=fields.Datetime.now)

    @api.model
    def default_get(self, fields_list):
        # OVERRIDE: it is about what it was opened from.
        values = super().default_get(fields_list)
        field = {"crm.lead": "lead_id", "res.partner": "partner_id"}.get(self.env.context.get("active_model"))
        return {**values, **({field: self.env.context.get("active_id")} if field else {})}

    def action_note(self):
        """Keep it."""
        self.ensure_one()
        if self.lead_id:
            self.lead_id.check_access("write")
            self.lead_id._lifecycle_conversation(self.channel, self.about, self.human, self.moment)
        else:
            self.partner_id.check_access("read")
            values = {name: self[name] for name in ("human", "channel", "about", "moment")}
            self.env["lifecycle.conversation"].create({**values, "partner_id": self.partner_id.id})


class LifecycleFirstSourceWizard(models.TransientModel):
    """Where somebody comes from, when no link tells it: once, and with how we know."""

    _name = "lifecycle.first.source.wizard"
    _description = "Say Where a Customer Comes from"
    _inherit = ["lifecycle.form"]

    partner_id = fields.Many2one(
        "res.partner",
        string="Customer",
        required=True,
        readonly=True,
        default=lambda self: self.env.context.get("active_id"),
    )
    known = fields.Char(string="Known So Far", compute="_compute_known")
    campaign_id = fields.Many2one("utm.campaign")
    medium_id = fields.Many2one("utm.medium")
    source_id = fields.Many2one("utm.source")
    referred = fields.Char(string="Referred by")
    note = fields.Char(string="How Do You Know", required=True)

    @api.depends("partner_id")
    def _compute_known(self):
        for wizard in self:
            wizard.known = wizard.partner_id.lifecycle_first_source_words

    def action_set(self):
        """Keep it for good."""
        self.ensure_one()
        self.partner_id.check_access("write")
        values = {name: self[name].id if name.endswith("_id") else self[name] for name in UTM}
        self.env["lifecycle.first.source"]._set_by_hand(self.partner_id, self.env.company, values, self.note)
