"""Two workers write the same row: the scheduled action of the one that is refused is done again, at once."""

from unittest.mock import patch

from psycopg2.errors import SerializationFailure

from odoo import fields
from odoo.tests import tagged
from odoo.tools import mute_logger

from .race_common import RaceCommon

MODULE = "odoo.addons.dunning_it.models.ir_cron"


@tagged("post_install", "-at_install", "slow")  # connections of their own
class TestMetWorkers(RaceCommon):
    def setUp(self):
        super().setUp()
        with self._environment() as env:
            self.scan_date = env.company.dunning_scan_date
            env.company.dunning_scan_date = False
        self.addCleanup(self._restore)
        self.startPatcher(patch(f"{MODULE}.PAUSE", 0))

    def _restore(self):
        with self._environment() as env:
            env.company.dunning_scan_date = self.scan_date

    def _work(self, name):
        """What a cron worker of Odoo does with an action."""
        with self._environment() as env:
            action = env.ref(f"dunning_it.{name}")
            action._callback(action.cron_name, action.ir_actions_server_id.id)

    @mute_logger("odoo.sql_db", MODULE)
    def test_a_scan_whose_company_is_written_meanwhile_is_done_again(self):
        scan, met = self.registry["dunning.case"]._scan_batch, []

        def scan_batch(cases, partners):
            result = scan(cases, partners)
            if not met:
                met.append(cases)
                with self._environment() as other:
                    other.cr.execute(
                        "UPDATE res_company SET write_date = write_date WHERE id = %s", [cases.env.company.id]
                    )
            return result

        with patch.object(self.registry["dunning.case"], "_scan_batch", scan_batch):
            self._work("ir_cron_dunning_scan")
        self.assertTrue(met)
        with self._environment() as env:
            company = env.company.with_context(tz="Europe/Rome")
            self.assertEqual(company.dunning_scan_date, fields.Date.context_today(company))

    @mute_logger(MODULE)
    def test_one_that_meets_others_again_and_again_is_left_to_its_next_turn(self):
        calls = []

        def scan(cases):
            calls.append(cases)
            raise SerializationFailure

        with patch.object(self.registry["dunning.case"], "_cron_scan", scan), self.assertRaises(SerializationFailure):
            self._work("ir_cron_dunning_scan")
        self.assertEqual(len(calls), 5)

    def test_actions_of_others_are_left_to_odoo(self):
        calls = []

        def vacuum(_model):
            calls.append(1)
            raise SerializationFailure

        with (
            patch.object(self.registry["ir.autovacuum"], "_run_vacuum_cleaner", vacuum),
            self.assertRaises(SerializationFailure),
            self._environment() as env,
        ):
            action = env.ref("base.autovacuum_job")
            action._callback(action.cron_name, action.ir_actions_server_id.id)
        self.assertEqual(len(calls), 1)
