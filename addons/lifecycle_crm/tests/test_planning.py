"""Who enters a play, when, what comes next, and what ends it."""

from datetime import date, timedelta

from freezegun import freeze_time

from odoo.exceptions import UserError
from odoo.tests import tagged

from ..plays.holdout import in_holdout
from .plays_common import NOW, PlaysCommon


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestPlanning(PlaysCommon):
    # === WHO ENTERS === #

    def test_only_what_happened_since_the_play_runs_leads_into_it(self):
        play, late = self._create_play(), self._create_customer("Bar Verdi")
        self._move(self.customer, self.lost, NOW - timedelta(hours=1))
        play.action_start()
        self._move(late, self.lost, NOW)
        self._plan()
        self.assertEqual(play.entry_ids.partner_id, late)

    def test_planning_again_plans_nothing_again(self):
        play = self._create_play()
        self._start_with(play, self._create_customers(3))
        touches = self._get_touches(play)
        self._plan()
        self.assertEqual((len(play.entry_ids), self._get_touches(play)), (3, touches))

    def test_whoever_comes_back_into_the_stage_enters_again(self):
        play = self._create_play()
        self._start_with(play, self.customer)
        self._move(self.customer, self.regular, NOW)
        self._plan()
        self._move(self.customer, self.lost, NOW)
        self._plan()
        self.assertEqual(play.entry_ids.mapped("state"), ["running", "stopped"])

    def test_whoever_left_the_stage_before_anybody_looked_does_not_enter(self):
        play = self._create_play()
        play.action_start()
        self._move(self.customer, self.lost, NOW)
        self._move(self.customer, self.regular, NOW)
        self._plan()
        self.assertFalse(play.entry_ids)

    def test_whoever_has_to_stay_first_enters_when_he_has_stayed(self):
        play = self._create_play(({"trigger": "stayed", "days": 90},))
        play.action_start()
        self._move(self.customer, self.lost, NOW - timedelta(80))
        self._plan()
        self.assertFalse(play.entry_ids)
        with freeze_time(NOW + timedelta(10)):
            self._plan()
        self.assertRecordValues(
            play.entry_ids, [{"entered_on": NOW + timedelta(10), "trigger_date": date(2026, 3, 27)}]
        )
        self.assertEqual(self._get_touches(play).due_on.date(), date(2026, 6, 25))

    def test_who_ordered_is_asked_once_everything_is_delivered(self):
        play = self._create_play(({"trigger": "delivered", "days": 7},), stage_id=False)
        play.action_start()
        person = self.env["res.partner"].create(
            {"name": "Anna", "parent_id": self.customer.id, "email": "anna@example.com"}
        )
        self.product.is_storable = True
        order = self._create_order(person, NOW)
        self._plan()
        self.assertFalse(play.entry_ids)
        picking = order.picking_ids
        picking.move_ids.quantity = 1
        picking.move_ids.picked = True
        picking.button_validate()
        self.assertEqual(order.delivery_status, "full")
        self._plan()
        self.assertRecordValues(
            play.entry_ids,
            [
                {
                    "partner_id": self.customer.id,
                    "contact_id": person.id,
                    "order_id": order.id,
                    "key": f"order:{order.id}",
                }
            ],
        )
        self.assertRecordValues(
            self._get_touches(play), [{"due_on": NOW.replace(day=22, hour=7), "address": "anna@example.com"}]
        )

    def test_whoever_was_expected_and_did_not_come_enters_once(self):
        play = self._create_play(({"trigger": "silent", "days": 3},), stage_id=False)
        play.action_start()
        play.started_on -= timedelta(5)
        status = self.env["lifecycle.status"].create(
            {"partner_id": self.customer.id, "company_id": self.company.id, "next_order_date": NOW.date()}
        )
        self._plan()
        self.assertFalse(play.entry_ids, "The day is not over.")
        status.next_order_date = date(2026, 6, 14)
        self._plan()
        self._plan()
        self.assertRecordValues(play.entry_ids, [{"key": "silent:2026-06-14", "trigger_date": date(2026, 6, 14)}])

    def test_whoever_rated_an_order_has_answered(self):
        play = self._create_play(({"trigger": "answered", "days": 3},), stage_id=False)
        play.action_start()
        order = self._create_order(self.customer, NOW)
        token = order._rating_get_access_token()
        self._plan()
        self.assertFalse(play.entry_ids)
        order.rating_apply(5, token=token)
        self._plan()
        self.assertRecordValues(play.entry_ids, [{"order_id": order.id, "contact_id": self.customer.id}])

    def test_what_happened_long_before_the_end_of_a_pause_is_not_taken_up(self):
        play = self._create_play()
        play.action_start()
        play.action_pause()
        self._move(self.customer, self.lost, NOW + timedelta(1))
        late = self._create_customer("Bar Verdi")
        self._move(late, self.lost, NOW + timedelta(40))
        with freeze_time(NOW + timedelta(50)):
            play.action_start()
            self._plan()
        self.assertEqual(play.entry_ids.partner_id, late)

    def test_those_of_the_holdout_are_left_alone(self):
        play = self._create_play(holdout_percent=30)
        customers = self._create_customers(40)
        self._start_with(play, customers)
        held = play.entry_ids.filtered(lambda entry: entry.state == "held_out")
        expected = customers.filtered(lambda customer: in_holdout(play.code, customer.id, 30))
        self.assertTrue(expected)
        self.assertEqual(held.partner_id, expected)
        self.assertFalse(held.touch_ids)
        self.assertEqual(self._get_touches(play).partner_id, customers - expected)

    def test_a_customer_whose_relation_has_ended_does_not_enter(self):
        play = self._create_play()
        play.action_start()
        self._move(self.customer, self.lost, NOW)
        self.env["lifecycle.status"].search([("partner_id", "=", self.customer.id)]).end_date = NOW.date()
        self._plan()
        self.assertFalse(play.entry_ids)

    # === WHO IS WRITTEN TO === #

    def test_a_customer_without_an_address_is_reached_by_his_first_person_with_one(self):
        self.customer.email = False
        values = {"parent_id": self.customer.id}
        self.env["res.partner"].create({**values, "name": "Depot", "type": "delivery", "email": "depot@example.com"})
        self.env["res.partner"].create({**values, "name": "Bruno"})
        person = self.env["res.partner"].create({**values, "name": "Carla", "email": "carla@example.com"})
        play = self._create_play()
        self._start_with(play, self.customer)
        self.assertEqual(play.entry_ids.contact_id, person)

    # === WHAT COMES NEXT === #

    def test_the_ladder_waits_for_each_step_and_goes_on_in_a_slow_cadence(self):
        steps = ({}, {"days": 10}, {"is_cadence": True, "code": "again"})
        play = self._create_play(steps, cadence_days=180)
        self._start_with(play, self.customer)
        moments = []
        for _turn in range(4):
            touch = self._get_touches(play)[-1]
            moments.append((touch.step_id.code, touch.turn, touch.due_on.date()))
            with freeze_time(touch.due_on + timedelta(1)), self._gate():
                self._send()
                self._plan()
        self.assertEqual(
            moments,
            [
                ("step_0", 0, date(2026, 6, 15)),
                ("step_1", 0, date(2026, 6, 26)),
                ("again", 1, date(2026, 12, 24)),
                ("again", 2, date(2027, 6, 23)),
            ],
        )

    def test_a_step_that_waits_for_an_answer_comes_when_it_is_there(self):
        steps = ({"trigger": "delivered"}, {"trigger": "answered", "days": 2})
        play = self._create_play(steps, stage_id=False)
        play.action_start()
        order = self._create_order(self.customer, NOW)
        self.env["lifecycle.entry"].create(
            {
                "play_id": play.id,
                "company_id": self.company.id,
                "partner_id": self.customer.id,
                "key": f"order:{order.id}",
                "order_id": order.id,
                "entered_on": NOW,
                "trigger_date": NOW.date(),
            }
        )
        self._plan()
        with self._gate():
            self._send()
        self._plan()
        self.assertEqual(len(self._get_touches(play)), 1)
        self.assertEqual(play.entry_ids.state, "running")
        with freeze_time(NOW + timedelta(5)):
            order.rating_apply(4, token=order._rating_get_access_token())
            self._plan()
        self.assertEqual(self._get_touches(play)[-1].due_on.date(), date(2026, 6, 22))

    # === WHAT ENDS IT === #

    def _check_stop(self, stop, happen):
        play = self._create_play(({"days": 5},), stop_on_replied=True)
        self._start_with(play, self.customer)
        self.assertEqual(self._get_touches(play).state, "due")
        with freeze_time(NOW + timedelta(2)):
            happen(play)
            self._plan()
        entry = play.entry_ids
        self.assertRecordValues(entry, [{"state": "stopped", "stop": stop, "stopped_on": date(2026, 6, 17)}])
        self.assertRecordValues(self._get_touches(play), [{"state": "skipped", "stop": stop}])

    def test_an_order_ends_it(self):
        self._check_stop("ordered", lambda play: self._create_order(self.customer, NOW + timedelta(2)))

    def test_an_order_of_a_contact_ends_it_too(self):
        person = self.env["res.partner"].create({"name": "Anna", "parent_id": self.customer.id})
        self._check_stop("ordered", lambda play: self._create_order(person, NOW + timedelta(2)))

    def test_leaving_the_stage_ends_it(self):
        self._check_stop("left_stage", lambda play: self._move(self.customer, self.regular, NOW + timedelta(2)))

    def test_a_reply_ends_it(self):
        def reply(play):
            self.customer.message_post(body="Yes!", message_type="email", author_id=self.customer.id)

        self._check_stop("replied", reply)

    def test_an_objection_ends_it(self):
        def object_to(play):
            values = {"partner_id": self.customer.id, "purpose_id": self.purpose.id, "state": "refused"}
            self.env["lifecycle.consent"].create({**values, "company_id": self.company.id})

        self._check_stop("objected", object_to)

    def test_a_complaint_ends_it(self):
        def complain(play):
            case = self.env["lifecycle.case"]._open_case("complaint", self.customer, self.company, name="Broken")
            self.env.cr.execute("UPDATE lifecycle_case SET create_date = %s", [NOW + timedelta(2)])
            case.invalidate_recordset()

        self._check_stop("complained", complain)

    def test_the_end_of_the_relation_ends_it(self):
        def end(play):
            status = self.env["lifecycle.status"].search([("partner_id", "=", self.customer.id)])
            status.end_date = date(2026, 6, 17)

        self._check_stop("ended", end)

    def test_what_is_not_among_the_stops_of_a_play_does_not_end_it(self):
        play = self._create_play(({"days": 5},), stop_on_ordered=False)
        self._start_with(play, self.customer)
        with freeze_time(NOW + timedelta(2)):
            self._create_order(self.customer, NOW + timedelta(2))
            self._plan()
        self.assertEqual(play.entry_ids.state, "running")

    # === THE PLAY ITSELF === #

    def test_a_play_with_faults_does_not_start_and_names_them_all(self):
        steps = ({"template_id": False}, {"trigger": "event"}, {"is_cadence": True})
        play = self._create_play(steps, stage_id=False)
        with self.assertRaises(UserError) as caught:
            play.action_start()
        words = str(caught.exception)
        for part in ("say which one", "by its code", "slow cadence", "needs a template"):
            self.assertIn(part, words)
        self.assertEqual(play.state, "draft")

    def test_steps_change_while_the_play_does_not_run_and_are_planned_anew(self):
        play = self._create_play(({"days": 5},))
        self._start_with(play, self.customer)
        with self.assertRaises(UserError):
            play.step_ids.days = 1
        play.action_pause()
        play.step_ids.days = 1
        play.action_start()
        self._plan()
        self.assertEqual(self._get_touches(play).due_on.date(), date(2026, 6, 16))

    # === IN WORDS === #

    def test_a_step_says_when_it_comes(self):
        triggers = ("entered", "stayed", "delivered", "silent", "answered", "event")
        play = self._create_play([{"trigger": trigger} for trigger in triggers], event_code="unused")
        said = {}
        for days in (0, 1, 5):
            play.step_ids.days = days
            said[days] = [words.replace("test_lost", "Lost") for words in play.step_ids.mapped("when_words")]
        self.assertEqual(said[0][2:4], ["As soon as everything is delivered", "When the expected order has not come"])
        self.assertEqual(
            said[1],
            [
                "The day after the customer entered Lost",
                "When the customer has been in Lost for a day",
                "The day after everything was delivered",
                "The day after an order was expected",
                "The day after the customer answered",
                "The day after the event unused",
            ],
        )
        self.assertEqual(said[5][2], "5 days after everything was delivered")
