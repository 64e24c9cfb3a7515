"""What happened to customers since the last scan."""

from odoo import api, fields, models

ASKED = "dunning_it.scan"


class DunningChange(models.Model):
    """A customer whose open items changed: written and never updated by payments, so that these wait for nobody.

    The scan reads the rows, brings the cases in line and deletes them.
    """

    _name = "dunning.change"
    _description = "Customer to Look At"
    _log_access = False

    company_id = fields.Many2one("res.company", required=True, ondelete="cascade")
    partner_id = fields.Many2one("res.partner", required=True, ondelete="cascade")

    @api.model
    def _note(self, lines):
        """Have the scan look at the customers of journal items.

        :param lines: ``account.move.line``
        """
        today = fields.Date.context_today(self)
        lines = lines.sudo().filtered(  # whoever may register a payment
            lambda line: line.account_type == "asset_receivable" and line.date_maturity and line.date_maturity < today
        )
        pairs = {(line.company_id.id, line.partner_id.commercial_partner_id.id) for line in lines if line.partner_id}
        if pairs:
            # a seller or a payment provider may cause it, and none of them needs a right for it
            self.sudo().create([{"company_id": company, "partner_id": partner} for company, partner in sorted(pairs)])
            self._ask_for_scan()

    @api.model
    def _ask_for_scan(self):
        """Have the scheduled action run; once a transaction is enough, however many payments are entered in it.

        Odoo keeps every trigger until the commit, with the environment it came from: an import would crawl.
        """
        asked = self.env.cr.precommit.data  # forgotten where what was noted is rolled back
        if not asked.get(ASKED):
            asked[ASKED] = True
            self.env.ref("dunning_it.ir_cron_dunning_scan").sudo()._trigger()  # the server's own

    @api.model
    def _forget(self, partners):
        """The changes of customers are being looked at, in the environment's company.

        What happens to them from now on makes new rows.
        """
        changes = self.sudo()  # the server's own rows
        changes.search([("company_id", "=", self.env.company.id), ("partner_id", "in", partners.ids)]).unlink()
