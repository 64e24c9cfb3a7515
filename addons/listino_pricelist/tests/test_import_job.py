"""Large files: written by the scheduled action, once, with progress, whatever happens to the server."""

from unittest.mock import patch

from psycopg2.errors import SerializationFailure

from odoo.tests import tagged

from .import_common import ImportCommon, csv_of


@tagged("post_install", "-at_install")
class TestImportJob(ImportCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["ir.config_parameter"].set_param("listino_pricelist.import_background_rows", "2")
        cls.cron = cls.env.ref("listino_pricelist.ir_cron_listino_import")

    def _queued(self):
        record = self._preview(csv_of(*[[f"N{number}", "", "Riso", "1"] for number in range(3)]))
        record.action_apply()
        return record

    def test_few_rows_are_written_at_once(self):
        record = self._preview(csv_of(["N1", "", "Riso", "1"]))
        record.action_apply()
        self.assertEqual(record.state, "done")

    def test_many_rows_wait_for_the_scheduled_action(self):
        with self._capture_triggers() as triggers:
            record = self._queued()
        self.assertEqual(len(triggers.records), 1)
        self.assertEqual((record.state, record.progress), ("queued", 0))
        self.assertFalse(self._find("N1"))
        self._run_cron()
        self.assertRecordValues(record, [{"state": "done", "attempt_count": 1, "progress": 100}])
        self.assertEqual(self._find("N1").create_uid, self.manager)

    def test_a_waiting_import_can_be_taken_back(self):
        record = self._queued()
        record.action_cancel()
        self._run_cron()
        self.assertEqual(record.state, "previewed")
        self.assertFalse(self._find("N1"))

    def test_an_error_stays_on_the_import_and_the_next_one_runs(self):
        bad = self._queued()
        good = self._preview(csv_of(*[[f"G{number}", "", "Riso", "1"] for number in range(3)]))
        good.action_apply()
        apply, notified = type(bad)._apply, []

        def fail_once(record, progress):
            apply(record, progress)
            if record.id == bad.id:
                raise ValueError("The warehouse burns.")

        with (
            patch.object(type(bad), "_apply", fail_once),
            patch.object(
                type(self.manager),
                "_bus_send",
                lambda user, kind, message, **kw: notified.append((user, message["type"])),
            ),
        ):
            self._run_cron()
        self.assertRecordValues(
            bad + good, [{"state": "failed", "error": "The warehouse burns."}, {"state": "done", "error": False}]
        )
        self.assertFalse(self._find("N1"))
        self.assertEqual([kind for _user, kind in notified], ["danger", "success"])
        self.assertEqual(notified[0][0], self.manager)

    def test_a_run_that_was_killed_begins_anew(self):
        record = self._queued()
        record.sudo().write({"state": "running", "attempt_count": 1})
        self._run_cron()
        self.assertRecordValues(record, [{"state": "done", "attempt_count": 2}])

    def test_a_run_that_is_killed_again_and_again_ends(self):
        record = self._queued()
        record.sudo().write({"state": "running", "attempt_count": 3})
        self._run_cron()
        self.assertEqual(record.state, "failed")
        self.assertIn("stopped this import 3 times", record.error)

    def test_a_conflict_with_another_transaction_is_tried_again(self):
        record = self._queued()
        with (
            patch.object(type(record), "_apply", side_effect=SerializationFailure()),
            self._capture_triggers() as triggers,
        ):
            self._run_cron()
        self.assertEqual(record.state, "running")
        self.assertTrue(triggers.records)
        self._run_cron()
        self.assertEqual(record.state, "done")

    def test_what_another_worker_holds_is_left_alone(self):
        record = self._queued()
        with patch.object(type(record), "try_lock_for_update", lambda records, **kw: records.browse()):
            self._run_cron()
        self.assertEqual((record.state, record.attempt_count), ("queued", 0))

    def test_progress_is_told_from_the_outside(self):
        record = self._queued()
        progress = self.env["listino.import.progress"].search([("import_id", "=", record.id)])
        with self.enter_registry_test_mode():
            progress._report(1, 4)
        self.assertEqual(record.progress, 25)
