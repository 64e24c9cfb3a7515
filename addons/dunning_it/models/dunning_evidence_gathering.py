"""The files of an evidence file: what the inventory found, what is drawn for it, and the mails."""

import base64
from datetime import timezone
from typing import NamedTuple

from odoo import fields
from odoo.exceptions import UserError

from ..evidence.archive import File
from ..evidence.mail import find_certificates, write_mail
from ..evidence.names import Names, safe_name

LAWYER, COURT = "lawyer", "court"
FOLDERS = {
    1: ("contract", "signed_quote", "order"),
    2: ("delivery_note",),
    3: ("invoice", "einvoice", "einvoice_unproven"),
    4: ("statement", "interest", "tax_books_extract"),
    5: ("notice_delivered", "notice"),
    6: ("signed_plan", "promise"),
    7: ("correspondence", "mail", "log"),
}
OTHERS = 8
OF_A_LETTER = ("letter", "signed", "enclosure")  # kinds of files that are put aside where a notice is drawn anew
FOLDER_OF = {kind: number for number, kinds in FOLDERS.items() for kind in kinds}


class Wishes(NamedTuple):
    """What goes into an evidence file.

    :param str purpose: for the lawyer, with letters and calls; or for the court's counter, with what proves the claim
    :param datetime.date day: up to which interest is reckoned
    :param bool notes: internal notes too
    :param bool prints: print the invoices and orders that have no file
    :param str place: of the court
    """

    purpose: str
    day: object
    notes: bool = False
    prints: bool = True
    place: str = ""


