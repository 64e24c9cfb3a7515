"""A worker is killed in the middle of a scheduled action: nothing is lost, nobody is written to twice."""

import os
import signal
from collections import Counter
from datetime import timedelta
from unittest.mock import patch

from odoo import sql_db
from odoo.tests import tagged
from odoo.tools import mute_logger

from .race_common import CUSTOMERS, RaceCommon

KILLED_IN = 3  # the third customer's mail or batch
BATCH = "odoo.addons.dunning_it.models.dunning_case_scan.BATCH"
FAILED = 1


@tagged("post_install", "-at_install", "slow")  # a process of its own
class TestKilledWorker(RaceCommon):
    def setUp(self):
        super().setUp()
        reader, self.writer = os.pipe()
        self.received = os.fdopen(reader)
        self.addCleanup(self.received.close)

    # === SCAN === #

    def test_a_scan_that_was_killed_goes_on_where_it_was(self):
        with self._environment() as env:
            self.addCleanup(self._set_scan_date, env.company.dunning_scan_date)
        self._set_scan_date(False)
        with patch(BATCH, 2):
            self._run_and_kill(self._scan_all, "dunning.case", "_scan_batch")
        self.assertEqual(self._count_cases(), (4, 4))
        with patch(BATCH, 2):
            self._scan_all()
        self.assertEqual(self._count_cases(), (CUSTOMERS, CUSTOMERS))

    def _scan_all(self):
        with self._environment() as env:
            env["dunning.case"]._cron_scan()

    def _set_scan_date(self, date):
        with self._environment() as env:
            env.company.dunning_scan_date = date

    def _count_cases(self):
        with self._environment() as env:
            cases = env["dunning.case"].search([("partner_id", "in", self.partner_ids)])
            return len(cases), len(cases.line_ids)

    # === REMINDERS === #

    def test_killed_before_a_reminder_is_claimed(self):
        self._check_reminders("dunning.case", "_claim_mail", received=0)

    def test_killed_before_a_reminder_is_being_sent(self):
        self._check_reminders("dunning.step", "_connect", received=2)

    @mute_logger("odoo.addons.dunning_it.models.dunning_mail_outbox")
    def test_killed_when_nobody_can_know_whether_the_reminder_has_left(self):
        self._check_reminders("dunning.step", "_send", received=KILLED_IN, uncertain=1)

    def test_killed_before_the_case_shows_what_was_sent(self):
        self._check_reminders("dunning.case", "_complete_stage", received=KILLED_IN)

    def _check_reminders(self, model, method, received, uncertain=0):
        """Kill the worker when it has called a method for the third time, and have another one go on.

        :param int received: how many mails the mail server had by then
        :param int uncertain: how many reminders a person decides on
        """
        self._scan()
        with self._post_office(self._take):
            self._run_and_kill(self._remind, model, method)
            before = self._read_received()
            self.assertEqual(before.total(), received)
            self._let_time_pass()
            self._remind()
        self.assertEqual(before + self._read_received(), {f"racer{place}@example.com": 1 for place in range(CUSTOMERS)})
        with self._environment() as env:
            steps = env["dunning.step"].search([("partner_id", "in", self.partner_ids), ("state", "!=", "cancelled")])
            done = CUSTOMERS - uncertain
            self.assertEqual(Counter(steps.mapped("state")), Counter(done=done, uncertain=uncertain))
            self.assertEqual(len(steps.mail_message_id), done)
            self.assertEqual(Counter(steps.case_id.mapped("stage_kind")), Counter(call=done, mail=uncertain))

    def _let_time_pass(self):
        with self._environment() as env:
            for step in env["dunning.step"].search([("state", "=", "handing")]):
                step.handing_on -= timedelta(hours=1)

    # === HELP === #

    def _take(self, server, message, *args, **kwargs):
        """What leaves the house is known to the parent of a killed process, too."""
        os.write(self.writer, f"{message['To']}\n".encode())
        return message["Message-Id"]

    def _read_received(self):
        """How often each address received a mail since it was last asked."""
        os.write(self.writer, b"END\n")
        return Counter(line.strip() for line in iter(self.received.readline, "END\n"))

    def _run_and_kill(self, work, model, method):
        """Do something in a process of its own that is killed in it, with all that was not committed."""
        sql_db.close_all()  # two processes on one connection would not understand the database
        child = os.fork()
        if not child:
            self._die_in(self.registry[model], method)
            try:
                work()
            finally:
                os._exit(FAILED)
        _pid, status = os.waitpid(child, 0)
        self.assertTrue(os.WIFSIGNALED(status), "It was done before it could be killed.")
        self.assertEqual(os.WTERMSIG(status), signal.SIGKILL)

    def _die_in(self, model, name):
        method, calls = getattr(model, name), []

        def dying(records, *args, **kwargs):
            result = method(records, *args, **kwargs)
            calls.append(records)
            if len(calls) == KILLED_IN:
                records.env.flush_all()
                os.kill(os.getpid(), signal.SIGKILL)
            return result

        setattr(model, name, dying)
