"""An evidence file is made from a case."""

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import format_date, format_datetime

from ..evidence.archive import File, pack
from ..evidence.names import safe_name
from ..evidence.odt import MIMETYPE, write_odt
from ..evidence.pages import count_pages
from ..paper.draw import draw
from ..paper.facts import Document
from ..paper.kinds import EvidenceIndex
from .dunning_evidence_gathering import LAWYER, Gathering
from .dunning_notice_file import fingerprint


class DunningCase(models.Model):
    _inherit = "dunning.case"

    evidence_ids = fields.One2many("dunning.evidence", "case_id", string="Evidence Files", readonly=True)
    evidence_count = fields.Integer(compute="_compute_evidence_count")

    @api.depends("evidence_ids")
    def _compute_evidence_count(self):
        for case in self:
            case.evidence_count = len(case.evidence_ids)

    # === ACTIONS === #

    def action_make_evidence(self):
        """Ask what goes into an evidence file."""
        self.ensure_one()
        self.check_access("write")
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Evidence File"),
            "res_model": "dunning.evidence.wizard",
            "view_mode": "form",
            "target": "new",
            "context": {"default_case_id": self.id},
        }

    def action_add_document(self):
        """Ask for a document."""
        self.ensure_one()
        self.check_access("write")
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Add a Document"),
            "res_model": "dunning.document.wizard",
            "view_mode": "form",
            "target": "new",
            "context": {"default_case_id": self.id},
        }

    def action_open_evidence(self):
        """The evidence files of the case."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id("dunning_it.dunning_evidence_action")
        return {**action, "domain": [("id", "in", self.evidence_ids.ids)], "context": {}}

    # === MAKE === #

    def _make_evidence(self, wishes):
        """Make an evidence file.

        :param wishes: see :class:`.dunning_evidence_gathering.Wishes`
        :rtype: dunning.evidence
        """
        self.ensure_one()
        self.check_access("write")
        if not self.line_ids.filtered(lambda line: line.state == "active"):
            raise UserError(self.env._("Nothing is pursued in this case: there is nothing to prove."))
        case = self.sudo()  # orders, deliveries and files that a user of dunning may not open by himself
        Evidence = case.env["dunning.evidence"]
        number = Evidence._take_number(case.company_id, fields.Date.context_today(case))
        vals, archive, petition = case._build_evidence(wishes, number)
        files = [case._keep_evidence(f"{safe_name(number)}.zip", archive, "application/zip")]
        files.append(case._keep_evidence(petition.path, petition.content, MIMETYPE))
        ids = {"attachment_id": files[0].id, "petition_id": files[1].id}
        evidence = Evidence.create({**vals, **ids, "case_id": case.id, "user_id": self.env.user.id})
        for file in files:
            file.res_id = evidence.id
        case.document_ids.filtered(lambda document: not document.is_fixed).is_fixed = True
        return evidence.with_env(self.env)

    def _keep_evidence(self, name, content, mimetype):
        vals = {"name": name, "raw": content, "mimetype": mimetype, "res_model": "dunning.evidence"}
        return self.env["ir.attachment"].create(vals)

    def _build_evidence(self, wishes, number):
        """The archive, with what is to be kept about it.

        :return: values of ``dunning.evidence``, the archive as bytes, and the petition as a file
        """
        gathered = Gathering(self, wishes)
        paper, gaps = self._prepare_petition(gathered.files, wishes)
        name = safe_name(self.env._("draft_petition"))  # not within the f-string, where no term is found
        petition = File(path=f"00_{name}.odt", content=write_odt(paper), kind="petition")
        missing = self._get_missing_words(wishes.day)
        index = self._prepare_evidence_index([*gathered.files, petition], wishes, number, missing)
        name = safe_name(self.env._("index"))
        first = File(path=f"00_{name}.pdf", content=draw(index, self._get_fonts()))
        files = [first, petition, *gathered.files]
        archive = pack(files)
        gap_words = self.env._("To be completed in the draft: %(gaps)s", gaps="; ".join(gaps)) if gaps else ""
        vals = {
            "name": number,
            "purpose": wishes.purpose,
            "made_on": fields.Datetime.now(),
            "interest_date": wishes.day,
            "sha256": fingerprint(archive),
            "contents": [[file.path, file.kind, file.sha256] for file in files],
            "file_count": len(gathered.files),
            "missing": "\n".join(filter(None, [*missing, gap_words])) or False,
            "problems": "\n".join(gathered.problems) or False,
            "sources": gathered.sources,
        }
        return vals, archive, petition

    # === INDEX === #

    def _prepare_evidence_index(self, files, wishes, number, missing):
        """The list of the documents, numbered as the petition names them.

        :rtype: EvidenceIndex
        """
        purposes = dict(self.env["dunning.evidence"]._fields["purpose"]._description_selection(self.env))
        claim = self._get_claim(wishes.day)
        figures = self._get_figures()
        notes = [
            self.env._(
                "The SHA-256 of each file tells whether it was changed since: the command “sha256sum -c SHA256SUMS” "
                "checks all of them at once."
            )
        ]
        if wishes.purpose == LAWYER:
            notes += missing
        return EvidenceIndex(
            **self._get_paper_head(),
            title=self.env._("Evidence file %(number)s", number=number),
            particulars=(
                (self.env._("Debtor"), self.partner_id.name or ""),
                (self.env._("Purpose"), purposes[wishes.purpose]),
                (self.env._("Made on"), format_datetime(self.env, fields.Datetime.now())),
                (self.env._("Principal"), figures.money(claim.net)),
                (
                    self.env._("Interest up to %(date)s", date=format_date(self.env, wishes.day)),
                    self._get_interest(claim),
                ),
            ),
            documents=tuple(self._get_index_row(file) for file in files),
            notes=tuple(notes),
        )

    def _get_interest(self, claim):
        return self._get_figures().money(claim.interest_amount) if claim.interest else ""

    def _get_index_row(self, file):
        return Document(
            name=file.path,
            kind=self._get_kind_names()[file.kind],
            date=file.day,
            pages=count_pages(file.content),
            sha256=file.sha256,
            remark=file.remark,
        )
