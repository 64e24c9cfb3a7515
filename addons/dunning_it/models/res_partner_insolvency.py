"""An insolvency procedure is opened: all contact stops, and the claim has to be filed."""

from odoo import models
from odoo.tools.misc import format_date


class ResPartner(models.Model):
    _inherit = "res.partner"

    def write(self, vals):
        # OVERRIDE: insolvency stops all contact at once, not at the next scan.
        if "dunning_insolvency_date" not in vals:
            return super().write(vals)
        before = {partner: partner.dunning_insolvency_date for partner in self}
        done = super().write(vals)
        self.filtered(lambda partner: partner.dunning_insolvency_date != before[partner])._note_insolvency()
        return done

    def _note_insolvency(self):
        """Bring the cases in line, and have a person file the claims."""
        Case = self.env["dunning.case"].sudo()  # whoever hears of it may note it
        Case._sync(self.commercial_partner_id)
        insolvent = self.filtered("dunning_insolvency_date")
        cases = Case.search(
            [
                ("partner_id", "in", insolvent.ids),
                ("company_id", "=", self.env.company.id),
                ("state", "!=", "closed"),
            ]
        )
        cases._get_open_promises()._withdraw()
        for case in cases:
            case._warn_insolvency(case.partner_id.with_company(case.company_id).dunning_insolvency_date)


class DunningCase(models.Model):
    _inherit = "dunning.case"

    def _warn_insolvency(self, date):
        """Have the responsible file the claim (insinuazione al passivo)."""
        self._remind_responsible(
            "mail.mail_activity_data_warning",
            self.env._("Insolvent since %(date)s: file the claim", date=format_date(self.env, date)),
            note=self.env._(
                "All contact has stopped. What is open and not disputed: %(amount)s. Find the date set for claims "
                "(insinuazione al passivo) in the notice of the procedure, and file this one in time.",
                amount=self.currency_id.format(self.amount_due),
            ),
        )
