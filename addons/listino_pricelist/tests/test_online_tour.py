"""What people click online: a customer on the portal, a prospect behind a link, the salesperson who shares it."""

from odoo.tests import tagged

from .online_common import OnlineHttpCommon


@tagged("post_install", "-at_install", "tour")
class TestOnlineTours(OnlineHttpCommon):
    def test_a_customer_searches_folds_and_asks_for_a_quote(self):
        self.start_tour(self.url, "listino_online_customer", login=self.gino.login)
        order = self._orders()
        self.assertRecordValues(
            order.order_line.sorted("price_unit"),
            [
                {"product_id": self.flour.id, "product_uom_qty": 25.0, "price_unit": 0.9},
                {"product_id": self.penne.id, "product_uom_qty": 12.0, "price_unit": 1.44},
            ],
        )
        self.assertIn("Before Friday", "".join(order.message_ids.mapped("body")))

    def test_a_prospect_types_the_password_and_asks_for_a_quote(self):
        share = self._create_share(password="basilico")
        self.start_tour(share._get_path(), "listino_online_prospect")
        order = self._orders()
        self.assertEqual((order.partner_id.name, order.order_line.product_uom_qty), ("Ada Rossi", 6.0))
        self.assertEqual(share.open_count, 1)

    def test_a_salesperson_shares_a_link(self):
        self.document.name = "Tour listino"
        self.start_tour("/odoo/listino-documents", "listino_share_link", login=self.seller.login)
        share = self.env["listino.share"].search([("document_id", "=", self.document.id)])
        self.assertEqual((share.email, share.create_uid), ("ada@example.com", self.seller))
