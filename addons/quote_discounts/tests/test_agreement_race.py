"""Two managers put agreements with one customer in force at the same moment: one of them is told."""

from odoo.tests import tagged

from .race_common import RaceCommon


@tagged("post_install", "-at_install", "slow")  # Odoo's own runner holds a lock that other threads would wait for
class TestAgreementsAtOnce(RaceCommon):
    def _create(self, env, discount, start="2026-01-01", end="2026-12-31"):
        condition = {"applied_on": "product", "product_id": self.ids["product"], "discount_text": discount}
        dates = {"date_start": start, "date_end": end}
        return env["quote.agreement"].create(
            {"partner_id": self.ids["customer"], "line_ids": [(0, 0, condition)], **dates}
        )

    def _create_committed(self, *args):
        with self._environment("manager") as env:
            return self._create(env, *args).id

    def _create_and_activate(self, discount):
        def work(env):
            agreement = self._create(env, discount)
            agreement.action_activate()
            return agreement.id

        return work

    def _get_active(self):
        with self._environment() as env:
            agreements = env["quote.agreement"].search([("partner_id", "=", self.ids["customer"])])
            return sorted(agreements.filtered(lambda one: one.decision == "active").line_ids.mapped("discount_text"))

    def test_two_that_say_different_things_are_made_and_activated_at_once(self):
        for meet in self._in_both_ways():
            self._delete_deals()
            one, other = meet(("manager", self._create_and_activate("5")), ("manager", self._create_and_activate("7")))
            self.assertIsInstance(one, int)
            self.assertIn("already says", other)
            self.assertEqual(self._get_active(), ["5"])

    def test_one_is_prolonged_while_the_next_is_activated(self):
        first = self._create_committed("5", "2026-01-01", "2026-06-30")
        with self._environment("manager") as env:
            env["quote.agreement"].browse(first).action_activate()
        second = self._create_committed("7", "2026-07-01", "2026-12-31")
        prolonged, activated = self._both_look_then_act(
            ("manager", lambda env: env["quote.agreement"].browse(first).write({"date_end": "2026-09-30"})),
            ("manager", lambda env: env["quote.agreement"].browse(second).action_activate()),
        )
        self.assertIs(prolonged, True)
        self.assertIn("already says", activated or "")
        self.assertEqual(self._get_active(), ["5"])

    def test_a_condition_is_added_while_another_agreement_is_activated(self):
        first = self._create_committed("5", "2026-01-01", "2026-12-31")
        with self._environment("manager") as env:
            env["quote.agreement"].browse(first).action_activate()
            env["quote.agreement"].browse(first).line_ids.applied_on = "all"
            env["quote.agreement"].browse(first).line_ids.product_id = False
        second = self._create_committed("7")
        condition = {"agreement_id": first, "applied_on": "product", "product_id": self.ids["product"]}
        added, activated = self._second_waits_for_first(
            ("manager", lambda env: env["quote.agreement.line"].create({**condition, "discount_text": "9"}).id),
            ("manager", lambda env: env["quote.agreement"].browse(second).action_activate()),
        )
        self.assertIsInstance(added, int)
        self.assertIn("already says", activated or "")
        self.assertEqual(self._get_active(), ["5", "9"])

    def test_one_is_activated_twice_at_once(self):
        for meet in self._in_both_ways():
            agreement_id = self._create_committed("5")

            def activate(env, agreement_id=agreement_id):
                env["quote.agreement"].browse(agreement_id).action_activate()
                return True

            one, other = meet(("manager", activate), ("manager", activate))
            self.assertIs(one, True)
            self.assertIn("Only a proposed agreement", other)
            self._delete_deals()
