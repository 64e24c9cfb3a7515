"""Differences as people see them: on screen, on paper, for a customer."""

import csv
import io

import openpyxl
import pypdf
from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError
from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from .test_publication import PublicationCommon

COUNTS = {"up": 1, "down": 1, "new": 1, "gone": 1}


class DifferenceCommon(PublicationCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.first = cls._publish("First")

    def _change_prices(self):
        """Barolo up from 30 to 33, flour down from 1 to 0.90, ravioli gone, farfalle new."""
        self.barolo.list_price = 33.0
        self.flour.list_price = 0.9
        self.ravioli.sale_ok = False
        self.farfalle = self._create_product("Farfalle", 2.5, self.pasta, default_code="P9")

    def _difference(self, document=None, **values):
        values = {"document_id": (document or self.document).id, **values}
        return self.env["listino.difference"].with_user(self.seller).with_context(lang="en_US").create(values)

    def _changes(self, difference):
        """Cells by product and label."""
        answer = difference.get_difference()
        return {(cells[2], cells[3]): cells for section in answer["sections"] for cells in section["changes"]}


@tagged("post_install", "-at_install")
@freeze_time("2026-03-02 10:00:00")
class TestDifferenceOnScreen(DifferenceCommon):
    def test_since_the_last_revision(self):
        self._change_prices()
        difference = self._difference()
        answer = difference.get_difference()
        self.assertEqual(answer["counts"], COUNTS)
        self.assertEqual(answer["summary"], "1 up (+10.0 % on average), 1 down (-10.0 % on average), 1 new, 1 gone")
        self.assertEqual(answer["captions"], ("revision 1 of 03/02/2026", "now"))
        titles = [section["title"] for section in answer["sections"]]
        self.assertEqual(titles, ["Wine", "Food", "Food / Pasta", "Food / Pasta / Fresh pasta"])
        changes = self._changes(difference)
        self.assertEqual(
            changes["Barolo", "Price from 1"],
            ["up", "W1", "Barolo", "Price from 1", "30.00", "33.00", "+3.00", "+10.0 %"],
        )
        self.assertEqual(changes["Flour", "Price from 10"][4:], ["1.00", "0.90", "-0.10", "-10.0 %"])
        self.assertEqual(changes["Farfalle", "Price from 10"][4:], ["", "2.00", "", ""])
        self.assertEqual(changes["Ravioli", "Price from 1"][4:], ["4.00", "", "", ""])

    def test_between_two_revisions_and_back(self):
        self._change_prices()
        second = self._publish("Second")
        action = second.with_user(self.seller).action_compare_previous()
        difference = self.env["listino.difference"].browse(action["params"]["difference_id"])
        self.assertRecordValues(difference, [{"old_publication_id": self.first.id, "new_publication_id": second.id}])
        self.assertEqual(difference.get_difference()["counts"], COUNTS)
        back = self._difference(old_publication_id=second.id, new_publication_id=self.first.id)
        self.assertEqual(self._changes(back)["Barolo", "Price from 1"][7], "-9.1 %")
        self.barolo.list_price = 99.0
        self.assertEqual(self._changes(difference)["Barolo", "Price from 1"][5], "33.00")
        since = second.with_user(self.seller).action_compare_today()
        since = self.env["listino.difference"].browse(since["params"]["difference_id"])
        self.assertEqual({key[0] for key in self._changes(since)}, {"Barolo"})

    def test_where_nothing_changed_it_says_so(self):
        answer = self._difference().get_difference()
        self.assertEqual((answer["summary"], answer["sections"]), ("No price changed.", []))
        stream = io.BytesIO()
        self._difference()._write_file("pdf", stream)
        self.assertIn("No price changed.", pypdf.PdfReader(stream).pages[0].extract_text())

    def test_where_products_have_one_price_each_it_needs_no_name(self):
        self.document.quantity_mode = "single"
        self._publish("One price")
        self.barolo.list_price = 33.0
        self.assertFalse(self._difference().get_difference()["has_labels"])
        stream = io.BytesIO()
        self._difference()._write_file("csv", stream)
        self.assertIn("Wine,up,W1,Barolo,30.00,33.00,3.00,10,", stream.getvalue().decode("utf-8-sig"))
        self.document.quantity_mode = "breaks"
        self.assertTrue(self._difference(old_publication_id=self.first.id).get_difference()["has_labels"])

    def test_what_can_not_be_compared_is_named(self):
        self.document.tax_display = "both"
        answer = self._difference().get_difference()
        self.assertEqual(answer["summary"], "No price changed.")
        self.assertEqual(answer["remarks"], ["Only the new list has: with VAT from 1, with VAT from 10."])

    def test_the_first_revision_has_nothing_before_it(self):
        with self.assertRaisesRegex(UserError, "no revision before"):
            self.first.action_compare_previous()
        other = self._create_document(name="Never published")
        with self.assertRaisesRegex(UserError, "never published"):
            other.action_what_changed()
        with self.assertRaisesRegex(UserError, "Publish the price list first"):
            self._difference(other).get_difference()

    def test_prices_in_two_currencies_are_not_compared(self):
        dollar = self.env.ref("base.USD")
        dollar.active = True
        self.document.pricelist_id = self._create_list("Dollars", currency_id=dollar.id)
        with self.assertRaisesRegex(UserError, "EUR can't be compared with prices in USD"):
            self._difference().action_show()

    def test_a_customers_last_one_is_his_own(self):
        with self.assertRaisesRegex(UserError, "Gino has not got"):
            self.document._open_what_changed(self.gino)
        with self.assertRaisesRegex(UserError, "Gino has not got"):
            self.gino._open_listino_what_changed()
        own = self._publish("For Gino", partner=self.gino)
        self.barolo.list_price = 33.0
        for action in (
            self.document.with_user(self.seller)._open_what_changed(self.gino),
            self.gino.with_user(self.seller)._open_listino_what_changed(),
        ):
            difference = self.env["listino.difference"].browse(action["params"]["difference_id"])
            self.assertEqual(difference._get_old(), own)
            self.assertEqual(self._changes(difference)["Barolo", "Price from 1"][4:6], ["27.00", "29.70"])
            self.assertEqual(difference.get_difference()["customer"], "Gino")
        self.assertEqual(self.document._get_last_frozen(), self.first)

    def test_previous_means_of_the_same_customer(self):
        mine = self._publish("For Gino", partner=self.gino)
        self.assertFalse(mine._get_previous())
        self.assertEqual(self._publish("Second")._get_previous(), self.first)

    def test_numbers_are_the_readers_and_the_paper_is_the_lists(self):
        self.env["res.lang"]._activate_lang("it_IT")
        self.barolo.list_price = 33.5
        difference = self._difference().with_context(lang="it_IT")
        cells = self._changes(difference)["Barolo", "Price from 1"]
        self.assertEqual(cells[4:], ["30,00", "33,50", "+3,50", "+11,7 %"])
        stream = io.BytesIO()
        difference._write_file("csv", stream)
        self.assertIn("33.50", stream.getvalue().decode("utf-8-sig"))

    def test_a_long_difference_is_cut_on_screen_and_whole_in_the_files(self):
        self._change_prices()
        self.patch(type(self.env["listino.difference"]), "get_difference", self._cut(2))
        answer = self._difference().get_difference()
        self.assertEqual(sum(len(section["changes"]) for section in answer["sections"]), 2)
        self.assertEqual(answer["left_out"], 6)
        self.assertEqual(answer["counts"], COUNTS)

    def _cut(self, most):
        from ..wizard import listino_difference

        original = type(self.env["listino.difference"]).get_difference

        def get_difference(difference):
            self.patch(listino_difference, "MOST_SHOWN", most)
            return original(difference)

        return get_difference

    def test_a_difference_is_ones_own(self):
        difference = self._difference()
        with self.assertRaises(AccessError):
            difference.with_user(self._create_salesperson("other_seller")).get_difference()
        publication = self.first.with_user(self.seller)
        self.assertTrue(publication.action_compare_today())

    def test_a_difference_opens_no_other_companys_revision(self):
        other = self.env["res.company"].create({"name": "Other"})
        document = self._create_document(company_id=other.id, pricelist_id=self._create_list("X", company_id=False).id)
        publication = document._publish("Elsewhere")
        with self.assertRaises(AccessError):
            self._difference(document, old_publication_id=publication.id).get_difference()
        with self.assertRaises(UserError):
            self._difference(document).get_difference()


@tagged("post_install", "-at_install")
@freeze_time("2026-03-02 10:00:00")
class TestDifferenceFiles(DifferenceCommon):
    def _written(self, extension):
        self._change_prices()
        stream = io.BytesIO()
        self._difference()._write_file(extension, stream)
        return stream

    def test_on_paper(self):
        text = "\n".join(page.extract_text() for page in pypdf.PdfReader(self._written("pdf")).pages)
        for words in (
            "What changed: Listino",
            "revision 1 of 03/02/2026",
            "1 up (+10.0 % on average)",
            "Wine",
            "Fresh pasta",
            "up W1 Barolo Price from 1 30.00 33.00 3.00 10%",
            "down F1 Flour Price from 1 1.00 0.90 -0.10 -10%",
            "new P9 Farfalle",
            "gone P2 Ravioli",
        ):
            self.assertIn(words, text)

    def test_in_a_sheet(self):
        sheet = openpyxl.load_workbook(self._written("xlsx")).active
        rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
        [barolo] = [row for row in rows if "Barolo" in row and "Price from 1" in row]
        self.assertEqual(barolo[1:9], ["up", "W1", "Barolo", "Price from 1", 30, 33, 3, 0.1])
        self.assertEqual(barolo[0], "Wine")
        [ravioli] = [row for row in rows if "Ravioli" in row and "Price from 1" in row]
        self.assertEqual(ravioli[0], "Food / Pasta / Fresh pasta")

    def test_as_text(self):
        text = self._written("csv").getvalue().decode("utf-8-sig")
        rows = list(csv.reader(io.StringIO(text)))
        self.assertIn(["Wine", "up", "W1", "Barolo", "Price from 10", "30.00", "33.00", "3.00", "10", ""], rows)
        self.assertEqual(len(rows), 1 + 8)

    def test_headings_come_once_and_lead_to_their_changes(self):
        self.penne.list_price = 5.0
        self.ravioli.list_price = 5.0
        self.barolo.list_price = 5.0
        text = io.BytesIO()
        self._difference()._write_file("pdf", text)
        text = pypdf.PdfReader(text).pages[0].extract_text()
        places = [text.find(f"\n{words}\n") for words in ("Wine", "Food", "Pasta", "Fresh pasta")]
        self.assertEqual(places, sorted(places))
        self.assertNotIn(-1, places)
        self.assertEqual(text.count("\nFood\n"), 1)

    def test_for_a_customer_it_bears_his_name(self):
        self._publish(partner=self.gino)
        self.barolo.list_price = 33.0
        stream = io.BytesIO()
        self._difference(partner_id=self.gino.id)._write_file("pdf", stream)
        text = pypdf.PdfReader(stream).pages[0].extract_text()
        self.assertIn("Gino", text)
        self.assertIn("29.70", text)


@tagged("post_install", "-at_install")
class TestPublicationDownloads(DifferenceCommon, HttpCase):
    def test_a_salesperson_downloads_revisions_and_differences(self):
        self.authenticate("publishing_seller", "publishing_seller")
        difference = self._difference()
        for extension, beginning in (("pdf", b"%PDF"), ("xlsx", b"PK"), ("csv", b"\xef\xbb\xbf")):
            for path in (f"publication/{self.first.id}", f"difference/{difference.id}"):
                answer = self.url_open(f"/listino/{path}/{extension}", allow_redirects=False)
                self.assertEqual(answer.status_code, 200)
                self.assertTrue(answer.content.startswith(beginning), path)
        answer = self.url_open(f"/listino/publication/{self.first.id}/pdf")
        self.assertEqual(answer.content, self.first.pdf_id.raw)
        self.assertIn("revision", answer.headers["Content-Disposition"])

    @mute_logger("odoo.http")
    def test_others_download_nothing(self):
        difference = self._difference()
        self._create_salesperson("other_downloader")
        self.authenticate("other_downloader", "other_downloader")
        answer = self.url_open(f"/listino/difference/{difference.id}/pdf", allow_redirects=False)
        self.assertEqual(answer.status_code, 403)
        self.authenticate(None, None)
        for path in (f"publication/{self.first.id}/pdf", f"difference/{difference.id}/pdf"):
            self.assertIn(self.url_open(f"/listino/{path}", allow_redirects=False).status_code, (303, 403))
