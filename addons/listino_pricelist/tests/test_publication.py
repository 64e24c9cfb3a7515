"""Publications: numbered, complete, small, for good; and whoever touches them is found out."""

import base64
import io

import openpyxl
import psycopg2
import pypdf
from freezegun import freeze_time
from PIL import Image

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import Form, new_test_user, tagged
from odoo.tools import SQL, mute_logger

from ..layout.listing import Line
from .test_document import DocumentCommon


class PublicationCommon(DocumentCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.manager = cls._create_manager("publishing_manager")
        cls.seller = cls._create_salesperson("publishing_seller")
        cls.gino = cls.env["res.partner"].create(
            {"name": "Gino", "lang": "en_US", "specific_property_product_pricelist": cls.resellers.id}
        )

    @classmethod
    def _publish(cls, reason="New year", partner=None, document=None):
        return (document or cls.document).with_user(cls.manager)._publish(reason, partner)

    def _frozen_prices(self, publication):
        """The first price of each product of a revision, by name."""
        frozen = publication._get_frozen()
        keys = [column.key for column in frozen.columns]
        return {
            block.cells[keys.index("name")]: block.cells[keys.index("untaxed_0")]
            for block in frozen.blocks()
            if isinstance(block, Line)
        }

    def _picture(self):
        stream = io.BytesIO()
        Image.new("RGB", (64, 64), "red").save(stream, "PNG")
        return base64.b64encode(stream.getvalue())

    def _text_of_pdf(self, content):
        return "\n".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(content)).pages)


