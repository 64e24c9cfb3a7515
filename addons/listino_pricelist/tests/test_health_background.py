"""The check of every night: each list by itself, whatever happens to another; and what a manager clicks."""

from datetime import timedelta
from unittest.mock import patch

from odoo import fields
from odoo.exceptions import UserError
from odoo.service.model import call_kw
from odoo.tests import HttpCase, tagged

from ..models.price_checkup import PriceCheckup
from .health_common import HealthCommon


@tagged("post_install", "-at_install")
class TestHealthBackground(HealthCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.cron = cls.env.ref("listino_pricelist.ir_cron_listino_checkup")
        cls.env["product.pricelist"].search([]).active = False
        cls.bad = cls._create_list("Bad", cls._percent(10), cls._percent(10))
        cls.worse = cls._create_list("Worse", cls._percent(90))
        cls.checkups = cls.env["listino.checkup"]._of(cls.bad + cls.worse)
        cls.of_bad, cls.of_worse = (
            cls.checkups.filtered(lambda checkup, one=one: checkup.pricelist_id == one) for one in (cls.bad, cls.worse)
        )

    def test_each_night_each_list_is_checked(self):
        self._run_cron()
        self.assertEqual(self.bad.finding_ids.mapped("kind"), ["duplicate"])
        self.assertEqual(self.worse.finding_ids.mapped("kind"), ["below_cost"])
        self.assertEqual(set(self.checkups.mapped("state")), {"done"})

    def test_what_was_checked_in_the_evening_is_not_checked_again(self):
        self._run_cron()
        checked = self.of_bad.checked_date = fields.Datetime.now() - timedelta(hours=11)
        self.of_worse.checked_date = fields.Datetime.now() - timedelta(hours=13)
        self._run_cron()
        self.assertEqual(self.of_bad.checked_date, checked)
        self.assertGreater(self.of_worse.checked_date, checked)

    def test_one_bad_list_does_not_stop_the_others_and_says_so(self):
        original = PriceCheckup.findings

        def fail_for_bad(checkup):
            if checkup._pricelist == self.bad:
                raise ZeroDivisionError("no digits")
            return original(checkup)

        with patch.object(PriceCheckup, "findings", fail_for_bad):
            self._run_cron()
        self.assertEqual((self.of_bad.state, self.of_worse.state), ("failed", "done"))
        [found] = self.bad.finding_ids
        self.assertEqual(found.kind, "unchecked")
        self.assertIn("no digits", found.explanation)
        self.env["listino.checkup"]._request(self.bad)
        self._run_cron()
        self.assertEqual(self.bad.finding_ids.mapped("kind"), ["duplicate"])

    def test_what_another_worker_holds_is_left_to_it(self):
        self.checkups.write({"state": "waiting"})
        lock = type(self.checkups).try_lock_for_update
        held = self.of_bad

        def lock_all_but_held(checkups, **options):
            return lock(checkups - held, **options) if checkups - held else checkups.browse()

        with patch.object(type(self.checkups), "try_lock_for_update", lock_all_but_held):
            self._run_cron()
            self.assertEqual((self.of_bad.state, self.of_worse.state), ("waiting", "done"))
            with self.assertRaisesRegex(UserError, "already"):
                self.bad._check_health()
        self._run_cron()
        self.assertEqual(self.of_bad.state, "done")

    def test_a_list_that_stops_the_worker_is_given_up_in_the_end(self):
        self.of_bad.write({"state": "waiting", "attempt_count": 3})
        self._run_cron()
        self.assertEqual(self.of_bad.state, "failed")
        self.assertIn("3 attempts", self.bad.finding_ids.explanation)
        self.assertEqual(self.of_worse.state, "done")

    def test_lists_that_are_put_away_are_left_alone(self):
        self.bad.active = False
        self._run_cron()
        self.assertFalse(self.of_bad.checked_date)

    def test_a_manager_has_all_lists_checked(self):
        manager = self._create_manager()
        self._run_cron()
        triggers = [("cron_id", "=", self.env.ref("listino_pricelist.ir_cron_listino_checkup").id)]
        self.env["ir.cron.trigger"].search(triggers).unlink()
        answer = call_kw(self.env["listino.finding"].with_user(manager), "action_check_all", [[]], {})  # as the button
        self.assertEqual(answer["tag"], "display_notification")
        self.assertTrue(self.env["ir.cron.trigger"].search_count(triggers))
        self.assertEqual(set(self.checkups.mapped("state")), {"waiting"})
        self._run_cron()
        self.assertEqual(set(self.checkups.mapped("state")), {"done"})

    def test_the_background_writes_little_and_asks_little(self):
        self._run_cron()
        self.checkups.write({"state": "waiting"})
        self.env.flush_all()
        before = self.env.cr.sql_log_count
        self._run_cron()
        self.assertLess(self.env.cr.sql_log_count - before, 250)


@tagged("post_install", "-at_install", "tour")
class TestHealthTour(HealthCommon, HttpCase):
    def test_check_read_and_repair(self):
        self._create_manager("tour_health")
        pricelist = self._create_list("Tour health", self._fixed(9, self.penne), self._fixed(8, self.penne))
        self.start_tour(f"/odoo/listini/{pricelist.id}", "listino_health", login="tour_health")
        self.assertEqual(pricelist.item_ids.fixed_price, 8)
        self.assertEqual(pricelist.finding_ids.filtered(lambda one: one.kind == "overlap").state, "repaired")
