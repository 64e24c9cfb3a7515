"""Customers about whom something has changed."""

from odoo import api, fields, models

from .lifecycle_transition import CAUSES

ASKED = "lifecycle_crm.refresh"


class LifecycleMark(models.Model):
    """A note that a customer is to be looked at again; only ever added, so a checkout waits for nobody."""

    _name = "lifecycle.mark"
    _description = "Customer to Look at Again"

    partner_id = fields.Many2one("res.partner", required=True, index=True, ondelete="cascade")
    company_id = fields.Many2one("res.company", required=True, index=True, ondelete="cascade")
    cause = fields.Selection(CAUSES, required=True)

    @api.model
    def _add(self, partners, company, cause):
        """Have customers looked at again within minutes.

        :param partners: res.partner records, contacts or companies: their commercial partners are meant
        :param str cause: one of :data:`lifecycle_transition.CAUSES`
        """
        commercial = partners.sudo().commercial_partner_id  # whoever sells or delivers may not see them all
        if not commercial:
            return
        self.sudo().create(  # whoever sells or delivers has no rights on it
            [{"partner_id": partner.id, "company_id": company.id, "cause": cause} for partner in commercial]
        )
        self._ask_for_refresh()

    @api.model
    def _ask_for_refresh(self):
        """Have the scheduled action run; once a transaction is enough, however many customers are marked in it.

        Odoo keeps every trigger until the commit, with the environment it came from: an import would crawl.
        """
        asked = self.env.cr.precommit.data  # forgotten where what was marked is rolled back
        if not asked.get(ASKED):
            asked[ASKED] = True
            self.env.ref("lifecycle_crm.ir_cron_lifecycle_refresh").sudo()._trigger()  # as above
