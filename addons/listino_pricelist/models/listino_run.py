"""One listino document for many customers, made in the background."""

import io
import zipfile

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools.osutil import clean_filename


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
    user_id = fields.Many2one("res.users", string="Asked By", default=lambda self: self.env.user, readonly=True)
    state = fields.Selection(
        [("draft", "To start"), ("running", "Running"), ("done", "Done"), ("stopped", "Stopped")],
        required=True,
        default="draft",
        readonly=True,
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
            run.line_ids.filtered_domain([("partner_id", "not in", run.partner_ids.ids)]).unlink()
            missing = run.partner_ids - run.line_ids.partner_id
            self.env["listino.run.line"].create([{"run_id": run.id, "partner_id": partner.id} for partner in missing])

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

    # === ACTIONS === #

    def action_start(self):
        """Start, or go on with what is left; failed customers are tried again."""
        for run in self:
            if not run.line_ids:
                raise UserError(self.env._("Choose the customers first."))
            run.line_ids.filtered(lambda line: line.state == "failed").write({"state": "waiting", "error": False})
            run.state = "running"
        self.env.ref("listino_pricelist.ir_cron_listino_run")._trigger()

    def action_stop(self):
        self.filtered(lambda run: run.state == "running").state = "stopped"

    def action_download(self):
        """Download all that is made as one archive."""
        self.ensure_one()
        if not self.done_count:
            raise UserError(self.env._("Nothing is made yet. Wait until the first price lists are done."))
        return {"type": "ir.actions.act_url", "url": f"/listino/run/{self.id}/zip", "target": "download"}

    def _write_zip(self, stream):
        """Write the files of the run as a zip archive."""
        with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
            for line in self.line_ids.filtered("attachment_id"):
                archive.writestr(line.attachment_id.name, line.attachment_id.raw)

    # === SCHEDULED ACTION === #

    @api.model
    def _cron_print(self):
        """Make the price lists that are waiting, one customer a commit; what another worker holds is left to it."""
        waiting = self.env["listino.run.line"].search([("state", "=", "waiting"), ("run_id.state", "=", "running")])
        self.env["ir.cron"]._commit_progress(remaining=len(waiting))
        for line in waiting:
            line = line[0].try_lock_for_update()
            if line.filtered(lambda line: line.state == "waiting" and line.run_id.state == "running"):
                line._make()
            if not self.env["ir.cron"]._commit_progress(1):
                break
        self._close_finished()

    @api.model
    def _close_finished(self):
        running = self.search([("state", "=", "running")])
        running.filtered(lambda run: run.line_count == run.done_count + run.failed_count).state = "done"


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

    _unique_partner = models.UniqueIndex("(run_id, partner_id)", "A customer is in a run once.")
    _waiting = models.Index("(run_id) WHERE state = 'waiting'")

    def _make(self):
        """Write the customer's file; an error stays on the line and harms no other."""
        self.ensure_one()
        document = self.run_id.document_id.with_user(self.run_id.user_id)
        try:
            with self.env.cr.savepoint(), io.BytesIO() as stream:
                document._write_file(self.run_id.extension, stream, partner=self.partner_id)
                content = stream.getvalue()
                values = self._prepare_attachment_vals(content)
                self.write({"attachment_id": self.env["ir.attachment"].create(values).id, "state": "done"})
        except Exception as error:  # noqa: BLE001 - one bad customer must not stop the others
            self.write({"state": "failed", "error": str(error)})

    def _prepare_attachment_vals(self, content):
        extension = self.run_id.extension
        name = clean_filename(f"{self.run_id.document_id.name} - {self.partner_id.display_name}")
        return {
            "name": f"{name}.{extension}",
            "raw": content,
            "res_model": self._name,
            "res_id": self.id,
            "company_id": self.company_id.id,
        }
