"""What other systems tell: believed once, from whoever may tell it, and with a clear word about what is wrong."""

import json

from freezegun import freeze_time

from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from .plays_common import NOW, PlaysCommon


@tagged("post_install", "-at_install")
class TestOutsideEvent(PlaysCommon, HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.key = cls._create_key(cls.user)
        cls.told = {"code": "not_used", "key": "licence 17", "partner_id": cls.customer.id}

    @classmethod
    def _create_key(cls, user):
        keys = cls.env(user=user)["res.users.apikeys"]
        return keys.sudo()._generate("rpc", "Shop", cls.env.cr.now().replace(year=cls.env.cr.now().year + 1))

    def _post(self, told, key=None):
        answer = self.url_open(
            "/lifecycle/event",
            data=json.dumps(told),
            headers={"Authorization": f"Bearer {key or self.key}", "Content-Type": "application/json"},
            method="POST",
        )
        return answer.status_code, answer.json()

    def test_an_event_is_kept_once(self):
        status, first = self._post(
            {**self.told, "values": {"product": "Course"}, "moment": "2026-06-15T10:00:00+02:00"}
        )
        self.assertEqual((status, first["is_new"]), (200, True))
        self.assertEqual(self._post(self.told), (200, {"id": first["id"], "is_new": False}))
        self.assertRecordValues(
            self.env["lifecycle.event"].browse(first["id"]),
            [
                {
                    "partner_id": self.customer.id,
                    "company_id": self.company.id,
                    "code": "not_used",
                    "key": "licence 17",
                    "values": {"product": "Course"},
                    "moment": NOW.replace(hour=8),
                }
            ],
        )
        with self.assertRaises(UserError):
            self.env["lifecycle.event"].browse(first["id"]).code = "used"

    def test_a_moment_may_be_written_as_the_message_about_a_wrong_one_says(self):
        _status, first = self._post({**self.told, "moment": "2026-06-15T09:30:00Z"})
        self.assertEqual(self.env["lifecycle.event"].browse(first["id"]).moment, NOW.replace(hour=9, minute=30))

    @mute_logger("odoo.http")
    def test_a_wrong_key_and_a_user_of_something_else_tell_nothing(self):
        self.assertEqual(self._post(self.told, "0" * 40)[0], 401)
        seller = self._create_user("lifecycle_seller", "sales_team.group_sale_salesman")
        self.assertEqual(self._post(self.told, self._create_key(seller))[0], 403)
        self.assertFalse(self.env["lifecycle.event"].search([]))

    @mute_logger("odoo.http")
    def test_customers_of_another_company_are_not_found(self):
        elsewhere = self.env["res.company"].create({"name": "Elsewhere"})
        theirs = self._create_customer("Theirs", company_id=elsewhere.id)
        status, answer = self._post({**self.told, "partner_id": theirs.id})
        self.assertEqual(status, 422)
        self.assertIn("no contact", answer["message"])
        self.assertEqual(self._post({**self.told, "company_id": elsewhere.id})[0], 403)
        self.assertFalse(self.env["lifecycle.event"].search([]))

    @mute_logger("odoo.http")
    def test_what_is_wrong_is_said(self):
        for change, words in (
            ({"code": "Not used"}, "small letters"),
            ({"key": ""}, "Give a key"),
            ({"key": 17}, "Give a key"),
            ({"moment": "yesterday"}, "ISO 8601"),
            ({"moment": 5}, "ISO 8601"),
            ({"moment": "0001-01-01T00:00:00+02:00"}, "ISO 8601"),
            ({"moment": "2999-01-01"}, "future"),
            ({"values": ["a"]}, "object"),
            ({"values": {"a": "b" * 10_000}}, "longer than"),
            ({"partner": 5}, "Nothing is known of partner"),
            ({"email": "rossi@example.com"}, "by one of"),
            ({"partner_id": "rossi"}, "not understood"),
            ({"partner_id": True}, "not understood"),
            ({"partner_id": None, "ref": "no such"}, "no contact"),
        ):
            with self.subTest(change):
                status, answer = self._post({**self.told, **change})
                self.assertEqual(status, 422)
                self.assertIn(words, answer["message"])
        self.assertFalse(self.env["lifecycle.event"].search([]))

    @mute_logger("odoo.http")
    def test_an_address_that_several_contacts_share_is_not_guessed(self):
        told = {"code": "not_used", "key": "1", "email": "Rossi@Example.com"}
        self.assertEqual(self._post(told)[0], 200)
        self._create_customer("Osteria Rossi")
        status, answer = self._post({**told, "key": "2"})
        self.assertEqual(status, 422)
        self.assertIn("Several contacts", answer["message"])

    @mute_logger("odoo.http")
    def test_a_key_that_belongs_to_another_customer_is_refused(self):
        self._post(self.told)
        status, answer = self._post({**self.told, "partner_id": self._create_customer("Bar Verdi").id})
        self.assertEqual(status, 422)
        self.assertIn("another customer", answer["message"])

    @freeze_time(NOW)
    def test_plays_begin_for_the_person_whom_an_event_is_about(self):
        person = self.env["res.partner"].create(
            {"name": "Anna", "parent_id": self.customer.id, "email": "anna@example.com"}
        )
        play = self._create_play(({"trigger": "event"},), stage_id=False, event_code="not_used")
        person._lifecycle_event("not_used", "before", self.company, moment=NOW.replace(day=1))
        play.action_start()
        person._lifecycle_event("not_used", "1", self.company)
        person._lifecycle_event("other", "1", self.company)
        self._plan()
        self.assertRecordValues(
            play.entry_ids, [{"partner_id": self.customer.id, "contact_id": person.id, "state": "running"}]
        )
        self.assertEqual(play.entry_ids.event_id.key, "1")
        self.assertEqual(play.entry_ids.touch_ids.address, "anna@example.com")

    def test_several_companies_have_events_of_their_own(self):
        elsewhere = self.env["res.company"].create({"name": "Elsewhere"})
        self.user.write({"company_ids": [Command.link(elsewhere.id)]})
        first = self._post(self.told)[1]
        second = self._post({**self.told, "company_id": elsewhere.id})[1]
        self.assertNotEqual(first["id"], second["id"])
