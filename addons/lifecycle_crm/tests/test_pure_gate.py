"""The gate without a database: what time cures is put off to a moment that is free, and nobody is pestered."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from odoo.tests import tagged

from ..gate.calendar import end_of_quiet, end_of_rest, is_holiday
from ..gate.contact import (
    CHANNELS,
    EMAIL,
    FEEDBACK,
    GRANTED,
    MARKETING,
    PHONE,
    PURPOSES,
    REFUSED,
    SERVICE,
    SMS,
    TESTIMONIAL,
    Consent,
    Contact,
    Policy,
    Register,
)
from ..gate.verdict import DELAYS, GO, LATER, REFUSALS, judge
from ..gate.verdict import REFUSED as NEVER
from .pure_common import PureCase

ROME = ZoneInfo("Europe/Rome")
NOON = datetime(2026, 3, 4, 12)  # a Wednesday
MOMENTS = st.datetimes(datetime(2026, 1, 1), datetime(2027, 12, 31))
GRANT = Consent(GRANTED, datetime(2025, 1, 1))
SAID = dict.fromkeys(PURPOSES, GRANT)
POLICIES = st.builds(
    Policy,
    cap=st.none() | st.integers(1, 4),
    window=st.integers(1, 14).map(timedelta),
    quiet=st.dictionaries(st.sampled_from(CHANNELS), st.tuples(st.times(), st.times())),
)


@st.composite
def contacts(draw, now):
    """Contacts of any kind, with others about the same time."""
    hours = draw(st.lists(st.integers(-400, 400), max_size=8))
    return Contact(
        purpose=draw(st.sampled_from((*PURPOSES, "unheard_of"))),
        channel=draw(st.sampled_from(CHANNELS)),
        has_address=draw(st.booleans()),
        is_promotional=draw(st.booleans()),
        is_profiled=draw(st.booleans()),
        profiling_objected=draw(st.booleans()),
        consents={p: Consent(s, now - timedelta(90)) for p, s in draw(_consents()).items()},
        has_bought=draw(st.booleans()),
        was_informed=draw(st.booleans()),
        opted_out=draw(st.booleans()),
        is_blacklisted=draw(st.booleans()),
        register=draw(st.none() | st.builds(Register, st.just(now.date() - timedelta(5)), st.booleans())),
        in_contract=draw(st.booleans()),
        contacts=tuple(now + timedelta(hours=n) for n in hours),
        has_complaint=draw(st.booleans()),
        is_debtor=draw(st.booleans()),
    )


def _consents():
    return st.dictionaries(st.sampled_from(PURPOSES), st.sampled_from((GRANTED, REFUSED)))


@tagged("post_install", "-at_install")
class TestPureVerdict(PureCase):
    @given(st.data(), POLICIES, MOMENTS)
    def test_only_what_time_cures_is_put_off(self, data, policy, now):
        verdict = judge(data.draw(contacts(now)), policy, now)
        codes = {reason.code for reason in verdict.reasons}
        self.assertLessEqual(codes, {*REFUSALS, *DELAYS})
        outcome = NEVER if codes & set(REFUSALS) else LATER if codes else GO
        self.assertEqual(verdict.outcome, outcome)
        self.assertEqual(verdict.moment is None, outcome == NEVER)

    @given(st.lists(st.integers(-400, 400), max_size=8), st.sampled_from(CHANNELS), POLICIES, MOMENTS)
    def test_at_the_promised_moment_it_may_be_made_and_not_a_minute_before(self, hours, channel, policy, now):
        around = tuple(now + timedelta(hours=n) for n in hours)
        contact = Contact(MARKETING, channel, consents=SAID, in_contract=True, contacts=around)
        verdict = judge(contact, policy, now)
        self.assertEqual(judge(contact, policy, verdict.moment).outcome, GO)
        if verdict.outcome == LATER:
            minutes = int((verdict.moment - now).total_seconds() // 60)
            for minute in range(0, minutes, max(1, minutes // 50)):
                self.assertEqual(judge(contact, policy, now + timedelta(minutes=minute)).outcome, LATER)
            self.assertEqual(judge(contact, policy, verdict.moment - timedelta(microseconds=1)).outcome, LATER)

    @given(st.lists(MOMENTS, max_size=10), st.integers(1, 3), st.integers(1, 14))
    def test_no_stretch_as_long_as_the_window_holds_more_than_the_cap(self, wished, cap, days):
        policy, made = Policy(cap=cap, window=timedelta(days), quiet={}, restful=()), []
        for moment in wished:
            contact = Contact(MARKETING, EMAIL, consents=SAID, contacts=tuple(made))
            made.append(judge(contact, policy, moment).moment)
        made.sort()
        for first, last in zip(made, made[cap:], strict=False):
            self.assertGreaterEqual(last - first, policy.window)

    def test_contacts_a_whole_window_apart_leave_room_between_them(self):
        for apart, outcome in ((timedelta(7), GO), (timedelta(7) - timedelta(seconds=1), LATER)):
            contacts = (NOON - timedelta(3), NOON - timedelta(3) + apart)
            contact = Contact(MARKETING, EMAIL, consents=SAID, contacts=contacts)
            self.assertEqual(judge(contact, Policy(cap=2, window=timedelta(7)), NOON).outcome, outcome, apart)

    @given(st.sampled_from(CHANNELS), MOMENTS)
    def test_service_is_neither_capped_nor_stopped_by_objections_but_carries_no_promotion(self, channel, now):
        policy = Policy(quiet={}, restful=())
        plain = Contact(SERVICE, channel, opted_out=True, is_blacklisted=True, has_complaint=True, contacts=(now,) * 5)
        self.assertEqual(judge(plain, policy, now).outcome, GO)
        promoted = Contact(SERVICE, channel, is_promotional=True)
        self.assertEqual([reason.code for reason in judge(promoted, policy, now).reasons], ["promotion_in_service"])

    @given(st.sampled_from((MARKETING, FEEDBACK, TESTIMONIAL)), st.sampled_from(CHANNELS))
    def test_who_has_objected_is_left_in_peace_whatever_else_is_known(self, purpose, channel):
        known = {"has_bought": True, "was_informed": True, "in_contract": True}
        refused = {purpose: Consent(REFUSED, datetime(2026, 1, 1))}
        for words in ({"consents": refused}, {"opted_out": True}, {"is_blacklisted": True}):
            verdict = judge(Contact(purpose, channel, **{"consents": SAID, **known, **words}), Policy(), NOON)
            self.assertEqual(verdict.outcome, NEVER)

    def test_only_a_word_of_a_later_day_begins_an_ended_relation_anew(self):
        for day, outcome in ((date(2026, 3, 2), NEVER), (date(2026, 3, 3), GO)):
            said = {MARKETING: Consent(GRANTED, datetime.combine(day, time(9)))}
            contact = Contact(MARKETING, EMAIL, consents=said, relation_ended=date(2026, 3, 2))
            self.assertEqual(judge(contact, Policy(), NOON).outcome, outcome, day)

    def test_soft_spam_is_mail_to_an_informed_buyer_and_nothing_else(self):
        outcomes = {
            (channel, bought, informed): judge(
                Contact(MARKETING, channel, has_bought=bought, was_informed=informed), Policy(), NOON
            ).outcome
            for channel in (EMAIL, SMS)
            for bought in (True, False)
            for informed in (True, False)
        }
        self.assertEqual([key for key, outcome in outcomes.items() if outcome == GO], [(EMAIL, True, True)])

    def _call(self, **known):
        verdict = judge(Contact(MARKETING, PHONE, **known), Policy(), NOON)
        return [reason.code for reason in verdict.reasons]

    def test_the_register_of_objections_is_asked_every_fifteen_days(self):
        today = NOON.date()
        self.assertEqual(self._call(), ["register_not_checked"])
        self.assertEqual(self._call(register=Register(today, is_listed=True)), ["register_listed"])
        self.assertEqual(self._call(register=Register(today - timedelta(15), is_listed=False)), [])
        self.assertEqual(self._call(register=Register(today - timedelta(16), is_listed=False)), ["register_check_old"])

    def test_a_consent_outlives_the_register_in_a_contract_and_thirty_days_after_it(self):
        listed, today = Register(NOON.date(), is_listed=True), NOON.date()
        for known, codes in (
            ({"in_contract": True}, []),
            ({"contract_ended": today - timedelta(30)}, []),
            ({"contract_ended": today - timedelta(31)}, ["register_listed"]),
            ({}, ["register_listed"]),
        ):
            self.assertEqual(self._call(consents=SAID, register=listed, **known), codes)
        self.assertEqual(self._call(in_contract=True, register=listed), ["register_listed"])

    def test_a_consent_after_the_look_is_a_new_one_but_does_not_keep_the_look_fresh(self):
        said = {"consents": {MARKETING: Consent(GRANTED, NOON - timedelta(16))}}
        looked = NOON.date() - timedelta(17)
        self.assertEqual(self._call(**said, register=Register(looked, is_listed=True)), [])
        self.assertEqual(self._call(**said, register=Register(looked, is_listed=False)), ["register_check_old"])
        self.assertEqual(self._call(**said, register=Register(NOON.date(), is_listed=False)), [])

    def test_a_complaint_and_a_debt_are_looked_at_again(self):
        verdict = judge(Contact(MARKETING, EMAIL, consents=SAID, has_complaint=True, is_debtor=True), Policy(), NOON)
        self.assertEqual((verdict.outcome, verdict.moment), (LATER, NOON + timedelta(7)))
        self.assertEqual([reason.code for reason in verdict.reasons], ["open_complaint", "debtor"])


@tagged("post_install", "-at_install")
class TestPureCalendar(PureCase):
    @given(MOMENTS, st.times(), st.times())
    def test_quiet_hours_end_at_their_end_within_a_day(self, moment, start, end):
        until = end_of_quiet(moment, start, end)
        if until:
            self.assertEqual(until.time(), end)
            self.assertTrue(moment < until <= moment + timedelta(1))
            self.assertIsNone(end_of_quiet(until, start, end))

    def test_quiet_hours_over_midnight(self):
        night = time(20), time(9)
        for moment, until in (
            (datetime(2026, 3, 3, 19, 59), None),
            (datetime(2026, 3, 3, 20), datetime(2026, 3, 4, 9)),
            (datetime(2026, 3, 4, 0), datetime(2026, 3, 4, 9)),
            (datetime(2026, 3, 4, 8, 59), datetime(2026, 3, 4, 9)),
            (datetime(2026, 3, 4, 9), None),
        ):
            self.assertEqual(end_of_quiet(moment, *night), until)

    def test_quiet_hours_end_by_the_clock_on_the_wall_when_it_is_put_forward_or_back(self):
        for before, hours in ((datetime(2026, 3, 28, 22), 10), (datetime(2026, 10, 24, 22), 12)):
            moment = before.replace(tzinfo=ROME)
            until = end_of_quiet(moment, time(20), time(9))
            self.assertEqual(until.replace(tzinfo=None), before.replace(hour=9) + timedelta(1))
            self.assertEqual(until.timestamp() - moment.timestamp(), hours * 3600)

    def test_the_holidays_of_italy(self):
        fixed = ((1, 1), (1, 6), (4, 25), (5, 1), (6, 2), (8, 15), (11, 1), (12, 8), (12, 25), (12, 26))
        for year, sunday in ((2025, date(2025, 4, 20)), (2026, date(2026, 4, 5)), (2027, date(2027, 3, 28))):
            days = {date(year, *each) for each in fixed} | {sunday, sunday + timedelta(1)}
            days |= {date(year, 10, 4)} if year >= 2026 else set()
            whole_year = (date(year, 1, 1) + timedelta(n) for n in range(365))
            self.assertEqual({day for day in whole_year if is_holiday(day)}, days)

    @given(MOMENTS)
    def test_rest_ends_at_the_midnight_after_it(self, moment):
        until = end_of_rest(moment)
        self.assertEqual(until is None, moment.weekday() != 6 and not is_holiday(moment.date()))
        if until:
            self.assertEqual((until.date(), until.time()), (moment.date() + timedelta(1), time(0)))
