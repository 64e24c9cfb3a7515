"""What a person clicks: a salesperson updates and confirms a quote, a manager reads the analysis."""

from datetime import timedelta

from freezegun import freeze_time

from odoo import fields
from odoo.tests import HttpCase, tagged

from .test_quote_prices import QuoteCommon


@tagged("post_install", "-at_install", "tour")
class TestQuoteTour(QuoteCommon, HttpCase):
    def setUp(self):
        super().setUp()
        self.resellers.name = "Tour list"
        self.fusilli.name = "Tour fusilli"
        self.penne.name = "Tour penne"
        self.partner.name = "Tour Trattoria"
        self.company.partner_id.lang = "en_US"

    def test_a_salesperson_sees_that_the_list_has_changed_updates_and_confirms(self):
        seller = self._create_salesperson("tour_quote_seller")
        with freeze_time(fields.Datetime.now() - timedelta(days=20)):
            order = self._create_order((self.fusilli, 1), (self.penne, 1), user=seller)
            order.order_line[1].price_unit = 15
            self.env.flush_all()
        self.resellers.item_ids.filtered(lambda rule: not rule.min_quantity).percent_price = 5
        self.env.flush_all()
        self.start_tour("/odoo/sales", "listino_changed_quote", login="tour_quote_seller")
        self.assertEqual(order.state, "sale")
        self.assertRecordValues(
            order.order_line,
            [{"price_unit": 9.5, "listino_at_list": True}, {"price_unit": 15.0, "listino_at_list": False}],
        )

    def test_a_manager_reads_the_analysis(self):
        self._create_manager("tour_quote_manager")
        self.env["product.pricelist"].search([("id", "!=", self.resellers.id)]).active = False
        self._create_order().action_confirm()
        self.env.flush_all()
        self.start_tour("/odoo/listino-sales", "listino_analysis", login="tour_quote_manager")
        self.assertTrue(self.env["listino.price.statistic"].search([("pricelist_id", "=", self.resellers.id)]))
