"""What is clicked with a headset on: the list, the form, and an outcome."""

from freezegun import freeze_time

from odoo.tests import HttpCase, tagged

from .calls_common import CallCommon


@tagged("post_install", "-at_install", "tour")
@freeze_time("2026-06-15 08:00:00")
class TestCallTour(CallCommon, HttpCase):
    def test_the_customers_of_the_list_are_called_one_after_the_other(self):
        large = self._create_customer("Bar Verdi", phone="+39 02 654321")
        self._create_invoice(5000, partner=large)
        promised = self._bring_to_call(self._scan(large))
        self.start_tour("/odoo/dunning-calls", "dunning_calls", login="dunning_user")
        self.assertRecordValues(self.case.call_ids, [{"outcome": "no_answer", "user_id": self.user.id}])
        self.assertRecordValues(promised.call_ids, [{"outcome": "promise", "note": "Pays in two parts"}])
        self.assertEqual(promised.promise_ids.mapped("amount"), [2500, 2500])
        self.assertEqual(promised.state, "paused")
