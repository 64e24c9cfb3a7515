"""The page that people read says what the files say."""

from odoo.tests import BaseCase, tagged

from . import rights_table


@tagged("post_install", "-at_install")
class TestRightsPage(BaseCase):
    def test_the_page_is_what_the_files_make_of_it(self):
        self.assertEqual(rights_table.PAGE.read_text(), rights_table.page(), "see ./setup/rights")

    def test_nobody_has_a_record_of_a_company_he_does_not_work_in(self):
        """The sentence at the head of the page, said of every row."""
        said = {row["rows"] for row in rights_table.read("models")}
        self.assertEqual(said - {"", "company", "own", "all", "nobody's"}, set())
