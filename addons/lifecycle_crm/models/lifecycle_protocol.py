"""How customers are answered."""

import re

from markupsafe import Markup, escape

from odoo import api, fields, models
from odoo.exceptions import ValidationError

from .lifecycle_case import KINDS

DEEDS = [
    ("answer", "Answer"),
    ("hold", "Answer, and keep it open"),
    ("close", "Answer, and close"),
]
PLACEHOLDER = re.compile(r"\{(\w+)\}")
KNOWN = {"customer", "number", "order", "user", "company"}


class LifecycleProtocol(models.Model):
    """A situation, what to do in it, in which tone, and the words: data, so that everybody answers alike."""

    _name = "lifecycle.protocol"
    _description = "Customer-Service Protocol"
    _order = "sequence, id"

    name = fields.Char(string="Situation", required=True, translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    company_id = fields.Many2one("res.company", index="btree_not_null", ondelete="cascade", help="Empty: of all.")
    kind = fields.Selection(KINDS, string="Kind of Case", help="Empty: of all kinds.")
    deed = fields.Selection(DEEDS, string="What to Do", required=True, default="answer")
    instruction = fields.Text(translate=True, help="What to find out and to do before answering.")
    tone = fields.Char(translate=True)
    signature = fields.Selection(
        [("user", "By name"), ("company", "As the company")], string="Signed", required=True, default="user"
    )
    body = fields.Html(
        string="Answer",
        translate=True,
        help="{customer}, {number}, {order}, {user} and {company} are filled in.",
    )
    example = fields.Text(translate=True, help="What customers write in this situation.")

    @api.constrains("body")
    def _check_placeholders(self):
        for protocol in self:
            unknown = set(PLACEHOLDER.findall(protocol.body or "")) - KNOWN
            if unknown:
                raise ValidationError(
                    self.env._(
                        "“%(name)s” has placeholders that nothing is known for: %(unknown)s.",
                        name=protocol.name,
                        unknown=", ".join(sorted(unknown)),
                    )
                )

    def _render(self, case):
        """The answer in the language of the customer, with what is known filled in, and signed."""
        self.ensure_one()
        person = case.contact_id or case.partner_id
        company = case.company_id.name
        known = {
            "customer": person.name,
            "number": case.number,
            "order": case.order_id.name or "",
            "user": self.env.user.name,
            "company": company,
        }
        body = self.with_context(lang=person.lang or self.env.lang).body or ""
        filled = PLACEHOLDER.sub(lambda match: str(escape(known[match[1]] or "")), str(body))
        signature = company if self.signature == "company" else f"{self.env.user.name}, {company}"
        return Markup("%s<p>%s</p>") % (Markup(filled), signature)  # noqa: S704 - sanitized html, escaped values


class LifecycleCase(models.Model):
    _inherit = "lifecycle.case"

    protocol_id = fields.Many2one(
        "lifecycle.protocol",
        compute="_compute_protocol_id",
        store=True,
        readonly=False,
        index="btree_not_null",
        ondelete="set null",
        check_company=True,
        domain="['|', ('kind', '=', False), ('kind', '=', kind)]",
    )
    protocol_deed = fields.Selection(related="protocol_id.deed")
    protocol_instruction = fields.Text(related="protocol_id.instruction")
    protocol_tone = fields.Char(related="protocol_id.tone")

    @api.depends("kind")
    def _compute_protocol_id(self):
        """The only protocol of the kind is proposed; among several, whoever reads the case chooses."""
        for case in self:
            if case.protocol_id.kind and case.protocol_id.kind != case.kind:
                case.protocol_id = False
            if not case.protocol_id and case.kind != "other":
                protocols = self.env["lifecycle.protocol"].search(
                    [("kind", "=", case.kind), ("company_id", "in", [False, case.company_id.id])]
                )
                protocols = protocols.filtered("company_id") or protocols
                case.protocol_id = protocols if len(protocols) == 1 else False

    def action_answer(self):
        """The composer, filled in by the protocol."""
        self.ensure_one()
        protocol = self.protocol_id
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Answer"),
            "res_model": "mail.compose.message",
            "view_mode": "form",
            "target": "new",
            "context": {
                "default_model": self._name,
                "default_res_ids": self.ids,
                "default_composition_mode": "comment",
                "default_subtype_xmlid": "mail.mt_comment",
                "default_subject": self.display_name,
                "default_body": protocol and protocol._render(self),
                "default_partner_ids": (self.contact_id or self.partner_id).ids,
                "default_email_add_signature": not protocol,
                "lifecycle_protocol_closes": protocol.deed == "close",
            },
        }
