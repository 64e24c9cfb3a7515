"""Quiet hours, free days and contacts a week: the moment that is answered is allowed, and none before it is."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from odoo.tests import tagged

from ..patience.contacts import CALL, CHANNELS, WRITE, Limits, is_holiday, may_contact
from .pure_common import PureCase

MOMENTS = st.datetimes(datetime(2026, 1, 1), datetime(2028, 1, 1)).map(lambda m: m.replace(second=0, microsecond=0))
CLOCKS = st.none() | st.times().map(lambda clock: clock.replace(second=0, microsecond=0))
LIMITS = st.builds(
    Limits,
    is_natural_person=st.booleans(),
    quiet_from=CLOCKS,
    quiet_to=CLOCKS,
    week_contacts=st.none() | st.integers(1, 4),
)
NIGHT = {"quiet_from": time(20), "quiet_to": time(8)}
PERSON = Limits(is_natural_person=True, **NIGHT, week_contacts=3)
BUSINESS = Limits(is_natural_person=False, **NIGHT, week_contacts=3)


@tagged("post_install", "-at_install")
class TestPatienceContacts(PureCase):
    def _contacts(self, now, ages):
        return [now - timedelta(minutes=age) for age in ages]

    @given(LIMITS, st.sampled_from(CHANNELS), MOMENTS, st.lists(st.integers(0, 15 * 24 * 60), max_size=8))
    def test_the_moment_answered_is_allowed_and_the_minute_before_is_not(self, limits, channel, now, ages):
        contacts = self._contacts(now, ages)
        answer = may_contact(limits, channel, now, contacts)
        self.assertEqual(answer.is_allowed, answer.reason is None)
        self.assertEqual(answer.is_allowed, answer.moment == now)
        self.assertTrue(may_contact(limits, channel, answer.moment, contacts).is_allowed)
        if not answer.is_allowed:
            before = may_contact(limits, channel, answer.moment - timedelta(minutes=1), contacts)
            self.assertFalse(before.is_allowed)

    @given(LIMITS, MOMENTS, st.lists(st.integers(1, 15 * 24 * 60), max_size=8))
    def test_contacts_made_whenever_allowed_are_never_too_many_in_seven_days(self, limits, now, ages):
        limits = Limits(True, limits.quiet_from, limits.quiet_to, limits.week_contacts or 2)
        made = []
        for age in sorted(ages, reverse=True):
            moment = now - timedelta(minutes=age)
            if may_contact(limits, CALL, moment, made).is_allowed:
                made.append(moment)
        for first in made:
            self.assertLessEqual(
                sum(first <= each < first + timedelta(7) for each in made), limits.week_contacts, "any seven days"
            )

    def test_quiet_hours_across_midnight_end_in_the_morning(self):
        evening, night = datetime(2026, 3, 3, 20), datetime(2026, 3, 4, 7, 59)
        self.assertEqual(may_contact(PERSON, WRITE, evening).moment, datetime(2026, 3, 4, 8))
        self.assertEqual(may_contact(PERSON, WRITE, night).moment, datetime(2026, 3, 4, 8))
        self.assertEqual(may_contact(PERSON, WRITE, night).reason, "quiet_hours")
        for allowed in (datetime(2026, 3, 3, 19, 59), datetime(2026, 3, 4, 8)):
            self.assertTrue(may_contact(PERSON, WRITE, allowed).is_allowed)

    def test_quiet_hours_within_a_day_are_a_pause_at_noon(self):
        limits = Limits(is_natural_person=True, quiet_from=time(12, 30), quiet_to=time(14, 30))
        self.assertEqual(may_contact(limits, CALL, datetime(2026, 3, 3, 13)).moment, datetime(2026, 3, 3, 14, 30))
        self.assertTrue(may_contact(limits, CALL, datetime(2026, 3, 3, 23)).is_allowed)

    def test_a_person_is_left_alone_on_sundays_but_not_on_saturdays(self):
        self.assertTrue(may_contact(PERSON, CALL, datetime(2026, 3, 7, 10)).is_allowed)
        answer = may_contact(PERSON, WRITE, datetime(2026, 3, 8, 10))
        self.assertEqual((answer.reason, answer.moment), ("weekend", datetime(2026, 3, 9, 8)))

    def test_a_business_is_not_called_on_free_days_and_may_be_written_to_always(self):
        saturday, holiday = datetime(2026, 3, 7, 10), datetime(2026, 6, 2, 10)
        self.assertEqual(may_contact(BUSINESS, CALL, saturday).reason, "weekend")
        self.assertEqual(may_contact(BUSINESS, CALL, holiday).reason, "holiday")
        self.assertTrue(may_contact(BUSINESS, WRITE, saturday).is_allowed)
        self.assertTrue(may_contact(BUSINESS, CALL, datetime(2026, 3, 3, 21), [datetime(2026, 3, 3, 9)] * 9).is_allowed)

    def test_christmas_on_a_friday_moves_a_call_past_saint_stephen_and_the_sunday(self):
        self.assertEqual(may_contact(PERSON, CALL, datetime(2026, 12, 24, 20)).moment, datetime(2026, 12, 28, 8))

    def test_the_fourth_contact_waits_until_the_first_is_seven_days_old(self):
        contacts = [datetime(2026, 3, 4, 9), datetime(2026, 3, 2, 11), datetime(2026, 3, 3, 9), datetime(2026, 2, 1, 9)]
        answer = may_contact(PERSON, CALL, datetime(2026, 3, 5, 9), contacts)
        self.assertEqual((answer.reason, answer.moment), ("week_contacts", datetime(2026, 3, 9, 11)))

    def test_whoever_must_never_be_contacted_gets_no_moment(self):
        answer = may_contact(Limits(is_natural_person=True, week_contacts=0), WRITE, datetime(2026, 3, 3, 9))
        self.assertEqual((answer.is_allowed, answer.moment, answer.reason), (False, None, "week_contacts"))

    def test_an_hour_with_its_zone_keeps_it(self):
        rome = ZoneInfo("Europe/Rome")
        answer = may_contact(PERSON, CALL, datetime(2026, 3, 28, 22, tzinfo=rome))
        self.assertEqual(answer.moment.isoformat(), "2026-03-30T08:00:00+02:00", "summer time began in between")

    def test_the_public_holidays_of_a_year_are_those_of_the_law(self):
        self.assertEqual(
            self._holidays(2025), "01-01 01-06 04-20 04-21 04-25 05-01 06-02 08-15 11-01 12-08 12-25 12-26"
        )
        self.assertEqual(
            self._holidays(2027), "01-01 01-06 03-28 03-29 04-25 05-01 06-02 08-15 10-04 11-01 12-08 12-25 12-26"
        )

    def _holidays(self, year):
        days = [date(year, 1, 1) + timedelta(n) for n in range(365)]
        return " ".join(day.strftime("%m-%d") for day in days if is_holiday(day))

    def test_easter_monday_is_found_at_its_earliest_and_latest(self):
        for monday in (date(1818, 3, 23), date(2008, 3, 24), date(2038, 4, 26)):
            self.assertTrue(is_holiday(monday), monday)
