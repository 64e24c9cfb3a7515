"""Cases: opened by whom, in whose hands, told of once, shown to their customer alone."""

from unittest.mock import patch

from freezegun import freeze_time
from psycopg2.errors import LockNotAvailable

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form, HttpCase, new_test_user, tagged
from odoo.tools import mute_logger

from .desk_common import NOON, DeskCommon

MAIL = """From: {sender}
To: help@{domain}
Subject: The oil is broken
Message-Id: <{number}@example.com>
Content-Type: text/plain

It arrived broken.
"""


class CaseCommon(DeskCommon):
    def _create_case(self, **values):
        return self.env["lifecycle.case"].create({"name": "Broken", "partner_id": self.customer.id, **values})


@tagged("post_install", "-at_install")
@freeze_time(NOON)
class TestCases(CaseCommon):
    def test_a_case_has_number_owner_and_deadline_from_the_start(self):
        case = self._create_case(kind="complaint")
        self.assertTrue(case.number.startswith("C"))
        self.assertEqual((case.user_id, str(case.deadline)), (self.user, "2026-06-17"))
        self.customer.user_id = False
        self.company.lifecycle_case_user_id = self.colleague
        self.assertEqual(self._create_case().user_id, self.colleague)

    def test_a_salesperson_who_can_not_see_cases_is_not_given_one(self):
        self.customer.user_id = self._create_user("lifecycle_salesman", "sales_team.group_sale_salesman")
        self.assertFalse(self._create_case().user_id)
        self.company.lifecycle_case_user_id = self.colleague
        self.assertEqual(self._create_case().user_id, self.colleague)

    def test_the_system_opens_a_case_for_the_company_of_a_person(self):
        person = self.env["res.partner"].create({"name": "Anna", "parent_id": self.customer.id})
        case = self.env["lifecycle.case"]._open_case("complaint", person, self.company)
        self.assertEqual((case.partner_id, case.contact_id, case.name), (self.customer, person, "Complaint"))

    def test_the_times_in_each_hand_are_kept(self):
        case = self._create_case()
        with freeze_time("2026-06-16 10:00:00"):
            case.state = "customer"
        with freeze_time("2026-06-19 10:00:00"):
            case.write({"solution": "Sent again", "state": "solved"})
        self.assertAlmostEqual(case.days_ours, 1)
        self.assertAlmostEqual(case.days_customer, 3)
        self.assertTrue(case.is_closed)
        case.with_user(self.user).action_reopen()
        self.assertRecordValues(case, [{"is_closed": False, "closed_on": False, "reopen_count": 1}])

    def test_a_case_is_solved_by_saying_how(self):
        case = self._create_case().with_user(self.user)
        with self.assertRaises(ValidationError):
            case.action_solve()
        with self.assertRaises(ValidationError):
            case.write({"state": "solved"})
        case.solution = "Sent again"
        case.action_solve()
        self.assertTrue(case.closed_on)

    def test_a_reason_is_of_the_kind(self):
        with self.assertRaises(ValidationError):
            self._create_case(kind="invoice", reason_id=self.env.ref("lifecycle_crm.lifecycle_case_reason_lost").id)

    def test_users_do_not_write_what_the_server_finds_out(self):
        case = self._create_case().with_user(self.user)
        for values in ({"closed_on": "2026-01-01"}, {"is_closed": True}, {"days_open": 0.1}, {"number": "X"}):
            with self.assertRaises(AccessError):
                case.write(values)

    def test_no_context_brings_what_the_server_finds_out(self):
        cases = self.env["lifecycle.case"].with_user(self.user).with_context(default_number="X")
        with self.assertRaises(AccessError):
            cases.create({"name": "Broken", "partner_id": self.customer.id})

    def test_a_case_of_another_company_is_hidden(self):
        other = self.env["res.company"].create({"name": "Other"})
        case = self._create_case(company_id=other.id)
        with self.assertRaises(AccessError), mute_logger("odoo.addons.base.models.ir_rule"):
            case.with_user(self.user).write({"name": "Mine"})

    def test_the_manager_is_told_once_of_an_overdue_case(self):
        self.company.lifecycle_manager_id = self.manager
        case = self._create_case(deadline="2026-06-14")
        due = self._create_case(deadline="2026-06-15")
        self._run_cron("case_escalate")
        self._run_cron("case_escalate")
        self.assertEqual(case.activity_ids.user_id, self.manager)
        self.assertEqual(len(case.activity_ids), 1)
        self.assertFalse(due.activity_ids)

    def test_a_manager_who_cannot_open_an_overdue_case_is_not_told_of_it(self):
        self.company.lifecycle_manager_id = self._create_user("lifecycle_boss", "sales_team.group_sale_manager")
        case = self._create_case(deadline="2026-06-14", user_id=self.user.id)
        self._run_cron("case_escalate")
        self.assertEqual(case.activity_ids.user_id, self.user)

    def test_a_case_that_nobody_can_be_told_of_holds_up_no_other(self):
        self.company.lifecycle_manager_id = self.manager
        broken, sound = (self._create_case(deadline="2026-06-14") for _number in range(2))
        Case = self.registry["lifecycle.case"]
        remind = Case._lifecycle_remind

        def fail(record, *args):
            remind(record, *args)
            if record == broken:
                raise ValueError("Another addon knows better")

        logger = "odoo.addons.lifecycle_crm.models.mail_activity_remind"
        with patch.object(Case, "_lifecycle_remind", fail), self.assertLogs(logger, "ERROR"):
            self._run_cron("case_escalate")
        self.assertFalse(broken.activity_ids)
        self.assertEqual(sound.activity_ids.user_id, self.manager)

    def test_two_workers_who_meet_at_a_case_try_again(self):
        self.company.lifecycle_manager_id = self.manager
        case = self._create_case(deadline="2026-06-14")
        with (
            patch.object(self.registry["lifecycle.case"], "_lifecycle_remind", side_effect=LockNotAvailable),
            self.assertRaises(LockNotAvailable),
        ):
            case._escalate()

    # === CORE'S WAYS === #

    def test_goods_come_back_by_the_return_of_the_delivery(self):
        order = self._create_order(self.customer, "2026-06-01")
        case = self._create_case(order_id=order.id).with_user(self.user)
        with self.assertRaises(UserError):
            case.action_return()
        order.picking_ids.move_ids.write({"quantity": 1, "picked": True})
        order.picking_ids._action_done()
        action = case.action_return()
        self.assertEqual(action["res_model"], "stock.return.picking")
        self.assertEqual(action["context"]["active_id"], order.picking_ids.id)

    def test_the_invoice_of_the_order_is_credited(self):
        order = self._create_order(self.customer, "2026-06-01")
        self.product.invoice_policy = "order"
        case = self._create_case(order_id=order.id)
        with self.assertRaises(UserError):
            case.action_refund()
        invoice = order._create_invoices()
        invoice.action_post()
        action = case.action_refund()
        wizard = Form(self.env[action["res_model"]].with_context(**action["context"])).save()
        self.assertEqual((wizard.move_ids, wizard.reason), (invoice, case.name))

    # === MAILS === #

    def test_a_mail_opens_a_case_of_the_customer_about_his_latest_order(self):
        self._create_order(self.customer, "2026-05-01")
        order = self._create_order(self.customer, "2026-06-01")
        case = self._receive("Rossi <rossi@example.com>")
        self.assertRecordValues(
            case,
            [
                {
                    "partner_id": self.customer.id,
                    "order_id": order.id,
                    "name": "The oil is broken",
                    "company_id": self.company.id,
                    "state": "new",
                    "user_id": self.user.id,
                }
            ],
        )
        self.assertIn("It arrived broken", case.message_ids.filtered(lambda each: each.message_type == "email").body)

    def test_a_stranger_who_writes_is_entered(self):
        case = self._receive("Nuovo Cliente <nuovo@example.com>")
        self.assertEqual((case.partner_id.name, case.partner_id.email), ("Nuovo Cliente", "nuovo@example.com"))

    def test_who_spoke_last_has_done_his_part(self):
        case = self._create_case()
        case.with_user(self.user).message_post(
            body="Sent again", message_type="comment", subtype_xmlid="mail.mt_comment"
        )
        self.assertEqual(case.state, "customer")
        case.message_post(
            body="Thanks, but no", author_id=self.customer.id, message_type="email", subtype_xmlid="mail.mt_comment"
        )
        self.assertEqual(case.state, "us")
        case.with_user(self.user).message_post(body="A note", message_type="comment")
        self.assertEqual(case.state, "us")
        case.write({"solution": "Sent", "state": "solved"})
        case.message_post(
            body="It came again broken",
            author_id=self.customer.id,
            message_type="email",
            subtype_xmlid="mail.mt_comment",
        )
        self.assertEqual((case.state, case.reopen_count), ("us", 1))

    # === PROTOCOL === #

    def test_the_composer_is_filled_in_by_the_protocol(self):
        case = self._create_case(kind="delivery").with_user(self.user)
        self.assertEqual(case.protocol_id, self.env.ref("lifecycle_crm.lifecycle_protocol_late"))
        context = case.action_answer()["context"]
        self.assertIn("Dear Trattoria Rossi", context["default_body"])
        self.assertIn(case.number, context["default_body"])
        self.assertIn(self.user.name, context["default_body"])
        composer = self.env["mail.compose.message"].with_user(self.user).with_context(**context).create({})
        composer._action_send_mail()
        self.assertEqual(case.state, "customer")
        self.assertEqual(case.message_ids[0].partner_ids, self.customer)

    def test_nobody_is_called_rude_before_somebody_has_read_what_he_says(self):
        self.assertFalse(self._create_case(kind="complaint").protocol_id, "There are several: a person chooses.")
        own = self.env["lifecycle.protocol"].create(
            {"name": "Ours", "kind": "complaint", "company_id": self.company.id, "body": "<p>Dear {customer},</p>"}
        )
        self.assertEqual(self._create_case(kind="complaint").protocol_id, own, "The company's own is the only one.")

    def test_no_case_shows_the_protocol_of_another_company(self):
        other = self.env["res.company"].create({"name": "Other"})
        theirs = self.env["lifecycle.protocol"].create(
            {"name": "Theirs", "company_id": other.id, "instruction": "Theirs alone"}
        )
        case = self._create_case(kind="complaint").with_user(self.user)
        with self.assertRaises(UserError):
            case.protocol_id = theirs.id

    def test_an_answer_that_closes_closes(self):
        case = self._create_case(kind="invoice").with_user(self.user)
        context = case.action_answer()["context"]
        self.env["mail.compose.message"].with_user(self.user).with_context(**context).create({})._action_send_mail()
        self.assertRecordValues(case, [{"state": "solved", "solution": case.protocol_id.name}])

    def test_what_a_customer_is_called_is_no_code(self):
        self.customer.name = "<b>{user}</b>"
        case = self._create_case(kind="delivery").with_user(self.user)
        self.assertIn("Dear &lt;b&gt;{user}&lt;/b&gt;", case.protocol_id._render(case))

    def test_a_placeholder_that_nothing_is_known_for_is_told(self):
        with self.assertRaisesRegex(ValidationError, "tracking"):
            self.env["lifecycle.protocol"].create({"name": "X", "body": "<p>{tracking}</p>"})

    def _receive(self, sender, number=1):
        domain = self.env["mail.alias.domain"].create({"name": "lifecycle.example.com"})
        self.company.alias_domain_id = domain
        self.company.lifecycle_case_alias_name = "help"
        mail = MAIL.format(sender=sender, domain=domain.name, number=number)
        thread = self.env["mail.thread"].message_process(False, mail)
        return self.env["lifecycle.case"].browse(thread)


