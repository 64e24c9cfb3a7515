"""The papers of a case: what they say, in whose language, and who may have them."""

import io

from freezegun import freeze_time
from pypdf import PdfReader

from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from .common import DunningCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-06-15")
class TestPapers(DunningCommon, HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.move = cls._create_invoice(1000, due="2026-03-15", date="2026-01-15")
        cls.case = cls._scan()

    def test_the_statement_lists_what_is_open_and_what_is_netted(self):
        self._create_invoice(300, move_type="out_refund", due="2026-05-01", date="2026-05-01")
        self._scan()
        text = self._read(self.case._prepare_statement())
        self.assertIn(self.move.name, text)
        self.assertIn("Total less credits 700.00", text)
        self.assertIn("Subject: Account statement", text.replace("\n", " "))

    def test_a_paper_is_in_the_language_of_who_pays(self):
        self.customer.lang = "it_IT"
        text = self._read(self.case._prepare_statement())
        self.assertIn("15 giugno 2026", text)
        self.assertIn("1.000,00", text)

    def test_the_interest_sheet_shows_each_stretch(self):
        text = self._read(self.case._prepare_interest_sheet())
        for words in ("17 Mar 2026", "15 Jun 2026", "91", "10.15%", "25.31"):
            self.assertIn(words, text)

    def test_who_may_not_read_the_case_gets_no_paper(self):
        seller = self._create_user("dunning_seller", "sales_team.group_sale_salesman")
        for login, status in ((self.user.login, 200), (seller.login, 404)):
            self.authenticate(login, login)
            for kind in ("statement", "interest"):
                self.assertEqual(self.url_open(f"/dunning/case/{self.case.id}/{kind}").status_code, status)
        self.assertEqual(self.url_open(f"/dunning/case/{self.case.id}/nothing").status_code, 404)
        self.assertEqual(self.url_open("/dunning/case/0/statement").status_code, 404)

    def test_statements_of_several_customers_come_as_one_file(self):
        other = self._create_customer("Bar Verdi")
        self._create_invoice(250, partner=other)
        both = self.case | self._scan(other)
        url = both.with_user(self.user).action_print_statement()["url"]
        self.authenticate(self.user.login, self.user.login)
        pages = [page.extract_text() for page in PdfReader(io.BytesIO(self.url_open(url).content)).pages]
        self.assertEqual(["Bar Verdi" in page for page in pages], [False, True])

    def test_one_foreign_case_refuses_the_whole_file(self):
        company = self.env["res.company"].create({"name": "Altra Srl"})
        foreign = self.case.copy({"company_id": company.id, "state": "closed"})
        self.authenticate(self.user.login, self.user.login)
        for ids in (f"{self.case.id},{foreign.id}", "", "x,0"):
            with self.subTest(ids=ids), mute_logger("odoo.http"):
                self.assertEqual(self.url_open(f"/dunning/cases/statement?ids={ids}").status_code, 404)

    def _read(self, paper):
        _name, content = self.case._draw(paper)
        return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages)
