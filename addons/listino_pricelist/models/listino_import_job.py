"""When and as whom an import is written, and how it ended."""

import logging

from psycopg2 import OperationalError

from odoo import api, fields, models
from odoo.exceptions import UserError

_logger = logging.getLogger(__name__)

MAX_ATTEMPTS = 3


class ListinoImportJob(models.Model):
    """Running an import: one transaction, once, with its outcome kept on the record whatever happens."""

    _inherit = "listino.import"

    def _run_at_once(self):
        """Write a small import within the request of the user."""
        if not self.try_lock_for_update(allow_referencing=True):
            raise UserError(self.env._("This import is being written already. Reload the page to see how it ends."))
        self._run(self.env["listino.import.progress"])

    def _enqueue(self):
        """Leave the import to the scheduled action."""
        self._write_owned({"state": "queued"})
        self.env["listino.import.progress"]._start(self)
        self._trigger_cron()

    def _run(self, progress):
        """Write everything or nothing, and keep on the record how it ended.

        A conflict with another transaction is not an end: it goes up, for the request or the job to try again.
        """
        try:
            with self.env.cr.savepoint():
                self._apply(progress)
        except OperationalError:
            raise
        except Exception as error:  # noqa: BLE001 whatever it was, the user finds it on the import
            _logger.info("Import %s failed", self.id, exc_info=True)
            self._set_failed(str(error) or type(error).__name__)
        else:
            self._write_owned({"state": "done", "error": False, "done_date": fields.Datetime.now()})
            self.env["listino.import.mapping"]._remember(self)

    def _set_failed(self, message):
        self._write_owned({"state": "failed", "error": message})

    # === SCHEDULED ACTION === #

    @api.model
    def _cron_apply(self):
        """Write the waiting imports, and those that a stopped server left behind."""
        waiting = self.search([("state", "in", ("queued", "running"))], order="id")
        self.env["ir.cron"]._commit_progress(remaining=len(waiting))
        for record in waiting:
            record._run_in_background()
            if not self.env["ir.cron"]._commit_progress(1):
                break

    def _run_in_background(self):
        """Run one import as the user who asked for it; skip it when another worker has it."""
        if not self._claim():
            return
        user = self.user_id
        record = self.with_user(user).with_context(allowed_company_ids=self.company_id.ids, lang=user.lang, tz=user.tz)
        progress = self.env["listino.import.progress"].search([("import_id", "=", self.id)], limit=1)
        try:
            record._run(progress)
        except OperationalError:
            self.env.cr.rollback()
            self._trigger_cron()
            return
        self._notify_end(record.env)

    def _claim(self):
        """Take the import for this worker: count the attempt where a kill can't undo it, then lock its row.

        :return: whether it is ours to run
        """
        if not self.try_lock_for_update(allow_referencing=True) or self.state not in ("queued", "running"):
            return False
        if self.attempt_count >= MAX_ATTEMPTS:
            self._set_failed(
                self.env._(
                    "The server stopped this import %(count)s times before its end, most likely at its time limit. "
                    "Nothing was written. Split the file, or ask the administrator to raise limit_time_real_cron.",
                    count=self.attempt_count,
                )
            )
            return False
        self._write_owned({"state": "running", "attempt_count": self.attempt_count + 1})
        self.env["ir.cron"]._commit_progress()
        return bool(self.try_lock_for_update(allow_referencing=True)) and self.state == "running"

    def _notify_end(self, env):
        """Tell the user, wherever in Odoo he is, how his import ended.

        :param env: the environment of the user, for his language; the import may be out of his reach by now
        """
        done = self.state == "done"
        text = env._("The import of “%(name)s” is done.", name=self.name)
        if not done:
            text = env._("The import of “%(name)s” failed; nothing was written.", name=self.name)
        self.user_id._bus_send(
            "simple_notification", {"type": "success" if done else "danger", "message": text, "sticky": not done}
        )

    @api.model
    def _trigger_cron(self):
        """Wake the scheduled action."""
        # Without sudo: `ir.cron._trigger` raises the rights itself where it needs them, for users who press buttons.
        self.env.ref("listino_pricelist.ir_cron_listino_import")._trigger()
