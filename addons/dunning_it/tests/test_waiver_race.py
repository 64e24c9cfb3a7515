"""Two managers approve at the same moment, each on a connection of its own."""

import contextlib
import threading
from datetime import timedelta

from psycopg2.errors import SerializationFailure

from odoo import SUPERUSER_ID, api, fields
from odoo.exceptions import UserError
from odoo.modules.registry import Registry
from odoo.tests import BaseCase, get_db_name, new_test_user, tagged
from odoo.tools import mute_logger

WAIT = 120  # seconds; no test should take them


@tagged("post_install", "-at_install", "slow")  # Odoo's own runner holds a lock that other threads would wait for
class TestWaiverRace(BaseCase):
    """With what they need committed, and deleted afterwards."""

    def setUp(self):
        super().setUp()
        self.registry = Registry(get_db_name())
        with self._environment() as env:
            self.user_ids = [
                new_test_user(env, f"race_{place}", groups="dunning_it.group_dunning_manager").id for place in range(3)
            ]
            self._create_proposal(env)
        self.addCleanup(self._clean)

    @contextlib.contextmanager
    def _environment(self, user_id=SUPERUSER_ID):
        with self.registry.cursor() as cr:
            yield api.Environment(cr, user_id, {"lang": "en_US", "tracking_disable": True})

    def _create_proposal(self, env):
        due = fields.Date.today() - timedelta(30)
        line = {"name": "Goods", "price_unit": 100, "tax_ids": []}
        partner = env["res.partner"].create({"name": "Racer", "is_company": True})
        move = env["account.move"].create(
            {
                "move_type": "out_invoice",
                "partner_id": partner.id,
                "invoice_date": due,
                "invoice_date_due": due,
                "invoice_line_ids": [fields.Command.create(line)],
            }
        )
        move.action_post()
        env["dunning.case"]._sync(partner)
        case = env["dunning.case"].search([("partner_id", "=", partner.id)])
        action = case.with_user(self.user_ids[0]).action_waive()
        waiver = env["dunning.waiver"].with_user(self.user_ids[0]).browse(action["res_id"])
        waiver.write({"outcome": "without_vat", "reason": "Race"})
        env.company.dunning_allowance_account_id = env["account.account"].search(
            [("account_type", "=", "income")], limit=1
        )
        waiver.action_propose()
        self.partner_id, self.move_id, self.waiver_id = partner.id, move.id, waiver.id

    def _clean(self):
        with self._environment() as env:
            waiver = env["dunning.waiver"].browse(self.waiver_id)
            entries = waiver.line_ids.entry_id
            case = waiver.case_id
            env.cr.execute("DELETE FROM dunning_waiver_event WHERE waiver_id = %s", [waiver.id])
            env.invalidate_all()
            waiver.line_ids.unlink()
            waiver.unlink()
            entries.unlink()
            case.unlink()
            move = env["account.move"].browse(self.move_id)
            move.button_draft()
            move.with_context(force_delete=True).unlink()
            users = env["res.users"].browse(self.user_ids)
            partners = users.partner_id + env["res.partner"].browse(self.partner_id)
            users.unlink()
            partners.unlink()

    @mute_logger("odoo.sql_db")
    def test_one_of_two_approvals_makes_the_credit_note(self):
        gate, outcomes = threading.Barrier(2), []

        def approve(user_id):
            with contextlib.suppress(UserError, SerializationFailure), self._environment(user_id) as env:
                waiver = env["dunning.waiver"].browse(self.waiver_id)
                waiver.display_name  # noqa: B018 - both look at the same state before either writes
                gate.wait(WAIT)
                waiver.action_approve()
                env.flush_all()
                outcomes.append(user_id)

        threads = [threading.Thread(target=approve, args=[user_id]) for user_id in self.user_ids[1:]]
        for thread in threads:
            thread.dbname = get_db_name()
            thread.start()
        for thread in threads:
            thread.join(WAIT)
        with self._environment() as env:
            waiver = env["dunning.waiver"].browse(self.waiver_id)
            self.assertEqual(waiver.state, "approved")
            notes = env["account.move"].search([("reversed_entry_id", "=", self.move_id)])
            self.assertEqual(notes, waiver.line_ids.entry_id)
            self.assertEqual(waiver.event_ids.mapped("kind"), ["proposed", "approved"])
            self.assertEqual(outcomes, waiver.decided_by_id.ids)
