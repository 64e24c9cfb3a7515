"""The end of a relation, in a person's words."""

from datetime import timedelta

from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, tagged

from .plays_common import NOW, PlaysCommon
from .test_gate import GateCase


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestEnding(GateCase, PlaysCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["lifecycle.status"]._sweep(cls.company)
        cls.status = cls.env["lifecycle.status"]._get(cls.customer, cls.company)

    def _say_it_is_over(self, user=None, **values):
        """What a person does: the button of the customer, the form, its button."""
        status = self.status.with_user(user or self.user)
        action = status.action_end()
        form = Form(self.env[action["res_model"]].with_user(status.env.user).with_context(**action["context"]))
        for name, value in {"reason": "The shop is closed.", **values}.items():
            form[name] = value
        form.save().action_end()

    def _order_again(self, day):
        self._create_order(self.customer, day)
        self.env["lifecycle.status"]._refresh(self.company, self.customer)

    def test_whoever_looks_after_customers_says_that_it_is_over_and_the_stage_follows(self):
        before = self.status.stage_id
        self._say_it_is_over()
        self.assertEqual(self.status.stage_id.code, "ended")
        self.assertFalse(self.status.next_text, "no order is expected")
        self.assertRecordValues(self.status, [{"end_date": NOW.date(), "end_reason": "The shop is closed."}])
        self.assertEqual(self.status.transition_ids.sorted("id")[-1:].from_stage_id, before)
        self.assertEqual(self._codes(), ["relation_ended"])

    def test_the_end_may_be_of_an_earlier_day_but_is_not_known_before_it_comes(self):
        self._say_it_is_over(date=NOW.date() - timedelta(40))
        self.assertEqual(self.status.end_date, NOW.date() - timedelta(40))
        with self.assertRaisesRegex(UserError, "when it has come"):
            self._say_it_is_over(date=NOW.date() + timedelta(1))

    def test_a_mistake_is_taken_back(self):
        before = self.status.stage_id
        self._say_it_is_over()
        self.status.with_user(self.user).action_go_on()
        self.assertRecordValues(self.status, [{"stage_id": before.id, "end_date": False, "end_reason": False}])
        self.assertEqual(self._codes(), [])

    def test_an_order_that_comes_later_begins_it_anew_for_the_stage_the_gate_and_the_plays(self):
        self._say_it_is_over(date=NOW.date() - timedelta(10))
        self._order_again(NOW - timedelta(3))
        self.assertNotEqual(self.status.stage_id.code, "ended")
        self.assertFalse(self.status.is_over, "so that it can be ended again")
        self.assertEqual(self._codes(), [])
        play = self._create_play(({"days": 5},))
        self._start_with(play, self.customer)
        self.assertEqual(play.entry_ids.state, "running")

    def test_an_order_from_before_the_end_begins_nothing(self):
        self._say_it_is_over(date=NOW.date() - timedelta(3))
        self._order_again(NOW - timedelta(10))
        self.assertEqual(self.status.stage_id.code, "ended")
        self.assertEqual(self._codes(), ["relation_ended"])
        play = self._create_play()
        self._start_with(play, self.customer)
        self.assertFalse(play.entry_ids)

    def test_nobody_ends_it_with_a_customer_whom_he_may_not_see(self):
        elsewhere = self.env["res.company"].create({"name": "Elsewhere"})
        stranger = self._create_user(
            "stranger",
            "lifecycle_crm.group_lifecycle_user",
            company_id=elsewhere.id,
            company_ids=elsewhere.ids,
        )
        with self.assertRaises(AccessError):
            self._say_it_is_over(stranger)
        with self.assertRaises(AccessError):
            self.status.with_user(stranger).action_go_on()
        self.assertFalse(self.status.end_date)

    def test_of_contacts_that_are_merged_the_last_word_is_kept_with_its_reason(self):
        other = self._create_customer("Osteria Bianchi")
        self._create_order(other, NOW - timedelta(60))
        self.env["lifecycle.status"]._sweep(self.company)
        self._say_it_is_over(date=NOW.date() - timedelta(2))
        self.env["lifecycle.status"]._get(other, self.company)._end(NOW.date() - timedelta(5), "Moved away.")
        self.env["base.partner.merge.automatic.wizard"].create({})._merge((self.customer | other).ids, other)
        kept = self.env["lifecycle.status"]._get(other, self.company)
        self.assertRecordValues(kept, [{"end_date": NOW.date() - timedelta(2), "end_reason": "The shop is closed."}])
