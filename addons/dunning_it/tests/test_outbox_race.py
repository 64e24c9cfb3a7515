"""Workers scan and send at the same moment, each on a connection of its own; one of them dies."""

import contextlib
import threading
import time
from collections import Counter
from datetime import timedelta

from odoo.tests import get_db_name, tagged
from odoo.tools import mute_logger

from .race_common import CUSTOMERS, RaceCommon

WAIT = 120  # seconds; no test should take them


@tagged("post_install", "-at_install", "slow")  # Odoo's own runner holds a lock that other threads would wait for
class TestOutboxRace(RaceCommon):
    def setUp(self):
        super().setUp()
        self.received = Counter()

    # === TESTS === #

    @mute_logger("odoo.sql_db")
    def test_workers_that_scan_and_send_at_once_write_to_each_customer_once(self):
        with self._post_office(self._take):
            self._together(self._scan, 2)
            self._scan()  # what a later run finds
            self._together(self._remind, 3)
            self._remind()
        self.assertEqual(self.received, {f"racer{place}@example.com": 1 for place in range(CUSTOMERS)})
        with self._environment() as env:
            cases = env["dunning.case"].search([("partner_id", "in", self.partner_ids)])
            self.assertEqual(len(cases), CUSTOMERS)
            self.assertEqual(len(cases.line_ids), CUSTOMERS)
            steps = cases.step_ids.filtered(lambda step: step.state != "cancelled")
            self.assertEqual(Counter(steps.mapped("state")), {"done": CUSTOMERS})
            self.assertEqual(set(cases.mapped("stage_kind")), {"call"})

    def test_a_worker_that_dies_while_sending_leaves_that_mail_to_a_person(self):
        """The connection of the first worker ends with the mail accepted and nothing written down."""
        died = threading.Event()

        def take_and_die(server, message, *args, **kwargs):
            self._take(server, message)
            if not died.is_set():
                died.set()
                raise SystemExit
            return message["Message-Id"]

        self._scan()
        with self._post_office(take_and_die), contextlib.suppress(SystemExit):
            self._remind()
        with self._environment() as env:
            handing = env["dunning.step"].search([("state", "=", "handing")])
            self.assertEqual(len(handing), 1)
            handing.handing_on -= timedelta(hours=1)
        with self._post_office(self._take):
            self._remind()
        self.assertEqual(self.received, {f"racer{place}@example.com": 1 for place in range(CUSTOMERS)})
        with self._environment() as env:
            steps = env["dunning.step"].search([("partner_id", "in", self.partner_ids)])
            self.assertEqual(Counter(steps.mapped("state")), {"done": CUSTOMERS - 1, "uncertain": 1})
            waiting = steps.filtered(lambda step: step.state == "uncertain").case_id
            self.assertEqual(waiting.stage_kind, "mail")

    # === HELP === #

    def _together(self, work, count):
        threads = [threading.Thread(target=work) for _number in range(count)]
        for thread in threads:
            thread.dbname = get_db_name()
            thread.start()
        for thread in threads:
            thread.join(WAIT)

    def _take(self, server, message, *args, **kwargs):
        time.sleep(0.02)  # while the other workers look for work, too
        self.received.update([message["To"]])
        return message["Message-Id"]
