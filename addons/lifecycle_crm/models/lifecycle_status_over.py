"""The end of a relation, in a person's words; an order that comes later begins it anew."""

from odoo import api, fields, models


class LifecycleStatus(models.Model):
    _inherit = "lifecycle.status"

    end_date = fields.Date(string="Ended on", readonly=True, help="The customer, or the company, ended it in words.")
    end_reason = fields.Char(string="Ended because", readonly=True)
    is_over = fields.Boolean(compute="_compute_is_over")

    @api.depends("end_date", "last_order_date")
    def _compute_is_over(self):
        """The same as :data:`..sql.over.OVER`."""
        for status in self:
            began_anew = status.last_order_date and status.end_date and status.last_order_date > status.end_date
            status.is_over = status.end_date and not began_anew

    def action_end(self):
        """Ask since when it is over, and why."""
        self.ensure_one()
        self.check_access("read")  # whoever sees a customer may say what he heard
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Relation Ended"),
            "res_model": "lifecycle.ending",
            "view_mode": "form",
            "target": "new",
            "context": {"default_status_id": self.id},
        }

    def action_go_on(self):
        """It goes on: the end was a mistake, or is forgotten."""
        self.check_access("read")  # as above
        self._end()

    def _end(self, date=None, reason=None):
        """The relation is over in words, from a day on; or goes on again.

        :param date: None: it goes on
        """
        self.sudo().write({"end_date": date, "end_reason": date and reason})  # whoever may is for the caller to say
        for status in self:
            self.env["lifecycle.mark"]._add(status.partner_id, status.company_id, "manual")
            self._refresh(status.company_id, status.partner_id)

    @api.model
    def _get_joined_vals(self, statuses):
        # OVERRIDE: it is over where all of them are, since the last word.
        values = super()._get_joined_vals(statuses)
        if not all(statuses.mapped("end_date")):
            return {**values, "end_date": False, "end_reason": False}
        last = statuses.sorted("end_date")[-1:]
        return {**values, "end_date": last.end_date, "end_reason": last.end_reason}
