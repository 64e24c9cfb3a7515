"""A seller of two companies: what one of them decides neither holds nor shows in the other."""

from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import freeze_time, new_test_user, tagged

from .approval_common import ApprovalCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-06-01 10:00:00")
class TestCompanies(ApprovalCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.other = cls.env["res.company"].create({"name": "Other", "currency_id": cls.company.currency_id.id})
        both = [Command.set((cls.company + cls.other).ids)]
        for user in (cls.seller, cls.lea, cls.dora, cls.manager):
            user.company_ids = both
        cls.alien = new_test_user(
            cls.env,
            "quote_alien",
            groups="sales_team.group_sale_manager",
            company_id=cls.other.id,
            company_ids=[Command.set(cls.other.ids)],
        )

    def _create_there(self, discount=False, **values):
        """A quote of the seller in the other company."""
        line = {"product_id": self.machine.id, "discount_text": discount}
        orders = self.env["sale.order"].with_user(self.seller).with_company(self.other)
        values = {"partner_id": self.customer.id, "order_line": [Command.create(line)], **values}
        return orders.create({"company_id": self.other.id, **values})

    def _in(self, company, model, user=None):
        """A model as somebody sees it who works in one of his companies."""
        return self.env[model].with_user(user or self.seller).with_context(allowed_company_ids=company.ids)

    # === LIMITS AND LEVELS === #

    def test_a_limit_of_one_company_does_not_hold_in_the_other(self):
        self.assertTrue(self._create_there("50")._is_offer_allowed())
        self.assertFalse(self._create_quote("20")._is_offer_allowed())
        self.env["quote.discount.limit"].create({"max_discount": 60, "company_id": self.other.id})
        self.assertFalse(self._create_quote("20")._is_offer_allowed())
        self.assertFalse(self._create_there("70")._is_offer_allowed())

    def test_a_level_of_one_company_is_not_asked_in_the_other(self):
        self.env["quote.discount.limit"].create({"max_discount": 10, "company_id": self.other.id})
        order = self._create_there("20")
        with self.assertRaisesRegex(UserError, "No level of approval"):
            order._ask_approval("A competitor")
        level = {"name": "There", "max_discount": 90, "company_id": self.other.id}
        self.env["quote.discount.level"].create({**level, "user_ids": [Command.set(self.dora.ids)]})
        self.assertEqual(order._ask_approval("A competitor").sudo().level_id.name, "There")
        self.assertEqual(self._ask(self._create_quote("20")).level_id, self.low)

    def test_nor_does_a_delegation_reach_over(self):
        today = "2026-06-01"
        values = {"delegator_id": self.lea.id, "delegate_id": self.manager.id, "date_from": today, "date_to": today}
        self.env["quote.discount.delegation"].create({**values, "company_id": self.other.id})
        request = self._ask(self._create_quote("20"))
        self.assertEqual(request.decider_ids, self.lea)
        with self.assertRaises(UserError):
            request.with_user(self.manager).action_approve()

    def test_a_manager_of_one_company_sees_nothing_of_the_other(self):
        request = self._ask(self._create_quote("20"))
        today = "2026-06-01"
        delegation = self.env["quote.discount.delegation"].create(
            {"delegator_id": self.lea.id, "delegate_id": self.dora.id, "date_from": today, "date_to": today}
        )
        reason = self.env["quote.discount.reason"].create({"name": "Ours", "company_id": self.company.id})
        promotion = {"name": "Ours", "discount_text": "5", "date_start": today, "company_id": self.company.id}
        for record in (
            request,
            request.event_ids,
            self.limit,
            self.low,
            delegation,
            reason,
            self.env["quote.promotion"].create(promotion),
            self._create_agreement(self.company),
        ):
            with self.subTest(record._name):
                seen = record.with_user(self.alien).with_context(allowed_company_ids=self.other.ids)
                self.assertFalse(seen.search([("id", "in", record.ids)]))
                with self.assertRaises(AccessError):
                    seen.check_access("read")

    def test_reports_show_the_chosen_company_alone(self):
        self._create_quote("5").action_confirm()
        self._create_there("7").action_confirm()
        self._ask(self._create_quote("20"))
        self.env.flush_all()
        for model in ("quote.discount.report", "quote.win.report", "quote.approval.report"):
            with self.subTest(model):
                seen = self._in(self.other, model, self.manager).search([]).company_id
                self.assertLessEqual(seen, self.other)
                self.assertIn(self.company, self._in(self.company, model, self.manager).search([]).company_id)

    # === OFFERS AND REASONS === #

    def _create_agreement(self, company, discount="30"):
        condition = {"applied_on": "product", "product_id": self.machine.id, "discount_text": discount}
        values = {"partner_id": self.customer.id, "date_start": "2026-01-01", "company_id": company.id}
        agreements = self.env["quote.agreement"].with_user(self.manager).with_company(company)
        agreement = agreements.create({**values, "user_id": False, "line_ids": [Command.create(condition)]})
        agreement.action_activate()
        return agreement

    def test_an_agreement_of_one_company_does_not_apply_in_the_other(self):
        agreement = self._create_agreement(self.other)
        self.assertFalse(self._create_quote().order_line.agreement_line_id)
        self.assertEqual(self._create_there().order_line.agreement_line_id, agreement.line_ids)
        self.assertFalse(self._in(self.company, "quote.agreement").search([("id", "=", agreement.id)]))
        self.assertTrue(self._in(self.other, "quote.agreement").search([("id", "=", agreement.id)]))

    def test_a_draft_that_moves_to_the_other_company_takes_its_offers(self):
        self._create_agreement(self.company)
        promotion = self.env["quote.promotion"].create(
            {"name": "There", "discount_text": "5", "date_start": "2026-01-01", "company_id": self.other.id}
        )
        order = self._create_quote()
        self.assertEqual(order.order_line.discount, 30)
        order.with_context(allowed_company_ids=(self.company + self.other).ids).company_id = self.other
        self.assertFalse(order.order_line.agreement_line_id)
        self.assertEqual(order.order_line.promotion_id, promotion)
        self.assertEqual(order.order_line.discount, 5)

    def test_and_its_limits(self):
        order = self._create_quote("20")
        self.assertEqual(order.discount_status, "to_request")
        order.with_context(allowed_company_ids=(self.company + self.other).ids).company_id = self.other
        self.assertEqual(order.discount_status, "within")
        self.assertTrue(order._is_offer_allowed())
        order.company_id = self.company
        self.assertEqual(order.discount_status, "to_request")

    def test_an_approval_does_not_move_along(self):
        self.env["quote.discount.limit"].create({"max_discount": 1, "company_id": self.other.id})
        order = self._create_quote("20")
        self._approve(order)
        order.with_context(allowed_company_ids=(self.company + self.other).ids).company_id = self.other
        self.assertFalse(order._is_offer_allowed())

    def test_a_reason_of_one_company_is_not_given_in_the_other(self):
        reason = self.env["quote.discount.reason"].create({"name": "There", "company_id": self.other.id})
        order = self._create_quote("5")
        for record, name in (
            (order, "header_reason_id"),
            (order.order_line, "discount_reason_id"),
            (order.order_line.discount_step_ids, "reason_id"),
        ):
            with self.subTest(name), self.assertRaises(UserError):
                record[name] = reason
