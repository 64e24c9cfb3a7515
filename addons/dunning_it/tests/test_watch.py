"""The watch list: who is on it, and its history."""

from freezegun import freeze_time
from psycopg2.errors import UniqueViolation

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Date
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import DunningCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-06-15 08:00:00")
class TestWatch(DunningCommon):
    def _watch(self, user=None, partner=None, **values):
        values = {"partner_id": (partner or self.customer).id, "reason": "Careful", **values}
        return self.env["dunning.watch"].with_user(user or self.user).create(values)

    def test_it_is_about_the_customer_as_a_whole(self):
        office = self._create_customer("Filiale Rossi", parent_id=self.customer.id, is_company=False)
        watch = self._watch(partner=office)
        self.assertEqual(watch.partner_id, self.customer)
        self.assertEqual((watch.user_id, watch.start_date), (self.user, Date.today()))

    def test_the_customer_of_the_window_is_put_on_it_as_a_whole(self):
        office = self._create_customer("Filiale Rossi", parent_id=self.customer.id, is_company=False)
        watches = self.env["dunning.watch"].with_user(self.user).with_context(default_partner_id=office.id)
        self.assertEqual(watches.create({"reason": "Careful"}).partner_id, self.customer)

    @mute_logger("odoo.sql_db")
    def test_a_customer_is_on_it_once(self):
        self._watch()
        with self.assertRaises(UniqueViolation), self.env.cr.savepoint():
            self._watch(effect="block")

    def test_it_is_ended_by_a_manager_with_a_reason_and_stays_as_history(self):
        watch = self._watch()
        with self.assertRaises(AccessError):
            watch.action_end()
        mine = watch.with_user(self.manager)
        with self.assertRaisesRegex(UserError, "why"):
            mine.action_end()
        mine.end_reason = "He pays again"
        mine.action_end()
        self.assertRecordValues(watch, [{"end_date": Date.today(), "ended_by_id": self.manager.id}])
        with self.assertRaises(UserError):
            mine.reason = "Otherwise"
        with self.assertRaises(AccessError):
            mine.unlink()
        self._watch(effect="block")

    def test_who_and_when_is_not_entered_by_hand(self):
        for values in ({"user_id": self.manager.id}, {"start_date": "2020-01-01"}, {"end_date": "2026-06-15"}):
            with self.assertRaises(AccessError):
                self._watch(**values)
            defaults = {f"default_{name}": value for name, value in values.items()}
            with self.assertRaises(AccessError):
                self.env["dunning.watch"].with_user(self.user).with_context(**defaults).create(
                    {"partner_id": self.customer.id, "reason": "Careful"}
                )
        watch = self._watch()
        for values in (
            {"user_id": self.user.id},
            {"end_date": "2026-06-15"},
            {"partner_id": self.company.partner_id.id},
        ):
            with self.assertRaises(AccessError):
                watch.with_user(self.manager).write(values)
        with self.assertRaises(AccessError):
            watch.effect = "warn"

    def test_somebody_is_reminded_to_look_again(self):
        watch = self._watch(review_date="2026-09-01")
        self.assertRecordValues(
            watch.activity_ids, [{"date_deadline": Date.to_date("2026-09-01"), "user_id": self.user.id}]
        )
        watch.with_user(self.manager).review_date = "2026-10-01"
        self.assertEqual(watch.activity_ids.date_deadline, Date.to_date("2026-10-01"))
        watch.with_user(self.manager).end_reason = "Paid"
        watch.with_user(self.manager).action_end()
        self.assertFalse(watch.activity_ids)
        with self.assertRaises(ValidationError):
            self._watch(review_date="2026-06-14")

    def test_from_the_customer_or_the_case_comes_his_line_or_a_new_one(self):
        self._create_invoice()
        case = self._scan().with_user(self.user)
        self.assertFalse(case.action_watch()["res_id"])
        watch = self._watch()
        self.assertEqual(case.action_watch()["res_id"], watch.id)
        self.assertEqual(self.customer.with_user(self.user).action_dunning_watch()["res_id"], watch.id)

    def test_of_merged_customers_the_strictest_line_stays(self):
        other = self._create_customer("Trattoria Verdi")
        kept = self._watch(effect="warn")
        strict = self._watch(partner=other, effect="block")
        self.env["base.partner.merge.automatic.wizard"]._merge((self.customer | other).ids, self.customer)
        self.assertEqual(strict.partner_id, self.customer)
        self.assertFalse(strict.end_date)
        self.assertEqual(kept.end_date, Date.today())