class Gathering:
    """Gathers the files of a case.

    :ivar list files: in the order of their numbers, see :class:`..evidence.archive.File`
    :ivar list problems: what could not be read or printed, in words
    :ivar list sources: what each file was made from, to tell later what is new
    """

    def __init__(self, case, wishes):
        self.case, self.wishes, self.env = case, wishes, case.env
        self.problems, self.sources = [], []
        self._names, self._found, self._unprinted = Names(), [], {}
        self._gather()
        self.files = [file for _folder, file in sorted(self._found, key=self._place)]

    @staticmethod
    def _place(found):
        """By folder, then by date; what has none comes last."""
        folder, file = found
        return folder, file.day is None, file.day and file.day.toordinal(), file.path

    def _gather(self):
        for document in self.case._get_documents():
            self.sources.append(get_source(document))
            self._take_document(document)
        self._print()
        self._draw("statement", self.case._prepare_statement())
        self._draw("interest", self.case._prepare_interest_sheet(self.wishes.day))
        if self.wishes.purpose == LAWYER:
            chronicle = self.case._prepare_chronicle(notes=self.wishes.notes)
            if chronicle.events:
                self._draw("log", chronicle)
            for name, content, day in self.case._get_mails(notes=self.wishes.notes):
                self._take("mail", name, content, day=day)

    # === FOUND === #

    def _take_document(self, document):
        about = {
            "day": document.date,
            "about": frozenset(document.moves.ids),
            "signed": document.is_signed,
            "remark": document.remark,
            "subject": document.name,
        }
        if document.record._name == "dunning.notice":
            self._take_notice(document, about)
        elif document.attachment:
            self._take_attachment(document.kind, self._get_name(document), document.attachment, about)
        elif document.report:
            self._unprinted.setdefault(document.report, []).append((document, about))

    def _take_attachment(self, kind, name, attachment, about, subfolder=""):
        """:return: the bytes, empty where they are lost"""
        content = attachment.with_context(bin_size=False).raw or b""
        if content:
            self._take(kind, name, content, subfolder=subfolder, **about)
        else:
            self.problems.append(self.env._("The file %(name)s is lost: it can't be read any more.", name=name))
        return content

    def _take_notice(self, document, about):
        """The files of a notice as it left and what each receipt certifies; receipts that found it in another way."""
        notice, seen = document.record, set()
        sent = notice.letter_id | notice.signed_id | notice.enclosure_ids
        for file in notice.file_ids.filtered(lambda file: file in sent or file.kind not in OF_A_LETTER):
            name = file.attachment_id.name
            content = self._take_attachment(document.kind, name, file.attachment_id, about, notice.name)
            seen.add(content)
            self._take_certificates(document.kind, name, content, about, notice.name)
            if content and not file.is_intact:
                self.problems.append(self.env._("The file %(name)s was changed after it was added.", name=name))
        for receipt in notice.receipt_ids.with_context(bin_size=False).sorted("id"):
            content = base64.b64decode(receipt.content or b"")
            if content and content not in seen:
                self._take(document.kind, receipt.content_name, content, subfolder=notice.name, **about)
                self._take_certificates(document.kind, receipt.content_name, content, about, notice.name)

    def _take_certificates(self, kind, name, content, about, subfolder):
        if name.endswith(".eml"):
            for certificate in find_certificates(content):
                self._take(kind, f"{name[:-4]}_daticert.xml", certificate, subfolder=subfolder, **about)

    @staticmethod
    def _get_name(document):
        """The file's name; that of an e-invoice with the invoice's number before it, since it names none."""
        if document.kind in ("einvoice", "einvoice_unproven") and document.record._name == "account.move":
            return f"{document.record.name}_{document.name}"
        return document.attachment.name

    # === MADE === #

    def _print(self):
        """Print what has no file, all of a kind at once."""
        if not self.wishes.prints:
            return
        for report, found in self._unprinted.items():
            by_id = self._run_report(report, [document.record.id for document, _about in found])
            for document, about in found:
                if content := by_id.get(document.record.id):
                    self._take(document.kind, f"{document.name}.pdf", content, **about)
            if whole := by_id.get(False):
                every = frozenset().union(*(about["about"] for _document, about in found))
                names = f"{found[0][0].name}_{found[-1][0].name}"
                self._take(found[0][0].kind, f"{names}.pdf", whole, subject=names, about=every)

    def _run_report(self, report, ids):
        """The printed papers by the id of their records; under False where they can't be told apart."""
        Report = self.env["ir.actions.report"].with_company(self.case.company_id)
        try:
            content, kind = Report._pre_render_qweb_pdf(report, res_ids=ids)
        except UserError as error:
            self.problems.append(str(error))
            return {}
        return Report._get_splitted_report(report, content, kind)

    def _draw(self, kind, paper):
        name, content = self.case._draw(paper)
        self._take(kind, name, content, day=self.wishes.day)

    def _take(self, kind, name, content, subfolder="", **about):
        number = FOLDER_OF.get(kind, OTHERS)
        folder = f"{number:02}_{safe_name(self._get_folder_names()[number])}"
        path = self._names.take("/".join(filter(None, [folder, subfolder and safe_name(subfolder)])), name)
        self._found.append((number, File(path=path, content=content, kind=kind, **about)))

    def _get_folder_names(self):
        _ = self.env._
        return {
            1: _("contract"),
            2: _("delivery"),
            3: _("invoices"),
            4: _("account"),
            5: _("notices"),
            6: _("acknowledgement"),
            7: _("correspondence"),
            OTHERS: _("other"),
        }


def get_source(document):
    """What tells whether a document is the one that was there before."""
    file = document.attachment
    return f"{document.record._name},{document.record.id},{document.kind},{file.checksum if file else ''}"


def get_mail_file(record, headers, html, moment, attachments):
    """A mail as a file.

    :return: a name, bytes and the day
    """
    aware = moment.replace(tzinfo=timezone.utc)
    day = fields.Date.context_today(record, moment)  # as the chronicle beside it
    files = [(file.name, file.raw, file.mimetype) for file in attachments.sorted("id") if file.raw]
    name = f"{day:%Y-%m-%d}_{headers['Subject'] or record.display_name}.eml"
    return name, write_mail(headers, html or "", aware, files), day
