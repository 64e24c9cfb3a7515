"""What else the gate knows: letters, ends of relations and contracts, who was told; and the buttons of the contact."""

from datetime import date, timedelta
from unittest.mock import patch

from freezegun import freeze_time
from psycopg2.errors import CheckViolation

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form, tagged
from odoo.tools import mute_logger

from ..gate.contact import CHANNELS
from ..gate.verdict import GO
from .test_gate import NOW, GateCase


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestLetters(GateCase):
    def setUp(self):
        super().setUp()
        self.customer.write({"street": "Via Roma 1", "zip": "20100", "city": "Milano"})

    def _look_up(self, person=None, **values):
        values = {"partner_id": (person or self.customer).id, "channel": "post", "date": NOW.date(), **values}
        return self.env["lifecycle.register.check"].create(values)

    def test_a_letter_needs_an_address(self):
        self._look_up()
        self.assertEqual(self._judge(channel="post").outcome, GO)
        self.customer.street = False
        self.assertEqual(self._codes(channel="post"), ["no_address"])

    def test_letters_are_looked_up_by_person_and_not_by_number(self):
        self.env["lifecycle.register.check"].create({"partner_id": self.customer.id, "date": NOW.date()})
        self.assertEqual(self._codes(channel="post"), ["register_not_checked"])
        self.assertEqual(self._codes(channel="phone"), [])
        self._look_up(is_listed=True)
        self.assertEqual(self._codes(channel="post"), ["register_listed"])
        self.assertEqual(self._codes(channel="phone"), [])

    def test_a_look_for_letters_has_no_number_and_one_for_calls_has(self):
        self.assertFalse(self._look_up().number)
        nameless = self._create_customer("Osteria Bianchi")
        with mute_logger("odoo.sql_db"), self.assertRaises(CheckViolation):
            self._look_up(nameless, channel="phone")

    def test_letters_are_capped_by_person(self):
        self._look_up()
        other = self._create_customer("Osteria Bianchi", street="Via Roma 2", zip="20100", city="Milano")
        self._look_up(other)
        self._create_order(other, NOW - timedelta(60))
        for days in (1, 2):
            self._touch(self.customer, NOW - timedelta(days), channel="post", address=False)
        self.assertEqual(self._codes(channel="post"), ["frequency_cap"])
        self.assertEqual(self._codes(channel="post", person=other), [])
        self.assertEqual(self._codes(), [], "A letter takes nothing from the mails.")


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestEnds(GateCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["lifecycle.status"]._sweep(cls.company)
        cls.status = cls.env["lifecycle.status"]._get(cls.customer, cls.company)

    def test_whoever_ended_the_relation_is_left_in_peace(self):
        self.status._end(NOW.date())
        self.assertEqual(self._codes(), ["relation_ended"])
        self.assertEqual(self._codes("service"), [])
        [words] = self.env["lifecycle.gate"]._words(self._judge().reasons)
        self.assertIn("06/15/2026", words)

    def test_an_end_that_is_to_come_stops_nothing_yet(self):
        self.status.sudo().end_date = NOW.date() + timedelta(1)
        self.assertEqual(self._codes(), [])

    def test_who_allows_it_after_the_end_may_be_written_to(self):
        self.status.sudo().end_date = NOW.date() - timedelta(10)
        self._say("marketing", "granted")
        self.assertEqual(self._codes(), [])
        self.status.sudo().end_date = NOW.date()
        self.assertEqual(self._codes(), ["relation_ended"])

    def test_a_contract_beyond_the_order_keeps_the_consent_given_in_it(self):
        self._say("marketing", "granted", moment=NOW - timedelta(50))
        check = {"partner_id": self.customer.id, "date": NOW.date(), "is_listed": True}
        self.env["lifecycle.register.check"].create(check)
        self.env["stock.picking"].search([("partner_id", "child_of", self.customer.id)]).action_cancel()
        for day, codes in (
            (None, ["register_listed"]),
            (NOW.date() + timedelta(100), []),
            (NOW.date() - timedelta(30), []),
            (NOW.date() - timedelta(31), ["register_listed"]),
        ):
            self.status._set_contract_end(day)
            with self.subTest(day=day):
                self.assertEqual(self._codes(channel="phone"), codes)

    def test_the_last_contract_is_the_latest_whether_anything_is_delivered_for_it_or_not(self):
        self._say("marketing", "granted", moment=NOW - timedelta(50))
        check = {"partner_id": self.customer.id, "date": NOW.date(), "is_listed": True}
        self.env["lifecycle.register.check"].create(check)
        goods = self.env["sale.order"].search([("partner_id", "=", self.customer.id)]).picking_ids
        goods.move_ids.write({"quantity": 1, "picked": True})
        with freeze_time(NOW - timedelta(90)):
            goods.button_validate()
        self.assertEqual(self._codes(channel="phone"), ["register_listed"])
        course = self.env["product.product"].create({"name": "Course", "type": "service"})
        with patch.object(type(self), "product", course):
            self._create_order(self.customer, NOW - timedelta(5))
        self.assertEqual(self._codes(channel="phone"), [])

    def test_of_contacts_that_are_merged_the_longest_contract_is_kept(self):
        other = self._create_customer("Osteria Bianchi")
        self._create_order(other, NOW - timedelta(60))
        self.env["lifecycle.status"]._sweep(self.company)
        self.status._set_contract_end(date(2027, 1, 1))
        self.env["lifecycle.status"]._get(other, self.company)._set_contract_end(date(2026, 1, 1))
        wizard = self.env["base.partner.merge.automatic.wizard"].create({})
        wizard._merge((self.customer | other).ids, other)
        kept = self.env["lifecycle.status"]._get(other, self.company)
        self.assertEqual(kept.contract_end_date, date(2027, 1, 1))

    def test_nobody_enters_the_end_of_a_contract_by_hand(self):
        with self.assertRaises(AccessError):
            self.status.with_user(self.manager).contract_end_date = date(2030, 1, 1)


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestInformation(GateCase):
    def _tell(self, person=None, **values):
        values = {"partner_id": (person or self.customer).id, "moment": NOW - timedelta(1), **values}
        return self.env["lifecycle.information"].create(values)

    def _create_text(self, purpose="marketing"):
        purpose = self.env.ref(f"lifecycle_crm.lifecycle_purpose_{purpose}")
        return self.env["lifecycle.consent.text"].create(
            {"purpose_id": purpose.id, "lang": "en_US", "body": "You may object at any time."}
        )

    def test_who_was_told_by_name_may_be_written_to(self):
        self.company.lifecycle_informed_date = False
        self.assertEqual(self._codes(), ["no_consent"])
        self._tell(text_id=self._create_text().id)
        self.assertEqual(self._codes(), [])
        self.assertEqual(self._codes("feedback"), ["no_consent"], "He was told about another purpose.")

    def test_being_told_is_no_purchase(self):
        lead = self._create_customer("Osteria Bianchi")
        self._tell(lead)
        self.assertEqual(self._codes(person=lead), ["no_consent"])

    def test_a_text_that_somebody_was_shown_stays_as_it_was(self):
        text = self._create_text()
        row = self._tell(text_id=text.id)
        with self.assertRaises(UserError):
            text.body = "Something else"
        with self.assertRaises(UserError):
            row.source = "phone"
        with self.assertRaises(ValidationError):
            self._tell(text_id=self._create_text("feedback").id)
        with self.assertRaises(ValidationError):
            self._tell(moment=NOW + timedelta(1))

    def test_whoever_records_it_is_on_record(self):
        Information = self.env["lifecycle.information"].with_user(self.user)
        row = Information.create({"partner_id": self.customer.id, "user_id": self.manager.id})
        self.assertEqual(row.user_id, self.user)


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestContactButtons(GateCase):
    def _open(self, method, user=None):
        action = getattr(self.customer.with_user(user or self.user), method)()
        return self.env[action["res_model"]].with_user(user or self.user).with_context(**action["context"])

    def test_the_gate_is_asked_for_all_purposes_and_channels(self):
        check = self._open("action_lifecycle_may_contact").create({})
        self.assertEqual(check.partner_id, self.customer)
        purposes = self.env["lifecycle.purpose"].search([("code", "not in", ("profiling", "publication"))])
        rows = check._get_rows(self.customer, self.company)
        self.assertEqual(len(rows), len(purposes) * len(CHANNELS))
        self.assertIn("There is no address for this channel.", check.content)
        for purpose in purposes:
            self.assertIn(purpose.name, check.content)
        said = {(row["purpose"], row["channel"]): row["words"] for row in rows}
        self.assertEqual(said["News and offers", "E-mail"], "Yes.")
        self.assertIn("has not been looked up", said["News and offers", "Phone"])

    def test_a_contact_that_is_being_entered_shows_nobody_else_s_contacts(self):
        self._touch(self.customer, NOW - timedelta(1))
        self._say("marketing", "refused")
        form = Form(self.env["res.partner"].with_user(self.user))
        self.assertFalse(len(form.lifecycle_touch_ids) or len(form.lifecycle_consent_ids))

    def test_the_form_shows_the_answer_before_it_is_saved(self):
        with Form(self._open("action_lifecycle_may_contact")) as form:
            self.assertIn("News and offers", form.content)

    def test_an_objection_is_taken_down_from_the_contact(self):
        with Form(self._open("action_lifecycle_consent")) as form:
            form.purpose_id = self.env.ref("lifecycle_crm.lifecycle_purpose_marketing")
            form.state = "refused"
            form.source = "phone"
        self.assertEqual(form.record.partner_id, self.customer)
        self.assertEqual(self._codes(), ["objected"])

    def test_a_look_into_the_register_is_taken_down_from_the_contact(self):
        with Form(self._open("action_lifecycle_register")) as form:
            self.assertTrue(form.number)
        self.assertEqual(self._codes(channel="phone"), [])

    def test_who_was_told_is_taken_down_from_the_contact(self):
        self.company.lifecycle_informed_date = False
        with Form(self._open("action_lifecycle_information")):
            pass
        self.assertEqual(self._codes(), [])

    def test_who_is_not_of_the_lifecycle_has_no_such_buttons(self):
        plain = self._create_user("lifecycle_plain", "base.group_user")
        for method in ("may_contact", "consent", "register", "information"):
            with self.assertRaises(AccessError):
                self._open(f"action_lifecycle_{method}", plain)
