"""A proposed agreement asks one manager, once."""

from odoo.tests import freeze_time, tagged

from .agreement_common import AgreementCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-06-01 10:00:00")
class TestAgreementAsking(AgreementCommon):
    def _propose(self, user=None):
        order = self._create_order({"product_id": self.machine.id, "discount_text": "5"}, user=user)
        order.action_confirm()
        action = order.with_user(user or self.seller).action_propose_agreement()
        wizard = self.env[action["res_model"]].with_user(user or self.seller).browse(action["res_id"])
        return self.env["quote.agreement"].browse(wizard.action_propose()["res_id"])

    def test_a_proposal_asks_one_manager(self):
        team = self.env["crm.team"].create({"name": "Shop", "user_id": self.manager.id})
        self.env["crm.team.member"].create({"crm_team_id": team.id, "user_id": self.seller.id})
        activity = self._propose().activity_ids
        self.assertEqual(activity.user_id, self.manager)
        self.assertIn("proposed agreement", activity.summary)
        self.assertIn(self.seller.name, activity.note)

    def test_without_a_team_the_first_manager_is_asked(self):
        activity = self._propose().activity_ids
        self.assertEqual(len(activity), 1)
        self.assertTrue(activity.user_id.has_group("quote_discounts.group_quote_manager"))

    def test_not_once_more_the_next_day(self):
        agreement = self._propose()
        for day in ("2026-06-02", "2026-06-03"):
            with freeze_time(day):
                self._run_cron()
        self.assertEqual(len(agreement.activity_ids), 1)

    def test_what_is_decided_takes_it_back(self):
        for decide in ("action_activate", "action_close"):
            with self.subTest(decide):
                agreement = self._propose()
                getattr(agreement.with_user(self.manager), decide)()
                self.assertFalse(agreement.activity_ids)
                agreement.with_user(self.manager).action_close()

    def test_a_manager_does_not_ask_himself(self):
        self.assertFalse(self._propose(self.manager).activity_ids)

    def test_a_renewal_by_a_seller_asks_too(self):
        agreement = self._create_agreement(self._for_product(discount_text="5"))
        renewal = self.env["quote.agreement"].browse(agreement.with_user(self.seller).action_renew()["res_id"])
        self.assertEqual(len(renewal.activity_ids), 1)
