"""What only the server writes: requests, their trail, levels, signatures, the status of a quote."""

from datetime import timedelta

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import tagged

from .approval_common import ApprovalCommon

SIGNED = {
    "signature": b"R0lGODlhAQABAAD/ACwAAAAAAQABAAACADs=",
    "signed_by": "Rossi",
    "signed_on": "2026-03-12 10:00:00",
}


@tagged("post_install", "-at_install")
class TestGateServerFields(ApprovalCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.order = cls._create_order({"product_id": cls.machine.id, "discount_text": "20"})
        cls.request = cls.order._ask_approval("A competitor").sudo()

    # === REQUESTS === #

    def test_nobody_writes_a_request(self):
        for user in (self.seller, self.lea, self.manager):
            request = self.request.with_user(user)
            for vals in ({"state": "approved"}, {"decided_by_id": self.lea.id}, {"snapshot": {}}, {"level_id": 1}):
                with self.subTest(user=user.login, vals=vals), self.assertRaises(AccessError):
                    request.write(vals)
            with self.assertRaises(AccessError):
                request.unlink()
            with self.assertRaises(AccessError):
                request.copy()

    def test_nobody_makes_one(self):
        values = {
            "order_id": self.order.id,
            "company_id": self.env.company.id,
            "requester_id": self.seller.id,
            "level_id": self.low.id,
            "state": "approved",
        }
        with self.assertRaises(AccessError):
            self.env["quote.discount.request"].with_user(self.seller).create(values)
        with self.assertRaises(AccessError):
            self.order.write({"discount_request_ids": [Command.create(values)]})
        with self.assertRaises(AccessError):
            self.order.write({"discount_request_ids": [Command.update(self.request.id, {"state": "approved"})]})
        self.assertFalse(
            self.env["quote.discount.request"].with_user(self.seller).load(list(values), [list(values.values())])["ids"]
        )

    def test_nobody_else_asks_in_the_sellers_dialog(self):
        stranger = self._create_salesperson("quote_stranger")
        order = self._create_quote("20")
        dialog = self.env["quote.discount.asking"].with_user(self.seller).create({"order_id": order.id, "reason": "x"})
        with self.assertRaises(AccessError):
            dialog.with_user(stranger).action_ask()
        with self.assertRaises(AccessError):
            self.env["quote.discount.asking"].with_user(stranger).create(
                {"order_id": order.id, "reason": "x"}
            ).action_ask()

    def test_a_refusal_in_somebody_elses_name(self):
        dialog = self.env["quote.discount.refusal"].with_user(self.seller)
        with self.assertRaises(UserError):
            dialog.create({"request_ids": [Command.set(self.request.ids)], "comment": "x"}).action_refuse()
        self.assertEqual(self.request.state, "pending")

    # === TRAIL === #

    def test_the_trail_says_who_when_what_and_why(self):
        self.request.with_user(self.lea).action_approve()
        asked, approved = self.request.event_ids.sorted("id")
        self.assertRecordValues(
            asked + approved,
            [
                {"kind": "asked", "user_id": self.seller.id, "discount": 20, "margin": 62.5, "comment": "A competitor"},
                {"kind": "approved", "user_id": self.lea.id, "discount": 20, "margin": 62.5, "comment": False},
            ],
        )
        self.assertTrue(self.request.with_user(self.seller).is_trail_intact)

    def test_nobody_changes_it_not_even_the_superuser(self):
        event = self.request.event_ids
        for record in (event.with_user(self.seller), event.with_user(self.manager), event.sudo()):
            with self.assertRaises(UserError):
                record.write({"comment": "x"})
            with self.assertRaises(UserError):
                record.unlink()
        with self.assertRaises(UserError):
            event.with_user(self.manager).create({"request_id": self.request.id, "kind": "approved"})
        with self.assertRaises(UserError):
            self.request.with_user(self.manager).event_ids = False

    def test_and_a_change_by_other_means_shows(self):
        self.env.cr.execute("UPDATE quote_discount_event SET comment = 'x' WHERE id = %s", [self.request.event_ids.id])
        self.env.invalidate_all()
        self.assertFalse(self.request.with_user(self.seller).is_trail_intact)

    def test_it_outlives_the_quote(self):
        name = self.order.name
        self.order.sudo().unlink()
        self.assertTrue(self.request.exists())
        self.assertEqual(self.request.order_name, name)
        self.assertTrue(self.request.event_ids._is_intact())
        with self.assertRaisesRegex(UserError, "nothing to approve"):
            self.request.with_user(self.lea).action_approve()

    # === LEVELS AND DELEGATIONS === #

    def test_a_seller_makes_himself_no_approver(self):
        with self.assertRaises(AccessError):
            self.low.with_user(self.seller).write({"user_ids": [Command.link(self.seller.id)]})
        with self.assertRaises(AccessError):
            self.low.with_user(self.lea).write({"max_discount": 100})
        with self.assertRaises(AccessError):
            self.env["quote.discount.level"].with_user(self.seller).create({"name": "x", "max_discount": 100})

    def test_nor_a_delegate(self):
        Delegation = self.env["quote.discount.delegation"].with_user(self.seller)
        today = fields.Date.today()
        dates = {"date_from": today, "date_to": today + timedelta(1)}
        with self.assertRaises(AccessError):
            Delegation.create({"delegator_id": self.lea.id, "delegate_id": self.seller.id, **dates})
        own = Delegation.create({"delegate_id": self.lea.id, **dates})
        with self.assertRaises(UserError):
            own.write({"delegator_id": self.lea.id, "delegate_id": self.seller.id})

    def test_a_level_that_was_asked_is_archived_not_deleted(self):
        with self.assertRaisesRegex(UserError, "Archive it"):
            self.low.unlink()

    # === THE ORDER === #

    def test_the_status_is_not_written(self):
        for vals in ({"discount_status": "approved"}, {"authorised_content": {"lines": []}}):
            with self.subTest(vals), self.assertRaises(AccessError):
                self.order.write(vals)
            order = self._create_quote("20", **vals)
            self.assertEqual(order.discount_status, "to_request")
            self.assertFalse(order.sudo().authorised_content)

    def test_nor_brought_by_a_default(self):
        Order = self.env["sale.order"].with_user(self.seller)
        line = {"product_id": self.machine.id, "discount_text": "20"}
        values = {"partner_id": self.customer.id, "order_line": [Command.create(line)]}
        order = Order.with_context(default_discount_status="approved").create(values)
        self.assertEqual(order.discount_status, "to_request")
        with self.assertRaises(AccessError):
            Order.with_context(default_authorised_content={"lines": []}).create(values)

    def test_totals_follow_from_prices(self):
        """Found so: a written total chose the limit of large orders, a strong currency of a line a low list price."""
        self.env["quote.discount.limit"].create({"max_discount": 50, "amount_from": 100000})
        strong = self.env["res.currency"].create({"name": "STR", "symbol": "s", "rounding": 0.01})
        rate = {"name": "2020-01-01", "currency_id": strong.id, "company_id": self.company.id, "rate": 0.1}
        self.env["res.currency.rate"].create(rate)
        totals = {"amount_untaxed": 200000, "amount_tax": 0, "amount_total": 1}
        totals_of_line = {"currency_id": strong.id, "price_subtotal": 1, "price_tax": 0, "price_total": 1}
        for record, values in ((self.order, totals), (self.order.order_line, totals_of_line)):
            for name, value in values.items():
                with self.subTest(name), self.assertRaises(AccessError):
                    record.write({name: value})
        order = self._create_order({"product_id": self.machine.id, "discount_text": "20", **totals_of_line}, **totals)
        self.assertEqual((order.amount_untaxed, order.order_line.currency_id), (8000, order.currency_id))

    def test_a_status_in_the_table_opens_nothing(self):
        self.env.cr.execute("UPDATE sale_order SET discount_status = 'approved' WHERE id = %s", [self.order.id])
        self.env.invalidate_all()
        self.assertEqual(self.order.discount_status, "approved")
        self.assertFalse(self.order._is_within_authority())
        with self.assertRaises(UserError):
            self.order.action_confirm()

    def test_nobody_signs_for_the_customer(self):
        for user in (self.seller, self.manager):
            order = self.order.with_user(user)
            for name, value in SIGNED.items():
                with self.subTest(user=user.login, name=name), self.assertRaises(AccessError):
                    order.write({name: value})
            with self.assertRaises(AccessError):
                order.write({"state": "draft", **SIGNED})
        order = self._create_quote("5", **SIGNED)
        self.assertFalse(order.signature or order.signed_by or order.signed_on)
        Order = self.env["sale.order"].with_user(self.seller)
        made = Order.with_context(default_signed_by="Rossi").create({"partner_id": self.customer.id})
        self.assertFalse(made.signed_by)
        self.assertFalse(order.copy(SIGNED).signed_by)

    def test_nor_takes_his_signature_away_but_with_the_offer(self):
        order = self._create_quote("5")
        order.action_quotation_sent()
        order.sudo().write(SIGNED)
        with self.assertRaises(AccessError):
            order.write({"signed_by": False})
        order.action_draft()
        self.assertFalse(order.signature)
