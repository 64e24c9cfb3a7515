"""Statuses follow what happens: at once for whom it happened to, overnight for everybody, and never twice."""

from contextlib import contextmanager
from datetime import date, datetime, timedelta
from unittest.mock import patch

from freezegun import freeze_time

from odoo.exceptions import AccessError
from odoo.tests import RecordCapturer, tagged
from odoo.tools import mute_logger

from ..stages.gap import GapSettings
from ..stages.history import History, Transition
from ..stages.presets import SHOP
from ..stages.rfm import rfm
from ..stages.rules import Condition, Rule, RuleBook
from .engine_common import EngineCommon
from .lifecycle_oracle import find_facts


@tagged("post_install", "-at_install")
class TestEngine(EngineCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._put_in_force()

    def _status(self, partner=None):
        return super()._status(partner or self.customer)

    def _snapshot(self, partners):
        """All that is kept of customers, save what says when it was found out."""
        names = self.Status._fields.keys() - {"id", "create_date", "write_date", "reason", "stage_since"}
        names -= {"rfm_recency", "rfm_frequency", "rfm_revenue"}
        names = [name for name in names if self.Status._fields[name].store]
        rows = self._status_of(partners).read(names, load=None)
        return {row["partner_id"]: {name: row[name] for name in names} for row in rows}

    # === WHO HAS A ROW, AND WHAT IT SAYS === #

    @freeze_time("2026-06-15 10:00:00")
    def test_a_customer_has_a_status_with_its_reason_and_a_first_transition(self):
        self._create_order(self.customer, "2026-06-10 10:00:00")
        transition = self.Status._refresh(self.company, self.customer)
        self.assertRecordValues(
            transition,
            [{"partner_id": self.customer.id, "from_stage_id": False, "cause": "first", "days_before": 0}],
        )
        status = self._status()
        self.assertEqual(status.stage_id.code, "new")
        self.assertEqual(status.stage_since, datetime(2026, 6, 15, 10))
        self.assertEqual(status.reason, transition.reason)
        self.assertEqual(status.reason["conditions"][0]["term"], "order_days")
        self.assertEqual(status.revenue, 100)

    @freeze_time("2026-06-15 10:00:00")
    def test_whoever_never_asked_and_those_who_work_here_have_none(self):
        moment = datetime(2026, 6, 10, 10)
        own = self.company.partner_id, self.user.partner_id, self.env.ref("base.public_partner")
        self._insert("sale_order", [self._prepare_order(partner, moment, 100) for partner in own])
        supplier = self._create_customer("Supplier")
        self.Status._refresh(self.company)
        self.assertFalse(self._status_of(supplier.union(*own)))

    @freeze_time("2026-06-15 10:00:00")
    def test_orders_of_archived_contacts_count_for_their_company(self):
        person = self.env["res.partner"].create({"name": "Anna", "parent_id": self.customer.id})
        self._create_order(person, "2026-06-10 10:00:00")
        person.active = False
        self.customer.active = False
        self.Status._refresh(self.company)
        self.assertEqual(self._status().order_count, 1)

    @freeze_time("2026-06-15 10:00:00")
    def test_a_credit_note_for_a_returned_order_counts_once(self):
        order = self._create_order(self.customer, "2026-06-10 10:00:00", amount=-40)
        order.order_line.qty_delivered = 1
        note = order._create_invoices(final=True)
        note.invoice_date = date(2026, 6, 11)
        note.action_post()
        self.assertEqual(note.move_type, "out_refund")
        self.Status._refresh(self.company, self.customer)
        self.assertRecordValues(self._status(), [{"return_count": 1, "return_amount": 40, "revenue": -40}])

    @freeze_time("2026-06-15 10:00:00")
    def test_without_rules_nothing_happens_and_marks_are_taken_away(self):
        self.company.lifecycle_rulebook_id.state = "retired"
        self.company.invalidate_recordset(["lifecycle_rulebook_id"])
        self._create_order(self.customer, "2026-06-10 10:00:00")
        self.Status._cron_refresh()
        self.assertFalse(self._status())
        self.assertFalse(self._get_marks())
        self.assertFalse(self.Status._get(self.customer, self.company))

    @freeze_time("2026-06-15 10:00:00")
    def test_a_day_beyond_the_calendar_never_comes(self):
        far = Rule("far", "lost", (Condition("silence", ">=", 36500),))
        days = Rule("days", "lost", (Condition("silent_days", ">", 9_999_999),))
        self._put_in_force(RuleBook(SHOP.stages, (far, days, Rule("rest", "new")), GapSettings(365, 5, 30, 365)))
        self._create_order(self.customer, "2026-06-10 10:00:00")
        self.Status._refresh(self.company, self.customer)
        self.assertEqual(self._status().stage_id.code, "new")
        self.assertFalse(self._status().next_change_date)
        self._assert_agrees(self.customer)

    # === ALWAYS CURRENT === #

    def test_an_answer_is_as_old_as_it_was_given_whatever_is_written_on_it_later(self):
        with freeze_time("2025-02-15 10:00:00"):
            order = self._create_order(self.customer, "2025-02-10 10:00:00")
            model = self.env["ir.model"]._get_id("sale.order")
            rating = self.env["rating.rating"].create(
                {"res_model_id": model, "res_id": order.id, "rating": 1, "consumed": True}
            )
        with freeze_time("2026-06-15 10:00:00"):
            rating.is_internal = True
            self.env.flush_all()
            self.Status._cron_refresh()
            self.assertFalse(self._status().satisfaction)

    @freeze_time("2026-06-15 10:00:00")
    def test_a_quote_an_order_a_cancellation_and_an_answer_mark_the_customer(self):
        order = self._create_order(self.customer, "2026-06-10 10:00:00")
        self.assertEqual(set(self._get_marks().mapped("cause")), {"lead", "order"})
        self.Status._cron_refresh()
        self.assertEqual(self._status().stage_id.code, "new")
        rating = self.env["rating.rating"].create(
            {"res_model_id": self.env["ir.model"]._get_id("sale.order"), "res_id": order.id}
        )
        order.rating_apply(4, rating=rating)
        self.assertEqual(set(self._get_marks().mapped("cause")), {"answer"})
        self.Status._cron_refresh()
        self.assertEqual(self._status().satisfaction, 4)
        order._action_cancel()
        self.Status._cron_refresh()
        self.assertEqual(self._status().stage_id.code, "contact")
        last = self.Transition.search([("partner_id", "=", self.customer.id)], limit=1)
        self.assertEqual(last.cause, "cancellation")

    @freeze_time("2026-06-15 10:00:00")
    def test_many_orders_ask_for_one_refresh_and_not_only_those_that_were_taken_back(self):
        """Odoo keeps each trigger until the commit: an import has thousands of orders."""
        refreshes = [("cron_id", "=", self.env.ref("lifecycle_crm.ir_cron_lifecycle_refresh").id)]
        self.env.cr.precommit.clear()  # as in a transaction of its own
        with RecordCapturer(self.env["ir.cron.trigger"], refreshes) as asked:
            with self.assertRaises(ZeroDivisionError), self.env.cr.savepoint():
                self._create_order(self.customer, "2026-06-10 10:00:00")
                raise ZeroDivisionError
            for day in ("2026-06-11", "2026-06-12", "2026-06-13"):
                self._create_order(self.customer, f"{day} 10:00:00")
        self.assertEqual(len(asked.records), 1)

    @freeze_time("2026-06-15 10:00:00")
    def test_a_confirmed_order_that_is_changed_marks_the_customer(self):
        order = self._create_order(self.customer, "2026-06-10 10:00:00")
        self.Status._cron_refresh()
        order.order_line.price_unit = 250
        self.assertEqual(self._get_marks().partner_id, self.customer)
        self.Status._cron_refresh()
        self.assertEqual(self._status().revenue, 250)
        order.date_order = "2026-06-01 10:00:00"
        self.Status._cron_refresh()
        self.assertEqual(self._status().last_order_date, date(2026, 6, 1))

    @freeze_time("2026-06-15 10:00:00")
    def test_who_packs_need_not_read_orders(self):
        packer = self._create_user("lifecycle_packer", "stock.group_stock_user")
        order = self._create_order(self.customer, "2026-06-10 10:00:00")
        self.Status._cron_refresh()
        self.assertEqual(self._status().open_delivery_count, 1)
        picking = order.picking_ids
        picking.move_ids.write({"quantity": 1, "picked": True})
        picking.with_user(packer).button_validate()
        self.Status._cron_refresh()
        self.assertEqual(self._status().open_delivery_count, 0)

    @freeze_time("2026-06-15 10:00:00")
    def test_a_credit_note_and_its_reversal_mark_the_customer(self):
        self._create_order(self.customer, "2026-06-10 10:00:00")
        self.Status._cron_refresh()
        line = {"name": "Back", "price_unit": 30, "tax_ids": []}
        note = self.env["account.move"].create(
            {
                "move_type": "out_refund",
                "partner_id": self.customer.id,
                "invoice_date": "2026-06-12",
                "invoice_line_ids": [(0, 0, line)],
            }
        )
        note.action_post()
        self.Status._cron_refresh()
        self.assertEqual((self._status().return_count, self._status().revenue), (1, 70))
        note.button_draft()
        self.Status._cron_refresh()
        self.assertEqual((self._status().return_count, self._status().revenue), (0, 100))

    @freeze_time("2026-06-15 10:00:00")
    def test_a_lead_makes_a_prospect_and_a_lost_one_leaves_a_contact(self):
        lead = self.env["crm.lead"].create({"name": "Oil", "partner_id": self.customer.id})
        self.env.flush_all()
        self.env.cr.execute("UPDATE crm_lead SET create_date = '2026-06-14 10:00:00' WHERE id = %s", [lead.id])
        self.Status._cron_refresh()
        self.assertEqual(self._status().stage_id.code, "prospect")
        lead.action_set_lost()
        self.Status._cron_refresh()
        self.assertEqual(self._status().stage_id.code, "contact")

    @freeze_time("2026-06-15 10:00:00")
    def test_a_lead_that_goes_to_another_company_leaves_a_contact(self):
        lead = self.env["crm.lead"].create(
            {"name": "Oil", "partner_id": self.customer.id, "company_id": self.company.id, "user_id": False}
        )
        self.env.flush_all()
        self.env.cr.execute("UPDATE crm_lead SET create_date = '2026-06-14 10:00:00' WHERE id = %s", [lead.id])
        self.Status._cron_refresh()
        self.assertEqual(self._status().stage_id.code, "prospect")
        lead.write({"company_id": self.env["res.company"].create({"name": "Oleificio Nuovo"}).id, "team_id": False})
        self.Status._cron_refresh()
        self.assertEqual(self._status().stage_id.code, "contact")

    def test_silence_moves_a_customer_without_any_event(self):
        with freeze_time("2026-06-01 10:00:00"):
            self._create_order(self.customer, "2026-06-01 10:00:00")
            self.Status._cron_refresh()
            status = self._status()
            changes = status.next_change_date
        with freeze_time(datetime.combine(changes - timedelta(1), datetime.min.time()) + timedelta(hours=12)):
            self.Status._cron_sweep()
            self.assertEqual(status.stage_id.code, "new")
        with freeze_time(datetime.combine(changes, datetime.min.time()) + timedelta(hours=12)):
            self.Status._cron_sweep()
            self.assertEqual(status.stage_id.code, "at_risk")
        last = self.Transition.search([("partner_id", "=", self.customer.id)], limit=1)
        self.assertEqual((last.cause, last.days_before), ("silence", (changes - date(2026, 6, 1)).days))

    @freeze_time("2026-06-15 10:00:00")
    def test_changed_rules_are_the_cause(self):
        self._create_order(self.customer, "2026-06-10 10:00:00")
        self.Status._cron_refresh()
        self._put_in_force(RuleBook(SHOP.stages, (Rule("all", "lost"),)))
        self.assertEqual(self.Status._refresh(self.company).mapped("cause"), ["rule_change"])

    def test_incremental_equals_full(self):
        partners = self.env["res.partner"].create([{"name": f"Customer {n}"} for n in range(12)])
        for day in range(0, 200, 17):
            with freeze_time(datetime(2026, 1, 10, 9) + timedelta(day)):
                for partner in partners[day % 5 :: 5]:
                    self._create_order(partner, datetime(2026, 1, 10, 8) + timedelta(day), amount=day - 30 or 5)
                self.Status._cron_refresh()
                if day % 2:
                    self.Status._cron_sweep()
        with freeze_time("2026-08-15 10:00:00"):
            self._create_order(partners[0], "2026-08-15 08:00:00")
            self.Status._cron_sweep()
            self.Status._cron_refresh()
            grown = self._snapshot(partners)
            self._status_of(partners).unlink()
            self.Status._refresh(self.company)
            self.assertEqual(len(grown), 12)
            self.assertEqual(self._snapshot(partners), grown)

    @freeze_time("2026-06-15 10:00:00")
    def test_a_second_look_writes_nothing(self):
        for day in range(1, 9):
            self._create_order(self._create_customer(f"Customer {day}"), f"2026-0{day % 5 + 1}-10 10:00:00", day * 10)
        self.Status._sweep(self.company)
        self.env.flush_all()
        written = self._rows_written()
        self.assertFalse(self.Status._refresh(self.company))
        self.Status._sweep(self.company)
        self.assertEqual(self._rows_written(), written)

    def _rows_written(self):
        self.env.flush_all()
        self.env.cr.execute(
            "SELECT SUM(n_tup_ins + n_tup_upd + n_tup_del) FROM pg_stat_xact_user_tables "
            "WHERE relname LIKE 'lifecycle_%' OR relname IN ('res_company', 'res_partner_res_partner_category_rel')"
        )
        return self.env.cr.fetchone()[0]

    @freeze_time("2026-06-15 10:00:00")
    def test_scores_are_those_of_the_plain_rules(self):
        for day in (1, 1, 2, 3, 3, 3, 9):
            self._create_order(self._create_customer(f"Customer {day}"), f"2026-06-0{day} 10:00:00", day * 10)
        self.env["crm.lead"].create({"name": "Oil", "partner_id": self.customer.id})
        self.Status._sweep(self.company)
        rows = self.Status.search([("company_id", "=", self.company.id)])
        wanted = rfm([(row.partner_id, find_facts(self.company, row.partner_id)) for row in rows])
        found = {row.partner_id: (row.rfm_recency, row.rfm_frequency, row.rfm_revenue) for row in rows}
        self.assertEqual({partner: scores for partner, scores in found.items() if any(scores)}, wanted)
        self.assertEqual(found[self.customer], (0, 0, 0))

    # === HISTORY === #

    def test_the_stage_as_of_any_moment_is_that_of_the_replayed_transitions(self):
        with freeze_time("2026-01-10 10:00:00"):
            self._create_order(self.customer, "2026-01-10 09:00:00")
        for month in (1, 3, 4, 6, 9):
            with freeze_time(f"2026-{month:02}-20 10:00:00"):
                self.Status._cron_sweep()
        rows = self.Transition.search([("partner_id", "=", self.customer.id)], order="id")
        history = History([Transition(row.moment, row.to_stage_id.code, row.cause) for row in rows])
        self.assertGreater(len(rows), 2)
        for day in range(0, 300, 7):
            moment = datetime(2026, 1, 1) + timedelta(day)
            stage = self.Transition._stage_at(self.customer, self.company, moment)[self.customer]
            self.assertEqual(stage.code or None, history.stage_at(moment))
            end = moment.replace(hour=20)  # before Rome's midnight: its transitions are made at ten in the morning
            listed = rows.search([("as_of_date", "=", moment.date()), ("partner_id", "=", self.customer.id)])
            self.assertEqual(listed.to_stage_id.code or None, history.stage_at(end))

    def test_customers_are_found_by_a_day_with_the_stage_of_that_day(self):
        with freeze_time("2026-01-10 10:00:00"):
            self._create_order(self.customer, "2026-01-10 09:00:00")
            self.Status._refresh(self.company)
        with freeze_time("2027-01-10 10:00:00"):
            self.Status._refresh(self.company)
            for day, code in (("2026-01-09", None), ("2026-01-10", "new"), ("2027-01-10", "lost")):
                found = self.Status.search([("as_of_date", "=", day), ("partner_id", "=", self.customer.id)])
                self.assertEqual(bool(found), bool(code), day)
                for wanted in (day, [day]):
                    then = found.with_context(lifecycle_as_of=wanted).stage_then_id
                    self.assertEqual(then.code or None, code, day)
            self.assertFalse(self._status().stage_then_id)

    # === COST === #

    @freeze_time("2026-06-15 10:00:00")
    def test_marked_customers_are_looked_at_in_few_queries(self):
        partners = self.env["res.partner"].create([{"name": f"Customer {n}"} for n in range(1000)])
        moment = datetime(2026, 6, 1, 10)
        self._insert("sale_order", [self._prepare_order(partner, moment, 100) for partner in partners])
        self.Mark._add(partners, self.company, "order")
        self.Status._refresh(self.company, self.customer)  # what a running server has read is read
        self.env.flush_all()
        self.env.invalidate_all()
        with self.assertQueryCount(40):
            self.Status._cron_refresh()
        self.assertEqual(len(self._status_of(partners)), 1000)

    @freeze_time("2026-06-15 10:00:00")
    def test_confirming_costs_few_queries_more(self):
        marks = type(self.Mark)
        with patch.object(marks, "_add", lambda *args: None):
            self._confirm()
            without = self._confirm()
        self._confirm()
        self.assertLessEqual(self._confirm() - without, 4)

    def _confirm(self):
        """How many queries it takes."""
        line = {"product_id": self.product.id, "product_uom_qty": 1, "price_unit": 10}
        order = self.env["sale.order"].create({"partner_id": self.customer.id, "order_line": [(0, 0, line)]})
        self.env.flush_all()
        before = self.env.cr.sql_log_count
        order.action_confirm()
        self.env.flush_all()
        return self.env.cr.sql_log_count - before

    # === WHAT GOES WRONG === #

    @freeze_time("2026-06-15 10:00:00")
    def test_one_bad_customer_keeps_his_mark_and_stops_no_other(self):
        good = self._create_customer("Good")
        for partner in (self.customer, good):
            self._create_order(partner, "2026-06-10 10:00:00")
        with self._failing(lambda company, partners: self.customer in partners):
            self.Status._cron_refresh()
            self.assertTrue(self._status(good))
            self.assertFalse(self._status())
            self.assertEqual(self._get_marks().partner_id, self.customer)
            self.assertEqual(set(self._get_marks().mapped("error")), {"ValueError: bad"})
            told = {todo["key"]: todo["count"] for todo in self.env["lifecycle.dashboard"]._get_todo()}
            self.assertEqual(told["failed_marks"], len(self._get_marks()))
        self.Status._cron_refresh()
        self.assertTrue(self._status())
        self.assertFalse(self._get_marks())

    @contextmanager
    def _failing(self, is_bad):
        """Let looking at some customers fail, in the database as well.

        :param is_bad: a function of company and customers, None being all
        """
        right = type(self.Status)._refresh

        def refresh(statuses, company, partners=None, everybody=False):
            if is_bad(company, partners):
                statuses.env.cr.execute("CREATE TEMP TABLE lifecycle_bad () ON COMMIT DROP")  # undone with the rest
                raise ValueError("bad")
            return right(statuses, company, partners, everybody)

        loggers = [f"odoo.addons.lifecycle_crm.models.lifecycle_{name}" for name in ("mark_settle", "status_cron")]
        with patch.object(type(self.Status), "_refresh", refresh), mute_logger(*loggers):
            yield

    @freeze_time("2026-06-15 10:00:00")
    def test_one_bad_company_stops_no_other(self):
        other = self.env["res.company"].create({"name": "Other"})
        self._create_order(self.customer, "2026-06-10 10:00:00")
        with self._failing(lambda company, partners: company == other):
            self.Status._cron_sweep()
        self.assertTrue(self._status())
        self.assertEqual(self.company.lifecycle_sweep_date, date(2026, 6, 15))
        self.assertFalse(other.lifecycle_sweep_date)
        self.Status._cron_sweep()
        self.assertEqual(other.lifecycle_sweep_date, date(2026, 6, 15))

    def test_all_are_looked_at_once_a_day_of_the_company(self):
        with freeze_time("2026-06-15 10:00:00"):
            self.Status._cron_sweep()
        for moment, is_due in (("2026-06-15 21:30:00", False), ("2026-06-15 22:30:00", True)):
            with (
                freeze_time(moment),
                patch.object(type(self.Status), "_sweep", autospec=True) as sweep,
            ):
                self.Status._cron_sweep()
                self.assertEqual(self.company in [call.args[1] for call in sweep.call_args_list], is_due, moment)

    @freeze_time("2026-06-15 10:00:00")
    def test_the_days_figures_empty_no_cache(self):
        Company = type(self.company)
        with patch.object(Company, "write", autospec=True) as write:
            self.Status._cron_sweep()
        write.assert_not_called()
        self.assertEqual(self.company.lifecycle_prior_date, date(2026, 6, 15))

    # === ACCESS === #

    @freeze_time("2026-06-15 10:00:00")
    def test_another_companys_user_sees_nothing_and_nobody_writes(self):
        self._create_order(self.customer, "2026-06-10 10:00:00")
        self.Status._cron_refresh()
        other = self.env["res.company"].create({"name": "Other"})
        stranger = self._create_user(
            "stranger", "lifecycle_crm.group_lifecycle_manager", company_ids=[(6, 0, other.ids)], company_id=other.id
        )
        for name in ("lifecycle.status", "lifecycle.transition", "lifecycle.mark"):
            self.assertFalse(self.env[name].with_user(stranger).search([]))
        for user in (self.user, self.manager):
            status, transition = self._status().with_user(user), self.Transition.with_user(user)
            self.assertTrue(status.stage_id)
            for attempt in (
                lambda status=status: status.write({"gap_days": 1}),
                lambda status=status: status.unlink(),
                lambda user=user: self.Mark.with_user(user).create(
                    {"partner_id": self.customer.id, "company_id": self.company.id, "cause": "order"}
                ),
                lambda transition=transition: transition.create(
                    {
                        "partner_id": self.customer.id,
                        "company_id": self.company.id,
                        "to_stage_id": self._status().stage_id.id,
                        "moment": "2026-06-15",
                        "cause": "manual",
                    }
                ),
            ):
                with self.assertRaises(AccessError):
                    attempt()
