"""A mail server for tests, and the scheduled action that sends."""

from contextlib import contextmanager, nullcontext
from unittest.mock import patch

from odoo.tests import HttpCase


class MailServer:
    """For a test of this addon: the outbox is sent to a server that does as the test wants."""

    def _run(self, cron="ir_cron_dunning_remind"):
        with nullcontext() if isinstance(self, HttpCase) else self.enter_registry_test_mode():  # which is in it already
            self.env.ref(f"dunning_it.{cron}").method_direct_trigger()
        self.env.invalidate_all()

    @contextmanager
    def _mail_server(self, error=None, at="send"):
        """A mail server that takes mails, or raises an error.

        :return: a list that the messages come into
        """
        sent = []
        Server = self.env.registry["ir.mail_server"]

        def connect(server, *args, **kwargs):
            if error and at == "connect":
                raise error

        def send(server, message, *args, **kwargs):
            if error:
                raise error
            sent.append(message)
            return message["Message-Id"]

        with patch.object(Server, "_connect__", connect), patch.object(Server, "send_email", send):
            yield sent
