"""The first page: each figure is that of the list behind it."""

from freezegun import freeze_time

from odoo.exceptions import AccessError
from odoo.fields import Command
from odoo.tests import new_test_user, tagged

from .common import TODAY, DunningCommon


@tagged("post_install", "-at_install")
@freeze_time(TODAY)
class TestDunningDashboard(DunningCommon):
    def _page(self, user=None):
        return self.env["dunning.dashboard"].with_user(user or self.user).get_dunning_dashboard()

    def _todo(self, **kwargs):
        return {entry["key"]: entry for entry in self._page(**kwargs)["todo"]}

    def _invoice(self, amount, due, partner=None):
        return self._create_invoice(amount, due=due, date="2025-01-10", partner=partner)

    def test_what_is_overdue_falls_into_its_age(self):
        for amount, due in (
            (1, "2026-06-14"),  # 1 day
            (10, "2026-05-16"),  # 30
            (100, "2026-05-15"),  # 31
            (1000, "2026-04-16"),  # 60
            (2000, "2026-03-17"),  # 90
            (4000, "2026-03-16"),  # 91
            (8000, "2025-12-17"),  # 180
            (16000, "2025-12-16"),  # 181
            (32000, "2026-06-15"),  # falls due today
        ):
            self._invoice(amount, due)
        self._scan()
        row = self._page()["overdue"]["total"]
        self.assertEqual(row["ages"], {"1_30": 11, "31_60": 1100, "61_90": 2000, "91_180": 12000, "over_180": 16000})
        self.assertEqual((row["total"], row["count"]), (31111, 8))

    def test_each_cell_is_the_sum_of_its_list(self):
        other = self._create_customer("Bar Verdi")
        for partner, amount in ((self.customer, 100), (other, 300)):
            self._invoice(amount, "2026-03-15", partner)
            self._invoice(amount * 2, "2026-06-01", partner)
        self._scan()
        self._scan(other).user_id = self.manager
        overdue = self._page()["overdue"]
        for rows, field in ((overdue["standings"], "standing"), (overdue["users"], "user_id")):
            for row in rows:
                for age, amount in row["ages"].items():
                    found = self.env["dunning.report"].search([(field, "=", row["id"]), ("age", "=", age)])
                    self.assertEqual(sum(found.mapped("amount_residual")), amount)
            self.assertEqual(sum(row["total"] for row in rows), overdue["total"]["total"])
        by_user = [(row["name"], row["total"]) for row in overdue["users"]]
        self.assertEqual(by_user, [(self.manager.name, 900), ("Nobody", 300)])

    def test_disputed_and_paused_stand_apart(self):
        first, second = self._invoice(100, "2026-03-15"), self._invoice(200, "2026-03-16")
        case = self._scan()
        case._dispute(case.line_ids.filtered(lambda line: line.move_id == first), "price")
        rows = {row["id"]: row["total"] for row in self._page()["overdue"]["standings"]}
        self.assertEqual(rows, {"7_disputed": 100, "1_mail": 200})
        self._pay(second)
        self._scan()
        self.assertEqual([row["id"] for row in self._page()["overdue"]["standings"]], ["7_disputed"])

    def test_what_waits_for_a_person_is_counted_as_its_list_counts_it(self):
        self._invoice(100, "2026-01-15")
        case = self._scan()
        self.assertEqual(self._todo()["mail"]["count"], 1)
        case._complete_stage(case.stage_id, TODAY.replace(day=1))
        found = self._todo()
        self.assertEqual((found["call"]["count"], "mail" in found), (1, False))
        model = self.env[self.env.ref(found["call"]["action"]).res_model]
        self.assertEqual(model.search([tuple(leaf) for leaf in found["call"]["domain"] if leaf != "&"]), case)

    def test_near_limitation_is_urgent(self):
        self._create_invoice(100, due="2017-01-31", date="2017-01-01")
        self._scan()
        entry = self._todo()["limitation"]
        self.assertEqual((entry["count"], entry["is_urgent"]), (1, True))

    def test_what_came_in_this_month_is_what_was_paid_of_cases(self):
        late, other = self._invoice(1000, "2026-03-15"), self._invoice(500, "2026-03-16")
        self._scan()
        self._pay(late, 400, date="2026-06-02")
        self._pay(late, 100, date="2026-05-31")  # last month
        self._pay(self._create_invoice(50, due="2026-07-01"), date="2026-06-02")  # in no case
        other._reverse_moves([{"invoice_date": TODAY}], cancel=True)
        self.assertEqual(self._page()["results"]["collected"], 400)

    def test_a_difference_of_exchange_rates_was_not_collected(self):
        dollar = self.env.ref("base.USD")
        dollar.active = True
        dollar.rate_ids.unlink()
        self.env["res.currency.rate"].create(
            [
                {"currency_id": dollar.id, "company_id": self.company.id, "name": day, "rate": rate}
                for day, rate in (("2026-01-01", 1), ("2026-06-01", 1.25))
            ]
        )
        late = self._create_invoice(1000, currency_id=dollar.id)
        self._scan()
        self._pay(late, date="2026-06-02")
        self.assertEqual(late.payment_state, "paid")
        self.assertEqual(self._page()["results"]["collected"], 800)

    def test_promises_of_a_year_are_counted_by_how_they_ended(self):
        self._invoice(1000, "2026-03-15")
        case = self._scan()
        vals = {"case_id": case.id, "amount": 10, "date": TODAY, "made_date": TODAY, "snapshot": {}}
        ends = (("kept", "2026-06-01"), ("broken", "2026-01-10"), ("kept", "2025-06-15"), ("open", False))
        self.env["dunning.promise"].create([{**vals, "state": state, "judged_date": day} for state, day in ends])
        results = self._page()["results"]
        self.assertEqual((results["promises_kept"], results["promises_judged"]), (1, 2))

    def test_twelve_months_are_shown_the_last_as_of_today(self):
        months = self._page()["months"]
        self.assertEqual((len(months), months[0]["date"], months[-1]["date"]), (12, "2025-07-31", "2026-06-15"))

    def test_the_page_says_what_to_do_first(self):
        self.env["dunning.case"].search([]).unlink()
        self.company.dunning_scan_date = False
        self._invoice(1000, "2026-03-15")
        self.assertEqual(self._page()["situation"], "not_scanned")
        self.env["dunning.dashboard"].with_user(self.user).action_scan()
        page = self._page()
        self.assertFalse(page["situation"])
        self.assertEqual(page["overdue"]["total"]["total"], 1000)
        self.env["dunning.case"].search([]).unlink()
        self.env["dunning.policy"].search([]).active = False
        self.assertEqual(self._page()["situation"], "no_policy")

    def test_other_companies_stay_out(self):
        self._invoice(1000, "2026-03-15")
        self._scan()
        other = self.env["res.company"].create({"name": "Altra S.r.l."})
        companies = {"company_id": other.id, "company_ids": [Command.set(other.ids)]}
        user = self._create_user("dunning_other", "dunning_it.group_dunning_user", **companies)
        page = self._page(user)
        self.assertEqual((page["overdue"]["total"]["total"], page["todo"]), (0, []))

    def test_it_is_for_users_of_the_app(self):
        clerk = new_test_user(self.env, "clerk", groups="account.group_account_invoice")
        for method in ("get_dunning_dashboard", "action_scan"):
            with self.assertRaises(AccessError):
                getattr(self.env["dunning.dashboard"].with_user(clerk), method)()

    def test_the_analysis_groups_by_tag_and_audience(self):
        tag = self.env["res.partner.category"].create({"name": "Zona nord"})
        self.customer.category_id = tag
        self._invoice(1000, "2026-03-15")
        self._scan()
        Report = self.env["dunning.report"].with_user(self.user)
        by_tag = Report._read_group([], ["category_ids"], ["amount_residual:sum"])
        self.assertEqual([(found.id, amount) for found, amount in by_tag], [(tag.id, 1000)])
        self.assertEqual(Report._read_group([], ["audience", "due_date:month"], ["__count"])[0][0], "company")

    def test_a_larger_ledger_takes_no_more_queries(self):
        partners = [self._create_customer(f"Cliente {number}") for number in range(3)]
        for partner in partners:
            self._invoice(1000, "2026-03-15", partner)
            self._invoice(1000, "2026-05-15", partner)
            self._scan(partner)
        self._page()
        self.env.flush_all()
        self.env.invalidate_all()
        with self.assertQueryCount(45):
            self._page()
