"""Evidence files: all that proves a claim, in one archive that is never changed."""

from odoo import api, fields, models
from odoo.exceptions import UserError

from .dunning_evidence_gathering import COURT, LAWYER, get_source
from .dunning_notice_file import fingerprint

PURPOSES = [(LAWYER, "For the lawyer"), (COURT, "For the court's counter")]


class DunningEvidence(models.Model):
    """An archive of documents with their index and fingerprints, as it was handed over.

    Neither a person nor the server changes or deletes it; where something new came in, another one is made.
    """

    _name = "dunning.evidence"
    _description = "Evidence File"
    _inherit = ["dunning.numbered"]
    _order = "id desc"
    _check_company_auto = True

    name = fields.Char(string="Number", required=True, readonly=True)
    case_id = fields.Many2one("dunning.case", required=True, readonly=True, index=True, ondelete="restrict")
    company_id = fields.Many2one(related="case_id.company_id", store=True, index=True)
    partner_id = fields.Many2one(related="case_id.partner_id", string="Debtor", store=True, index=True)
    purpose = fields.Selection(PURPOSES, required=True, readonly=True)
    made_on = fields.Datetime(required=True, readonly=True)
    user_id = fields.Many2one("res.users", string="Made by", required=True, readonly=True, ondelete="restrict")
    interest_date = fields.Date(string="Interest up to", required=True, readonly=True)
    attachment_id = fields.Many2one(
        "ir.attachment", string="Archive", required=True, readonly=True, ondelete="restrict"
    )
    petition_id = fields.Many2one("ir.attachment", string="Draft", required=True, readonly=True, ondelete="restrict")
    sha256 = fields.Char(string="SHA-256", required=True, readonly=True, help="Of the archive.")
    contents = fields.Json(string="Files", readonly=True, help="Path, kind and SHA-256 of each file.")
    contents_text = fields.Text(string="Contents", compute="_compute_contents_text")
    file_count = fields.Integer(string="Documents", readonly=True)
    missing = fields.Text(readonly=True, help="What was not there when it was made.")
    problems = fields.Text(readonly=True, help="What could not be read or printed.")
    sources = fields.Json(readonly=True, help="What the documents were made from.")
    is_intact = fields.Boolean(
        compute="_compute_is_intact", help="Whether the archive is what it was when it was made."
    )
    news = fields.Text(string="New since Then", compute="_compute_news")

    # === COMPUTE METHODS === #

    @api.depends("attachment_id", "sha256")
    def _compute_is_intact(self):
        for evidence in self:
            attachment = evidence.attachment_id.with_context(bin_size=False)  # forms ask for sizes of files
            evidence.is_intact = fingerprint(attachment.raw) == evidence.sha256

    @api.depends("contents")
    def _compute_contents_text(self):
        for evidence in self:
            evidence.contents_text = "\n".join(
                f"{path}\n    {sha256}" for path, _kind, sha256 in evidence.contents or []
            )

    @api.depends("sources")
    def _compute_news(self):
        """What has come in since, by name."""
        inventories = self.case_id._get_inventories()
        for evidence in self:
            seen = set(evidence.sources or [])
            documents = inventories[evidence.case_id].documents
            evidence.news = "\n".join(each.name for each in documents if get_source(each) not in seen) or False

    # === CRUD === #

    def write(self, vals):
        # OVERRIDE: what was handed over is never changed, not even by the server.
        self.check_access("write")
        raise UserError(self.env._("An evidence file is never changed: make another one."))

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise UserError(self.env._("An evidence file is never deleted: it may have been handed over."))

    # === ACTIONS === #

    def action_download(self):
        """Download the archive."""
        self.ensure_one()
        return self._get_download(self.attachment_id)

    def action_download_petition(self):
        """Download the draft of the petition, to go on with in a word processor."""
        self.ensure_one()
        return self._get_download(self.petition_id)

    def _get_download(self, attachment):
        url = f"/web/content/{attachment.id}?download=true"
        return {"type": "ir.actions.act_url", "url": url, "target": "download"}

    @api.model
    def _prepare_sequence_vals(self, company):
        # OVERRIDE: the name and prefix of evidence files.
        name = self.env._("Evidence files of %(company)s", company=company.name)
        return {**super()._prepare_sequence_vals(company), "name": name, "prefix": "FE/%(range_year)s/"}
