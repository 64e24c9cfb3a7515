"""Evidence files: what is inside, that it can be checked, and that nobody changes it."""

import hashlib
import io
import zipfile

from freezegun import freeze_time
from lxml import etree
from pypdf import PdfReader

from odoo.exceptions import AccessError, UserError
from odoo.fields import Command, Date
from odoo.tests import tagged

from ..models.dunning_evidence_gathering import COURT, LAWYER, Wishes
from .evidence_common import PDF, XML, EvidenceCommon
from .notice_common import PROOF, SCAN

TODAY = Date.to_date("2026-06-15")


class Archive:
    """An evidence file as whoever gets it sees it."""

    def __init__(self, evidence):
        self.raw = evidence.attachment_id.raw
        with zipfile.ZipFile(io.BytesIO(self.raw)) as archive:
            self.names = archive.namelist()
            self.files = {name: archive.read(name) for name in self.names}
            self.times = {info.date_time for info in archive.infolist()}

    def sums(self):
        """What ``sha256sum -c`` reads: pairs of a fingerprint and a path."""
        lines = self.files["SHA256SUMS"].decode().splitlines()
        return {path: digest for digest, path in (line.split("  ", 1) for line in lines)}

    def find(self, part):
        return [name for name in self.names if part in name]

    @property
    def index(self):
        return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(self.files["00_index.pdf"])).pages)


class EvidenceFileCommon(EvidenceCommon):
    def _make_evidence(self, user=None, purpose=LAWYER, **wishes):
        case = self.case.with_user(user or self.user)
        return case._make_evidence(Wishes(purpose=purpose, day=TODAY, **{"prints": False, **wishes}))

    def _text(self, evidence):
        """The words of the draft petition."""
        with zipfile.ZipFile(io.BytesIO(evidence.petition_id.raw)) as file:
            root = etree.fromstring(file.read("content.xml"))
        return "\n".join("".join(node.itertext()) for node in root.iter() if node.tag.endswith("}p"))


