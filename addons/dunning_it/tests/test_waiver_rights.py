"""What users of each kind can do with waivers by calling the server directly."""

from freezegun import freeze_time

from odoo.exceptions import AccessError
from odoo.fields import Command
from odoo.tests import tagged

from .waiver_common import WaiverCommon

MODELS = ("dunning.waiver", "dunning.waiver.line", "dunning.waiver.event", "dunning.watch", "dunning.release")


@tagged("post_install", "-at_install")
@freeze_time("2026-06-15 08:00:00")
class TestWaiverRights(WaiverCommon):
    def test_where_a_waiver_stands_is_not_written_by_hand(self):
        waiver = self._propose("loss")
        for user in (self.user, self.manager):
            mine = waiver.with_user(user)
            for values in (
                {"state": "approved"},
                {"state": "draft"},
                {"proposed_by_id": self.manager.id},
                {"digest": "0"},
                {"amount": 1},
                {"line_ids": [Command.clear()]},
            ):
                with self.assertRaises(Exception) as caught:
                    mine.write(values)
                self.assertIn(type(caught.exception).__name__, ("AccessError", "UserError"), values)
            with self.assertRaises(AccessError):
                mine.copy()
            with self.assertRaises(AccessError):
                mine.unlink()
            with self.assertRaises(AccessError):
                mine.line_ids.write({"entry_id": self.move.id})
            with self.assertRaises(AccessError):
                mine.line_ids.unlink()
        self.assertEqual(waiver.state, "proposed")

    def test_the_trail_is_not_even_written_by_the_server(self):
        events = self._propose("loss").sudo().event_ids
        for attempt in (lambda: events.write({"note": "x"}), events.unlink):
            with self.assertRaises(AccessError):
                attempt()
        for user in (self.user, self.manager):
            with self.assertRaises(AccessError):
                events.with_user(user).create({"waiver_id": events.waiver_id.id, "kind": "approved"})

    def test_who_keeps_the_books_or_sells_sees_nothing_of_it(self):
        waiver = self._propose("loss")
        seller = self._create_user("dunning_seller", "sales_team.group_sale_salesman_all_leads")
        for user in (self.accountant, seller):
            for model in MODELS:
                with self.assertRaises(AccessError):
                    self.env[model].with_user(user).search([])
            with self.assertRaises(AccessError):
                waiver.with_user(user).action_approve()
            with self.assertRaises(AccessError):
                self.case.with_user(user).action_waive()

    def test_another_company_sees_and_does_nothing_of_it(self):
        waiver = self._propose("loss")
        elsewhere = self.env["res.company"].create({"name": "Altra Srl"})
        stranger = self._create_user(
            "dunning_stranger",
            "dunning_it.group_dunning_manager",
            company_id=elsewhere.id,
            company_ids=[Command.set(elsewhere.ids)],
        )
        for records in (waiver, waiver.line_ids, waiver.event_ids):
            self.assertFalse(records.with_user(stranger).search([("id", "in", records.ids)]))
        for attempt in ("action_approve", "action_refuse", "action_reset", "action_withdraw"):
            with self.assertRaises(AccessError):
                getattr(waiver.with_user(stranger), attempt)()
