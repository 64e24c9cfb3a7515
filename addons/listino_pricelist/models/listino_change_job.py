"""When and as whom a change is written, and how it ended."""

import logging

from psycopg2 import OperationalError

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

_logger = logging.getLogger(__name__)

MAX_ATTEMPTS = 3


class ListinoChangeJob(models.Model):
    """Applying a change: one transaction, once, with its outcome kept on the record whatever happens."""

    _inherit = "listino.change"

    def _start(self):
        """Write an approved change: few prices at once, many or later ones by the scheduled action."""
        if self.effective_date or self.change_count > self._get_background_threshold():
            self._write_owned({"state": "approved"})
            self._trigger_cron(self.effective_date)
            return
        if not self.try_lock_for_update(allow_referencing=True):
            raise UserError(self.env._("This change is being written already. Reload the page to see how it ends."))
        self._run()

    def _run(self):
        """Write everything or nothing, and keep on the record how it ended.

        A conflict with another transaction is not an end: it goes up, for the request or the job to try again.
        """
        try:
            with self.env.cr.savepoint():
                self._apply()
        except OperationalError:
            raise
        except Exception as error:  # noqa: BLE001 whatever it was, the user finds it on the change
            _logger.info("Change of prices %s failed", self.id, exc_info=True)
            self._write_owned({"state": "failed", "error": str(error) or type(error).__name__})
        else:
            self._write_owned({"state": "applied", "error": False, "applied_date": fields.Datetime.now()})

    # === SCHEDULED ACTION === #

    @api.model
    def _get_due_domain(self):
        """The changes whose turn it is, and those that a stopped server left behind."""
        due = Domain("effective_date", "=", False) | Domain("effective_date", "<=", fields.Datetime.now())
        return Domain("state", "in", ("approved", "running")) & due

    @api.model
    def _cron_apply(self):
        """Write the changes that are due, one a commit."""
        due = self.search(self._get_due_domain(), order="effective_date, id")
        self.env["ir.cron"]._commit_progress(remaining=len(due))
        for change in due:
            change._run_in_background()
            if not self.env["ir.cron"]._commit_progress(1):
                break

    def _run_in_background(self):
        """Write one change as the user who approved it; skip it when another worker has it."""
        if not self._claim():
            return
        user = self.approved_by_id
        change = self.with_user(user).with_context(allowed_company_ids=self.company_id.ids, lang=user.lang, tz=user.tz)
        try:
            change._run()
        except OperationalError:
            self.env.cr.rollback()
            self._trigger_cron()
            return
        self._notify_end(change.env)

    def _claim(self):
        """Take the change for this worker: count the attempt where a kill can't undo it, then lock its row.

        :return: whether it is ours to write
        """
        if not self._lock_due():
            return False
        if self.attempt_count >= MAX_ATTEMPTS:
            self._write_owned({"state": "failed", "error": self._get_given_up_text()})
            return False
        self._write_owned({"state": "running", "attempt_count": self.attempt_count + 1})
        self.env["ir.cron"]._commit_progress()
        return self._lock_due()

    def _lock_due(self):
        """Whether nobody else holds the change and it is still to be written."""
        locked = self.try_lock_for_update(allow_referencing=True)
        locked.invalidate_recordset(["state"])
        return bool(locked) and locked.state in ("approved", "running")

    def _get_given_up_text(self):
        return self.env._(
            "The server stopped this change %(count)s times before its end, most likely at its time limit. Nothing was "
            "written. Make several smaller changes of it, or ask the administrator to raise limit_time_real_cron.",
            count=self.attempt_count,
        )

    def _notify_end(self, env):
        """Tell who prepared and who approved it how it ended.

        :param env: an environment in their language; the change itself may be out of their reach by now
        """
        done = self.state == "applied"
        text = env._("The change of prices “%(name)s” is applied.", name=self.name)
        if not done:
            text = env._("The change of prices “%(name)s” failed; no price was written.", name=self.name)
        for user in self.user_id | self.approved_by_id:
            user._bus_send(
                "simple_notification", {"type": "success" if done else "danger", "message": text, "sticky": not done}
            )

    @api.model
    def _trigger_cron(self, at=None):
        """Wake the scheduled action, now or at a date."""
        # Without sudo: `ir.cron._trigger` raises the rights itself where it needs them, for users who press buttons.
        self.env.ref("listino_pricelist.ir_cron_listino_change")._trigger(at or None)

    # === HOOKS === #

    @api.model
    def _get_background_threshold(self):
        """More prices than this are written by the scheduled action instead of the request of the button."""
        parameters = self.env["ir.config_parameter"].sudo()  # a plain number, no secret
        return int(parameters.get_param("listino_pricelist.change_background_lines", 2000))
