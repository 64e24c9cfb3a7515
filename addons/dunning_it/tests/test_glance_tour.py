"""The first page in a browser: figures lead to the lists behind them."""

from freezegun import freeze_time

from odoo.tests import HttpCase, tagged

from .calls_common import CallCommon


@tagged("post_install", "-at_install", "tour")
@freeze_time("2026-06-15 08:00:00")
class TestGlanceTour(CallCommon, HttpCase):
    def test_a_cell_of_the_page_opens_the_list_behind_it(self):
        self._create_invoice(70, due="2026-06-01")
        self._scan()
        self.start_tour("/odoo/dunning", "dunning_glance", login="dunning_user")
