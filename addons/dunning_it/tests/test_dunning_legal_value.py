"""The table of the law as records: what may be entered, who confirms, what is remembered and who is reminded."""

from ast import literal_eval
from datetime import date, datetime
from decimal import Decimal

from freezegun import freeze_time
from lxml import etree

from odoo.exceptions import AccessError, ValidationError
from odoo.fields import Command
from odoo.tests import Form, TransactionCase, new_test_user, tagged
from odoo.tools import format_date, mute_logger

from ..law.codes import CODES
from ..law.interest import Curve
from ..models.dunning_legal_value_names import CODE_NAMES
from .common import speak_english

RATE = {"code": "ecb_reference", "amount": 2.15, "date_from": "2026-07-01", "date_to": "2026-12-31"}


@tagged("post_install", "-at_install")
class TestDunningLegalValue(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        speak_english(cls)
        groups = "dunning_it.group_dunning_manager,base.group_allow_export"
        cls.manager = new_test_user(cls.env, "law_manager", groups=groups, lang="en_US")
        cls.user = new_test_user(cls.env, "law_user", groups="dunning_it.group_dunning_user", lang="en_US")
        cls.values = cls.env["dunning.legal.value"].with_user(cls.manager)
        cls.group = cls.env.ref("dunning_it.group_dunning_manager")
        cls.group.user_ids = [Command.set(cls.manager.ids)]

    def create_rate(self, **vals):
        return self.values.create({**RATE, **vals})

    def assert_refused(self, message, **vals):
        with self.assertRaisesRegex(ValidationError, message), self.env.cr.savepoint():
            self.create_rate(**vals)

    # === WHAT IS SHIPPED === #

    def test_each_code_has_a_name_and_at_least_one_row(self):
        self.assertEqual({code for code, _name in CODE_NAMES}, set(CODES))
        self.assertEqual({row.code for row in self.values._get_table().rows}, set(CODES))

    def test_the_shipped_table_has_no_gap_and_names_its_sources(self):
        table = self.values._get_table()
        self.assertEqual(table.problems(until=date(2026, 6, 30)), [])
        self.assertFalse([row for row in table.rows if not row.source])

    def test_what_is_not_verified_is_shipped_to_confirm(self):
        unconfirmed = {row.code for row in self.values._get_table().unconfirmed()}
        self.assertLessEqual({"justice_of_peace_limit", "court_fee", "clerk_advance"}, unconfirmed)
        self.assertFalse(unconfirmed & {"legal_rate", "flat_compensation", "limitation_ordinary", "opposition_days"})

    def test_the_shipped_rates_for_late_payment_are_those_published(self):
        curve = Curve(self.values._get_table(), "late_payment")
        published = {
            date(2013, 1, 1): "8.75",
            date(2014, 12, 31): "8.15",
            date(2016, 6, 30): "8.05",
            date(2020, 3, 1): "8",
            date(2023, 7, 1): "12",
            date(2024, 2, 29): "12.5",
            date(2025, 1, 1): "11.15",
            date(2026, 6, 30): "10.15",
        }
        self.assertEqual(
            {day: curve.rate(day) for day in published}, {day: Decimal(rate) for day, rate in published.items()}
        )
        self.assertIsNone(curve.rate(date(2026, 7, 1)))

    def test_the_second_half_of_2026_is_left_to_the_user(self):
        self.assertEqual(self.values._get_table().lacking(date(2026, 6, 30)), [])
        self.assertEqual(self.values._get_table().lacking(date(2026, 7, 1)), ["ecb_reference"])

    # === WHAT MAY BE ENTERED === #

    def test_a_reference_rate_must_cover_exactly_its_half_year(self):
        self.assert_refused("one half-year", date_to="2026-12-30")
        self.assert_refused("one half-year", date_from="2026-07-02")
        self.assert_refused("one half-year.*no end", date_to=False)
        self.assert_refused("one half-year", date_to="2027-06-30")
        self.assertTrue(self.create_rate())

    def test_a_legal_rate_must_cover_exactly_its_year(self):
        legal = {"code": "legal_rate", "date_from": "2027-01-01"}
        self.assert_refused("one year", **legal, date_to="2027-06-30")
        self.assert_refused("one year", **legal, date_to=False)
        self.assertTrue(self.create_rate(**legal, date_to="2027-12-31"))

    def test_two_values_never_hold_on_one_day(self):
        self.assert_refused("two values hold", date_from="2026-01-01", date_to="2026-06-30")
        self.assert_refused("two values hold on 01/01/2027", **self.limit("2027-01-01"))
        self.env.ref("dunning_it.legal_justice_of_peace_limit_2026").with_user(self.manager).date_to = "2026-12-31"
        self.assertTrue(self.create_rate(**self.limit("2027-01-01")))

    def limit(self, since):
        return {"code": "justice_of_peace_limit", "amount": 30000, "date_from": since, "date_to": False}

    def test_brackets_of_one_day_stand_beside_each_other_and_only_where_they_belong(self):
        fee = {"code": "court_fee", "date_from": "2027-01-01", "date_to": False}
        self.assert_refused("two values hold", **fee, up_to=1100)
        self.assertTrue(self.create_rate(**fee, up_to=2000))
        self.assert_refused("does not depend on the amount", up_to=1000)

    def test_a_last_day_before_the_first_is_refused(self):
        self.assert_refused("is before the first one", code="flat_compensation", date_to="2026-06-30")

    @mute_logger("odoo.sql_db")
    def test_only_the_reference_rate_can_be_negative(self):
        self.assertTrue(self.create_rate(amount=-0.5))
        columns = ["code", "amount", "date_from", "date_to"]
        result = self.values.load(columns, [["legal_rate", "-1", "2027-01-01", "2027-12-31"]])
        self.assertFalse(result["ids"])
        self.assertRegex(result["messages"][0]["message"], "can be negative")

    # === THE TABLE === #

    def test_the_table_is_remembered_until_a_value_changes(self):
        table = self.values._get_table()
        with self.assertQueryCount(0):
            self.assertIs(self.values._get_table(), table)
        rate = self.create_rate(amount=2.4)
        self.assertEqual(self.values._get_table().at("ecb_reference", date(2026, 8, 1)).amount, Decimal("2.4"))
        rate.amount = 2.65
        self.assertEqual(self.values._get_table().at("ecb_reference", date(2026, 8, 1)).amount, Decimal("2.65"))
        rate.unlink()
        self.assertIsNone(self.values._get_table().find("ecb_reference", date(2026, 8, 1)))

    def test_amounts_are_the_decimals_they_are_written_as(self):
        table = self.values._get_table()
        self.assertEqual(table.at("standing_alone_limit", date(2010, 1, 1)).amount, Decimal("516.46"))
        self.assertEqual(table.at("legal_rate", date(2021, 1, 1)).amount, Decimal("0.01"))

    # === WHO CONFIRMS === #

    @freeze_time("2026-11-27 10:00:00")
    def test_a_manager_confirms_by_name_and_date(self):
        rate = self.create_rate()
        self.assertEqual(rate.state, "to_confirm")
        rate.action_confirm()
        self.assertEqual((rate.state, rate.confirmed_by_id), ("confirmed", self.manager))
        self.assertEqual(rate.confirmed_on, datetime(2026, 11, 27, 10))
        self.assertTrue(self.values._get_table().at("ecb_reference", date(2026, 8, 1)).confirmed)

    def test_a_value_that_changes_is_to_confirm_again(self):
        rate = self.create_rate(state="confirmed")
        rate.write({"amount": 2.15, "date_from": "2026-07-01", "note": "As published."})
        self.assertEqual(rate.state, "confirmed", "the same value described otherwise is still confirmed")
        rate.amount = 2.4
        self.assertRecordValues(rate, [{"state": "to_confirm", "confirmed_by_id": False, "confirmed_on": False}])

    def test_nobody_confirms_in_the_name_of_another(self):
        admin = self.env.ref("base.user_admin")
        rate = self.create_rate(state="confirmed", confirmed_by_id=admin.id, confirmed_on="2020-01-01")
        self.assertEqual(rate.confirmed_by_id, self.manager)
        rate.confirmed_by_id = admin
        self.assertEqual(rate.confirmed_by_id, self.manager)

    def test_what_the_app_ships_confirmed_bears_no_name(self):
        shipped = self.env.ref("dunning_it.legal_legal_rate_2026")
        self.assertRecordValues(shipped, [{"state": "confirmed", "confirmed_by_id": False, "confirmed_on": False}])

    def test_users_read_the_law_and_only_managers_change_or_confirm_it(self):
        rate = self.create_rate().with_user(self.user)
        self.assertEqual(rate.amount, 2.15)
        for refused in (
            rate.action_confirm,
            lambda: rate.write({"state": "confirmed"}),
            lambda: rate.write({"amount": 1}),
            lambda: rate.create({**RATE, "date_from": "2027-01-01", "date_to": "2027-06-30"}),
            rate.unlink,
        ):
            with self.assertRaises(AccessError), self.env.cr.savepoint():
                refused()
        stranger = new_test_user(self.env, "law_stranger", groups="base.group_user")
        with self.assertRaises(AccessError):
            rate.with_user(stranger).read(["amount"])

    def test_a_group_given_write_access_by_somebody_still_does_not_confirm(self):
        self.env.ref("dunning_it.access_dunning_legal_value_user").write({"perm_write": True, "perm_create": True})
        rate = self.create_rate().with_user(self.user)
        rate.note = "Found in the Gazzetta Ufficiale."
        with self.assertRaisesRegex(AccessError, "Only a dunning manager confirms"):
            rate.action_confirm()
        with self.assertRaisesRegex(AccessError, "Only a dunning manager confirms"):
            rate.create({**RATE, "date_from": "2027-01-01", "date_to": "2027-06-30", "state": "confirmed"})

    def test_whoever_may_not_read_values_still_gets_what_interest_rests_on(self):
        stranger = new_test_user(self.env, "law_stranger", groups="base.group_user")
        self.env.registry.clear_cache()
        self.assertTrue(self.values.with_user(stranger)._get_table().rows)

    # === IN AND OUT === #

    def test_values_go_out_and_come_in_by_their_external_ids(self):
        fee = self.env.ref("dunning_it.legal_court_fee_1100").with_user(self.manager)
        columns = ["id", "code", "amount", "up_to", "date_from", "date_to", "source", "state"]
        rows = fee.export_data(columns)["datas"]
        self.assertEqual(rows[0][0], "dunning_it.legal_court_fee_1100")
        changed = [[45 if column == "amount" else cell for column, cell in zip(columns, rows[0], strict=True)]]
        result = self.values.load(columns, changed)
        self.assertEqual((result["ids"], result["messages"]), (fee.ids, []))
        self.assertEqual((fee.amount, fee.confirmed_by_id), (45, self.manager))

    def test_a_bad_file_is_told_what_is_wrong_and_changes_nothing(self):
        before = self.values.search_count([])
        columns = ["code", "amount", "date_from", "date_to"]
        rows = [["ecb_reference", "2", "2027-01-01", "2027-06-30"], ["ecb_reference", "2", "2027-07-02", "2027-12-31"]]
        messages = self.values.load(columns, rows)["messages"]
        self.assertRegex(messages[0]["message"], "one half-year")
        self.assertEqual(self.values.search_count([]), before)

    def test_a_new_version_that_ships_what_a_user_entered_adopts_it(self):
        rate = self.create_rate(amount=2.4)
        xml_id = "dunning_it.legal_ecb_reference_2026_2"
        data = {"xml_id": xml_id, "noupdate": True, "values": {**RATE, "state": "confirmed"}}
        loaded = self.env["dunning.legal.value"]._load_records([data], update=True)
        self.assertEqual((loaded, self.env.ref(xml_id)), (rate.sudo(), rate.sudo()))
        self.assertEqual((rate.amount, rate.state), (2.4, "to_confirm"), "what the user entered stays")

    # === REMINDERS === #

    def remind(self):
        self.env["dunning.legal.value"]._cron_remind()
        return self.env["mail.activity"].search([("user_id", "=", self.manager.id)], order="id").mapped("summary")

    @freeze_time("2026-11-27")
    def test_managers_are_told_of_a_missing_rate_until_it_is_entered_and_once(self):
        missing = "Enter a value: ECB reference rate"
        self.assertEqual(self.remind(), [missing, "Confirm what the law says"])
        self.assertEqual(self.remind(), [missing, "Confirm what the law says"], "nobody is told twice")
        self.env["mail.activity"].search([("summary", "=", missing)]).action_done()
        self.assertEqual(self.remind().count(missing), 1, "done but not entered: told again")
        self.env["mail.activity"].search([("summary", "=", missing)]).action_done()
        self.create_rate()
        self.assertNotIn(missing, self.remind())

    def test_what_is_to_confirm_is_told_once_a_year(self):
        told = {}
        for day in ("2026-02-01", "2026-03-01", "2027-01-31", "2027-02-01"):
            with freeze_time(day):
                told[day] = "Confirm what the law says" in self.remind()
                self.env["mail.activity"].search([("user_id", "=", self.manager.id)]).action_done()
        self.assertEqual([day for day, was_told in told.items() if was_told], ["2026-02-01", "2027-02-01"])

    @freeze_time("2026-02-01")
    def test_where_all_is_entered_and_confirmed_nobody_is_reminded(self):
        self.values.search([]).action_confirm()
        self.assertEqual(self.remind(), [])

    @freeze_time("2026-11-27")
    def test_an_empty_table_reminds_nobody_and_breaks_nothing(self):
        self.values.search([]).unlink()
        self.assertEqual(self.remind(), [])

    @freeze_time("2026-02-01")
    def test_a_rate_missing_among_the_others_is_told_with_its_days(self):
        self.values.search([]).action_confirm()
        self.env.ref("dunning_it.legal_legal_rate_2020").unlink()
        self.assertEqual(self.remind(), ["Enter a value: Legal interest rate"])
        note = self.env["mail.activity"].search([("user_id", "=", self.manager.id)]).note
        days = (format_date(self.env, date(2020, *day), self.manager.lang) for day in ((1, 1), (12, 31)))
        self.assertIn("no value holds from {} to {}".format(*days), note)

    @freeze_time("2026-02-01")
    def test_a_rate_without_any_row_is_told_too(self):
        self.values.search([]).action_confirm()
        self.values.search([("code", "=", "legal_rate")]).unlink()
        self.assertEqual(self.remind(), ["Enter a value: Legal interest rate"])

    @freeze_time("2026-11-27")
    def test_reminders_of_all_values_at_once_cost_no_query_a_value(self):
        self.remind()
        self.env["mail.activity"].search([]).unlink()
        self.values.search([]).write({"state": "to_confirm", "reminded_on": False})
        self.env.flush_all()
        self.assertGreaterEqual(self.values.search_count([]), 100)
        with self.assertQueryCount(75):
            self.remind()

    # === VIEWS === #

    def test_a_manager_enters_a_rate_in_the_form(self):
        with Form(self.values) as form:
            form.code = "ecb_reference"
            self.assertEqual(form.unit, "percent")
            form.amount, form.date_from, form.date_to = 2.4, "2026-07-01", "2026-12-31"
        self.assertRecordValues(form.record, [{"state": "to_confirm", "amount": 2.4}])

    @freeze_time("2026-10-31")
    def test_the_search_shows_what_is_in_force_today(self):
        arch = etree.fromstring(self.values.get_view(view_type="search")["arch"])
        domain = literal_eval(arch.find(".//filter[@name='in_force']").get("domain").strip())
        limits = self.values.search([("code", "=", "justice_of_peace_limit"), *domain])
        self.assertEqual(limits.mapped("amount"), [30000])
