"""What goes into an evidence file."""

from itertools import groupby

from markupsafe import Markup

from odoo import api, fields, models

from ..models.dunning_evidence import PURPOSES
from ..models.dunning_evidence_gathering import FOLDER_OF, LAWYER, OTHERS, Wishes

SHOWN = 5  # names of a kind of document


class DunningEvidenceWizard(models.TransientModel):
    """Shows what there is and what is missing, before the archive is made."""

    _name = "dunning.evidence.wizard"
    _description = "Make an Evidence File"

    case_id = fields.Many2one("dunning.case", required=True, readonly=True, ondelete="cascade")
    purpose = fields.Selection(
        PURPOSES,
        required=True,
        default=LAWYER,
        help="The lawyer gets letters and calls too; the court's counter what proves the claim.",
    )
    interest_date = fields.Date(string="Interest up to", required=True, default=fields.Date.context_today)
    court_place = fields.Char(string="Place of the Court", help="For the draft of the petition; empty: left open.")
    has_notes = fields.Boolean(
        string="Internal Notes", help="Otherwise nothing goes out that was written for your own house."
    )
    prints_papers = fields.Boolean(
        string="Print What Has No File", default=True, help="Invoices, orders and delivery notes."
    )
    unprinted_count = fields.Integer(compute="_compute_contents")
    contents = fields.Html(compute="_compute_contents", sanitize=False)
    missing = fields.Html(compute="_compute_missing", sanitize=False)

    @api.depends("case_id", "purpose")
    def _compute_contents(self):
        for wizard in self:
            documents = wizard.case_id._get_documents() if wizard.case_id else []
            wizard.unprinted_count = sum(1 for each in documents if each.report and not each.attachment)
            wizard.contents = wizard._list(wizard._describe_contents(documents))

    @api.depends("case_id", "interest_date")
    def _compute_missing(self):
        for wizard in self:
            is_known = wizard.case_id and wizard.interest_date
            words = wizard.case_id._get_missing_words(wizard.interest_date) if is_known else []
            wizard.missing = wizard._list(words) if words else False

    def _describe_contents(self, documents):
        """A line for each kind of document, in the order of the folders."""
        names = self.case_id._get_kind_names()
        files = [each for each in documents if each.attachment or each.report]
        files.sort(key=lambda each: (FOLDER_OF.get(each.kind, OTHERS), each.kind))
        for kind, found in groupby(files, key=lambda each: each.kind):
            found = list(found)
            shown = ", ".join(each.name for each in found[:SHOWN]) + (" …" if len(found) > SHOWN else "")
            yield f"{names[kind]} ({len(found)}): {shown}"
        made = ["statement", "interest", "petition", *(["log", "mail"] if self.purpose == LAWYER else [])]
        yield ", ".join(names[kind] for kind in made)

    @staticmethod
    def _list(lines):
        return Markup("<ul class='mb-0'>%s</ul>") % Markup().join(Markup("<li>%s</li>") % line for line in lines)

    def action_make(self):
        """Make the archive and show it."""
        self.ensure_one()
        wishes = Wishes(
            purpose=self.purpose,
            day=self.interest_date,
            notes=self.has_notes,
            prints=self.prints_papers,
            place=(self.court_place or "").strip(),
        )
        evidence = self.case_id._make_evidence(wishes)
        return {
            "type": "ir.actions.act_window",
            "name": evidence.name,
            "res_model": evidence._name,
            "res_id": evidence.id,
            "view_mode": "form",
        }
