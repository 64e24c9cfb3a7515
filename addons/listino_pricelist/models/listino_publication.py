"""Publications: numbered revisions of a listino document, kept for good."""

import json

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools.osutil import clean_filename

from ..freezing.content import sha256_of
from ..layout.csv_file import write_csv
from ..layout.preview import preview_of


class ListinoPublication(models.Model):
    """A revision of a document: its prices, and the files as they were printed, never changed afterwards.

    Each part is proven by its SHA-256; the seal proves number, date, author and reason with them, and, since it is
    taken of the seal before too, that no revision is missing.
    """

    _name = "listino.publication"
    _inherit = "listino.frozen.mixin"
    _description = "Published Price List"
    _order = "id desc"
    _check_company_auto = True

    name = fields.Char(string="Title", required=True, readonly=True)
    document_id = fields.Many2one(
        "listino.document", required=True, readonly=True, index=True, ondelete="restrict", check_company=True
    )
    company_id = fields.Many2one("res.company", required=True, readonly=True, ondelete="restrict")
    number = fields.Integer(string="Revision", required=True, readonly=True, aggregator=False)
    pricelist_id = fields.Many2one(required=True, ondelete="restrict", check_company=True)
    partner_id = fields.Many2one(
        "res.partner",
        string="Customer",
        readonly=True,
        index="btree_not_null",
        ondelete="restrict",
        check_company=True,
        help="Whose prices they are; empty: a list for everybody.",
    )
    date = fields.Datetime(string="Published On", required=True, readonly=True)
    user_id = fields.Many2one("res.users", string="Published By", required=True, readonly=True, ondelete="restrict")
    reason = fields.Text(readonly=True)
    pdf_id = fields.Many2one("ir.attachment", string="PDF", required=True, readonly=True, ondelete="restrict")
    xlsx_id = fields.Many2one("ir.attachment", string="Excel", required=True, readonly=True, ondelete="restrict")
    pdf_sha256 = fields.Char(string="SHA-256 of the PDF", required=True, readonly=True)
    xlsx_sha256 = fields.Char(string="SHA-256 of the Excel File", required=True, readonly=True)
    seal = fields.Char(
        required=True, readonly=True, help="SHA-256 of all that proves this revision, and of the seal before."
    )

    _unique_number = models.UniqueIndex("(document_id, number)", "A document has one revision of each number.")
    _current = models.Index("(pricelist_id, id) WHERE partner_id IS NULL")

    @api.depends("name", "number")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for publication in self:
            publication.display_name = self.env._(
                "%(title)s, revision %(number)s", title=publication.name or "", number=publication.number
            )

    # === CRUD === #

    def write(self, vals):
        # OVERRIDE: nobody changes what was published, not even the server.
        self.check_access("write")
        raise UserError(
            self.env._("A published price list is never changed, for it proves what the prices were. Publish it anew.")
        )

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise UserError(self.env._("A published price list is never deleted, for it proves what the prices were."))

    # === ACTIONS === #

    def action_preview(self):
        """Open the frozen prices in the web client."""
        self.ensure_one()
        return {
            "type": "ir.actions.client",
            "tag": "listino_pricelist.preview",
            "name": self.display_name,
            "params": {"model": self._name, "record_id": self.id, "url": f"/listino/publication/{self.id}"},
        }

    def action_download_pdf(self):
        """Download what was published as a PDF."""
        return self._download("pdf")

    def action_download_xlsx(self):
        """Download what was published as a spreadsheet."""
        return self._download("xlsx")

    def _download(self, extension):
        self.ensure_one()
        self.check_access("read")
        url = f"/listino/publication/{self.id}/{extension}"
        return {"type": "ir.actions.act_url", "url": url, "target": "download"}

    def action_compare_previous(self):
        """Show what changed since the revision before of the same customer."""
        self.ensure_one()
        previous = self._get_previous()
        if not previous:
            raise UserError(self.env._("There is no revision before this one to compare it with."))
        values = {"old_publication_id": previous.id, "new_publication_id": self.id}
        return self.env["listino.difference"]._open(self.document_id, self.partner_id, values)

    def action_compare_today(self):
        """Show what changed between this revision and the prices of today."""
        self.ensure_one()
        values = {"old_publication_id": self.id}
        return self.env["listino.difference"]._open(self.document_id, self.partner_id, values)

    def action_verify(self):
        """Take the hashes anew and say whether all is as it was published."""
        self.check_access("read")
        damaged = {publication.display_name: publication._get_damage() for publication in self}
        texts = [f"{name}: {', '.join(parts)}" for name, parts in damaged.items() if parts]
        message = self.env._("Prices, PDF, Excel file and seal are those that were published.")
        if texts:
            message = self.env._("Not as it was published: %(parts)s", parts="; ".join(texts))
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "title": self.env._("Changed since it was published") if texts else self.env._("Intact"),
                "message": message,
                "type": "danger" if texts else "success",
                "sticky": bool(texts),
            },
        }

    # === BUSINESS === #

    def _get_damage(self):
        """The names of the parts that are not any more what was published; empty: all is intact."""
        self.ensure_one()
        hashes = {
            self.env._("prices"): (self._hash_content(), self.sha256),
            self.env._("PDF"): (sha256_of(self.pdf_id.raw or b""), self.pdf_sha256),
            self.env._("Excel file"): (sha256_of(self.xlsx_id.raw or b""), self.xlsx_sha256),
            self.env._("number, date, author, reason or the revision before"): (self._take_seal(), self.seal),
        }
        return [name for name, (found, expected) in hashes.items() if found != expected]

    def _hash_content(self):
        try:
            return self._get_frozen().sha256
        except UserError:
            return ""

    def _take_seal(self):
        """The seal as the values of this record, and the seal of the number before, make it."""
        revisions = self.sudo()  # the one before may be of a company out of sight
        before = revisions.search([("document_id", "=", self.document_id.id), ("number", "=", self.number - 1)])
        return self._seal_of({name: self[name] for name in self._get_sealed_fields()}, before.seal or "")

    @api.model
    def _get_sealed_fields(self):
        """What the seal proves, besides the seal before; relations by id. Merged customers must not break it."""
        return [
            *("name", "document_id", "company_id", "number", "pricelist_id", "date", "price_time", "user_id", "reason"),
            *("line_count", "sha256", "pdf_sha256", "xlsx_sha256"),
        ]

    @api.model
    def _seal_of(self, values, seal_before):
        """The seal of a revision.

        :param dict values: of the sealed fields, relations as records or ids
        """
        plain = {"before": seal_before}
        for name in self._get_sealed_fields():
            value = values[name]
            plain[name] = value.id if isinstance(value, models.BaseModel) else str(value or "")
        plain = {name: str(value) for name, value in plain.items()}
        return sha256_of(json.dumps(plain, sort_keys=True).encode())

    def _get_previous(self):
        """The revision before of the same customer, or of nobody in particular."""
        self.ensure_one()
        same = [("document_id", "=", self.document_id.id), ("partner_id", "=", self.partner_id.id)]
        return self.search([*same, ("number", "<", self.number)], order="number desc", limit=1)

    def _write_file(self, extension, stream):
        """Write the kept PDF or Excel file, or the frozen prices as CSV.

        :param str extension: pdf, xlsx or csv
        :param stream: a writable binary stream
        """
        self.ensure_one()
        self.check_access("read")
        match extension:
            case "pdf" | "xlsx":
                stream.write(self[f"{extension}_id"].sudo().raw)  # the file is the publication's, which may be read
            case "csv":
                frozen = self._get_frozen()
                write_csv(frozen.listing(), frozen.blocks(), stream)
            case _:
                raise ValueError(extension)

    def _get_file_name(self, extension):
        return clean_filename(f"{self.display_name}.{extension}")

    @api.readonly
    def get_preview(self):
        """The frozen prices as the preview in the web client shows them; no price can be asked for its derivation.

        :rtype: dict
        """
        self.ensure_one()
        self.check_access("read")
        frozen = self._get_frozen()
        return {**preview_of(frozen.listing(), frozen.blocks()), "prices": {}}

    @api.model
    def _prepare_attachment_vals(self, name, content):
        return {"name": name, "raw": content, "res_model": self._name, "res_id": 0}

    @api.model
    def _keep(self, values, files):
        """Create a revision with its files.

        :param dict values: all but files and seal
        :param dict files: bytes by extension
        """
        before = self.search([("document_id", "=", values["document_id"]), ("number", "=", values["number"] - 1)])
        for extension, content in files.items():
            name = clean_filename(f"{values['name']} {values['number']}.{extension}")
            attachment = self.env["ir.attachment"].create(self._prepare_attachment_vals(name, content))
            values |= {f"{extension}_id": attachment.id, f"{extension}_sha256": sha256_of(content)}
        publication = self.create({**values, "seal": self._seal_of(values, before.seal or "")})
        (publication.pdf_id + publication.xlsx_id).write({"res_id": publication.id})
        return publication
