"""A scheduled action that is due becomes jobs."""

from odoo import fields, models


class IrCron(models.Model):
    """Odoo never runs a scheduled action beside itself. One whose work is claimed row by row may: as several jobs.

    It is for whoever sets up the queue to say which: the addons whose actions they are need not know of it.
    """

    _inherit = "ir.cron"

    queue_job_count = fields.Integer(
        string="Jobs at Once",
        help="When it is due, so many jobs are put in the queue and do its work side by side. "
        "0: Odoo does it by itself. Only for actions that leave to others what these hold.",
    )

    _queue_job_count_positive = models.Constraint("CHECK (queue_job_count >= 0)", "There are no jobs, one, or several.")

    def _callback(self, cron_name, server_action_id):
        # OVERRIDE: the jobs do it, each until nothing is left that it could claim.
        if self.queue_job_count and not self.env.context.get("bottega_queue_job"):
            self._put_in_queue(cron_name, server_action_id)
            return None
        return super()._callback(cron_name, server_action_id)

    def _put_in_queue(self, cron_name, server_action_id):
        """Have as many jobs waiting as there shall be; those of an earlier call that have not begun yet count."""
        for place in range(self.queue_job_count):
            job = self.with_delay(identity_key=f"ir.cron-{self.id}-{place}", description=cron_name)
            job._run_in_queue(cron_name, server_action_id)
        self._commit_progress()

    def _run_in_queue(self, cron_name, server_action_id):
        """The work of a job: what the action does, as its own user, however long it takes."""
        self.with_user(self.user_id).with_context(bottega_queue_job=True)._callback(cron_name, server_action_id)
