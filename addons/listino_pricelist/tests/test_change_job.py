"""Applied at its date, once, whatever happens to the server meanwhile."""

from unittest.mock import patch

from psycopg2.errors import SerializationFailure

from odoo.tests import freeze_time, tagged

from .change_common import ChangeCommon


@tagged("post_install", "-at_install")
class TestChangeJob(ChangeCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.cron = cls.env.ref("listino_pricelist.ir_cron_listino_change")
        cls.env["ir.config_parameter"].set_param("listino_pricelist.change_background_lines", "2")

    def _approved(self, *args, **values):
        change = self._preview(*args, **values)
        change.action_approve()
        return change

    def test_few_prices_are_written_at_once(self):
        self.assertEqual(self._approved(self.penne).state, "applied")

    def test_many_prices_wait_for_the_scheduled_action(self):
        with self._capture_triggers() as triggers:
            change = self._approved()
        self.assertEqual((len(triggers.records), change.state, self.penne.list_price), (1, "approved", 1.2))
        self._run_cron()
        self.assertRecordValues(change, [{"state": "applied", "attempt_count": 1}])
        self.assertEqual(self.penne.list_price, 1.32)

    def test_a_change_waits_for_its_date(self):
        with freeze_time("2026-03-01 10:00:00"):
            with self._capture_triggers() as triggers:
                change = self._approved(self.penne, effective_date="2026-03-02 00:00:00")
            self.assertEqual(str(triggers.records.call_at), "2026-03-02 00:00:00")
            self._run_cron()
            self.assertEqual((change.state, self.penne.list_price), ("approved", 1.2))
        with freeze_time("2026-03-02 00:05:00"):
            self._run_cron()
        self.assertEqual((change.state, self.penne.list_price), ("applied", 1.32))

    def test_what_was_approved_is_what_is_written(self):
        """A cost or another list may move until the date: the new prices are those that were seen."""
        with freeze_time("2026-03-01"):
            change = self._approved(
                self.penne, formula="cost_factor", cost_factor=1.5, effective_date="2026-03-02 00:00:00"
            )
            self.penne.standard_price = 5
        with freeze_time("2026-03-02 00:05:00"):
            self._run_cron()
        self.assertEqual((change.state, self.penne.list_price), ("applied", 1.5))

    def test_an_old_price_that_has_moved_fails_the_whole_change_and_is_named(self):
        with freeze_time("2026-03-01"):
            change = self._approved(effective_date="2026-03-02 00:00:00")
            self.barolo.list_price = 31
        with freeze_time("2026-03-02 00:05:00"):
            self._run_cron()
        self.assertEqual(change.state, "failed")
        self.assertIn("Barolo", change.error)
        self.assertNotIn("Penne", change.error)
        self.assertEqual(self.products.mapped("list_price"), [1.2, 8.9, 31])

    def test_a_rule_that_is_gone_or_new_fails_it_too(self):
        target = {"target": "pricelist", "pricelist_id": self.shop_list.id, "create_missing": True}
        with freeze_time("2026-03-01"):
            change = self._approved(effective_date="2026-03-02 00:00:00", **target)
            self.penne_ten.unlink()
            self.shop_list.item_ids = [(0, 0, self._fixed(self.ravioli, 7))]
        with freeze_time("2026-03-02 00:05:00"):
            self._run_cron()
        self.assertEqual(change.state, "failed")
        self.assertIn("[PEN] Penne, [RAV] Ravioli", change.error)
        self.assertEqual(self.penne_rule.fixed_price, 1.1)

    def test_an_approval_can_be_taken_back(self):
        change = self._approved()
        change.action_cancel()
        self._run_cron()
        self.assertRecordValues(change, [{"state": "previewed", "approved_by_id": False}])
        self.assertEqual(self.penne.list_price, 1.2)

    def test_an_error_stays_on_the_change_and_the_next_one_runs(self):
        world = self._get_world()
        bad = self._approved(name="Bad")
        good = self._approved(name="Good")
        apply, notified = type(bad)._apply, []

        def fail_once(change):
            apply(change)
            if change.id == bad.id:
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
        self.assertRecordValues(bad, [{"state": "failed", "error": "The warehouse burns."}])
        self.assertEqual(good.state, "applied", good.error)
        self.assertEqual(notified, [(self.manager, "danger"), (self.manager, "success")])
        good.action_roll_back()
        self.assertEqual(self._get_world(), world)
        history = self.env["listino.price.history"].search([("change_id", "=", bad.id)])
        self.assertFalse(history, "What was taken back by the savepoint has left no trace in the history.")

    def test_a_run_that_was_killed_begins_anew(self):
        change = self._approved()
        change._write_owned({"state": "running", "attempt_count": 1})
        self._run_cron()
        self.assertRecordValues(change, [{"state": "applied", "attempt_count": 2}])

    def test_a_run_that_is_killed_again_and_again_ends(self):
        change = self._approved()
        change._write_owned({"state": "running", "attempt_count": 3})
        self._run_cron()
        self.assertEqual((change.state, self.penne.list_price), ("failed", 1.2))
        self.assertIn("stopped this change 3 times", change.error)

    def test_a_conflict_with_another_transaction_is_tried_again(self):
        change = self._approved()
        with (
            patch.object(type(change), "_apply", side_effect=SerializationFailure()),
            self._capture_triggers() as triggers,
        ):
            self._run_cron()
        self.assertEqual(change.state, "running")
        self.assertTrue(triggers.records)
        self._run_cron()
        self.assertEqual(change.state, "applied")

    def test_what_another_worker_holds_is_left_alone(self):
        change = self._approved()
        with patch.object(type(change), "try_lock_for_update", lambda records, **kw: records.browse()):
            self._run_cron()
        self.assertEqual((change.state, change.attempt_count), ("approved", 0))

    def test_an_approver_who_lost_the_right_writes_nothing(self):
        change = self._approved()
        self.manager.group_ids -= self.env.ref("sales_team.group_sale_manager")
        self._run_cron()
        self.assertEqual((change.sudo().state, self.penne.list_price), ("failed", 1.2))


@tagged("post_install", "-at_install", "slow")
class TestTwoWorkers(ChangeCommon):
    """Two cursors of their own, as two workers have them."""

    def test_the_second_worker_skips_what_the_first_holds(self):
        with self.registry.cursor() as first, self.registry.cursor() as second:
            one, other = self.env(cr=first), self.env(cr=second)
            change = one["listino.change"].create({"name": "Two workers", "state": "approved"})
            first.commit()
            try:
                mine, theirs = change, other["listino.change"].browse(change.id)
                self.assertTrue(mine._lock_due())
                self.assertFalse(theirs._lock_due())
                first.rollback()  # the first worker is killed
                self.assertTrue(theirs._lock_due())
            finally:
                second.rollback()
                change.unlink()
                first.commit()
