"""Mails of cases: they open one, and they say in whose hands it is."""

from odoo import api, models
from odoo.tools.mail import email_normalize, parse_contact_from_email

from .lifecycle_case import CUSTOMERS, OURS, SOLVED

SPOKEN = ("comment", "email", "email_outgoing")


class LifecycleCase(models.Model):
    _inherit = "lifecycle.case"

    # === INCOMING === #

    @api.model
    def message_new(self, msg_dict, custom_values=None):
        # OVERRIDE: the customer who writes, and his latest order, are recognized.
        values = dict(custom_values or {})
        company = self.env["res.company"].browse(values.get("company_id")) or self.env.company
        person = self._find_person(msg_dict, company)
        values.update(self._prepare_mail_vals(person, company, msg_dict))
        return super().message_new(msg_dict, custom_values=values)

    @api.model
    def _find_person(self, msg_dict, company):
        """Who writes; somebody new is entered."""
        person = self.env["res.partner"].browse(msg_dict.get("author_id"))
        address = email_normalize(msg_dict.get("email_from") or "")
        if not person and address:
            known = [("email_normalized", "=", address), ("company_id", "in", [False, company.id])]
            person = self.env["res.partner"].search(known, order="customer_rank desc, id", limit=1)
        if not person:
            name = parse_contact_from_email(msg_dict.get("email_from") or "")[0]
            unknown = self.env._("Unknown sender")
            person = self.env["res.partner"].create({"name": name or address or unknown, "email": address})
        return person

    @api.model
    def _prepare_mail_vals(self, person, company, msg_dict):
        """Values of the case that a mail opens, about the latest order of the customer."""
        commercial = person.commercial_partner_id
        order = self.env["sale.order"].search(
            [
                ("partner_id", "child_of", commercial.id),
                ("company_id", "=", company.id),
                ("state", "=", "sale"),
            ],
            order="date_order desc, id desc",
            limit=1,
        )
        return {
            "name": msg_dict.get("subject") or self.env._("No subject"),
            "company_id": company.id,
            "partner_id": commercial.id,
            "contact_id": person.id if person != commercial else False,
            "order_id": order.id,
            "user_id": False,
        }

    # === IN WHOSE HANDS === #

    def _message_post_after_hook(self, message, msg_vals):
        # OVERRIDE: who spoke last has done his part; a customer who writes again reopens what was solved.
        result = super()._message_post_after_hook(message, msg_vals)
        spoken = message.sudo()  # its author is looked at, not shown
        is_said = spoken.message_type in SPOKEN and not spoken.is_internal and not spoken.subtype_id.internal
        if is_said and self:
            self.sudo()._follow_message(self._is_ours(spoken))  # a customer who writes has no rights on it
        return result

    @api.model
    def _is_ours(self, message):
        users = message.author_id.with_context(active_test=False).user_ids
        return any(not user.share for user in users)

    def _follow_message(self, is_ours):
        for case in self:
            if not is_ours:
                case.state = OURS if case.state != "new" else case.state
            elif self.env.context.get("lifecycle_protocol_closes"):
                case.write({"state": SOLVED, "solution": case.solution or case.protocol_id.name})
            elif case.state != SOLVED:
                case.state = CUSTOMERS

    # === TO WHOM === #

    def _mail_get_partner_fields(self, introspect_fields=False):
        # OVERRIDE: the person who wrote is answered, else the customer.
        return ["contact_id", "partner_id"]

    def _mail_get_partners(self, introspect_fields=False):
        # OVERRIDE: one of the two is who a case is about.
        super()._mail_get_partners(introspect_fields=introspect_fields)
        return {case.id: case.contact_id or case.partner_id for case in self}