@tagged("post_install", "-at_install")
@freeze_time("2026-06-15 08:00:00")
class TestEvidence(EvidenceFileCommon):
    def test_all_that_proves_the_claim_is_in_one_archive(self):
        self._give_xml(self.move)
        self._give_pdf(self.move)
        self._add(is_signed=True, name="Contratto n. 1/2026 però.pdf", date="2026-01-02")
        notice = self._make_sent()
        self._enter(notice, "delivered", PROOF)
        archive = Archive(self._make_evidence())
        self.assertEqual(archive.names[0], "00_index.pdf")
        self.assertEqual(archive.names[-1], "SHA256SUMS")
        for part in ("01_contract/Contratto_n._1-2026_pero.pdf", "03_invoices/", "04_account/", "05_notices/MM-2026-"):
            self.assertTrue(archive.find(part), part)
        self.assertIn(XML, archive.files.values())
        self.assertIn(SCAN, archive.files.values())
        self.assertIn(PROOF, archive.files.values())
        self.assertEqual(len(archive.find("IT01234560157_00001.xml")), 1)

    def test_a_letter_that_was_drawn_anew_is_no_evidence(self):
        notice = self._make_ready()
        self._enter(notice, "signed", SCAN)
        self._pay(self.move, 200)
        notice.action_renew()
        notice.action_ready()
        again = SCAN + b" of the second letter"
        self._enter(notice, "signed", again)
        self._enter(notice, "sent", tracking_number="RR123456789IT")
        archive = Archive(self._make_evidence())
        self.assertIn(again, archive.files.values())
        self.assertFalse(SCAN in archive.files.values(), "the first letter")
        self.assertEqual(len(archive.find("05_notices/")), 2)

    def test_sha256sum_finds_every_file_as_it_was(self):
        self._add()
        evidence = self._make_evidence()
        archive = Archive(evidence)
        sums = archive.sums()
        self.assertEqual(set(sums), set(archive.names) - {"SHA256SUMS"})
        for path, digest in sums.items():
            self.assertEqual(hashlib.sha256(archive.files[path]).hexdigest(), digest)
        self.assertEqual([path for path, _kind, _sum in evidence.contents], archive.names[:-1])
        self.assertEqual(evidence.sha256, hashlib.sha256(archive.raw).hexdigest())
        self.assertTrue(evidence.with_context(bin_size=True).is_intact)

    def test_what_was_said_is_for_the_lawyer_and_no_exhibit(self):
        self.env["dunning.call"].create({"case_id": self.case.id, "outcome": "no_answer", "note": "He hides"})
        evidence = self._make_evidence()
        (path,) = Archive(evidence).find("Calls_letters")
        self.assertNotIn(path, self._text(evidence))
        for given, is_there in ((False, False), (True, True)):
            chronicle = self.case._prepare_chronicle(notes=given)
            self.assertEqual("He hides" in chronicle.events[0].detail, is_there)
        self.assertFalse(Archive(self._make_evidence(purpose=COURT)).find("Calls_letters"))

    def test_the_index_names_each_document_with_its_fingerprint(self):
        self._give_xml(self.move)
        self._add(name="Contract.pdf", note="Page 3 is the one")
        archive = Archive(self._make_evidence())
        index = archive.index.replace("\n", "")
        for name in archive.names[1:-1]:
            if name.startswith("00_"):
                continue
            self.assertIn(name, index)
            self.assertIn(archive.sums()[name], index)
        self.assertIn("Page 3 is the one", index)
        self.assertIn("1234567", index)

    def test_the_same_documents_make_the_same_archive(self):
        self._give_xml(self.move)
        self._give_pdf(self.move)
        self._add()
        self.case.message_post(
            body="Here it is", message_type="comment", subtype_xmlid="mail.mt_comment", attachments=[("à.pdf", PDF)]
        )
        wishes = Wishes(purpose=LAWYER, day=TODAY, prints=False)
        first, second = (self.case._build_evidence(wishes, "FE/2026/0001")[1] for _time in range(2))
        self.assertEqual(first, second)
        self.assertEqual(Archive(self._make_evidence()).times, {(1980, 1, 1, 0, 0, 0)})

    def test_a_name_cannot_leave_its_folder_or_take_the_place_of_another(self):
        self._add(name="../../evil.pdf", content=b"1")
        self._add(name="Offer.pdf", content=b"2")
        self._add(name="OFFER.pdf", content=b"3")
        archive = Archive(self._make_evidence())
        found = [name for name in archive.names if name.startswith("01_contract/")]
        self.assertEqual(len(found), 3)
        self.assertFalse(archive.find(".."))
        self.assertEqual(len({name.lower() for name in archive.names}), len(archive.names))

    def test_an_invoice_without_xml_is_missed(self):
        self._give_pdf(self.move)
        evidence = self._make_evidence()
        self.assertIn("Necessary: A written proof", evidence.missing)
        self.assertFalse(Archive(evidence).find(".xml"))
        self._give_xml(self.move)
        self.assertNotIn("Necessary", self._make_evidence().missing)

    def test_what_some_invoices_lack_is_named(self):
        self._give_xml(self.move)
        other = self._create_invoice(200, due="2026-03-16")
        self._scan()
        missing = self._make_evidence().missing
        self.assertIn("Necessary: A written proof", missing)
        self.assertIn(f"for {other.name}.", missing)
        self.assertNotIn(self.move.name, missing.splitlines()[0])

    def test_a_lost_file_is_told_and_the_rest_is_made(self):
        document = self._add(name="Lost.pdf")
        self._add(name="There.pdf", content=b"there")
        document.attachment_id.write({"raw": b""})
        evidence = self._make_evidence()
        self.assertIn("Lost.pdf", evidence.problems)
        self.assertFalse(Archive(evidence).find("Lost"))
        self.assertTrue(Archive(evidence).find("There"))

    def test_invoices_that_were_never_printed_are_printed(self):
        archive = Archive(self._make_evidence(prints=True))
        self.assertEqual(len([name for name in archive.find("03_invoices/") if name.endswith(".pdf")]), 1)
        self.assertFalse(Archive(self._make_evidence(prints=False)).find("03_invoices/"))

    # === WORDS === #

    def test_nothing_internal_goes_out_unless_it_is_asked_for(self):
        said = {"message_type": "comment"}
        self.case.message_post(body="He is a crook", subtype_xmlid="mail.mt_note", **said)
        self.case.message_post(body="We write to you", subject="Letter", subtype_xmlid="mail.mt_comment", **said)
        answer = self.case.message_post(
            body="I will pay",
            subject="Re",
            message_type="email",
            email_from="rossi@example.com",
            author_id=self.customer.id,
            subtype_xmlid="mail.mt_note",  # as core files an answer to a note, which a reminder is
        )
        plain = self._join(Archive(self._make_evidence()))
        self.assertIn(b"We write to you", plain)
        self.assertIn(b"I will pay", plain)
        self.assertIn(answer.message_id.encode(), plain)
        self.assertNotIn(b"crook", plain)
        self.assertIn(b"crook", self._join(Archive(self._make_evidence(notes=True))))
        self.assertNotIn(b"I will pay", self._join(Archive(self._make_evidence(purpose=COURT))))

    def test_what_a_colleague_wrote_stays_internal_when_he_has_left_the_house(self):
        colleague = self._create_user("dunning_colleague", "dunning_it.group_dunning_user")
        self.case.message_post(
            body="He is a crook",
            message_type="email",
            author_id=colleague.partner_id.id,
            subtype_xmlid="mail.mt_note",
        )
        self.assertNotIn(b"crook", self._join(Archive(self._make_evidence())))
        colleague.active = False
        self.env.invalidate_all()
        self.assertNotIn(b"crook", self._join(Archive(self._make_evidence())))

    def test_a_reminder_is_filed_as_it_went_out(self):
        self.case.stage_id = self.business.stage_ids[:1]
        self._scan()
        self.case.with_user(self.user).action_send_reminders()
        with self._mail_server() as sent:
            self._run()
        archive = Archive(self._make_evidence())
        mails = [content for name, content in archive.files.items() if name.endswith(".eml")]
        self.assertEqual(len(mails), 1)
        self.assertIn(sent[0]["Message-Id"].encode(), mails[0])
        self.assertIn(b"rossi@example.com", mails[0])
        self.assertIn(b"Date: Mon, 15 Jun 2026", mails[0])

    def test_a_mail_after_midnight_is_dated_by_the_day_of_who_reads_as_in_the_chronicle(self):
        self.user.tz = "Europe/Rome"
        self.case.stage_id = self.business.stage_ids[:1]
        self._scan()
        self.case.with_user(self.user).action_send_reminders()
        with self._mail_server():
            self._run()
        self.case.step_ids.filtered(lambda step: step.kind == "mail").done_on = "2026-06-13 22:30:00"
        (path,) = Archive(self._make_evidence()).find(".eml")
        self.assertIn("/2026-06-14_", path)

    def _join(self, archive):
        return b"\n".join(content for name, content in archive.files.items() if name.endswith(".eml"))

    # === KEPT === #

    def test_an_evidence_file_is_never_changed(self):
        document = self._add()
        evidence = self._make_evidence()
        self.assertTrue(document.is_fixed)
        self.assertRecordValues(evidence, [{"name": "FE/2026/0001", "user_id": self.user.id, "interest_date": TODAY}])
        with self.assertRaises(AccessError):
            evidence.write({"sha256": "0"})
        with self.assertRaises(AccessError):
            evidence.create({"case_id": self.case.id})
        with self.assertRaises(AccessError):
            evidence.unlink()
        for attachment in (evidence.attachment_id, evidence.petition_id):
            with self.assertRaises(AccessError):
                attachment.with_user(self.manager).raw = b"otherwise"
        with self.assertRaises(UserError):
            evidence.sudo().write({"missing": False})
        with self.assertRaises(UserError):
            evidence.sudo().unlink()
        evidence.attachment_id.sudo().raw = b"otherwise"
        evidence.invalidate_recordset()
        self.assertFalse(evidence.is_intact)

    def test_what_came_in_since_is_told(self):
        evidence = self._make_evidence()
        self.assertFalse(evidence.news)
        self._add(name="Late.pdf")
        evidence.invalidate_recordset()
        self.case.invalidate_recordset()
        self.assertEqual(evidence.news, "Late.pdf")
        self.assertEqual(self._make_evidence().name, "FE/2026/0002")

    def test_numbers_run_by_company_and_year(self):
        self.assertEqual(self._make_evidence().name, "FE/2026/0001")
        with freeze_time("2027-01-04 08:00:00"):
            self.assertEqual(self._make_evidence().name, "FE/2027/0001")

    def test_a_case_without_a_claim_has_nothing_to_prove(self):
        self._pay(self.move)
        self._scan()
        with self.assertRaises(UserError):
            self._make_evidence()

    # === RIGHTS === #

    def test_only_who_looks_after_dunning_in_the_company_makes_and_reads_it(self):
        evidence = self._make_evidence()
        elsewhere = self.env["res.company"].create({"name": "Altra Srl"})
        stranger = self._create_user(
            "dunning_stranger",
            "dunning_it.group_dunning_user",
            company_id=elsewhere.id,
            company_ids=[Command.set(elsewhere.ids)],
        )
        clerk = self._create_user("dunning_clerk", "account.group_account_invoice")
        guest = self._create_user("dunning_guest", "base.group_portal")
        for user in (stranger, clerk, guest):
            with self.assertRaises(AccessError):
                evidence.with_user(user).read(["sha256"])
            with self.assertRaises(AccessError):
                evidence.attachment_id.with_user(user).read(["datas"])
            with self.assertRaises(AccessError):
                self._make_evidence(user)
        self.assertFalse(evidence.with_user(stranger).search([]))

    # === DIALOGS === #

    def test_the_dialog_shows_what_is_there_and_what_is_missing(self):
        self._give_xml(self.move)
        action = self.case.with_user(self.user).action_make_evidence()
        wizard = self.env[action["res_model"]].with_user(self.user).with_context(**action["context"]).create({})
        self.assertIn("IT01234560157_00001.xml", wizard.contents)
        self.assertIn("A delivery note", wizard.missing)
        self.assertEqual(wizard.unprinted_count, 1)
        wizard.prints_papers = False
        done = wizard.action_make()
        self.assertEqual(self.case.evidence_ids.ids, [done["res_id"]])

    def test_a_document_is_added_by_a_dialog(self):
        vals = {
            "case_id": self.case.id,
            "kind": "delivery_note",
            "is_signed": True,
            "file": "UERG",
            "file_name": "D.pdf",
        }
        Wizard = self.env["dunning.document.wizard"].with_user(self.user)
        Wizard.create(vals).action_add()
        self.assertRecordValues(
            self.case.document_ids,
            [{"kind": "delivery_note", "is_signed": True, "sha256": hashlib.sha256(b"PDF").hexdigest()}],
        )
        stray = self._create_invoice(10, partner=self._create_customer("Other"))
        with self.assertRaises(UserError):
            Wizard.create({**vals, "move_ids": [Command.set(stray.ids)]}).action_add()
        with self.assertRaises(UserError):
            Wizard.create({**vals, "file": "====", "file_name": "E.pdf"}).action_add()


@tagged("post_install", "-at_install")
@freeze_time("2026-06-15 08:00:00")
class TestEvidenceSize(EvidenceFileCommon):
    def test_two_hundred_invoices_cost_few_queries_more_than_twenty(self):
        def count():
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self.case._build_evidence(Wishes(purpose=LAWYER, day=TODAY, prints=False), "FE/2026/0001")
            return self.env.cr.sql_log_count - before

        for move in [self._create_invoice(10) for _time in range(20)]:
            self._attach(move, "a.xml", XML, res_field="l10n_it_edi_attachment_file")
            self._give_pdf(move)
        self._scan()
        count()  # translations and settings are read once
        few = count()
        for move in [self._create_invoice(10) for _time in range(180)]:
            self._attach(move, "a.xml", XML, res_field="l10n_it_edi_attachment_file")
            self._give_pdf(move, PDF)
        self._scan()
        self.assertLessEqual(count(), few + 10)
