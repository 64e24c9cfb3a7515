"""Customers who owe, committed for all connections to see, and deleted afterwards."""

import contextlib
import time
from datetime import timedelta
from unittest.mock import patch

from psycopg2.errors import SerializationFailure

from odoo import SUPERUSER_ID, api, fields
from odoo.modules.registry import Registry
from odoo.tests import BaseCase, get_db_name

CUSTOMERS = 8


class RaceCommon(BaseCase):
    """With what workers on other connections need."""

    def setUp(self):
        super().setUp()
        self.registry = Registry(get_db_name())
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

    # === WORKERS === #

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
        self.fail("The database asked for it again and again.")

    @contextlib.contextmanager
    def _post_office(self, take):
        """A mail server.

        :param take: what takes a mail, with the arguments of ``send_email``
        """
        servers = self.registry["ir.mail_server"]
        with (
            patch.object(servers, "_connect__", lambda *args, **options: None),
            patch.object(servers, "send_email", lambda *args, **options: take(*args, **options)),
        ):
            yield
