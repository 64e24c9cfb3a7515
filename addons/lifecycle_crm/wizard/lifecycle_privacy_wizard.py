"""A person asks for his data, or to be forgotten."""

import base64
import json

from odoo import api, fields, models


class LifecyclePrivacyWizard(models.TransientModel):
    """Says what there is before anything is done; what was done is shown, and noted on the contact."""

    _name = "lifecycle.privacy.wizard"
    _description = "Personal Data of a Customer"
    _inherit = ["lifecycle.form"]
    _transient_max_hours = 1  # it holds the very data that is to go

    partner_id = fields.Many2one("res.partner", string="Person", required=True, readonly=True, ondelete="cascade")
    company_id = fields.Many2one(
        "res.company", required=True, readonly=True, default=lambda self: self.env.company, ondelete="cascade"
    )
    content = fields.Html(compute="_compute_content")
    file = fields.Binary(readonly=True, attachment=False)
    file_name = fields.Char(readonly=True)
    outcome = fields.Text(readonly=True)

    @api.depends("partner_id", "company_id")
    def _compute_content(self):
        for wizard in self:
            found = wizard.env["lifecycle.privacy"]._export(wizard.partner_id, wizard.company_id)
            counts = [(heading, len(rows)) for heading, rows in found.items()]
            wizard.content = wizard.env["ir.qweb"]._render("lifecycle_crm.privacy_content", {"counts": counts})

    def action_export(self):
        """All that is known, as a file which people and programs can read (art. 20)."""
        self.ensure_one()
        found = self.env["lifecycle.privacy"]._export(self.partner_id, self.company_id)
        text = json.dumps(found, ensure_ascii=False, indent=2)
        self.write(
            {
                "file": base64.b64encode(text.encode()),
                "file_name": self.env._("personal-data-%(number)s.json", number=self.partner_id.id),
            }
        )
        return self._reopen()

    def action_erase(self):
        """Forget him; what stays, and why, is said."""
        self.ensure_one()
        deleted, kept = self.env["lifecycle.privacy"]._erase(self.partner_id, self.company_id)
        gone = ", ".join(f"{name}: {count}" for name, count in deleted.items()) or self.env._("nothing")
        stays = ", ".join(f"{name}: {count}" for name, count in kept.items()) or self.env._("nothing")
        self.outcome = self.env._(
            "Erased: %(gone)s.\nKept, because the law asks for proof or a claim may come of it: %(stays)s.\n"
            "From now on nothing is sent that the contract does not need, and no profile is made.",
            gone=gone,
            stays=stays,
        )
        self.partner_id.message_post(body=self.env._("Personal data of the customer lifecycle were erased on request."))
        return self._reopen()

    def _reopen(self):
        action = self.env["ir.actions.act_window"]._for_xml_id("lifecycle_crm.lifecycle_privacy_wizard_action")
        return {**action, "res_id": self.id}
