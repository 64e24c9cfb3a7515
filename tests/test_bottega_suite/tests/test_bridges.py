"""What one addon leaves for the next: Odoo's own records, never a look whether the other is there."""

from odoo.fields import Domain
from odoo.tests import TransactionCase, tagged


@tagged("post_install", "-at_install")
class TestBridges(TransactionCase):
    def test_all_five_are_apps_of_one_database(self):
        """The five stand side by side, each an app of its own."""
        ours = ["dunning_it", "lifecycle_crm", "listino_pricelist", "quote_discounts", "shop_feed"]
        apps = self.env["ir.module.module"].search(Domain("name", "in", ours) & Domain("application", "=", True))
        self.assertEqual(sorted(apps.filtered(lambda app: app.state == "installed").mapped("name")), ours)
