"""The life of agreements: proposed from what was signed, activated by a manager, renewed, their end told in time."""

from odoo.exceptions import UserError
from odoo.tests import Form, freeze_time, tagged

from .agreement_common import AgreementCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-06-01 10:00:00")
class TestAgreementLife(AgreementCommon):
    # === PROPOSED === #

    def _create_negotiated_order(self):
        """A quote with a cascade, a discount beside a promotion, an agreed price, and a line without any of them."""
        self._create_promotion("50", applied_on="product", product_id=self.pasta_product.id)
        return self._create_order(
            {"product_id": self.machine.id, "discount_text": "10+5"},
            {"product_id": self.pasta_product.id, "discount_text": "5"},
            {"product_id": self._create_product("Drink", 10).id, "agreed_price": 8},
            self._create_product("Plain", 10),
        )

    def _propose(self, order):
        """The dialog of the seller for a confirmed order."""
        order.action_confirm()
        action = order.action_propose_agreement()
        return self.env["quote.agreement.propose"].with_user(self.seller).browse(action["res_id"])

    def test_a_quote_that_nobody_signed_is_not_remembered(self):
        with self.assertRaisesRegex(UserError, "signed or ordered"):
            self._create_negotiated_order().action_propose_agreement()

    def test_what_is_remembered_is_a_proposal_of_the_seller(self):
        order = self._create_negotiated_order()
        agreement = self.env["quote.agreement"].browse(self._propose(order).action_propose()["res_id"])
        self.assertRecordValues(
            agreement,
            [
                {
                    "decision": "proposed",
                    "source_order_id": order.id,
                    "partner_id": self.customer.id,
                    "user_id": self.seller.id,
                    "create_uid": self.seller.id,
                }
            ],
        )

    def test_each_negotiated_line_is_a_condition(self):
        order = self._create_negotiated_order()
        agreement = self.env["quote.agreement"].browse(self._propose(order).action_propose()["res_id"])
        machine, pasta, drink = (
            {"applied_on": "product", "product_id": line.product_id.id} for line in order.order_line[:3]
        )
        self.assertRecordValues(
            agreement.line_ids,
            [
                {**machine, "discount_text": "10+5", "stacking": "best", "net_price": 0},
                {**pasta, "discount_text": "5", "stacking": "cascade", "net_price": 0},
                {**drink, "discount_text": False, "stacking": "best", "net_price": 8},
            ],
        )

    def test_a_condition_can_be_made_wider_before_it_is_proposed(self):
        wizard = self._propose(self._create_negotiated_order())
        with Form(wizard) as form, form.line_ids.edit(0) as line:
            line.applied_on = "category"
            self.assertEqual(line.categ_id, self.food)
            line.min_quantity = 2
        agreement = self.env["quote.agreement"].browse(wizard.action_propose()["res_id"])
        self.assertRecordValues(
            agreement.line_ids[0],
            [{"applied_on": "category", "product_id": False, "categ_id": self.food.id, "min_quantity": 2}],
        )

    def test_what_was_remembered_applies_to_the_next_quote(self):
        order = self._create_negotiated_order()
        agreement = self.env["quote.agreement"].browse(self._propose(order).action_propose()["res_id"])
        agreement.with_user(self.manager).action_activate()
        following = self._create_order(
            {"product_id": self.machine.id, "product_uom_qty": 2}, self.pasta_product, order.order_line[2].product_id
        )
        self.assertEqual(following.order_line.mapped("price_subtotal"), [17100, 5.94, 8])

    def test_what_was_agreed_before_goes_into_the_new_conditions(self):
        self._create_agreement({"discount_text": "10"}, date_end="2026-06-30")
        order = self._create_order({"product_id": self.machine.id, "discount_text": "5"}, self.pasta_product)
        order.action_confirm()
        wizard = self.env["quote.agreement.propose"].browse(order.action_propose_agreement()["res_id"])
        self.assertRecordValues(wizard.line_ids, [{"discount_text": "10+5", "product_id": self.machine.id}])

    def test_a_quote_without_negotiation_has_nothing_to_remember(self):
        order = self._create_order(self.machine)
        order.action_confirm()
        with self.assertRaisesRegex(UserError, "Nothing was negotiated"):
            order.action_propose_agreement()

    # === DATES === #

    def test_the_status_follows_from_the_dates(self):
        agreement = self._create_agreement({"discount_text": "10"})
        for day, state in {"2026-12-31": "active", "2027-01-01": "expired"}.items():
            with freeze_time(day):
                self.env.invalidate_all()
                self.assertEqual(agreement.state, state)
                found = self.env["quote.agreement"].search([("state", "=", state), ("id", "=", agreement.id)])
                self.assertEqual(found, agreement)

    def test_the_end_is_told_in_time_and_once(self):
        self.company.quote_agreement_notice_days = 30
        agreement = self._create_agreement({"discount_text": "10"}, date_end="2026-06-30")
        late = self._create_agreement(self._for_product(discount_text="1"), date_end="2026-07-02")
        for _run in range(2):
            self._run_cron()
        self.assertEqual(len(agreement.activity_ids), 1)
        self.assertRecordValues(
            agreement.activity_ids, [{"user_id": self.seller.id, "date_deadline": agreement.date_end}]
        )
        self.assertFalse(late.activity_ids)
        with freeze_time("2026-07-01"):
            for _run in range(2):
                self._run_cron()
        self.assertEqual(len(agreement.activity_ids), 2)
        self.assertIn("Agreement ended on", agreement.activity_ids.sorted("id")[-1].summary)
        self.assertEqual(len(late.activity_ids), 1)

    def test_another_last_day_is_told_anew(self):
        agreement = self._create_agreement({"discount_text": "10"}, date_end="2026-06-30")
        self._run_cron()
        agreement.date_end = "2026-12-31"
        self.assertFalse(agreement.end_announced)
        with freeze_time("2026-12-10"):
            self._run_cron()
        self.assertEqual(len(agreement.activity_ids), 2)

    def test_one_click_renews_for_the_next_period(self):
        agreement = self._create_agreement(
            {"discount_text": "10"},
            self._for_product(discount_text="20", date_start="2026-03-01", date_end="2026-08-31"),
        )
        self._run_cron()
        renewal = self.env["quote.agreement"].browse(agreement.action_renew()["res_id"])
        self.assertRecordValues(renewal, [{"decision": "active", "renewed_from_id": agreement.id}])
        self.assertEqual((str(renewal.date_start), str(renewal.date_end)), ("2027-01-01", "2027-12-31"))
        self.assertEqual(str(renewal.line_ids[1].date_end), "2027-08-31")
        self.assertFalse(agreement.activity_ids)
        with self.assertRaisesRegex(UserError, renewal.name), self.env.cr.savepoint():
            agreement.action_renew()
        with freeze_time("2027-01-01"):
            self._run_cron()
        self.assertFalse(agreement.activity_ids)
