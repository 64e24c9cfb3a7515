"""What a person clicks: derive a list, print a part of it, read a derivation."""

from odoo.tests import HttpCase, tagged

from .test_document import DocumentCommon


@tagged("post_install", "-at_install", "tour")
class TestTours(DocumentCommon, HttpCase):
    def test_derive_a_list(self):
        self._create_manager("tour_manager")
        self.public_list.name = "Tour list"
        self.start_tour("/odoo/listini", "listino_derive", login="tour_manager")
        derived = self.env["product.pricelist"].search([("name", "=", "Tour resellers")])
        self.assertEqual(derived.parent_pricelist_id, self.public_list)
        self.assertEqual(derived._get_product_price(self.barolo, 1), 22.9)

    def test_print_a_part_and_read_why(self):
        self._create_salesperson("tour_seller")
        self.document.name = "Tour listino"
        self.start_tour("/odoo/listino-documents", "listino_print", login="tour_seller")
