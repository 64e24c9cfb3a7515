"""A worker of Odoo's queue is killed while the mail server has one of our mails: nobody is written to twice."""

import contextlib
import os
import signal
from collections import Counter
from datetime import timedelta
from unittest.mock import patch

from odoo import sql_db
from odoo.modules import module
from odoo.tests import tagged

from .race_common import ADDRESSES, CUSTOMERS, RaceCommon

LOST_AFTER = "odoo.addons.lifecycle_crm.models.lifecycle_touch_send.LOST_AFTER"
KILLED_IN = 3  # the third mail
FAILED = 1


@tagged("post_install", "-at_install", "slow")  # a process of its own
class TestQueueRace(RaceCommon):
    def setUp(self):
        super().setUp()
        reader, self.writer = os.pipe()
        self.received = os.fdopen(reader)
        self.addCleanup(self.received.close)
        self._plan()
        self._send()

    def test_killed_while_the_mail_server_has_it_nobody_is_written_to_twice(self):
        self._kill_the_queue()
        self._work_the_queue()
        os.close(self.writer)
        came = Counter(self.received.read().split())
        self.assertEqual(came, dict.fromkeys(ADDRESSES, 1))

    def test_killed_while_the_mail_server_has_it_a_person_decides(self):
        self._kill_the_queue()
        self._work_the_queue()
        os.close(self.writer)
        self._send()
        self.assertEqual(self._count_states(), {"done": CUSTOMERS}, "A worker may be at it still.")
        with patch(LOST_AFTER, timedelta(minutes=-1)):
            self._send()
        self.assertEqual(self._count_states(), {"done": CUSTOMERS - 1, "uncertain": 1})
        with self._environment() as env:
            lost = self._get_touches(env).filtered(lambda touch: touch.state == "uncertain")
            self.assertEqual(lost.remark, "The server stopped while the mail was being sent.")
            lost.action_was_made()
            self.assertFalse(self._get_touches(env).filtered("needs_attention"))

    def test_what_a_living_worker_hands_over_is_left_to_him(self):
        with patch(LOST_AFTER, timedelta(minutes=-1)):
            self._work_the_queue(meanwhile=self._send)
        self.assertEqual(self._count_states(), {"done": CUSTOMERS})
        with self._environment() as env:
            self.assertEqual(set(self._get_mails(env).mapped("state")), {"sent"})

    def _count_states(self):
        with self._environment() as env:
            return Counter(self._get_touches(env).mapped("state"))

    # === WORKERS === #

    def _kill_the_queue(self):
        sql_db.close_all()  # two processes on one connection would not understand the database
        child = os.fork()
        if not child:
            try:
                self._work_the_queue(kill_in=KILLED_IN)
            finally:
                os._exit(FAILED)
        _pid, status = os.waitpid(child, 0)
        self.assertTrue(os.WIFSIGNALED(status), "It was done before it could be killed.")
        self.assertEqual(os.WTERMSIG(status), signal.SIGKILL)

    def _work_the_queue(self, kill_in=None, meanwhile=None):
        """As Odoo's scheduled action does, which commits each mail; in tests it would not.

        :param int kill_in: the mail after whose arrival its worker is killed
        :param meanwhile: what others do while the mail server takes the first mail
        """
        with (
            self._environment() as env,
            self._mail_server(kill_in, meanwhile),
            patch.object(module, "current_test", None),
        ):
            self._get_mails(env).filtered(lambda mail: mail.state == "outgoing").send(auto_commit=True)

    @contextlib.contextmanager
    def _mail_server(self, kill_in, meanwhile):
        taken = []

        def take(_server, message, *_args, **_options):
            os.write(self.writer, f"{message['To'].rsplit('<')[-1].strip('>')}\n".encode())
            taken.append(message)
            if meanwhile and len(taken) == 1:
                meanwhile()
            if len(taken) == kill_in:
                os.kill(os.getpid(), signal.SIGKILL)
            return message["Message-Id"]

        servers = self.registry["ir.mail_server"]
        with (
            patch.object(servers, "_connect__", lambda *_args, **_options: None),
            patch.object(servers, "send_email", take),
        ):
            yield
