"""Workers scan and send at the same moment, each on a connection of its own; one of them dies."""

import contextlib
import threading
import time
from collections import Counter
from datetime import timedelta
from unittest.mock import patch

from psycopg2.errors import SerializationFailure

from odoo import SUPERUSER_ID, api, fields
from odoo.modules.registry import Registry
from odoo.tests import BaseCase, get_db_name, tagged
from odoo.tools import mute_logger

CUSTOMERS = 8
WAIT = 120  # seconds; no test should take them


@tagged("post_install", "-at_install", "slow")  # Odoo's own runner holds a lock that other threads would wait for
class TestOutboxRace(BaseCase):
    """With what they need committed, and deleted afterwards."""

    def setUp(self):
        super().setUp()
        self.registry = Registry(get_db_name())
        self.received = Counter()
        with self._environment() as env:
            self.partner_ids = self._create_customers(env).ids
            self.move_id = self._create_debts(env).id
            self.email = env.company.email
            env.company.write({"dunning_is_automatic": True, "email": "race@example.com"})
        self.addCleanup(self._clean)

    @contextlib.contextmanager
    def _environment(self):
        with self.registry.cursor() as cr:
            yield api.Environment(cr, SUPERUSER_ID, {"lang": "en_US", "tracking_disable": True})

    def _create_customers(self, env):
        return env["res.partner"].create(
            [
                {
                    "name": f"Racer {place}",
                    "is_company": True,
                    "email": f"racer{place}@example.com",
                    "dunning_has_own_patience": True,
                }
                for place in range(CUSTOMERS)
            ]
        )

    def _create_debts(self, env):
        """One entry by which each of the customers owes something, due ten days ago."""
        partners = env["res.partner"].browse(self.partner_ids)
        due = fields.Date.today() - timedelta(10)
        lines = [
            {
                "account_id": partner.property_account_receivable_id.id,
                "partner_id": partner.id,
                "date_maturity": due,
                "debit": 100,
                "no_followup": False,
            }
            for partner in partners
        ]
        income = env["account.account"].search([("account_type", "=", "income")], limit=1)
        lines.append({"account_id": income.id, "credit": 100 * CUSTOMERS})
        journal = env["account.journal"].search([("type", "=", "general")], limit=1)
        move = env["account.move"].create(
            {"journal_id": journal.id, "date": due, "line_ids": [fields.Command.create(line) for line in lines]}
        )
        move.action_post()
        return move

    def _clean(self):
        with self._environment() as env:
            env.company.write({"dunning_is_automatic": False, "email": self.email})
            cases = env["dunning.case"].search([("partner_id", "in", self.partner_ids)])
            cases.step_ids.attachment_ids.unlink()
            cases.unlink()
            move = env["account.move"].browse(self.move_id)
            move.button_draft()
            move.with_context(force_delete=True).unlink()
            crons = env.ref("dunning_it.ir_cron_dunning_scan") + env.ref("dunning_it.ir_cron_dunning_remind")
            env["ir.cron.trigger"].search([("cron_id", "in", crons.ids)]).unlink()
            env["res.partner"].browse(self.partner_ids).unlink()

    # === TESTS === #

    @mute_logger("odoo.sql_db")
    def test_workers_that_scan_and_send_at_once_write_to_each_customer_once(self):
        with self._post_office():
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
        with self._post_office():
            self._remind()
        self.assertEqual(self.received, {f"racer{place}@example.com": 1 for place in range(CUSTOMERS)})
        with self._environment() as env:
            steps = env["dunning.step"].search([("partner_id", "in", self.partner_ids)])
            self.assertEqual(Counter(steps.mapped("state")), {"done": CUSTOMERS - 1, "uncertain": 1})
            waiting = steps.filtered(lambda step: step.state == "uncertain").case_id
            self.assertEqual(waiting.stage_kind, "mail")

    # === HELP === #

    def _scan(self):
        with self._environment() as env:
            env["dunning.case"]._scan_batch(env["res.partner"].browse(self.partner_ids))

    def _remind(self):
        """What Odoo's cron workers do: run the action, and once more where the database asks for it."""
        for _attempt in range(20):
            try:
                with self._environment() as env:
                    env["dunning.case"]._cron_remind()
                    return
            except SerializationFailure:
                time.sleep(0.05)

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

    @contextlib.contextmanager
    def _post_office(self, take=None):
        servers = self.registry["ir.mail_server"]
        take = take or self._take
        with (
            patch.object(servers, "_connect__", lambda *args, **options: None),
            patch.object(servers, "send_email", lambda *args, **options: take(*args, **options)),
        ):
            yield
