"""The list of the day, the calls, and what follows from them."""

import datetime

from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from ..gate.verdict import LATER, REFUSED, Reason, Verdict
from .desk_common import NOON, DeskCommon


@tagged("post_install", "-at_install")
@freeze_time(NOON)
class TestToday(DeskCommon):
    # === WHO IS ON IT === #

    def test_the_oldest_promise_comes_first_and_a_customer_is_on_the_list_once(self):
        bar = self._create_customer("Bar Verdi", user_id=self.user.id)
        self._list_touch(self.customer, days_ago=1)
        self._agree(self.customer, "2026-06-01")
        self._agree(bar, "2026-06-10")
        items = self._get_list()
        self.assertRecordValues(
            items,
            [
                {"partner_id": bar.id, "kind": "contact", "user_id": self.user.id},
                {"partner_id": self.customer.id, "kind": "play", "user_id": self.user.id},
            ],
        )
        self.assertIn("Greet", items[1].reason)

    def test_nobody_is_called_before_the_day(self):
        self._agree(self.customer, "2026-06-16")
        self.assertFalse(self._get_list())
        with freeze_time("2026-06-15 22:30:00"):  # half past midnight in Rome
            self.assertEqual(self._get_list().partner_id, self.customer)

    def test_what_is_due_after_midnight_is_promised_for_the_new_day(self):
        touch = self._list_touch(self.customer)
        touch.sudo().due_on = "2026-06-14 22:30:00"  # half past midnight in Rome
        case = self.env["lifecycle.case"].create(
            {"name": "Broken", "partner_id": self.customer.id, "user_id": self.user.id, "deadline": "2026-06-16"}
        )
        self._write_mail(case, "2026-06-15 08:00:00")
        self._run_clock().sudo().due_on = touch.due_on
        days = {item.kind: str(item.promised_on) for item in self._get_list()}
        self.assertEqual(days, {"play": "2026-06-15", "reply": "2026-06-15"})

    def test_cases_that_are_due_and_mails_that_wait_are_on_it(self):
        case = self.env["lifecycle.case"].create(
            {"name": "Broken", "partner_id": self.customer.id, "user_id": self.user.id, "deadline": "2026-06-15"}
        )
        later = case.copy({"deadline": "2026-06-16", "user_id": self.user.id})
        self._write_mail(later, "2026-06-15 08:00:00")
        self._run_clock()
        self.assertEqual(set(self._get_list().mapped("kind")), {"case", "reply"})
        self.assertEqual(self._get_list().case_id, case)
        later.deadline = "2026-06-15"
        self.assertEqual(self._get_list().case_id, case, "one row a case")
        case.state = "customer"
        self.assertFalse(self._get_list().case_id)

    def test_what_exceeds_the_quota_stays_for_tomorrow(self):
        self.company.lifecycle_call_quota = 2
        customers = self._create_customers(4)
        customers.write({"user_id": self.user.id, "phone": "+39 02 1"})
        for place, partner in enumerate(customers):
            self._agree(partner, f"2026-06-0{9 - place}")
        self.assertEqual(self._get_list().partner_id, customers[3] | customers[2])
        self._call().action_not_reached()
        self.assertEqual(self._get_list().partner_id, customers[2])
        with freeze_time("2026-06-16 10:00:00"):
            self.assertEqual(self._get_list().partner_id, customers[2] | customers[1])
        self.user.lifecycle_call_quota = 3
        self.assertEqual(self._get_list().partner_id, customers[2] | customers[1])

    def test_a_customer_without_salesperson_is_of_whoever_the_company_says(self):
        self.customer.user_id = False
        self._agree(self.customer, "2026-06-15")
        self.assertTrue(self._get_list(self.user) and self._get_list(self.colleague))
        self.company.lifecycle_caller_id = self.colleague
        self.assertFalse(self._get_list(self.user))
        self.assertTrue(self._get_list(self.colleague))

    def test_a_salesperson_who_cannot_see_the_list_is_given_no_call(self):
        self.customer.user_id = self._create_user("lifecycle_seller", "sales_team.group_sale_salesman")
        self._list_touch(self.customer)
        self.assertTrue(self._get_list(self.user) and self._get_list(self.colleague))
        self.company.lifecycle_caller_id = self.colleague
        self.assertFalse(self._get_list(self.user))
        self.assertEqual(self._get_list(self.colleague).user_id, self.colleague)

    def test_a_call_that_was_given_to_somebody_who_left_is_everybodys(self):
        self.customer.user_id = False
        left = self._create_user("lifecycle_left", "lifecycle_crm.group_lifecycle_user")
        self._list_touch(self.customer, user_id=left.id)
        self.assertFalse(self._get_list(self.user))
        left.active = False
        self.assertTrue(self._get_list(self.user) and self._get_list(self.colleague))

    def test_who_waits_for_a_salesperson_who_cannot_see_the_list_waits_for_everybody(self):
        seller = self._create_user("lifecycle_seller", "sales_team.group_sale_salesman")
        order = self._create_order(self.customer, "2026-06-01", user_id=seller.id)
        self._write_mail(order, "2026-06-15 08:00:00")
        reply = self._run_clock()
        self.assertEqual(reply.user_id, seller, "whose order it is stays to be read")
        self.assertEqual(self._get_list(self.user).reply_id, reply)
        self.assertEqual(self._get_list(self.colleague).reply_id, reply)
        order.user_id = reply.user_id = self.colleague
        self.assertFalse(self._get_list(self.user))
        self.assertEqual(self._get_list(self.colleague).reply_id, reply)

    def test_a_case_whose_owner_cannot_see_the_list_any_more_is_everybodys(self):
        case = self.env["lifecycle.case"].create(
            {"name": "Broken", "partner_id": self.customer.id, "user_id": self.colleague.id, "deadline": "2026-06-15"}
        )
        self.assertFalse(self._get_list(self.user))
        self.colleague.group_ids = self.env.ref("base.group_user")
        self.assertEqual(self._get_list(self.user).case_id, case)

    # === ONE AT A TIME === #

    def test_two_do_not_call_the_same_customer_until_some_minutes_have_passed(self):
        self.customer.user_id = False
        self._agree(self.customer, "2026-06-15")
        wizard = self._call(self.user)
        with self.assertRaisesRegex(UserError, "lifecycle_user"):
            self._call(self.colleague)
        with freeze_time("2026-06-15 10:16:00"):
            self._call(self.colleague)
            with self.assertRaises(UserError):
                wizard.action_not_reached()

    def test_who_gives_a_customer_back_lets_a_colleague_call(self):
        self.customer.user_id = False
        self._agree(self.customer, "2026-06-15")
        self._call(self.user).action_release()
        self.assertTrue(self._call(self.colleague))

    def test_a_form_that_stood_open_overnight_closes_without_an_error(self):
        self._agree(self.customer, "2026-06-15")
        wizard = self._call()
        wizard.sudo().unlink()
        self.assertEqual(wizard.action_release()["type"], "ir.actions.act_window_close")

    def test_a_form_that_closes_leaves_the_customer_to_the_one_that_followed_it(self):
        self.customer.user_id = False
        self._list_touch(self.customer, days_ago=2)
        self._list_touch(self.customer)
        wizard = self._call()
        following = wizard.browse(wizard.action_interested()["params"]["next"]["res_id"])
        self.assertEqual(following.status_id, wizard.status_id)
        wizard.action_release()
        with self.assertRaisesRegex(UserError, "lifecycle_user"):
            self._call(self.colleague)
        following.with_user(self.user).action_release()
        self.assertTrue(self._call(self.colleague))

    # === OUTCOMES === #

    def test_interested_settles_the_step_and_the_next_call_opens(self):
        touch = self._list_touch(self.customer, days_ago=2)
        other = self._list_touch(self._create_customer("Bar Verdi", user_id=self.user.id, phone="+39 02 654399"))
        action = self._call().action_interested()
        self.assertRecordValues(touch, [{"state": "done", "user_id": self.user.id, "listed_on": False}])
        following = self.env["lifecycle.call.wizard"].browse(action["params"]["next"]["res_id"])
        self.assertEqual(following.touch_id, other)
        self.assertEqual(following.with_user(self.user).action_interested()["params"]["next"]["type"][-5:], "close")

    def test_not_now_needs_a_later_day_and_keeps_it(self):
        self._list_touch(self.customer)
        wizard = self._call()
        with self.assertRaises(UserError):
            wizard.action_not_now()
        wizard.back_date = "2026-07-01"
        wizard.action_not_now()
        self.assertEqual(str(self._get_status(self.customer).next_contact_date), "2026-07-01")
        self.assertFalse(self._get_list())

    def test_nobody_answers_until_the_attempts_are_used_up(self):
        self.company.lifecycle_call_attempts = 2
        touch = self._list_touch(self.customer)
        self._call().action_not_reached()
        self.assertEqual(touch.state, "due")
        self.assertFalse(self._get_list())
        with freeze_time("2026-06-16 10:00:00"):
            self._call().action_not_reached()
        self.assertEqual(touch.state, "skipped")
        self.assertIn("2 attempts", touch.remark)

    def test_a_step_that_reached_nobody_comes_back_when_the_day_begins_where_the_company_is(self):
        self.company.lifecycle_tz = "America/New_York"
        touch = self._list_touch(self.customer)
        with freeze_time("2026-06-15 15:00:00"):  # in its hours
            self._call().action_not_reached()
        self.assertEqual(str(touch.not_before), "2026-06-16 04:00:00")
        with freeze_time("2026-06-16 03:30:00"):  # still the day on which nobody was reached
            self.assertFalse(self._get_list())
        with freeze_time("2026-06-16 04:30:00"):
            self.assertEqual(str(self._get_list().promised_on), "2026-06-16")

    def test_an_agreed_call_that_reaches_nobody_comes_back_on_the_next_working_day(self):
        status = self._agree(self.customer, "2026-06-12")
        with freeze_time("2026-06-19 10:00:00"):  # a Friday
            self._call().action_not_reached()
        self.assertEqual(str(status.next_contact_date), "2026-06-22")

    def test_a_wrong_number_is_somebodys_task(self):
        touch = self._list_touch(self.customer)
        self._call().action_wrong_number()
        self.assertEqual(touch.state, "skipped")
        self.assertEqual(self.customer.activity_ids.user_id, self.user)

    def test_a_wrong_number_is_no_task_for_a_salesperson_who_has_left(self):
        left = self._create_user("lifecycle_left", "sales_team.group_sale_salesman")
        self.customer.user_id = left
        left.active = False
        self._list_touch(self.customer)
        self._call().action_wrong_number()
        self.assertEqual(self.customer.activity_ids.user_id, self.user)

    def test_who_does_not_want_calls_has_said_so_for_every_purpose_but_the_contract(self):
        touch = self._list_touch(self.customer)
        self._agree(self.customer, "2026-06-30")
        self._call().action_objected()
        said = self.env["lifecycle.consent"].search([("partner_id", "=", self.customer.id)])
        self.assertEqual(set(said.mapped("state")), {"refused"})
        self.assertEqual(said.purpose_id, self.env["lifecycle.purpose"].search([("basis", "!=", "contract")]))
        self.assertEqual(touch.state, "skipped")
        self.assertFalse(self._get_status(self.customer).next_contact_date)

    def test_an_order_opens_a_quote(self):
        self._list_touch(self.customer)
        action = self._call().action_ordered()
        order = self.env["sale.order"].browse(action["res_id"])
        self.assertEqual(order.partner_id, self.customer)
        self.assertEqual(self.env["lifecycle.call"].search([]).order_id, order)

    # === THE GATE === #

    def test_the_gate_is_asked_again_when_the_form_opens(self):
        touch = self._list_touch(self.customer)
        no = Verdict(REFUSED, None, (Reason("objected"),))
        with self._gate(lambda request, now: no):
            wizard = self._call()
            self.assertFalse(wizard.is_allowed)
            with self.assertRaises(UserError):
                wizard.action_interested()
            wizard.action_put_off()
        self.assertEqual(touch.state, "skipped")

    def test_a_call_is_put_off_to_a_day_of_the_company_wherever_the_user_is(self):
        self.user.tz = "Pacific/Honolulu"
        status = self._agree(self.customer, "2026-06-15")
        later = datetime.datetime(2026, 6, 16, 7)  # 9:00 in Rome, the evening before in Honolulu
        with self._gate(lambda request, now: Verdict(LATER, later, (Reason("quiet_hours"),))):
            self._call().action_put_off()
        self.assertEqual(str(status.next_contact_date), "2026-06-16")

    def test_a_step_that_is_put_off_comes_back_on_the_list(self):
        touch = self._list_touch(self.customer)
        self._move(self.customer, self.lost, touch.due_on)
        self.call_play.action_start()
        later = datetime.datetime(2026, 6, 16, 7)
        with self._gate(lambda request, now: Verdict(LATER, later, (Reason("frequency_cap"),))):
            self._call().action_put_off()
        self.assertFalse(self._get_list())
        with freeze_time(later), self._gate():
            self._send()
            self.assertEqual(self._get_list().touch_id, touch)

    def test_what_was_said_about_mails_is_not_shown_as_said_about_calls(self):
        self._list_touch(self.customer)
        about = {"partner_id": self.customer.id, "purpose_id": self.purpose.id}
        moment = datetime.datetime.fromisoformat(NOON)
        for channel, state, days in (("phone", "refused", 2), ("email", "granted", 1)):
            values = {**about, "channel": channel, "state": state, "moment": moment - datetime.timedelta(days)}
            self.env["lifecycle.consent"].create(values)
        self.assertEqual(self._call().consent_words, f"{self.purpose.name}: Refused")

    def test_whoever_calls_us_is_free_to(self):
        self._list_touch(self.customer)
        with self._gate(lambda request, now: Verdict(REFUSED, None, (Reason("objected"),))):
            wizard = self._call()
            wizard.channel = "incoming"
            wizard.action_interested()
        self.assertEqual(self.env["lifecycle.call"].search([]).channel, "incoming")

    # === THE WAY ROUND === #

    def test_a_call_is_noted_once(self):
        self._list_touch(self.customer)
        wizard = self._call()
        wizard.action_interested()
        with self.assertRaises(UserError):
            wizard.action_interested()

    def test_nobody_notes_a_call_for_another_company_or_another_customer(self):
        other = self.env["res.company"].create({"name": "Other"})
        status = self.env["lifecycle.status"].create({"partner_id": self.customer.id, "company_id": other.id})
        wizards = self.env["lifecycle.call.wizard"]
        with self.assertRaises(AccessError), mute_logger("odoo.addons.base.models.ir_rule"):
            wizards.with_user(self.user).create({"status_id": status.id}).action_interested()
        touch = self._list_touch(self.customer)
        bar = self._agree(self._create_customer("Bar Verdi"), "2026-06-15")
        wizard = wizards.with_user(self.user).create({"status_id": bar.id, "touch_id": touch.id})
        with self.assertRaises(AccessError):
            wizard.action_interested()

    def test_calls_and_claims_are_not_written_by_hand(self):
        self._list_touch(self.customer)
        self._call().action_interested()
        call = self.env["lifecycle.call"].search([])
        with self.assertRaises(UserError):
            call.write({"outcome": "objected"})
        with mute_logger("odoo.addons.base.models.ir_model"):
            with self.assertRaises(AccessError):
                call.with_user(self.user).create({"outcome": "ordered"})
            with self.assertRaises(AccessError):
                self.env["lifecycle.claim"].with_user(self.user).create({"partner_id": self.customer.id})

    def test_the_list_is_of_ones_own_companies(self):
        other = self.env["res.company"].create({"name": "Other"})
        self.customer.user_id = False
        self.env["lifecycle.status"].create(
            {"partner_id": self.customer.id, "company_id": other.id, "next_contact_date": "2026-06-01"}
        )
        self.assertFalse(self._get_list())

    def test_the_list_takes_a_fixed_number_of_queries(self):
        def read(count):
            customers = self._create_customers(count)
            customers.user_id = self.user
            for partner in customers:
                self._agree(partner, "2026-06-15")
            self.company.lifecycle_call_quota = 0
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.cr.sql_log_count
            self._get_list().read(["partner_id", "reason", "phone", "stage_id"])
            return self.cr.sql_log_count - before

        read(1)  # what is looked up once for all
        few = read(2)
        self.assertLessEqual(read(20), few)

    def _agree(self, partner, day):
        """A customer is to be called on a day."""
        status = self._get_status(partner)
        status.next_contact_date = day
        return status

    def _get_status(self, partner):
        return self.env["lifecycle.status"]._get(partner, self.company)
