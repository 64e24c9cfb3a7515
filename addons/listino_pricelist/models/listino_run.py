"""One listino document for many customers, made in the background."""

import io
import logging
import zipfile
from collections import Counter

from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.service.model import PG_CONCURRENCY_EXCEPTIONS_TO_RETRY
from odoo.tools.osutil import clean_filename

_logger = logging.getLogger(__name__)

SERVER_FIELDS = {"state", "user_id", "line_ids"}
WAITING = [("state", "=", "waiting"), ("run_id.state", "=", "running")]
MOST_ATTEMPTS = 3
KEPT_DAYS = 30


class ListinoRun(models.Model):
    """The printing of a document for many customers: each gets his own list, taxes and language.

    The work is found in the lines, so it goes on after a stop, and any number of workers share it.
    """

    _name = "listino.run"
    _description = "Price Lists for Many Customers"
    _order = "id desc"
    _check_company_auto = True

    document_id = fields.Many2one("listino.document", required=True, ondelete="cascade", check_company=True)
    company_id = fields.Many2one(related="document_id.company_id", store=True)
    extension = fields.Selection(
        [("pdf", "PDF"), ("xlsx", "Excel"), ("csv", "CSV")], string="Format", required=True, default="pdf"
    )
    user_id = fields.Many2one(
        "res.users", string="Asked By", default=lambda self: self.env.user, readonly=True, copy=False
    )
    state = fields.Selection(
        [("draft", "To start"), ("running", "Running"), ("done", "Done"), ("stopped", "Stopped")],
        required=True,
        default="draft",
        readonly=True,
        copy=False,
    )
    line_ids = fields.One2many("listino.run.line", "run_id", string="Customers")
    partner_ids = fields.Many2many("res.partner", compute="_compute_partner_ids", inverse="_inverse_partner_ids")
    line_count = fields.Integer(compute="_compute_progress", string="Customers Chosen")
    done_count = fields.Integer(compute="_compute_progress", string="Made")
    failed_count = fields.Integer(compute="_compute_progress", string="Failed")
    progress = fields.Float(compute="_compute_progress", help="Percent of the customers dealt with.")

    @api.depends("document_id.name")
    def _compute_display_name(self):
        for run in self:
            run.display_name = self.env._("%(document)s for many customers", document=run.document_id.name or "")

    @api.depends("line_ids.partner_id")
    def _compute_partner_ids(self):
        for run in self:
            run.partner_ids = run.line_ids.partner_id

    def _inverse_partner_ids(self):
        for run in self:
            lines = run.line_ids.sudo()  # the server keeps the lines, whoever may write the run chooses the customers
            lines.filtered_domain([("partner_id", "not in", run.partner_ids.ids)]).unlink()
            missing = run.partner_ids - lines.exists().partner_id
            missing.check_access("read")  # a client can name any number
            lines.create([{"run_id": run.id, "partner_id": partner.id} for partner in missing])

    @api.depends("line_ids.state")
    def _compute_progress(self):
        counts = {
            (run, state): count
            for run, state, count in self.env["listino.run.line"]._read_group(
                [("run_id", "in", self.ids)], ["run_id", "state"], ["__count"]
            )
        }
        for run in self:
            run.done_count = counts.get((run, "done"), 0)
            run.failed_count = counts.get((run, "failed"), 0)
            run.line_count = run.done_count + run.failed_count + counts.get((run, "waiting"), 0)
            run.progress = 100.0 * (run.done_count + run.failed_count) / (run.line_count or 1)

    # === CRUD === #

    @api.model_create_multi
    def create(self, vals_list):
        # OVERRIDE: a run is its author's, and begins at its beginning.
        for vals in vals_list:
            self._check_server_fields(vals)
            if not self.env.su:
                vals.update(user_id=self.env.uid, state="draft")  # whatever defaults a client has brought
        return super().create(vals_list)

    def write(self, vals):
        # OVERRIDE: how far a run is, and in whose name, is for the server to say.
        self._check_server_fields(vals)
        return super().write(vals)

    @api.ondelete(at_uninstall=True)
    def _unlink_files(self):
        self.line_ids.attachment_id.sudo().unlink()  # the files are the run's, whoever made them

    def _check_server_fields(self, vals):
        if not self.env.su and not SERVER_FIELDS.isdisjoint(vals):
            raise AccessError(self.env._("State and author of a run are set by its buttons, not by hand."))

    # === ACTIONS === #

    def action_start(self):
        """Start, or go on with what is left; failed customers are tried again."""
        self.check_access("write")
        for run in self.sudo():  # the state is the server's to write
            if not run.line_ids:
                raise UserError(self.env._("Choose the customers first."))
            failed = run.line_ids.filtered(lambda line: line.state == "failed")
            failed.write({"state": "waiting", "error": False, "attempt_count": 0})
            run.state = "running"
        self._trigger_work()

    def action_stop(self):
        """Stop after the customer in the making; what is done stays."""
        self.check_access("write")
        self.sudo().filtered(lambda run: run.state == "running").state = "stopped"  # the state is the server's to write

    def action_download(self):
        """Download all that is made as one archive."""
        self.ensure_one()
        self.check_access("read")
        if not self.done_count:
            raise UserError(self.env._("Nothing is made yet. Wait until the first price lists are done."))
        return {"type": "ir.actions.act_url", "url": f"/listino/run/{self.id}/zip", "target": "download"}

    def _write_zip(self, stream):
        """Write the files of the run as a zip archive; customers of the same name are told apart by a number."""
        taken = Counter()
        with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
            for line in self.line_ids.filtered("attachment_id"):
                name = clean_filename(line.attachment_id.name)
                taken[name] += 1
                if taken[name] > 1:
                    stem, point, extension = name.rpartition(".")
                    name = f"{stem} ({taken[name]}){point}{extension}"
                archive.writestr(name, line.attachment_id.raw)

    # === SCHEDULED ACTION === #

    @api.model
    def _trigger_work(self):
        self.env.ref("listino_pricelist.ir_cron_listino_run")._trigger()

    @api.model
    def _cron_print(self):
        """Make the price lists that are waiting, one customer a commit; what another worker holds is left to it."""
        waiting = self.env["listino.run.line"].search(WAITING)
        self.env["ir.cron"]._commit_progress(remaining=len(waiting))
        for line in waiting:
            if line._claim():
                line._make()
            if not self.env["ir.cron"]._commit_progress(1):
                break
        self._close_finished()
        if self.env["listino.run.line"].search_count(WAITING, limit=1):
            self._trigger_work()

    @api.model
    def _close_finished(self):
        """Runs without a customer left are done: two workers at the last two each saw the other's as still waiting."""
        busy = self.env["listino.run.line"]._read_group(WAITING, ["run_id"])
        finished = [("state", "=", "running"), ("id", "not in", [run.id for (run,) in busy])]
        self.search(finished).try_lock_for_update().filtered_domain(finished).state = "done"

    @api.autovacuum
    def _gc_runs(self):
        """Forget old runs: files with customers' prices are not kept for ever."""
        limit = fields.Datetime.now() - relativedelta(days=KEPT_DAYS)
        self.search([("state", "in", ["done", "stopped"]), ("write_date", "<", limit)], limit=1000).unlink()


