"""What a manager clicks to change many prices: choose, preview, correct, approve, look, roll back."""

from odoo.tests import HttpCase, tagged

from .change_common import ChangeCommon


@tagged("post_install", "-at_install", "tour")
class TestChangeTour(ChangeCommon, HttpCase):
    def test_choose_preview_approve_and_roll_back(self):
        self.pasta.name = "Tour pasta"
        self.public_list.name = "Tour list"
        self.start_tour("/odoo/listino-changes", "listino_change_tour", login="change_manager")
        change = self.env["listino.change"].search([("name", "=", "Tour change")])
        self.assertRecordValues(change, [{"state": "rolled_back", "approved_by_id": self.manager.id}])
        self.assertEqual(self.products.mapped("list_price"), [1.2, 8.9, 30.0])
        history = self.env["listino.price.history"].search([("change_id", "=", change.id)])
        self.assertEqual(sorted(history.mapped("new_price")), [1.2, 1.4, 8.9, 9.79])
