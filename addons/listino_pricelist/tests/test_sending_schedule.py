"""When a price list is sent again: each month, or when prices change."""

from datetime import timedelta

from freezegun import freeze_time

from odoo import fields
from odoo.exceptions import ValidationError
from odoo.fields import Command
from odoo.tests import tagged
from odoo.tools import mute_logger

from .sending_common import NOON, SendingCommon


@tagged("post_install", "-at_install")
class TestSchedule(SendingCommon):
    def setUp(self):
        super().setUp()
        self.env.user.tz = "Europe/Rome"

    def _at(self, moment):
        with freeze_time(moment):
            self._work()

    def test_each_month_on_the_last_day_whatever_the_month(self):
        self.sending.write({"schedule": "monthly", "month_day": 31, "next_date": "2026-01-31 05:00:00"})
        with freeze_time("2026-01-10 10:00:00"):
            self.sending.action_start()
        self.assertEqual(self.sending.state, "planned")
        self._at("2026-01-30 05:01:00")
        self.assertFalse(self._received())
        self._at("2026-01-31 05:01:00")
        self.assertEqual(self._received(), {"gino@example.com": 1, "emma@example.com": 1})
        self.assertRecordValues(
            self.sending, [{"state": "planned", "next_date": fields.Datetime.to_datetime("2026-02-28 05:00:00")}]
        )
        self._at("2026-02-28 05:01:00")
        self.assertEqual(self._received()["gino@example.com"], 2)
        self.assertEqual(self.sending.next_date, fields.Datetime.to_datetime("2026-03-31 04:00:00"), "summer time")
        self.assertEqual(sorted(set(self.sending.line_ids.mapped("cycle"))), ["2026-01", "2026-02"])

    def test_a_month_brings_one_mail_even_if_the_date_is_moved(self):
        self.sending.write({"schedule": "monthly", "month_day": 5, "next_date": "2026-01-05 05:00:00"})
        with freeze_time("2026-01-05 05:01:00"):
            self.sending.action_start()
            self._work()
            self.sending.action_pause()
            self.sending.write({"month_day": 20, "next_date": "2026-01-20 05:00:00"})
            self.sending.action_start()
        self._at("2026-01-20 05:01:00")
        self.assertEqual(self._received(), {"gino@example.com": 1, "emma@example.com": 1})

    def test_months_that_were_missed_are_not_made_up_for(self):
        self.sending.write({"schedule": "monthly", "month_day": 1, "next_date": "2026-01-01 05:00:00"})
        with freeze_time("2025-12-20"):
            self.sending.action_start()
        self._at("2026-06-15 10:00:00")
        self.assertEqual(self._received(), {"gino@example.com": 1, "emma@example.com": 1})
        self.assertEqual(self.sending.next_date, fields.Datetime.to_datetime("2026-07-01 04:00:00"))

    def test_when_prices_change_those_get_it_whose_prices_do(self):
        self.sending.schedule = "on_change"
        with freeze_time("2026-03-02 06:00:00"):
            self.sending.action_start()
        self._at("2026-03-02 06:01:00")
        self.assertEqual(self._received(), {"gino@example.com": 1, "emma@example.com": 1})
        self._at("2026-03-03 06:01:00")
        self.assertEqual(len(self.emails), 2, "nothing has changed but the date")
        self.assertEqual(len(self.sending.line_ids), 2)
        self.resellers.item_ids.price_discount = 12
        self._at("2026-03-03 10:00:00")
        self.assertEqual(len(self.emails), 2, "once a day")
        self._at("2026-03-04 06:01:00")
        self.assertEqual(self._received(), {"gino@example.com": 2, "emma@example.com": 1})
        self.assertEqual(self._line(self.gino).down_count, 4)
        self._at("2026-03-05 06:01:00")
        self.assertEqual(len(self.emails), 3)

    def test_a_price_that_begins_on_a_day_is_sent_on_that_day(self):
        self.sending.schedule = "on_change"
        product = {"applied_on": "1_product", "product_tmpl_id": self.barolo.product_tmpl_id.id}
        self.public_list.item_ids = [
            Command.create(
                {**product, "compute_price": "fixed", "fixed_price": 33, "date_start": "2026-03-09 00:00:00"}
            )
        ]
        with freeze_time("2026-03-02 06:00:00"):
            self.sending.action_start()
        self._at("2026-03-02 06:01:00")
        self._at("2026-03-08 06:01:00")
        self.assertEqual(len(self.emails), 2)
        self._at("2026-03-09 06:01:00")
        self.assertEqual(len(self.emails), 4)
        _message, texts, _files = self._read_mail(self.emma)
        self.assertIn("Barolo", texts["text/html"])
        self.assertIn("33.00", texts["text/html"])
        self.assertIn("10%", texts["text/html"])
        self.assertEqual(self._line(self.emma).up_count, 1)

    def test_a_price_that_changed_is_told_with_the_decimals_of_the_list(self):
        self.sending.schedule = "on_change"
        self.flour.list_price = 0.035
        with freeze_time("2026-03-02 06:00:00"):
            self.sending.action_start()
        self._at("2026-03-02 06:01:00")
        self.flour.list_price = 0.038
        self._at("2026-03-03 06:01:00")
        _message, texts, _files = self._read_mail(self.emma)
        self.assertIn("0.035", texts["text/html"])
        self.assertIn("0.038", texts["text/html"])

    def test_customers_of_the_same_prices_are_reckoned_once(self):
        more = self.env["res.partner"].create(
            [
                {
                    "name": f"C{number}",
                    "email": f"c{number}@example.com",
                    "lang": "en_US",
                    "specific_property_product_pricelist": self.resellers.id,
                }
                for number in range(6)
            ]
        )
        sending = self._create_sending(more, schedule="on_change", extension="csv")
        with freeze_time("2026-03-02 06:00:00"):
            sending.action_start()
        self._at("2026-03-02 06:01:00")
        made = []
        freeze = type(sending)._freeze
        self.patch(type(sending), "_freeze", lambda self, source: made.append(1) or freeze(self, source))
        self._at("2026-03-03 06:01:00")
        self.assertEqual(len(made), 1)
        self.assertEqual(len(self.emails), 6)

    def test_prices_the_database_refuses_stop_no_other_reader(self):
        self.sending.schedule = "on_change"
        with freeze_time("2026-03-02 06:00:00"):
            self.sending.action_start()
        self._at("2026-03-02 06:01:00")
        self.public_list.item_ids = [
            Command.create({"applied_on": "3_global", "compute_price": "percentage", "percent_price": 10})
        ]
        get_source = type(self.sending)._get_source

        def refuse_gino(sending, partner):
            if partner == self.gino:
                sending.env.cr.execute("SELECT 1 / 0")
            return get_source(sending, partner)

        self.patch(type(self.sending), "_get_source", refuse_gino)
        with mute_logger("odoo.sql_db", "odoo.addons.listino_pricelist.models.listino_sending_mail"):
            self._at("2026-03-03 06:01:00")
        self.assertRecordValues(self.sending, [{"state": "planned", "problem": False}])
        self.assertIn("division by zero", self._line(self.gino).remark)
        self.assertEqual(self._received(), {"gino@example.com": 1, "emma@example.com": 2})

    def test_only_those_whose_prices_changed_since_they_got_it(self):
        with freeze_time("2026-03-02 06:00:00"):
            self.sending.action_start()
            self._work()
        self.resellers.item_ids.price_discount = 12
        second = self._create_sending(self.gino + self.emma, only_changed=True, extension="csv")
        with freeze_time("2026-03-05 06:00:00"):
            second.action_start()
            self._work()
        self.assertEqual(self._line(self.gino, second).state, "sent")
        self.assertRecordValues(
            self._line(self.emma, second), [{"state": "skipped", "remark": "The prices are those of the last time."}]
        )
        self.assertEqual(self._line(self.gino, second).previous_id, self._line(self.gino))

    def test_a_part_is_not_compared_with_the_whole(self):
        with freeze_time("2026-03-02 06:00:00"):
            self.sending.action_start()
            self._work()
            part = self._create_sending(
                self.gino, only_changed=True, extension="csv", category_ids=[Command.set(self.pasta.ids)]
            )
            part.action_start()
            self._work()
        self.assertRecordValues(part.line_ids, [{"state": "sent", "previous_id": False}])

    def test_days_that_do_not_exist(self):
        for day in (0, 32, -1):
            with self.assertRaisesRegex(ValidationError, "between 1 and 31"):
                self._create_sending(schedule="monthly", month_day=day)
        for days in (0, 10000):
            with self.assertRaisesRegex(ValidationError, "1 to 1098"):
                self._create_sending(method="link", link_days=days)

    def test_a_later_date_is_waited_for(self):
        with freeze_time(NOON):
            self.sending.next_date = fields.Datetime.now() + timedelta(hours=2)
            self.sending.action_start()
            self.assertEqual(self.sending.state, "planned")
            self._work()
            self.assertFalse(self._received())
        self._at("2026-03-02 14:00:01")
        self.assertEqual(self.sending.state, "done")
        self.assertEqual(len(self.emails), 2)

    def test_a_sending_that_can_not_begin_pauses_and_says_why(self):
        other = self._create_sending(self.emma, extension="csv")
        with freeze_time(NOON):
            self.sending.action_start()
            other.action_start()
            origin = type(other)._get_recipients

            def fail(sending):
                if sending == self.sending:
                    raise ValueError("no ink")
                return origin(sending)

            self.patch(type(other), "_get_recipients", fail)
            self._work()
        self.assertRecordValues(self.sending, [{"state": "paused", "problem": "no ink"}])
        self.assertEqual(other.state, "done")
