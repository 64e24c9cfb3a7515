"""What was done about instalments: what invoices show of it."""

from odoo import api, fields, models

from ..cases.standing import STEPS


class DunningCase(models.Model):
    _inherit = "dunning.case"

    def _get_promised_items(self):
        """Until when what was promised to be paid, by case and journal item."""
        promises = self.env["dunning.promise"].search(
            [("case_id", "in", self.ids), ("state", "=", "open")], order="date desc"
        )
        return {
            (promise.case_id.id, item): promise.date
            for promise in promises
            for item, _residual in (promise.snapshot or {}).get("lines", ())
        }

    def _get_step_items(self):
        """Kind and day of the last step that was taken, by case and journal item; old steps name no items."""
        steps = self.env["dunning.step"].search(
            [
                ("case_id", "in", self.ids),
                ("state", "=", "done"),
                ("done_on", "!=", False),
                ("kind", "in", list(STEPS)),
            ],
            order="done_on, id",
        )
        found = {}
        for step in steps:
            day = fields.Date.context_today(step, step.done_on)
            for item, _residual in (step.snapshot or {}).get("lines", ()):
                found[step.case_id.id, item] = step.kind, day
        return found


class DunningNoticeLine(models.Model):
    _inherit = "dunning.notice.line"

    @api.model
    def _get_sent_notices(self, items):
        """State and day of the last formal notice that left and was not returned, by journal item.

        :param list items: ids of journal items
        """
        lines = self.search(
            [("move_line_id", "in", items), ("notice_id.state", "in", ("sent", "stored", "delivered"))], order="id"
        )
        return {
            line.move_line_id.id: (line.notice_id.state, line.notice_id.arrival_date or line.notice_id.sent_date)
            for line in lines
        }
