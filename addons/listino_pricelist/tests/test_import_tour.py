"""What a person clicks: choose a file, map a column, look at the preview, import."""

from odoo.tests import HttpCase, new_test_user, tagged


@tagged("post_install", "-at_install", "tour")
class TestImportTour(HttpCase):
    def test_a_manager_imports_a_file(self):
        self.env["res.lang"]._activate_lang("en_US")  # an Italian database need not have it; the tour reads English
        groups = "sales_team.group_sale_manager,product.group_product_manager"
        new_test_user(self.env, "listino_importer", groups=groups, lang="en_US")
        self.start_tour("/odoo", "listino_import_tour", login="listino_importer")
        product = self.env["product.product"].search([("default_code", "=", "TOUR1")])
        self.assertRecordValues(product, [{"name": "Fusilli", "list_price": 1.3, "description_sale": "Rosso"}])
        self.assertFalse(self.env["product.product"].search([("default_code", "=", "TOUR2")]))
