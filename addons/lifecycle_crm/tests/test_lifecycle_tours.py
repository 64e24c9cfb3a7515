"""What a manager and a user click."""

import datetime

from freezegun import freeze_time

from odoo.tests import HttpCase, tagged

from ..stages.gap import GapSettings
from ..stages.presets import SHOP
from ..stages.rules import RuleBook
from .engine_common import EngineCommon


@tagged("post_install", "-at_install", "tour")
@freeze_time("2026-06-15 10:00:00")
class TestLifecycleTours(EngineCommon, HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["lifecycle.status"].search([]).unlink()  # whoever is in the database already
        gap = GapSettings(enough=1_000_000)  # the usual one, whatever other customers do
        cls.rulebook = cls._put_in_force(RuleBook(SHOP.stages, SHOP.rules, gap))

    def test_a_manager_copies_the_rules_tries_them_and_puts_them_in_force(self):
        self._create_order(self.customer, datetime.datetime(2026, 5, 1, 9))
        self.Status._refresh(self.company)
        self.assertEqual(self._status(self.customer).stage_id.code, "new")
        action = self.env.ref("lifecycle_crm.lifecycle_rulebook_action").id
        self.start_tour(f"/odoo/action-{action}", "lifecycle_rules", login="lifecycle_manager")
        self.company.invalidate_recordset(["lifecycle_rulebook_id"])
        self.assertNotEqual(self.company.lifecycle_rulebook_id, self.rulebook)
        self.assertEqual(self.company.lifecycle_rulebook_id.gap_default, 31)
        self.assertEqual(self.rulebook.state, "retired")

    def test_a_user_opens_a_customer_and_reads_why(self):
        self._create_order(self.customer, datetime.datetime(2026, 3, 1, 9), user_id=self.user.id)
        self.Status._refresh(self.company)
        self.start_tour("/odoo/customer-lifecycle", "lifecycle_why", login="lifecycle_user")
