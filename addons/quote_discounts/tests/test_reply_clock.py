"""The customer's clock: in working hours, with one reminder before and one after, and figures by seller."""

from datetime import datetime

from freezegun import freeze_time

from odoo.exceptions import AccessError
from odoo.fields import Command
from odoo.tests import new_test_user, tagged

from ..models.sale_order_clock import ACTIVITY
from .common import QuoteCommon

MONDAY_9 = "2026-03-09 08:00:00"  # 9 in Rome
FRIDAY_17 = "2026-03-13 16:00:00"  # 17 in Rome


class ClockCommon(QuoteCommon):
    """A company that works from 8 to 12 and from 13 to 17, and replies within 16 hours."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        hours = [
            Command.create(
                {"name": "x", "dayofweek": str(day), "hour_from": start, "hour_to": end, "day_period": period}
            )
            for day in range(5)
            for start, end, period in ((8, 12, "morning"), (13, 17, "afternoon"))
        ]
        calendar = cls.env["resource.calendar"].create(
            {"name": "Office", "tz": "Europe/Rome", "attendance_ids": [Command.clear(), *hours]}
        )
        cls.company.write({"resource_calendar_id": calendar.id, "quote_reply_hours": 16, "quote_reply_warn_hours": 4})

    @classmethod
    def _quote_at(cls, moment, user=None, **values):
        with freeze_time(moment):
            order = cls._create_order(cls.pasta_product, user=user, **values)
            cls.env.cr.execute("UPDATE sale_order SET create_date = %s WHERE id = %s", (moment, order.id))
            order.invalidate_recordset(["create_date"])
        return order.sudo()

    def _remind_at(self, moment):
        with freeze_time(moment), self.enter_registry_test_mode():
            self.env.ref("quote_discounts.ir_cron_remind_of_replies").method_direct_trigger()

    def _reminders(self, order):
        kind = self.env.ref(ACTIVITY)
        return order.activity_ids.filtered(lambda activity: activity.activity_type_id == kind)


@tagged("post_install", "-at_install")
class TestReplyClock(ClockCommon):
    # === DEADLINE === #

    def test_the_deadline_is_in_working_hours(self):
        order = self._quote_at(MONDAY_9)
        self.assertRecordValues(
            order,
            [
                {
                    "reply_requested_on": datetime(2026, 3, 9, 8),
                    "reply_warning_on": datetime(2026, 3, 10, 13),  # 12 hours: 7 on Monday, 5 on Tuesday: 14 in Rome
                    "reply_deadline": datetime(2026, 3, 11, 8),  # 7 + 8 + 1: Wednesday at 9
                    "replied_on": False,
                }
            ],
        )

    def test_a_weekend_and_a_holiday_do_not_count(self):
        self.env["resource.calendar.leaves"].create(
            {
                "name": "Holiday",
                "calendar_id": self.company.resource_calendar_id.id,
                "company_id": self.company.id,
                "date_from": datetime(2026, 3, 16),
                "date_to": datetime(2026, 3, 16, 22),
            }
        )
        order = self._quote_at(FRIDAY_17)
        self.assertEqual(order.reply_deadline, datetime(2026, 3, 18, 16))  # all of Tuesday and Wednesday

    def test_the_first_quote_of_an_opportunity_counts_from_its_request(self):
        lead = self.env["crm.lead"].create({"name": "x", "type": "opportunity", "partner_id": self.customer.id})
        self.env.cr.execute("UPDATE crm_lead SET create_date = %s WHERE id = %s", ("2026-03-06 08:00:00", lead.id))
        lead.invalidate_recordset(["create_date"])
        lead.user_id = self.seller
        first = self._quote_at(MONDAY_9, opportunity_id=lead.id)
        self.assertEqual(first.reply_requested_on, datetime(2026, 3, 6, 8))
        second = self._quote_at(MONDAY_9, opportunity_id=lead.id)
        self.assertEqual(second.reply_requested_on, datetime(2026, 3, 9, 8))

    def test_without_hours_there_is_no_clock(self):
        self.company.quote_reply_hours = 0
        self.assertFalse(self._quote_at(MONDAY_9).reply_deadline)

    def test_without_a_calendar_plain_hours_count(self):
        self.company.resource_calendar_id = False
        self.assertEqual(self._quote_at(MONDAY_9).reply_deadline, datetime(2026, 3, 10, 0))

    def test_a_copy_starts_anew(self):
        order = self._quote_at(MONDAY_9)
        with freeze_time("2026-03-10 08:00:00"):
            order.action_quotation_sent()
            copied = order.copy()
        self.assertEqual(copied.reply_requested_on, datetime(2026, 3, 10, 8))
        self.assertFalse(copied.replied_on)

    def test_orders_that_customers_make_themselves_wait_for_no_reply_but_requests_from_a_list_do(self):
        customer = new_test_user(self.env, "clock_portal", groups="base.group_portal")
        Order = self.env["sale.order"].with_user(customer).sudo()
        vals = {"partner_id": self.customer.id}
        self.assertFalse(Order.create(vals).reply_deadline)
        self.assertTrue(Order.create({**vals, "listino_request_key": "k1"}).reply_deadline)
        self.company.quote_reply_skips_online = False
        self.assertTrue(Order.create(vals).reply_deadline)

    # === REPLY === #

    def test_the_first_time_that_it_leaves_stays(self):
        order = self._quote_at(MONDAY_9)
        with freeze_time("2026-03-10 08:00:00"):
            order.action_quotation_sent()
            self.env.flush_all()
        self.assertRecordValues(order, [{"replied_on": datetime(2026, 3, 10, 8), "reply_status": "in_time"}])
        self.assertAlmostEqual(order.reply_hours, 8)
        with freeze_time("2026-03-20 08:00:00"):
            order.action_cancel()
            order.action_draft()
            order.action_confirm()
            self.env.flush_all()
        self.assertEqual(order.replied_on, datetime(2026, 3, 10, 8))

    def test_a_file_sent_to_the_customer_is_a_reply_and_a_note_or_a_question_is_none(self):
        order = self._quote_at(MONDAY_9)
        options = {"message_type": "comment", "subtype_xmlid": "mail.mt_comment"}
        him = {"partner_ids": self.customer.ids, **options}
        file = {"attachments": [("quote.pdf", b"%PDF")]}
        seller = order.with_user(self.seller)
        seller.message_post(body="note", subtype_xmlid="mail.mt_note", **file)
        seller.message_post(body="to a colleague", partner_ids=self.manager.partner_id.ids, **options, **file)
        seller.message_post(body="How many pages?", **him)
        order.message_post(body="from him", author_id=self.customer.id, **him, **file)
        self.assertFalse(order.replied_on)
        seller.message_post(body="here", **him, **file)
        self.assertTrue(order.replied_on)

    def test_a_shared_link_is_a_reply(self):
        order = self._quote_at(MONDAY_9)
        self.seller.group_ids += self.env.ref("base.group_partner_manager")
        share = (
            self.env["portal.share"]
            .with_user(self.seller)
            .create({"res_model": "sale.order", "res_id": order.id, "partner_ids": self.customer.ids})
        )
        share.action_send_mail()
        self.assertTrue(order.replied_on)

    def test_the_status_says_how_it_stands(self):
        order = self._quote_at(MONDAY_9)
        for moment, status in (
            ("2026-03-10 09:00:00", "waiting"),
            ("2026-03-10 14:00:00", "near"),
            ("2026-03-11 09:00:00", "late"),
        ):
            with freeze_time(moment):
                order.invalidate_recordset(["reply_status"])
                self.assertEqual(order.reply_status, status)
        with freeze_time("2026-03-11 09:00:00"):
            late = [("reply_deadline", "<", "now"), ("replied_on", "=", False), ("state", "=", "draft")]
            self.assertIn(order, self.env["sale.order"].search(late))
            order.action_quotation_sent()
        self.assertEqual(order.reply_status, "too_late")

    # === REMINDERS === #

    def test_the_salesperson_is_reminded_once_before_and_once_after(self):
        order = self._quote_at(MONDAY_9)
        self._remind_at("2026-03-10 12:00:00")
        self.assertFalse(self._reminders(order))
        for moment in ("2026-03-10 13:30:00", "2026-03-10 14:00:00"):
            self._remind_at(moment)
        near = self._reminders(order)
        self.assertRecordValues(near, [{"user_id": self.seller.id, "date_deadline": datetime(2026, 3, 11).date()}])
        for moment in ("2026-03-11 08:30:00", "2026-03-12 08:30:00"):
            self._remind_at(moment)
        missed = self._reminders(order)
        self.assertEqual(len(missed), 1)
        self.assertNotEqual(missed, near)
        self.assertNotEqual(missed.summary, near.exists().summary)
        missed.action_feedback()
        self._remind_at("2026-03-13 08:30:00")
        self.assertFalse(self._reminders(order))

    def test_a_quote_that_leaves_needs_no_reminder_any_more(self):
        order = self._quote_at(MONDAY_9)
        self._remind_at("2026-03-10 13:30:00")
        order.with_user(self.seller).action_quotation_sent()
        self.assertFalse(self._reminders(order))
        self._remind_at("2026-03-12 13:30:00")
        self.assertFalse(self._reminders(order))

    def test_a_cancelled_quote_reminds_nobody(self):
        order = self._quote_at(MONDAY_9)
        self._remind_at("2026-03-10 13:30:00")
        order.action_cancel()
        self.assertFalse(self._reminders(order))
        self._remind_at("2026-03-12 13:30:00")
        self.assertFalse(self._reminders(order))

    def test_without_a_salesperson_the_head_of_the_team_is_told(self):
        order = self._quote_at(MONDAY_9)
        order.user_id = False
        order.team_id = self.env["crm.team"].create({"name": "Kitchens", "user_id": self.manager.id})
        self._remind_at("2026-03-10 13:30:00")
        self.assertEqual(self._reminders(order).user_id, self.manager)

    def test_many_quotes_are_told_by_few_queries_each(self):
        orders = self.env["sale.order"]
        for _number in range(12):
            orders += self._quote_at(MONDAY_9)
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        self._remind_at("2026-03-12 13:30:00")
        # Each gets an activity and a mail to the salesperson, for which Odoo asks whether the quote may be shown.
        self.assertLess((self.env.cr.sql_log_count - before) / len(orders), 40)
        self.assertTrue(all(order.reply_missed_on for order in orders))

    # === RIGHTS === #

    def test_a_salesperson_does_not_set_the_clock(self):
        order = self._quote_at(MONDAY_9).with_user(self.seller)
        for name in ("reply_requested_on", "reply_deadline", "reply_warning_on", "replied_on", "reply_missed_on"):
            with self.assertRaises(AccessError):
                order.write({name: "2026-03-09 08:00:00"})
        with self.assertRaises(AccessError):
            order.write({"reply_hours": 0.5})
        with freeze_time(MONDAY_9):
            made = self._create_order(
                replied_on="2020-01-01", reply_deadline="2030-01-01", reply_warned_on="2020-01-01"
            )
            context = {"default_replied_on": "2020-01-01", "default_reply_requested_on": "2020-01-01"}
            also = self.env["sale.order"].with_user(self.seller).with_context(**context)
            also = also.create({"partner_id": self.customer.id})
        for order in made + also:
            self.assertFalse(order.replied_on)
            self.assertFalse(order.reply_warned_on)
            self.assertEqual(order.reply_deadline, datetime(2026, 3, 11, 8))

    def test_a_manager_may_say_when_the_customer_asked(self):
        order = self._quote_at(MONDAY_9).with_user(self.manager)
        order.reply_requested_on = "2026-03-06 08:00:00"
        self.assertEqual(order.reply_deadline, datetime(2026, 3, 10, 8))
        with self.assertRaises(AccessError):
            order.replied_on = "2026-03-06 08:00:00"

    # === FIGURES === #

    def test_the_figures_are_medians_by_seller_and_month(self):
        for day, hour in ((9, 9), (9, 10), (10, 8)):  # one, two and eight hours
            order = self._quote_at(MONDAY_9)
            with freeze_time(datetime(2026, 3, day, hour)):
                order.action_quotation_sent()
                self.env.flush_all()
        self._quote_at("2026-03-01 08:00:00")
        self._quote_at("2026-03-18 08:00:00")
        with freeze_time("2026-03-18 09:00:00"):
            figures = self.env["quote.reply.dashboard"].with_user(self.seller).get_figures()
            everybody = self.env["quote.reply.dashboard"].with_user(self.manager).get_figures()
        self.assertEqual((figures["cards"]["waiting"], figures["cards"]["late"], figures["cards"]["near"]), (2, 1, 0))
        [mine] = figures["sellers"]
        self.assertEqual(
            mine,
            {
                "id": self.seller.id,
                "name": self.seller.name,
                "median": 2.0,
                "count": 3,
                "in_time": 100,
                "months": {"2026-03-01": 2.0},
            },
        )
        self.assertEqual(figures["months"][0], "2025-10-01")
        self.assertIn(mine, everybody["sellers"])

    def test_a_month_begins_at_midnight_where_the_reader_is(self):
        self.seller.tz = "Europe/Rome"
        order = self._quote_at("2025-09-30 08:00:00")
        with freeze_time("2025-09-30 22:30:00"):  # the first of October in Rome
            order.action_quotation_sent()
            self.env.flush_all()
        with freeze_time("2026-03-18 09:00:00"):
            figures = self.env["quote.reply.dashboard"].with_user(self.seller).get_figures()
        [mine] = figures["sellers"]
        self.assertEqual(list(mine["months"]), ["2025-10-01"])
        self.assertEqual(figures["since"], "2025-09-30 22:00:00", "what a click on the seller lists, too")

    def test_a_colleagues_quotes_are_not_in_the_figures_of_a_salesperson_of_own_documents(self):
        colleague = self._create_salesperson("clock_colleague")
        order = self._quote_at(MONDAY_9, user=colleague)
        with freeze_time("2026-03-10 08:00:00"):
            order.action_quotation_sent()
            self.env.flush_all()
            figures = self.env["quote.reply.dashboard"].with_user(self.seller).get_figures()
        self.assertNotIn(colleague.id, [seller["id"] for seller in figures["sellers"]])
        nobody = new_test_user(self.env, "clock_nobody", groups="base.group_user")
        with self.assertRaises(AccessError):
            self.env["quote.reply.dashboard"].with_user(nobody).get_figures()
