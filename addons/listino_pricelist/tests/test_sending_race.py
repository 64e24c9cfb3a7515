"""Two workers send at the same moment, each on a cursor of its own."""

import contextlib
import threading
import time
from collections import Counter
from types import SimpleNamespace
from unittest.mock import patch

from psycopg2.errors import SerializationFailure

from odoo.tests import tagged
from odoo.tools import SQL, mute_logger

from .race_common import CommittedCase

READERS = 8
WAIT = 120  # seconds; no test should take them


@tagged("post_install", "-at_install", "slow")  # Odoo's own runner holds a lock that other threads would wait for
class TestSendingAtOnce(CommittedCase):
    """With what they need committed, and deleted afterwards."""

    def setUp(self):
        super().setUp()
        self.received = Counter()
        with self._environment() as env:
            category = env["product.category"].create({"name": "Race"})
            product = env["product.product"].create({"name": "Horse", "list_price": 5.0, "categ_id": category.id})
            pricelist = env["product.pricelist"].create({"name": "Race", "company_id": env.company.id})
            document = env["listino.document"].create(
                {"name": "Race", "pricelist_id": pricelist.id, "category_ids": [(6, 0, category.ids)]}
            )
            partners = env["res.partner"].create(
                [{"name": f"Racer {place}", "email": f"racer{place}@example.com"} for place in range(READERS)]
            )
            sending = env["listino.sending"].create(
                {"document_id": document.id, "extension": "csv", "partner_ids": [(6, 0, partners.ids)]}
            )
            sending.action_start()
            self.sending_id = sending.id
            self.made = [(record._name, record.ids) for record in (document, pricelist, product, category, partners)]
        self.addCleanup(self._clean)

    def _clean(self):
        with self._environment() as env:
            sending = env["listino.sending"].browse(self.sending_id)
            lines = sending.line_ids
            env["mail.mail"].search([("mail_message_id", "in", lines.mail_message_id.ids)]).unlink()
            lines.unlink()
            env["ir.cron.trigger"].search(
                [("cron_id", "=", env.ref("listino_pricelist.ir_cron_listino_sending").id)]
            ).unlink()
            env.cr.execute(SQL("DELETE FROM listino_sending WHERE id = %s", self.sending_id))
            env.invalidate_all()
            for model, ids in self.made:
                env[model].browse(ids).unlink()

    def _take(self, _message, _sender, receivers):
        time.sleep(0.02)  # while the other worker looks for work, too
        self.received.update(receivers)

    def _post_office(self, take=None):
        session = SimpleNamespace(
            send_message=take or self._take, quit=lambda: None, smtp_from="race@example.com", from_filter=False
        )
        servers = self.registry["ir.mail_server"]
        stack = contextlib.ExitStack()
        stack.enter_context(patch.object(servers, "_disable_send", lambda _server: False))
        stack.enter_context(patch.object(servers, "_connect__", lambda *_args, **_options: session))
        return stack

    def _worker(self, errors):
        """What Odoo's cron workers do: run the action, and once more where the database asks for it."""
        for _attempt in range(20):
            try:
                with self._environment() as env:
                    env["listino.sending"]._cron_send()
                    return
            except SerializationFailure as error:
                errors.append(error)

    @mute_logger("odoo.sql_db")
    def test_two_workers_send_each_mail_once(self):
        errors = []
        threads = [threading.Thread(target=self._worker, args=(errors,)) for _number in range(3)]
        with self._post_office():
            for thread in threads:
                thread.dbname = self.registry.db_name
                thread.start()
            for thread in threads:
                thread.join(WAIT)
            self._worker(errors)  # what a later run finds
        self.assertEqual(self.received, {f"racer{place}@example.com": 1 for place in range(READERS)})
        with self._environment() as env:
            sending = env["listino.sending"].browse(self.sending_id)
            self.assertEqual(set(sending.line_ids.mapped("state")), {"sent"})
            self.assertEqual(len(sending.line_ids), READERS)
            self.assertEqual(sending.state, "done")

    def test_a_worker_that_dies_leaves_its_mail_to_a_person(self):
        """The connection of the first worker ends with the mail accepted and nothing written down."""
        died = threading.Event()

        def take_and_die(message, sender, receivers):
            self._take(message, sender, receivers)
            if not died.is_set():
                died.set()
                raise SystemExit

        with self._post_office(take_and_die), contextlib.suppress(SystemExit):
            self._worker([])
        with self._post_office():
            self._worker([])
        self.assertEqual(set(self.received.values()), {1})
        self.assertEqual(len(self.received), READERS)
        with self._environment() as env:
            states = Counter(env["listino.sending"].browse(self.sending_id).line_ids.mapped("state"))
        self.assertEqual(states, {"handing": 1, "sent": READERS - 1})