class ListinoRunLine(models.Model):
    """One customer's price list within a run."""

    _name = "listino.run.line"
    _description = "Price List for One Customer"
    _order = "run_id desc, id"

    run_id = fields.Many2one("listino.run", required=True, index=True, ondelete="cascade")
    company_id = fields.Many2one(related="run_id.company_id", store=True)
    partner_id = fields.Many2one("res.partner", string="Customer", required=True, ondelete="cascade")
    state = fields.Selection(
        [("waiting", "Waiting"), ("done", "Done"), ("failed", "Failed")],
        required=True,
        default="waiting",
        readonly=True,
    )
    attachment_id = fields.Many2one("ir.attachment", string="File", readonly=True, ondelete="set null")
    error = fields.Char(readonly=True)
    attempt_count = fields.Integer(readonly=True)

    _unique_partner = models.UniqueIndex("(run_id, partner_id)", "A customer is in a run once.")
    _waiting = models.Index("(run_id) WHERE state = 'waiting'")

    def _claim(self):
        """Count an attempt before it is made, so that a customer who stops the worker does not stop it for ever.

        :return: whether the line is this worker's to make
        """
        if not self._lock():
            return False
        self.attempt_count += 1
        if self.attempt_count > MOST_ATTEMPTS:
            error = self.env._("Given up after %(count)s attempts that stopped the server.", count=MOST_ATTEMPTS)
            self._finish({"state": "failed", "error": error})
            return False
        self.env["ir.cron"]._commit_progress()
        return self._lock()

    def _lock(self):
        """Whether nobody else holds the line and it is still to be made."""
        locked = self.try_lock_for_update()
        return bool(locked.filtered(lambda line: line.state == "waiting" and line.run_id.state == "running"))

    def _make(self):
        """Write the customer's file; an error stays on the line and harms no other."""
        self.ensure_one()
        document = self.run_id.document_id.with_user(self.run_id.user_id)
        try:
            with self.env.cr.savepoint(), io.BytesIO() as stream:
                document.env["res.partner"].browse(self.partner_id.id).check_access("read")
                document._write_file(self.run_id.extension, stream, partner=self.partner_id)
                attachment = self.env["ir.attachment"].create(self._prepare_attachment_vals(stream.getvalue()))
                values = {"attachment_id": attachment.id, "state": "done", "error": False}
        except PG_CONCURRENCY_EXCEPTIONS_TO_RETRY:  # two workers met: it is done again
            raise
        except Exception as error:  # noqa: BLE001 - one bad customer must not stop the others
            _logger.info("Price list for %s failed", self.partner_id.display_name, exc_info=True)
            values = {"state": "failed", "error": str(error) or type(error).__name__}
        self._finish(values)

    def _finish(self, values):
        """Note how it ended, and that the run is done with its last customer."""
        self.write(values)
        run = self.run_id
        if run.state == "running" and not self.search_count([*WAITING, ("run_id", "=", run.id)], limit=1):
            run.state = "done"

    def _prepare_attachment_vals(self, content):
        extension = self.run_id.extension
        name = clean_filename(f"{self.run_id.document_id.name} - {self.partner_id.display_name}").rstrip(".")
        return {
            "name": f"{name}.{extension}",
            "raw": content,
            "res_model": self._name,
            "res_id": self.id,
            "company_id": self.company_id.id,
        }