@tagged("post_install", "-at_install")
@freeze_time("2026-03-02 10:00:00")
class TestPublication(PublicationCommon):
    def test_a_revision_says_what_when_who_and_why(self):
        publication = self._publish(" New year\n")
        self.assertRecordValues(
            publication,
            [
                {
                    "display_name": "Listino, revision 1",
                    "number": 1,
                    "document_id": self.document.id,
                    "pricelist_id": self.public_list.id,
                    "partner_id": False,
                    "company_id": self.company.id,
                    "date": fields.Datetime.to_datetime("2026-03-02 10:00:00"),
                    "price_time": fields.Datetime.to_datetime("2026-03-02 10:00:00"),
                    "user_id": self.manager.id,
                    "reason": "New year",
                    "line_count": 4,
                }
            ],
        )
        self.assertEqual(self._frozen_prices(publication)["Barolo"], 30.0)
        self.assertIn("New year", self.document.message_ids[0].body)

    def test_prices_that_change_later_leave_it_as_it_was(self):
        publication = self._publish()
        pdf, xlsx = publication.pdf_id.raw, publication.xlsx_id.raw
        self.barolo.list_price = 99.0
        self.document.write({"name": "Other", "show_reference": False})
        self.ravioli.product_tmpl_id.active = False
        self.env.invalidate_all()
        self.assertEqual(self._frozen_prices(publication)["Barolo"], 30.0)
        self.assertIn("Ravioli", self._frozen_prices(publication))
        self.assertEqual((publication.pdf_id.raw, publication.xlsx_id.raw), (pdf, xlsx))
        self.assertEqual(publication.name, "Listino")
        self.assertEqual(publication._get_damage(), [])

    def test_paper_and_sheet_are_those_of_the_frozen_prices_and_tell_the_revision(self):
        self._publish()
        publication = self._publish()
        text = self._text_of_pdf(publication.pdf_id.raw)
        for words in ("Revision 2", "Barolo", "30.00", "Fatti a mano", "Fresh pasta"):
            self.assertIn(words, text)
        sheet = openpyxl.load_workbook(io.BytesIO(publication.xlsx_id.raw)).active
        cells = [cell.value for row in sheet.iter_rows() for cell in row]
        self.assertIn("Barolo", cells)
        self.assertIn(30, cells)
        self.assertTrue(any("Revision: 2" in str(cell) for cell in cells))
        self.assertEqual(
            [attachment.name for attachment in (publication.pdf_id, publication.xlsx_id)],
            ["Listino 2.pdf", "Listino 2.xlsx"],
        )
        self.assertFalse((publication.pdf_id + publication.xlsx_id).filtered("public"))

    def test_pictures_are_on_the_paper_though_not_in_the_frozen_prices(self):
        self.barolo.product_tmpl_id.image_1920 = self._picture()
        self.document.show_image = True
        publication = self._publish()
        pages = pypdf.PdfReader(io.BytesIO(publication.pdf_id.raw)).pages
        pictures = sum(len(page.images) for page in pages)
        self.document.show_image = False
        without = pypdf.PdfReader(io.BytesIO(self._publish().pdf_id.raw)).pages
        self.assertEqual(pictures - sum(len(page.images) for page in without), 1)
        self.assertNotIn("image", [column.key for column in publication._get_frozen().columns])

    def test_each_document_counts_for_itself(self):
        other = self._create_document(name="Pasta")
        numbers = [self._publish().number, self._publish().number, self._publish(document=other).number]
        self.assertEqual(numbers, [1, 2, 1])
        self.assertEqual((self.document.publication_count, other.publication_count), (2, 1))
        self.assertFalse(self.document.copy().publication_count)

    def test_two_revisions_of_one_number_are_impossible(self):
        second = self._publish() and self._publish()
        with mute_logger("odoo.sql_db"), self.assertRaises(psycopg2.errors.UniqueViolation), self.cr.savepoint():
            self._tamper(second, number=1)

    def test_a_customers_revision_has_his_prices_and_his_name_on_paper_only(self):
        publication = self._publish(partner=self.gino)
        self.assertEqual(publication.pricelist_id, self.resellers)
        self.assertEqual(self._frozen_prices(publication)["Barolo"], 27.0)
        self.assertIn("Gino", self._text_of_pdf(publication.pdf_id.raw))
        self.assertNotIn(b"Gino", publication._get_frozen().canonical())
        emma = self.gino.copy({"name": "Emma"})
        emma.specific_property_product_pricelist = self.resellers
        other = self._publish(partner=emma)
        self.assertEqual(publication.sha256, other.sha256, "the same prices are the same content")
        self.assertEqual(publication.content, other.content)

    def test_nothing_to_publish_leaves_nothing_behind(self):
        empty = self._create_document(category_ids=[Command.set(self._create_category("Empty").ids)])
        before = self.env["ir.attachment"].search_count([])
        with self.assertRaisesRegex(UserError, "nothing to publish"):
            self._publish(document=empty)
        self.assertFalse(empty.publication_ids)
        self.assertEqual(self.env["ir.attachment"].search_count([]), before)

    def test_defaults_of_a_client_reach_neither_revision_nor_files(self):
        document = self.document.with_context(
            default_number=99, default_public=True, default_user_id=1, default_seal="x", default_partner_id=self.gino.id
        )
        publication = document.with_user(self.manager)._publish("Defaults")
        self.assertRecordValues(publication, [{"number": 1, "user_id": self.manager.id, "partner_id": False}])
        self.assertFalse(publication.pdf_id.public)
        self.assertEqual(publication._get_damage(), [])

    # === FOR GOOD === #

    def test_nobody_changes_or_deletes_a_revision_not_even_the_server(self):
        publication = self._publish()
        for record in (publication.sudo(), publication.with_user(self.env.ref("base.user_admin"))):
            with self.assertRaises(UserError):  # or AccessError, which is one
                record.write({"reason": "another"})
            with self.assertRaises(UserError):
                record.unlink()
        with self.assertRaisesRegex(UserError, "never changed"):
            publication.sudo().content = False
        self.assertTrue(publication.exists())

    def test_what_was_published_can_not_be_deleted_under_it(self):
        self._publish(partner=self.gino)
        for record in (self.document, self.resellers):
            with self.assertRaisesRegex(UserError, "Archive it"):
                record.unlink()
        self.document.active = self.resellers.active = False
        with mute_logger("odoo.sql_db"), self.assertRaises(psycopg2.IntegrityError), self.cr.savepoint():
            self.gino.unlink()
        self.assertTrue(self.gino.exists())

    def test_the_files_are_as_safe_as_the_revision(self):
        publication = self._publish()
        files = publication.pdf_id + publication.xlsx_id
        for user in (self.seller, self.manager, self.env.ref("base.user_admin")):
            for attachment in files.with_user(user):
                with self.assertRaises(AccessError):
                    attachment.write({"raw": b"other"})
                with self.assertRaises(AccessError):
                    attachment.unlink()
                self.assertTrue(attachment.raw)

    def test_archived_documents_and_lists_keep_their_revisions_readable(self):
        publication = self._publish()
        self.document.active = self.public_list.active = False
        self.assertEqual(publication.with_user(self.seller)._get_damage(), [])
        self.assertTrue(publication.with_user(self.seller).get_preview()["sections"])

    # === PROOF === #

    def _tamper(self, publication, **values):
        for name, value in values.items():
            query = SQL(
                "UPDATE listino_publication SET %s = %s WHERE id = %s", SQL.identifier(name), value, publication.id
            )
            self.env.cr.execute(query)
        self.env.invalidate_all()

    def _content_attachment(self, publication):
        domain = [("res_model", "=", "listino.publication"), ("res_field", "=", "content")]
        return self.env["ir.attachment"].sudo().search([*domain, ("res_id", "=", publication.id)])

    def test_changed_prices_are_found_out(self):
        publication = self._publish()
        other = self._create_document(name="Other prices")
        self.barolo.list_price = 1.0
        self._content_attachment(publication).raw = self._content_attachment(self._publish(document=other)).raw
        self.env.invalidate_all()
        self.assertEqual(publication._get_damage(), ["prices"])
        with self.assertRaisesRegex(UserError, "damaged"):
            publication._get_frozen()
        self._content_attachment(publication).raw = b"nonsense"
        self.env.invalidate_all()
        self.assertEqual(publication._get_damage(), ["prices"])
        self._content_attachment(publication).unlink()
        self.env.invalidate_all()
        self.assertEqual(publication._get_damage(), ["prices"])

    def test_changed_files_are_found_out(self):
        publication = self._publish()
        publication.pdf_id.sudo().raw = publication.pdf_id.raw + b" "
        self.assertEqual(publication._get_damage(), ["PDF"])
        publication.xlsx_id.sudo().raw = b""
        self.assertEqual(publication._get_damage(), ["PDF", "Excel file"])

    def test_changed_particulars_are_found_out(self):
        publication = self._publish()
        for values in (
            {"reason": "another"},
            {"number": 7},
            {"date": "2020-01-01"},
            {"user_id": self.seller.id},
            {"pricelist_id": self.resellers.id},
            {"line_count": 5},
        ):
            with self.subTest(values), self.cr.savepoint() as savepoint:
                self._tamper(publication, **values)
                self.assertEqual(len(publication._get_damage()), 1)
                savepoint.rollback()
                self.env.invalidate_all()
        self.assertEqual(publication._get_damage(), [])

    def test_hashes_made_to_fit_are_found_out_by_the_next_seal(self):
        first, second = self._publish(), self._publish()
        self._tamper(first, reason="another")
        self._tamper(first, seal=first._take_seal())
        self.assertEqual(first._get_damage(), [])
        self.assertEqual(len(second._get_damage()), 1)

    def test_a_missing_revision_is_found_out(self):
        first, second, third = self._publish(), self._publish(), self._publish()
        self.env.cr.execute(SQL("DELETE FROM listino_publication WHERE id = %s", first.id))
        self.env.invalidate_all()
        self.assertEqual((len(second._get_damage()), third._get_damage()), (1, []))

    def test_a_merged_customer_does_not_break_the_seal(self):
        publication = self._publish(partner=self.gino)
        double = self.gino.copy()
        self.env["base.partner.merge.automatic.wizard"]._merge((self.gino + double).ids, double)
        self.env.invalidate_all()
        self.assertEqual(publication.partner_id, double)
        self.assertEqual(publication._get_damage(), [])

    def test_verify_says_intact_or_what_is_not(self):
        publications = self._publish() + self._publish()
        answer = publications.with_user(self.seller).action_verify()["params"]
        self.assertEqual((answer["title"], answer["type"]), ("Intact", "success"))
        publications[0].pdf_id.sudo().raw = b"other"
        answer = publications.with_user(self.seller).action_verify()["params"]
        self.assertEqual(answer["type"], "danger")
        self.assertIn("Listino, revision 1: PDF", answer["message"])
        self.assertNotIn("revision 2", answer["message"])

    # === RIGHTS === #

    def test_only_a_manager_publishes(self):
        own = self.document.with_user(self.seller).create({"name": "Mine", "pricelist_id": self.public_list.id})
        for document in (self.document.with_user(self.seller), own):
            with self.assertRaises(AccessError):
                document._publish("Mine")
        with self.assertRaises(AccessError):
            self.env["listino.publish"].with_user(self.seller).create({"document_id": own.id, "reason": "Mine"})
        self.assertFalse(self.env["listino.publication"].search([("document_id", "in", (self.document + own).ids)]))

    def test_a_salesperson_reads_and_no_more(self):
        publication = self._publish().with_user(self.seller)
        self.assertTrue(publication.get_preview()["sections"])
        stream = io.BytesIO()
        publication._write_file("pdf", stream)
        self.assertTrue(stream.getvalue().startswith(b"%PDF"))
        for user in (self.seller, self.manager):
            with self.assertRaises(AccessError):
                publication.with_user(user).create({"name": "x", "document_id": self.document.id})
            with self.assertRaises(AccessError):
                publication.with_user(user).write({"reason": "x"})
            with self.assertRaises(AccessError):
                publication.with_user(user).unlink()

    def test_other_employees_customers_and_companies_read_nothing(self):
        publication = self._publish()
        other = self.env["res.company"].create({"name": "Other"})
        manager = new_test_user(
            self.env,
            "publishing_elsewhere",
            groups="sales_team.group_sale_manager",
            company_id=other.id,
            company_ids=other.ids,
        )
        employee = new_test_user(self.env, "publishing_nobody", groups="base.group_user")
        customer = new_test_user(self.env, "publishing_customer", groups="base.group_portal")
        for user in (manager, employee, customer):
            mine = publication.with_user(user)
            for call in (mine.get_preview, mine.action_verify, lambda mine=mine: mine._write_file("pdf", io.BytesIO())):
                with self.assertRaises(AccessError):
                    call()
            with self.assertRaises(AccessError):
                publication.pdf_id.with_user(user).read(["raw"])
            with self.assertRaises(AccessError):
                self.document.with_user(user)._publish("x")

    # === CURRENT REVISION === #

    def test_the_current_revision_of_a_list_is_its_last_for_everybody(self):
        pasta = self._create_document(name="Pasta")
        self.assertFalse(self.public_list._get_current_revision())
        first = self._publish()
        with freeze_time("2026-03-05 10:00:00"):
            second = self._publish(document=pasta)
            self._publish(partner=self.gino)
            self.assertEqual(self.public_list._get_current_revision(), second)
            self.assertFalse(self.resellers._get_current_revision())
        at_first = fields.Datetime.to_datetime("2026-03-02 12:00:00")
        self.assertEqual(self.public_list._get_current_revision(at_first), first)
        self.assertFalse(self.public_list._get_current_revision(fields.Datetime.to_datetime("2026-01-01")))

    def test_the_current_revisions_of_many_lists_take_one_query(self):
        self._publish()
        reseller_document = self._create_document(pricelist_id=self.resellers.id)
        reseller = self._publish(document=reseller_document)
        lists = self.public_list + self.resellers + self._create_list("Never published")
        self.env.flush_all()
        with self.assertQueryCount(1):
            found = lists._get_current_revisions()
        self.assertEqual({key: value.number for key, value in found.items()}, {self.public_list: 1, self.resellers: 1})
        self.assertEqual(found[self.resellers], reseller)

    # === DIALOG === #

    def test_the_dialog_tells_what_changes_and_opens_the_revision(self):
        action = self.document.with_user(self.manager).action_publish()
        Wizard = self.env["listino.publish"].with_user(self.manager).with_context(**action["context"])
        with Form(Wizard) as form:
            self.assertIn("first revision", form.summary)
            form.reason = "First"
        opened = form.record.action_publish()
        publication = self.env["listino.publication"].browse(opened["res_id"])
        self.assertEqual((publication.reason, publication.user_id), ("First", self.manager))
        self.barolo.list_price = 33.0
        with Form(Wizard) as form:
            self.assertEqual(form.summary, "1 up (+10.0 % on average)")
            form.partner_id = self.gino
            self.assertIn("first revision", form.summary)
            form.reason = "For Gino"
        form.record.action_publish()
        self.assertEqual(self.document.publication_ids[0].partner_id, self.gino)

    def test_the_dialog_is_saved_as_the_client_saves_it(self):
        self.company.logo = self._picture()
        self._publish()
        wizard = self.env["listino.publish"].with_user(self.manager).with_context(bin_size=True)
        answer = wizard.web_save({"document_id": self.document.id, "reason": "x"}, {"summary": {}, "warnings": {}})
        self.assertEqual(answer[0]["summary"], "No price changed.")

    def test_the_dialog_opens_also_where_the_check_of_the_list_empties_the_cache(self):
        def check(document, partner=None):
            document.env.invalidate_all()
            return ["Beware."]

        self.patch(self.registry["listino.document"], "_get_publishing_warnings", check)
        form = Form(self.env["listino.publish"].with_context(default_document_id=self.document.id))
        self.assertTrue(form.summary)
        self.assertEqual(form.warnings, "Beware.")

    def test_what_can_not_be_compared_can_be_published_all_the_same(self):
        self._publish()
        dollar = self.env.ref("base.USD")
        dollar.active = True
        self.document.pricelist_id = self._create_list("Dollars", currency_id=dollar.id)
        form = Form(self.env["listino.publish"].with_context(default_document_id=self.document.id))
        self.assertIn("can't be compared", form.summary)
        form.reason = "In dollars now"
        form.save().action_publish()
        self.assertEqual(self.document.publication_ids[0]._get_frozen().currency, "USD")

    def test_warnings_of_other_parts_are_shown(self):
        def warn(document, partner=None):
            return ["A rule is never reached.", "A price is below cost."]

        self.patch(type(self.document), "_get_publishing_warnings", warn)
        form = Form(self.env["listino.publish"].with_context(default_document_id=self.document.id))
        self.assertEqual(form.warnings, "A rule is never reached.\nA price is below cost.")
