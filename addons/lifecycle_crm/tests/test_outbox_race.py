"""Two workers at once, and one that is killed: nothing is lost, nobody is written to twice."""

import os
import signal
import threading
from datetime import timedelta
from unittest.mock import patch

from odoo import sql_db
from odoo.tests import tagged

from .race_common import CUSTOMERS, RaceCommon

BATCH = "odoo.addons.lifecycle_crm.models.lifecycle_touch_send.BATCH"
A_BATCH = 3
FAILED = 1


@tagged("post_install", "-at_install", "slow")  # connections and processes of their own
class TestOutboxRace(RaceCommon):
    def setUp(self):
        super().setUp()
        self.startPatcher(patch(BATCH, A_BATCH))

    # === TWO WORKERS === #

    def test_two_workers_write_to_different_customers(self):
        self._plan()
        gathering, claimed = threading.Barrier(2, timeout=30), []
        lock_next = self.registry["lifecycle.touch"]._lock_next

        def locking(touches):
            locked = lock_next(touches)
            if len(claimed) < 2:
                claimed.append(locked.ids)
                gathering.wait()  # both hold their batch
            return locked

        with patch.object(self.registry["lifecycle.touch"], "_lock_next", locking):
            workers = [threading.Thread(target=self._send) for _worker in range(2)]
            for worker in workers:
                worker.start()
            for worker in workers:
                worker.join()
        first, second = claimed
        self.assertEqual((len(first), len(second)), (A_BATCH, A_BATCH))
        self.assertFalse(set(first) & set(second))
        self._send()
        self._check_everybody_was_written_to_once()

    def test_two_planners_plan_each_step_once(self):
        starting = threading.Barrier(2, timeout=30)

        def plan():
            starting.wait()
            self._plan()

        planners = [threading.Thread(target=plan) for _planner in range(2)]
        for planner in planners:
            planner.start()
        for planner in planners:
            planner.join()
        with self._environment() as env:
            self.assertEqual(len(self._get_touches(env)), CUSTOMERS)

    # === A KILLED WORKER === #

    def test_killed_before_the_claim(self):
        self._check_killed("lifecycle.touch", "_judge_and_claim", mails=0, claimed=0)

    def test_killed_after_the_claim(self):
        self._check_killed("lifecycle.touch", "_claim_next", mails=0, claimed=A_BATCH)

    def test_killed_after_the_mails_before_they_are_committed(self):
        self._check_killed("lifecycle.touch", "_make", mails=0, claimed=A_BATCH)

    def test_killed_in_the_second_batch(self):
        self._check_killed("lifecycle.touch", "_make", mails=A_BATCH, claimed=A_BATCH, calls=2)

    def _check_killed(self, model, method, mails, claimed, calls=1):
        """Kill the worker when it has called a method so many times, and have another one go on.

        :param int mails: how many mails there are by then
        :param int claimed: how many contacts are in the hands of the dead
        """
        self._plan()
        self._run_and_kill(self._send, model, method, calls)
        self.assertEqual(self._count_mails(), mails)
        with self._environment() as env:
            left = self._get_touches(env).filtered(lambda touch: touch.state == "claimed")
            self.assertEqual(len(left), claimed)
        self._send()
        self.assertEqual(self._count_mails(), CUSTOMERS - claimed, "What another worker may hold was taken from it.")
        self._let_time_pass()
        self._send()
        self._check_everybody_was_written_to_once()

    def _let_time_pass(self):
        with self._environment() as env:
            for touch in self._get_touches(env).filtered("claimed_on"):
                touch.claimed_on -= timedelta(hours=1)

    def test_killed_while_planning(self):
        self._run_and_kill(self._plan, "lifecycle.play", "_enter", 1)
        self._plan()
        self._send()
        self._check_everybody_was_written_to_once()

    # === HELP === #

    def _run_and_kill(self, work, model, method, calls):
        """Do something in a process of its own that is killed in it, with all that was not committed."""
        sql_db.close_all()  # two processes on one connection would not understand the database
        child = os.fork()
        if not child:
            self._die_in(self.registry[model], method, calls)
            try:
                work()
            finally:
                os._exit(FAILED)
        _pid, status = os.waitpid(child, 0)
        self.assertTrue(os.WIFSIGNALED(status), "It was done before it could be killed.")
        self.assertEqual(os.WTERMSIG(status), signal.SIGKILL)

    def _die_in(self, model, name, calls):
        method, called = getattr(model, name), []

        def dying(records, *args, **kwargs):
            result = method(records, *args, **kwargs)
            called.append(records)
            if len(called) == calls:
                records.env.flush_all()
                os.kill(os.getpid(), signal.SIGKILL)
            return result

        setattr(model, name, dying)
