"""Where customers stand: the statement for all beside the plain rules, on histories of every kind."""

import random
from datetime import date, datetime, timedelta

from freezegun import freeze_time

from odoo.fields import Command
from odoo.tests import tagged
from odoo.tools import SQL

from ..stages.presets import PRESETS
from .engine_common import EngineCommon

NOW = "2026-06-15 10:00:00"
AMOUNTS = (100, 250.5, 19.99, 0, -40)


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestCreditNotes(EngineCommon):
    def test_credit_notes_are_returns(self):
        self._create_order(self.customer, datetime(2026, 5, 1, 9), 100)
        line = {"name": "Broken", "price_unit": 30, "tax_ids": [Command.clear()]}
        refund = self.env["account.move"].create(
            {
                "move_type": "out_refund",
                "partner_id": self.customer.id,
                "invoice_date": "2026-06-01",
                "invoice_line_ids": [Command.create(line)],
            }
        )
        refund.action_post()
        self.Status._refresh(self.company)
        status = self._status(self.customer)
        self.assertEqual((status.return_count, status.return_amount, status.revenue), (1, 30, 70))
        self._assert_agrees(self.customer)
        refund.button_draft()
        self.Status._refresh_marked(self.company)
        self.assertEqual(self._status(self.customer).return_count, 0)


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestRefresh(EngineCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company = cls.env["res.company"].create(
            {
                "name": "Oleificio Nuovo",
                "currency_id": cls.env.ref("base.EUR").id,
                "country_id": cls.env.ref("base.it").id,
            }
        )
        cls.env.user.write({"company_ids": [Command.link(cls.company.id)], "company_id": cls.company.id})
        cls.env = cls.env(context={**cls.env.context, "allowed_company_ids": cls.company.ids})
        cls.company = cls.company.with_env(cls.env)
        cls.Status = cls.env["lifecycle.status"]

    def _random_history(self, dice, partner, person):
        for _number in range(dice.randrange(7)):
            day = datetime(2026, 6, 15, 12) - timedelta(days=dice.randrange(-3, 900), hours=dice.randrange(24))
            who = dice.choice((partner, partner, person))
            order = self._create_order(who, day, dice.choice(AMOUNTS))
            if dice.random() < 0.1:
                order._action_cancel()
        if dice.random() < 0.3:
            self.env["crm.lead"].create({"name": "Asks", "partner_id": person.id, "type": "opportunity"})
        if dice.random() < 0.2:
            self.env["sale.order"].create({"partner_id": partner.id})

    def _random_customers(self, seed, count=25):
        dice = random.Random(seed)
        customers = self.env["res.partner"]
        for number in range(count):
            partner = self._create_customer(f"Customer {seed} {number}", active=dice.random() < 0.9)
            person = self._create_customer(f"Person {seed} {number}", is_company=False, parent_id=partner.id)
            self._random_history(dice, partner, person)
            customers |= partner
        return customers

    def test_the_statement_says_what_the_plain_rules_say(self):
        for seed, kind in enumerate(PRESETS):
            customers = self._random_customers(seed)
            self.company._lifecycle_load_preset(kind)._put_in_force()
            self.Status._refresh(self.company)
            statuses = self.Status.search([("company_id", "=", self.company.id)])
            for partner in customers & statuses.partner_id:
                with self.subTest(preset=kind, customer=partner.name):
                    self._assert_agrees(partner)
            self.assertTrue(customers & statuses.partner_id)
            self.assertFalse(statuses.filtered(lambda status: not status.stage_id))
            self.assertEqual(len(statuses.partner_id), len(statuses))

    def test_a_repeat_writes_nothing(self):
        self._random_customers(7)
        self.Status._refresh(self.company)
        rows = SQL("SELECT id, ctid, xmax FROM lifecycle_status WHERE company_id = %s ORDER BY id", self.company.id)
        before = self.env.execute_query(rows)
        with freeze_time("2026-06-15 18:00:00"):
            self.assertEqual(len(self.Status._refresh(self.company)), 0)
        self.assertEqual(self.env.execute_query(rows), before, "a row was written, or locked")

    def test_who_is_marked_comes_to_stand_where_a_full_look_puts_him(self):
        customers = self._random_customers(11, 10)
        self.Status._refresh(self.company)
        dice = random.Random(5)
        for partner in customers[:5]:
            self._random_history(dice, partner, partner.child_ids)
        while self.Status._refresh_marked(self.company):
            pass
        self.assertFalse(self.env["lifecycle.mark"].search([("company_id", "=", self.company.id)]))
        names = [name for name, field in self.Status._fields.items() if field.store]
        incremental = self.Status.search([("company_id", "=", self.company.id)], order="id").read(names)
        self.Status._refresh(self.company)
        full = self.Status.search([("company_id", "=", self.company.id)], order="id").read(names)
        self.assertEqual(incremental, full)

    def test_midnight_is_that_of_rome(self):
        self._create_order(self.customer, datetime(2026, 5, 31, 22, 30))
        self.Status._refresh(self.company)
        self.assertEqual(self._status(self.customer).first_order_date, date(2026, 6, 1))
        with freeze_time("2026-06-15 22:30:00"):
            self.assertEqual(self.company._lifecycle_today(), date(2026, 6, 16))

    def test_other_currencies_count_in_that_of_the_company(self):
        dollar = self.env.ref("base.USD")
        dollar.active = True
        pricelist = self.env["product.pricelist"].create({"name": "Dollars", "currency_id": dollar.id})
        order = self._create_order(self.customer, datetime(2026, 5, 1, 9), 100, pricelist_id=pricelist.id)
        order.currency_rate = 1.25
        self.Status._refresh(self.company)
        self.assertEqual(self._status(self.customer).revenue, 80)
        self._assert_agrees(self.customer)

    def test_each_change_of_stage_is_kept_with_its_cause(self):
        self._create_order(self.customer, datetime(2026, 5, 1, 9))
        self.Status._refresh(self.company)
        with freeze_time("2026-08-01 10:00:00"):
            self.Status._refresh(self.company)
        with freeze_time("2026-08-02 10:00:00"):
            self._create_order(self.customer, datetime(2026, 8, 2, 9))
            self.Status._refresh(self.company)
            moved = self.env["lifecycle.transition"].search([("partner_id", "=", self.customer.id)], order="id")
        self.assertEqual(moved.mapped("to_stage_id.code"), ["new", "at_risk", "occasional"])
        self.assertEqual(moved.mapped("cause"), ["first", "silence", "order"])
        self.assertEqual(moved.mapped("days_before"), [0, 47, 1])
        self.assertEqual(self._status(self.customer).stage_since, datetime(2026, 8, 2, 10))

    def test_people_of_ours_are_no_customers(self):
        self._create_order(self.user.partner_id, datetime(2026, 5, 1, 9))
        self.env["sale.order"].create({"partner_id": self.company.partner_id.id})
        self.Status._refresh(self.company)
        self.assertFalse(self._status(self.user.partner_id) | self._status(self.company.partner_id))

    def test_a_merge_leaves_one_status_and_both_histories(self):
        other = self._create_customer("Trattoria Rossi bis")
        for partner, month in ((self.customer, 4), (other, 5)):
            self._create_order(partner, datetime(2026, month, 1, 9))
        self.Status._refresh(self.company)
        self._status(other).next_contact_date = "2026-07-01"
        wizard = self.env["base.partner.merge.automatic.wizard"].create({})
        wizard._merge((self.customer | other).ids, self.customer)
        self.Status._refresh_marked(self.company)
        status = self._status(self.customer)
        self.assertEqual((status.order_count, status.stage_id.code), (2, "occasional"))
        self.assertEqual(status.next_contact_date, date(2026, 7, 1))
        moved = self.env["lifecycle.transition"].search([("partner_id", "=", self.customer.id)])
        self.assertEqual(moved[0].cause, "merge")
        self.assertEqual(len(moved), 3)
        third = self._create_customer("Trattoria Rossi ter")
        wizard._merge((self.customer | third).ids, self.customer)
        self.Status._refresh_marked(self.company)
        self.assertEqual(len(self._status(self.customer)), 1)

    def test_a_thousand_marked_customers_cost_forty_queries(self):
        partners = self.env["res.partner"].create([{"name": f"Many {number}"} for number in range(1000)])
        self.env["lifecycle.mark"].create(
            [{"partner_id": partner.id, "company_id": self.company.id, "cause": "order"} for partner in partners]
        )
        self.env.flush_all()
        self.env.invalidate_all()
        with self.assertQueryCount(40):
            self.Status._refresh_marked(self.company)

    def test_scores_do_not_part_equals(self):
        for number in range(6):
            self._create_order(self._create_customer(f"Equal {number}"), datetime(2026, 5, 1, 9))
        self.Status._sweep(self.company)
        statuses = self.Status.search([("company_id", "=", self.company.id), ("order_count", ">", 0)])
        self.assertEqual(set(statuses.mapped("rfm_revenue")), {5})
        self.assertEqual(self.company.lifecycle_sweep_date, date(2026, 6, 15))

    def test_who_was_there_before_has_his_history(self):
        for day in (datetime(2025, 1, 10, 9), datetime(2025, 9, 1, 9), datetime(2026, 6, 15, 9)):
            self._create_order(self.customer, day)
        newcomer = self._create_customer("New One")
        self._create_order(newcomer, datetime(2026, 6, 15, 9))
        self.Status._refresh(self.company)
        self.assertFalse(self.Status._reconstruct(self.company))
        Transition = self.env["lifecycle.transition"]
        moved = Transition.search([("partner_id", "=", self.customer.id)], order="moment")
        self.assertEqual(
            [(each.to_stage_id.code, each.cause) for each in moved],
            [
                ("new", "order"),
                ("at_risk", "silence"),
                ("lost", "silence"),
                ("occasional", "order"),
                ("at_risk", "silence"),
                ("occasional", "order"),
            ],
        )
        self.assertEqual(self._status(self.customer).stage_since, datetime(2026, 6, 14, 22))
        self.assertEqual(Transition.search([("partner_id", "=", newcomer.id)]).cause, "first")
        self.Status._reconstruct(self.company)
        self.assertEqual(Transition.search_count([("partner_id", "=", self.customer.id)]), 6)
        self.assertEqual(len(self.Status._refresh(self.company)), 0)
