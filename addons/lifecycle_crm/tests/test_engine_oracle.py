"""The database and plain Python find the same, whatever the history and the rules."""

import random
from datetime import date, datetime, timedelta
from decimal import Decimal

from freezegun import freeze_time

from odoo.tests import tagged

from ..stages.decide import decide
from ..stages.gap import GapSettings
from ..stages.presets import PRESETS, STAGES
from ..stages.rules import ALL, ANY, COMPARE, KNOWN, UNKNOWN, Condition, Rule, RuleBook
from ..stages.terms import DAYS, MONEY, SCORE, TERMS, TIMES
from .engine_common import EngineCommon
from .lifecycle_oracle import find_facts

NOW = "2026-06-15 21:30:00"  # half past eleven in Rome
TODAY = date(2026, 6, 15)
CUSTOMERS = 40
BOOKS = 12


@tagged("post_install", "-at_install", "slow")
class TestEngineOracle(EngineCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.random = random.Random(20260615)
        cls.partners = cls.env["res.partner"].create([{"name": f"Customer {n}"} for n in range(CUSTOMERS)])
        cls.children = cls.env["res.partner"].create(
            [{"name": "Child", "parent_id": partner.id, "active": n % 2} for n, partner in enumerate(cls.partners[:20])]
        )
        rows = [row for partner in cls.partners for row in cls._draw_orders(partner)]
        cls.order_ids = cls._insert("sale_order", rows)
        cls._create_notes()
        cls._create_ratings()
        cls._create_check_ups()
        leads = cls.env["crm.lead"].create(
            [{"name": "Lead", "partner_id": p.id, "company_id": cls.company.id} for p in cls.partners[::3]]
        )
        leads[::2].action_set_lost()
        cls.env.flush_all()
        cls.env.cr.execute("UPDATE crm_lead SET create_date = '2026-03-01 23:30:00' WHERE id = ANY(%s)", [leads.ids])
        cls.env.invalidate_all()

    @classmethod
    def _draw_orders(cls, partner):
        """Few or many orders, mostly ordinary, some absurd; of the customer or of his contact."""
        draw = cls.random
        family = [partner, *(partner.with_context(active_test=False).child_ids)]
        for _order in range(draw.choice((0, 1, 1, 2, 3, 5, 9))):
            moment = datetime(2026, 6, 15, 21, 30) - timedelta(draw.choice((0, 1, 30, 90, 364, 365, 366, 500, 900)))
            moment += timedelta(draw.randint(-20, 2), minutes=draw.choice((0, 29, 31, 120)))
            moment = draw.choice((moment,) * 12 + (datetime(2206, 1, 1), datetime(1926, 6, 15)))
            state = draw.choice(("sale",) * 8 + ("cancel", "draft", "sent"))
            yield cls._prepare_order(
                draw.choice(family),
                moment,
                draw.choice((100, 50.5, 0.01, 1234.56, 0, -30)),
                state,
                currency_rate=draw.choice((1, 1, 1, 0, 1.25, 0.3)),
                delivery_status=draw.choice((None, "full", "pending", "partial")),
            )

    @classmethod
    def _create_notes(cls):
        notes = cls.env["account.move"].create(
            [
                {
                    "move_type": "out_refund",
                    "partner_id": partner.id,
                    "invoice_date": day,
                    "invoice_line_ids": [(0, 0, {"name": "Back", "price_unit": 12.34, "tax_ids": []})],
                }
                for partner in cls.partners[::7]
                for day in (TODAY - timedelta(3), TODAY - timedelta(364))
            ]
        )
        notes[:-1].action_post()

    @classmethod
    def _create_ratings(cls):
        orders = cls.env["sale.order"].browse(cls.order_ids[::5])
        model = cls.env["ir.model"]._get_id("sale.order")
        ratings = cls.env["rating.rating"].create(
            [
                {"res_model_id": model, "res_id": order.id, "rating": cls.random.randint(0, 5), "consumed": True}
                for order in orders
                for _answer in range(2)
            ]
        )
        cls.env.flush_all()
        for number, rating in enumerate(ratings):
            moment = datetime(2026, 6, 1) - timedelta(400 if number % 4 == 0 else number % 300)
            cls.env.cr.execute("UPDATE rating_rating SET rated_on = %s WHERE id = %s", [moment, rating.id])

    @classmethod
    def _create_check_ups(cls):
        about = {"kind": "check_up", "company_id": cls.company.id}
        cls.env["lifecycle.feedback"].create(
            [
                {
                    **about,
                    "partner_id": partner.id,
                    "key": f"check_up:{number}",
                    "score": number % 5 + 1,
                    "answered_on": datetime(2026, 6, 1) - timedelta(400 if number % 4 == 0 else number),
                }
                for number, partner in enumerate(cls.partners[::3])
            ]
        )

    # === TESTS === #

    @freeze_time(NOW)
    def test_presets_decide_alike(self):
        for name, book in PRESETS.items():
            with self.subTest(preset=name):
                self._compare(book)

    @freeze_time(NOW)
    def test_random_rules_decide_alike(self):
        for number in range(BOOKS):
            with self.subTest(book=number):
                self._compare(self._draw_book())

    @freeze_time(NOW)
    def test_rules_on_every_term_and_operator_decide_alike(self):
        for term in TERMS:
            rules = tuple(
                Rule(f"{operator}", self.random.choice(STAGES).code, (self._draw_condition(term, operator),))
                for operator in (*COMPARE, KNOWN, UNKNOWN)
            )
            for rule in rules:
                with self.subTest(term=term, operator=rule.code):
                    self._compare(RuleBook(STAGES, (rule, Rule("rest", "lost"))))

    def _draw_book(self):
        rules = tuple(
            Rule(
                f"rule_{number}",
                self.random.choice(STAGES).code,
                tuple(self._draw_condition() for _each in range(self.random.randint(1, 3))),
                self.random.choice((ALL, ANY)),
            )
            for number in range(self.random.randint(1, 8))
        )
        gap = GapSettings(
            self.random.randint(30, 90),
            self.random.randint(0, 6),
            30,
            self.random.choice((90, 365)),
            self.random.choice((1, 30)),
        )
        return RuleBook(STAGES, (*rules, Rule("rest", "lost")), gap)

    def _draw_condition(self, term=None, operator=None):
        term = term or self.random.choice([*TERMS])
        operator = operator or self.random.choice((*COMPARE, *COMPARE, KNOWN, UNKNOWN))
        if operator in (KNOWN, UNKNOWN):
            return Condition(term, operator)
        draw = self.random
        value = {
            MONEY: lambda: draw.choice((0, 1, 10000, 15050, -1234)),
            DAYS: lambda: draw.choice((0, 1, 30, 107, 364, 365, -5, 36500, 9999999)),
            TIMES: lambda: Decimal(draw.choice(("0", "0.5", "1", "1.25", "2.33", "4", "36500"))),
            SCORE: lambda: Decimal(draw.choice(("1", "2.5", "3.33", "4"))),
        }.get(TERMS[term].kind, lambda: draw.choice((0, 1, 2, 4)))()
        return Condition(term, operator, value)

    def _compare(self, book):
        """Refresh by a rule book, and look at each customer by hand."""
        book = self._put_in_force(book)._as_book()
        self.Status._refresh(self.company)
        prior = self.company._lifecycle_prior(book.gap)
        statuses = {status.partner_id: status for status in self._status_of(self.partners)}
        known = self._get_facts()
        for partner, status in statuses.items():
            facts = known[partner]
            self._assert_decided(status, decide(book, facts, TODAY, prior), facts)
            self.assertAlmostEqual(status.satisfaction, float(facts.satisfaction or 0))
            self.assertEqual(round(status.revenue_year * 100), TERMS["revenue_year"].value(facts, TODAY, None))
        for partner in self.partners.filtered(lambda each: each not in statuses):
            self.assertFalse(known[partner].orders or known[partner].leads_open)

    def _get_facts(self):
        """The facts do not depend on the rules: they are found once."""
        if not hasattr(type(self), "facts"):
            type(self).facts = {partner: find_facts(self.company, partner) for partner in self.partners}
        return self.facts
