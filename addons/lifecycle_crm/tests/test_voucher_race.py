"""Two workers that give of one budget at the same time."""

from psycopg2.errors import SerializationFailure

from odoo.tests import tagged
from odoo.tools import mute_logger

from .race_common import RaceCommon


@tagged("post_install", "-at_install", "slow")  # connections of their own
class TestVoucherRace(RaceCommon):
    def test_a_worker_that_saw_the_budget_before_another_gave_of_it_begins_anew(self):
        with self._environment() as late:
            play = late["lifecycle.play"].browse(self.play_id)
            self.assertFalse(play.voucher_given_on)
            with self._environment() as early:
                early["lifecycle.play"].browse(self.play_id)._hold_budget()
            with mute_logger("odoo.sql_db"), self.assertRaises(SerializationFailure):
                play._hold_budget()
            late.cr.rollback()
