"""What one addon leaves for the next: Odoo's own records, never a look whether the other is there."""

from odoo.fields import Domain
from odoo.tests import TransactionCase, tagged

from .rights_registry import SUITE


@tagged("post_install", "-at_install")
class TestBridges(TransactionCase):
    def test_all_five_are_apps_of_one_database(self):
        """The five stand side by side, each an app of its own."""
        apps = self.env["ir.module.module"].search(Domain("name", "in", SUITE) & Domain("application", "=", True))
        self.assertEqual(set(apps.filtered(lambda app: app.state == "installed").mapped("name")), set(SUITE))
