"""Two years of a real company, day by day: nobody who has paid is written to, and what is paid is closed."""

import os
from collections import defaultdict
from contextlib import contextmanager
from datetime import timedelta
from unittest.mock import patch

from freezegun import freeze_time

from odoo.fields import Command
from odoo.tests import tagged

from . import receivables
from .common import DunningCommon


@tagged("post_install", "-at_install", "slow")
class TestReplay(DunningCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.business.write({"is_month_end": False, "technical_days": 0, "floor_days": 0})
        cls.journal = cls.env["account.journal"].search(
            [("type", "=", "general"), ("company_id", "=", cls.company.id)], limit=1
        )
        cls.account = cls.customer.property_account_receivable_id
        cls.income = cls.env["account.account"].search([("account_type", "=", "income")], limit=1)
        cls.env = cls.env["base"].with_context(tracking_disable=True).env

    def test_nobody_who_has_paid_is_written_to_in_two_years(self):
        if not receivables.data_file():
            self.skipTest(receivables.MISSING)
        chosen = self._choose_customers()
        rows = [row for row in receivables.rows() if row.customer in chosen]
        self.partners = {
            name: self._create_customer(name, email=f"{name}@example.com".lower())
            for name in sorted({row.customer for row in rows})
        }
        self.everybody = self.env["res.partner"].union(*self.partners.values())
        self.items, self.sent = {}, []
        issued, settled = defaultdict(list), defaultdict(list)
        for row in rows:
            issued[row.issued].append(row)
            settled[max(row.settled, row.issued)].append(row)
        with freeze_time(rows[0].issued, tick=False) as clock, self._outside_world_off():
            for number in range((max(settled) - rows[0].issued).days + 1):
                day = rows[0].issued + timedelta(number)
                clock.move_to(f"{day} 09:00:00")
                self._live(day, issued[day], settled[day])
        self._check_contacts(rows)

    def _choose_customers(self):
        """Twenty of the hundred, all of whose invoices are taken; with BOTTEGA_REPLAY in the environment, all."""
        names = sorted({row.customer for row in receivables.rows()})
        return set(names if os.environ.get("BOTTEGA_REPLAY") else names[::5])

    def _check_contacts(self, rows):
        settled = {self.items[row].id: row.settled for row in rows}
        self.assertGreater(len(self.sent), 5)
        wrong = [(day, item) for day, items in self.sent for item in items if settled[item] <= day]
        self.assertEqual(wrong, [])
        cases = self.env["dunning.case"].search([("partner_id", "in", self.everybody.ids)])
        self.assertEqual(set(cases.mapped("state")), {"closed"})
        self.assertEqual(set(cases.mapped("close_reason")), {"paid"})
        late = {row for row in rows if row.settled > row.due + timedelta(1)}
        self.assertLessEqual(len(self.sent), len(late))

    def _live(self, day, issued, settled):
        """One day: invoices go out, payments come in, the scan runs, and what is due is done."""
        self._book(day, issued)
        self._settle(day, settled)
        Case = self.env["dunning.case"]
        Case._scan_batch(self.everybody)
        for case in Case.search([("is_due", "=", True), ("partner_id", "in", self.everybody.ids)]):
            if case.stage_kind == "mail":
                step = case._claim_mail()
                step._work()
                self.assertEqual(step.state, "done", step.remark)
                self.sent.append((day, [item for item, _amount in step.snapshot["lines"]]))
            else:
                case.sudo()._complete_stage(case.stage_id, day)
        self.env.flush_all()
        self.env.invalidate_all()

    def _book(self, day, rows):
        if not rows:
            return
        lines = [
            {
                "account_id": self.account.id,
                "partner_id": self.partners[row.customer].id,
                "date_maturity": row.due,
                "debit": row.amount / 100,
                "no_followup": False,  # as Odoo has it for entries of a general journal otherwise
            }
            for row in rows
        ]
        move = self._create_entry(
            day, lines, {"account_id": self.income.id, "credit": sum(r.amount for r in rows) / 100}
        )
        debits = move.line_ids.filtered("debit")
        self.items.update(zip(rows, debits.sorted("id"), strict=True))

    def _settle(self, day, rows):
        if not rows:
            return
        lines = [
            {
                "account_id": self.account.id,
                "partner_id": self.partners[row.customer].id,
                "date_maturity": day,
                "credit": row.amount / 100,
            }
            for row in rows
        ]
        counterpart = {"account_id": self.income.id, "debit": sum(row.amount for row in rows) / 100}
        move = self._create_entry(day, lines, counterpart)
        received = move.line_ids.filtered("credit").sorted("id")
        pairs = [self.items[row] + credit for row, credit in zip(rows, received, strict=True)]
        self.env["account.move.line"]._reconcile_plan(pairs)

    def _create_entry(self, day, lines, counterpart):
        values = [Command.create(line) for line in [*lines, counterpart]]
        move = self.env["account.move"].create({"journal_id": self.journal.id, "date": day, "line_ids": values})
        move.action_post()
        return move

    @contextmanager
    def _outside_world_off(self):
        """Mails are taken by nobody, files are not drawn, and a commit would end the test."""
        registry = self.env.registry
        server = {
            "_connect__": lambda *args, **kwargs: None,
            "send_email": lambda server, message, *args, **kwargs: message["Message-Id"],
        }
        with (
            patch.multiple(registry["ir.mail_server"], **server),
            patch.object(registry["dunning.case"], "_get_reminder_files", lambda case, stage: []),
            patch.object(registry["ir.cron"], "_commit_progress", lambda *args, **kwargs: float("inf")),
        ):
            yield