@tagged("post_install", "-at_install")
class TestCasePortal(CaseCommon, HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.portal = new_test_user(cls.env, "lifecycle_portal", groups="base.group_portal", lang="en_US")
        cls.portal.partner_id.parent_id = cls.customer

    def test_a_customer_sees_his_cases_and_no_others(self):
        own = self._create_case(name="My oil")
        other = self._create_case(name="Their oil", partner_id=self._create_customer("Bar Verdi").id)
        self.authenticate("lifecycle_portal", "lifecycle_portal")
        page = self.url_open("/my/cases").text
        self.assertIn("My oil", page)
        self.assertNotIn("Their oil", page)
        self.assertEqual(self.url_open(f"/my/cases/{own.id}").status_code, 200)
        with mute_logger("odoo.http"):
            self.assertEqual(self.url_open(f"/my/cases/{other.id}").status_code, 404)
            self.assertEqual(self.url_open(f"/my/cases/{other.id}?access_token=x").status_code, 404)
            self.assertEqual(self.url_open("/my/cases/999999999").status_code, 404)

    def test_without_a_login_only_the_link_of_our_mail_opens_it(self):
        case = self._create_case(name="My oil")
        token = case._portal_ensure_token()
        with mute_logger("odoo.http"):
            self.assertEqual(self.url_open(f"/my/cases/{case.id}").status_code, 404)
        page = self.url_open(f"/my/cases/{case.id}?access_token={token}")
        self.assertIn("My oil", page.text)

    def test_customers_have_no_way_round_by_rpc(self):
        case = self._create_case(cost=50)
        with self.assertRaises(AccessError), mute_logger("odoo.addons.base.models.ir_model"):
            case.with_user(self.portal).read(["cost"])


@tagged("post_install", "-at_install", "tour")
class TestDeskTours(CaseCommon, HttpCase):
    @freeze_time(NOON)
    def test_a_user_works_off_the_list(self):
        for name, days in (("Bar Verdi", 3), ("Trattoria Blu", 2)):
            partner = self._create_customer(name, user_id=self.user.id, phone=f"+39 02 65432{days}")
            self._list_touch(partner, days_ago=days)
        self.start_tour("/odoo/lifecycle-today", "lifecycle_today", login="lifecycle_user")
        calls = self.env["lifecycle.call"].search([], order="id")
        self.assertEqual(calls.mapped("outcome"), ["not_now", "interested"])
        self.assertEqual(calls[0].note, "After the holidays")

    def test_who_leaves_the_call_by_escape_is_calling_nobody(self):
        partner = self._create_customer("Bar Verdi", user_id=self.user.id, phone="+39 02 654321")
        self._list_touch(partner)
        self.start_tour("/odoo/lifecycle-today", "lifecycle_call_escape", login="lifecycle_user")
        self.assertFalse(self.env["lifecycle.claim"].search([("partner_id", "=", partner.id)]))

    def test_a_customer_answers_in_the_portal(self):
        portal = new_test_user(
            self.env, "lifecycle_portal", groups="base.group_portal", lang="en_US", email="anna@example.com"
        )
        portal.partner_id.parent_id = self.customer
        case = self._create_case(name="My oil", state="customer")
        self.start_tour("/my/cases", "lifecycle_portal_case", login="lifecycle_portal")
        self.assertEqual(case.state, "us")
        self.assertIn("Here is the photograph", "".join(case.message_ids.mapped("body")))
