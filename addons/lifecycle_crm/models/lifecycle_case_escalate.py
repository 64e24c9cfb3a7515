"""Cases past their deadline."""

from odoo import api, fields, models

BATCH = 200


class LifecycleCase(models.Model):
    _inherit = "lifecycle.case"

    @api.model
    def _cron_escalate(self):
        """Tell the manager of each overdue case, once."""
        progress = self.env["ir.cron"]._commit_progress
        waiting = [("is_closed", "=", False), ("escalated_on", "=", False)]
        for (company,) in self._read_group(waiting, ["company_id"]):
            overdue = [*waiting, ("company_id", "=", company.id), ("deadline", "<", company._lifecycle_today())]
            while cases := self.search(overdue, limit=BATCH).try_lock_for_update():
                cases._escalate()
                if not progress(len(cases)):
                    return

    def _escalate(self):
        """An activity for the manager of the owner; noted even where there is none, so that it is asked once."""
        words = self.env._("Overdue: the customer waits for a solution")
        for case in self:
            case._lifecycle_remind_manager(words, case.company_id)
        self.sudo().write({"escalated_on": fields.Datetime.now()})  # the server keeps it
