"""Publish, change a price, publish again, compare: as a manager clicks it."""

from odoo.tests import HttpCase, tagged

from .test_publication import PublicationCommon


@tagged("post_install", "-at_install", "tour")
class TestPublicationTour(PublicationCommon, HttpCase):
    def test_publish_twice_and_compare(self):
        self.document.name = "Tour listino"
        self.start_tour("/odoo/listino-documents", "listino_publish", login="publishing_manager")
        self.assertEqual(self.document.publication_ids.mapped("reason"), ["First prices"])
        self.barolo.list_price = 33.0
        self.ravioli.sale_ok = False
        self.start_tour("/odoo/listino-documents", "listino_publish_again", login="publishing_manager")
        self.assertEqual(self.document.publication_ids.mapped("number"), [2, 1])
