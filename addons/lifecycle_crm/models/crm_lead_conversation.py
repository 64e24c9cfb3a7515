"""Conversations of leads and customers."""

from odoo import models
from odoo.tools import SQL

VIEW = "lifecycle_crm.lifecycle_conversation_action"


class CrmLead(models.Model):
    _inherit = "crm.lead"

    def _lifecycle_conversation(self, channel, about, human=None, moment=None):
        """Note that one of us talked to a lead; other apps, such as a chat, call it when a human has answered.

        :param str channel: one of :data:`lifecycle_conversation.CHANNELS`
        :param str about: what it was about, in a sentence
        :param str human: the name of who talked; None: the user's
        :param moment: when, in UTC; None: now
        :return: the ``lifecycle.conversation``
        """
        self.ensure_one()
        values = {
            "company_id": (self.company_id or self.env.company).id,
            "lead_id": self.id,
            "partner_id": self.partner_id.id,
            "human": human or self.env.user.name,
            "channel": channel,
            "about": about,
        }
        Conversation = self.env["lifecycle.conversation"].sudo()  # whoever sells may note it, whatever else he sees
        return Conversation.create({**values, **({"moment": moment} if moment else {})}).with_env(self.env)

    def action_lifecycle_conversations(self):
        """What was said with this lead."""
        self.check_access("read")
        self.env["lifecycle.conversation"].check_access("read")
        action = self.env["ir.actions.act_window"]._for_xml_id(VIEW)
        return {**action, "domain": [("lead_id", "in", self.ids)], "context": {}}

    def _merge_dependences(self, opportunities):
        # OVERRIDE: conversations go along with the lead; they are never written, only led elsewhere.
        result = super()._merge_dependences(opportunities)
        Conversation = self.env["lifecycle.conversation"]
        Conversation.flush_model(["lead_id"])
        if opportunities:
            self.env.cr.execute(
                SQL(
                    "UPDATE lifecycle_conversation SET lead_id = %s WHERE lead_id IN %s",
                    self.id,
                    tuple(opportunities.ids),
                )
            )
        Conversation.invalidate_model(["lead_id"])
        return result


class ResPartner(models.Model):
    _inherit = "res.partner"

    def action_lifecycle_conversations(self):
        """What was said with this customer, and with him while he was a lead."""
        self.check_access("read")
        self.env["lifecycle.conversation"].check_access("read")
        action = self.env["ir.actions.act_window"]._for_xml_id(VIEW)
        family = self.commercial_partner_id.ids
        domain = ["|", ("partner_id", "child_of", family), ("lead_id.partner_id", "child_of", family)]
        return {**action, "domain": domain, "context": {}}
