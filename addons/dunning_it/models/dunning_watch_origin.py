"""What puts a customer on the watch list, or asks whether he belongs there: a waiver, a lost case, a person."""

from odoo import models


class DunningWaiver(models.Model):
    _inherit = "dunning.waiver"

    def _propose_watch(self):
        """Put the customer on the watch list as the waiver says; where he is on it already he stays so."""
        self.ensure_one()
        Watch = self.env["dunning.watch"]
        if self.watch_effect and not Watch._get_current(self.partner_id, self.company_id):
            Watch.create(
                {
                    "partner_id": self.partner_id.id,
                    "company_id": self.company_id.id,
                    "effect": self.watch_effect,
                    "reason": self.reason,
                    "user_id": self.proposed_by_id.id,
                    "waiver_id": self.id,
                }
            )


class DunningCase(models.Model):
    _inherit = "dunning.case"

    def _close(self, reason):
        # OVERRIDE: who was given up as lost may belong on the watch list; what a waiver says of it is done there.
        done = super()._close(reason)
        for case in self.filtered(lambda case: reason == "lost" and not case._is_on_watch()):
            if not case.waiver_ids.filtered(lambda waiver: waiver.state == "booked"):
                case._remind_responsible(
                    "mail.mail_activity_data_todo",
                    self.env._("Lost: put %(customer)s on the watch list?", customer=case.partner_id.name),
                )
        return done

    def _is_on_watch(self):
        self.ensure_one()
        return bool(self.env["dunning.watch"]._get_current(self.partner_id, self.company_id))

    def action_watch(self):
        """The customer's line of the watch list, or a new one."""
        self.ensure_one()
        return self.partner_id.with_company(self.company_id).action_dunning_watch()


class ResPartner(models.Model):
    _inherit = "res.partner"

    def action_dunning_watch(self):
        """The customer's line of the watch list, or a new one."""
        self.ensure_one()
        self.env["dunning.watch"].check_access("read")
        partner = self.commercial_partner_id
        watch = self.env["dunning.watch"]._get_current(partner, self.env.company).get(partner)
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Watch List"),
            "res_model": "dunning.watch",
            "res_id": watch.id if watch else False,
            "view_mode": "form",
            "target": "new",
            "context": {"default_partner_id": partner.id, "default_company_id": self.env.company.id},
        }
