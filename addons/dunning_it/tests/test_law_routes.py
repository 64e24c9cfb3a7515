"""The ways out at the edges of the law: by a cent more or less, on the day before and the day after it changes."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from itertools import product

from hypothesis import given
from hypothesis import strategies as st

from odoo.tests import BaseCase, TransactionCase, tagged

from ..law.routes import Claim, Estimate, Way, assess, ways
from .law_rows import row, table

DAYS = [date(2023, 2, 28), date(2023, 3, 1), date(2026, 10, 30), date(2026, 10, 31)]
OCTOBER = date(2026, 10, 30)
PEACE, TRIBUNAL = "justice_of_peace", "tribunal"
THIRTY = row("justice_of_peace_limit", 30000, date(2026, 10, 31), confirmed=False)
FEES = [(1100, 43), (5200, 98), (26000, 237), (52000, 518), (260000, 759)]
ROWS = [
    row("justice_of_peace_limit", 5000, until=date(2023, 2, 28)),
    row("justice_of_peace_limit", 10000, date(2023, 3, 1), date(2026, 10, 30)),
    THIRTY,
    *(row("court_fee", fee, up_to=Decimal(up_to)) for up_to, fee in FEES),
    row("court_fee", 1686, confirmed=False),
    row("injunction_written_proof", 1, date(2024, 11, 26)),
    row("ordinary_by_petition", 1, date(2023, 3, 1)),
    row("min_fee_for_registration", 43, date(2025, 1, 1)),
    row("clerk_advance", 27, confirmed=False),
    row("clerk_advance_exempt_limit", 1100, confirmed=False),
    row("claim_value_with_interest", 1, confirmed=False),
    row("court_fee_without_interest", 1, confirmed=False),
]
LAW = table(
    *ROWS,
    standing_alone_limit=1100,
    assisted_negotiation_limit=50000,
    court_fee_injunction_share=50,
    injunction_any_amount=1,
    provisional_enforcement=1,
    rate_after_claim=1,
    service_days=60,
    opposition_days=40,
    pa_enforcement_days=120,
    pcc_certification_days=30,
    pcc_excludes_interest=1,
    contact_limits=1,
    interruption_by_notice=1,
    vat_note_non_payment=1,
    vat_note_agreement_years=1,
    small_credit_limit=2500,
    small_credit_limit_large=5000,
    small_credit_months=6,
)


def way_of(code, cents, day=OCTOBER, *, law=LAW, estimate=None, hour_cost=0, **facts) -> Way:
    return assess(code, Claim(cents, day, **facts), law, estimate or Estimate(), hour_cost)


def around(euros):
    """A cent less, the amount, and a cent more."""
    return [euros * 100 - 1, euros * 100, euros * 100 + 1]


@tagged("post_install", "-at_install")
class TestCourts(BaseCase):
    def courts(self, euros, day):
        return [way_of("injunction", cents, day).outline.court for cents in around(euros)]

    def alone(self, euros, day, way="injunction"):
        return [way_of(way, cents, day).outline.alone for cents in around(euros)]

    def fees(self, euros, way="injunction"):
        return [way_of(way, cents).outline.fee.court for cents in around(euros)]

    def test_the_court_by_amount_and_day_of_filing(self):
        expected = {
            1100: [[PEACE] * 3] * 4,
            10000: [[TRIBUNAL] * 3, [PEACE, PEACE, TRIBUNAL], [PEACE, PEACE, TRIBUNAL], [PEACE] * 3],
            50000: [[TRIBUNAL] * 3] * 4,
            5000: [[PEACE, PEACE, TRIBUNAL], *([[PEACE] * 3] * 3)],
            30000: [*([[TRIBUNAL] * 3] * 3), [PEACE, PEACE, TRIBUNAL]],
        }
        for (euros, courts), (i, day) in product(expected.items(), enumerate(DAYS)):
            with self.subTest(euros=euros, day=day):
                self.assertEqual(self.courts(euros, day), courts[i])

    def test_one_stands_alone_up_to_its_limit_on_each_day(self):
        for day in DAYS:
            self.assertEqual(self.alone(1100, day), [True, True, False])
            self.assertEqual(self.alone(1100, day, "ordinary_action"), [True, True, False])
            self.assertEqual(self.alone(10000, day), [False] * 3)

    def test_the_fee_changes_a_cent_above_its_bracket_and_is_halved_for_the_injunction(self):
        self.assertEqual(self.fees(1100, "ordinary_action"), [4300, 4300, 9800])
        self.assertEqual(self.fees(1100), [2150, 2150, 4900])
        self.assertEqual(self.fees(10000), [11850] * 3)
        self.assertEqual(self.fees(50000, "ordinary_action"), [51800] * 3)
        self.assertEqual(self.fees(52000), [25900, 25900, 37950])

    def test_the_least_payment_to_be_registered_is_the_fee_where_that_is_less(self):
        before, since = date(2024, 12, 31), date(2025, 1, 1)
        self.assertEqual(way_of("injunction", 110000, since).outline.fee.registration, 2150)
        self.assertEqual(way_of("injunction", 1000000, since).outline.fee.registration, 4300)
        self.assertEqual(way_of("injunction", 1000000, before).outline.fee.registration, 0)

    def test_the_injunction_is_open_at_any_amount(self):
        for euros, day in product([1, 1100, 10000, 50000, 250000], DAYS[:3]):
            self.assertEqual(way_of("injunction", euros * 100, day).status, "open")

    def test_negotiation_comes_first_up_to_its_limit_but_not_for_consumers_nor_where_one_stands_alone(self):
        def first(cents, **facts):
            action = way_of("ordinary_action", cents, **facts)
            self.assertEqual(
                "negotiation_attempt" in [need.code for need in action.missing], "negotiation_first" in action.remarks
            )
            negotiation = way_of("assisted_negotiation", cents, **facts)
            self.assertEqual(negotiation.remarks == ("condition_of_action",), "negotiation_first" in action.remarks)
            return "negotiation_first" in action.remarks

        self.assertEqual([first(cents) for cents in around(50000)], [True, True, False])
        self.assertEqual([first(cents) for cents in around(1100)], [False, False, True])
        self.assertEqual([first(cents, audience="pa") for cents in around(50000)], [True, True, False])
        self.assertEqual([first(cents, audience="consumer") for cents in around(50000)], [False] * 3)
        self.assertEqual(
            [way_of("injunction", cents).outline.needs[0].code for cents in around(50000)], ["written_proof"] * 3
        )

    def test_interest_counts_for_the_court_and_not_for_the_fee(self):
        action = way_of("ordinary_action", 500_000, interest=30_000, compensation=4_000)
        self.assertEqual(action.outline.fee.court, 9_800, "5,040 EUR")
        law = table(*(each for each in LAW.rows if each.code != "claim_value_with_interest"))
        interest = {"interest": 2, "compensation": 0}
        self.assertEqual(way_of("injunction", 999_999, **interest).outline.court, TRIBUNAL)
        self.assertEqual(way_of("injunction", 999_999, law=law, **interest).outline.court, PEACE)


@tagged("post_install", "-at_install")
class TestConfirmFirst(BaseCase):
    def test_a_row_nobody_confirmed_is_asked_about_exactly_where_it_decides(self):
        def statuses(euros, day):
            return [way_of("injunction", cents, day).status for cents in around(euros)]

        self.assertEqual(statuses(10000, DAYS[2]), ["open"] * 3)
        self.assertEqual(statuses(10000, DAYS[3]), ["open", "open", "confirm_first"])
        self.assertEqual(statuses(30000, DAYS[3]), ["confirm_first", "confirm_first", "open"])
        self.assertEqual(statuses(50000, DAYS[3]), ["open"] * 3)
        self.assertEqual(statuses(1100, DAYS[3]), ["open"] * 3)

    def test_the_answer_names_the_row_to_confirm_and_those_that_do_not_decide_apart(self):
        way = way_of("ordinary_action", 1_000_001, DAYS[3])
        self.assertEqual(way.confirm, (THIRTY,))
        self.assertFalse(way.ready)
        self.assertIn("clerk_advance", [each.code for each in way.unconfirmed])
        way = way_of("ordinary_action", 1_000_000, DAYS[3])
        self.assertEqual(way.confirm, ())
        self.assertIn(THIRTY, way.unconfirmed)

    def test_once_confirmed_it_is_open(self):
        law = table(*(replace(each, confirmed=True) for each in LAW.rows))
        for way in ways(Claim(1_000_001, DAYS[3]), law):
            self.assertIn(way.status, ("open", "closed"))

    def test_a_fee_on_which_sources_disagree_is_confirmed_first(self):
        way = way_of("injunction", 26_000_001)
        self.assertEqual((way.status, [each.code for each in way.confirm]), ("confirm_first", ["court_fee"]))
        self.assertEqual(way_of("injunction", 26_000_000).status, "open")

    def test_an_unconfirmed_rule_decides_where_interest_lifts_the_claim_over_a_limit(self):
        way = way_of("injunction", 999_999, interest=2)
        self.assertEqual([each.code for each in way.confirm], ["claim_value_with_interest"])
        self.assertEqual(way_of("injunction", 999_997, interest=2).confirm, ())

    def test_a_small_unconfirmed_cost_decides_where_it_turns_a_gain_into_a_loss(self):
        def confirm(probability):
            way = way_of("injunction", 500_000, estimate=Estimate(Decimal(probability)))
            return [each.code for each in way.confirm]

        self.assertEqual(confirm("0.0151"), ["clerk_advance"], "75.50 to expect, a fee of 49, and 27 or not")
        self.assertEqual((confirm("0.9"), confirm("0.001")), ([], []))

    def test_what_the_table_lacks_is_named_and_no_court_is_guessed(self):
        law = table(*(each for each in LAW.rows if each.code != "justice_of_peace_limit"))
        way = way_of("injunction", 500_000, law=law)
        self.assertEqual((way.status, way.lacking), ("confirm_first", ("justice_of_peace_limit",)))
        self.assertEqual((way.outline.court, way.outline.alone), (None, None))

    def test_an_empty_table_gives_no_answer_it_can_not_stand_for(self):
        statuses = {way.code: way.status for way in ways(Claim(500_000, OCTOBER), table())}
        self.assertEqual([code for code, status in statuses.items() if status == "open"], ["insist", "plan"])


@tagged("post_install", "-at_install")
class TestWays(BaseCase):
    def missing(self, code, *documents, day=OCTOBER, necessary=True, **facts):
        way = way_of(code, 500_000, day, documents=frozenset(documents), **facts)
        return [need.code for need in way.missing if need.necessary or not necessary]

    def test_an_electronic_invoice_is_proof_for_the_injunction_since_the_law_says_so(self):
        self.assertEqual(self.missing("injunction", "einvoice", day=date(2024, 11, 26)), [])
        self.assertEqual(self.missing("injunction", "einvoice", day=date(2024, 11, 25)), ["written_proof"])
        self.assertEqual(self.missing("injunction", "tax_books_extract", day=date(2024, 11, 25)), [])
        self.assertEqual(self.missing("injunction", "order", "delivery_note"), ["written_proof"])

    def test_the_injunction_tells_what_would_make_it_stronger(self):
        self.assertEqual(
            self.missing("injunction", "einvoice", necessary=False), ["delivery", "notice", "signature_of_debtor"]
        )

    def test_an_action_needs_an_agreement_an_invoice_and_the_attempt_to_negotiate(self):
        self.assertEqual(self.missing("ordinary_action"), ["negotiation_attempt", "agreement", "invoice"])
        self.assertEqual(self.missing("ordinary_action", "order", "einvoice", "negotiation_closed"), [])
        ready = way_of("ordinary_action", 500_000, documents=frozenset({"contract", "invoice", "negotiation_closed"}))
        self.assertTrue(ready.ready)

    def test_the_interest_of_a_consumer_needs_a_notice_that_arrived(self):
        self.assertIn("notice", self.missing("injunction", "einvoice", audience="consumer", interest=100))
        self.assertNotIn("notice", self.missing("injunction", "einvoice", audience="consumer"))
        self.assertNotIn("notice", self.missing("injunction", "einvoice", interest=100))

    def test_what_the_debtor_signed_is_the_hook_for_enforcement_at_once(self):
        def remark(*documents):
            return way_of("injunction", 500_000, documents=frozenset(documents)).remarks

        self.assertEqual(remark("einvoice"), ("enforceable_at_once_only_in_danger",))
        self.assertEqual(remark("signed_quote"), ("may_be_enforceable_at_once",))
        self.assertEqual(remark("signed_quote", "bill_or_cheque"), ("enforceable_at_once",))

    def test_terms_are_those_of_the_table_with_more_days_for_an_administration(self):
        def terms(audience):
            return dict(way_of("injunction", 500_000, audience=audience).outline.deadlines)

        self.assertEqual(terms("company"), {"service_days": 60, "opposition_days": 40})
        self.assertEqual(terms("pa"), {"service_days": 60, "opposition_days": 40, "pa_enforcement_days": 120})

    def test_certification_is_for_administrations_and_without_interest(self):
        closed = way_of("pcc_certification", 500_000)
        self.assertEqual((closed.status, closed.outline.reasons), ("closed", ("not_a_pa",)))
        open_way = way_of("pcc_certification", 500_000, audience="pa", interest=700, estimate=Estimate(Decimal(1)))
        self.assertEqual((open_way.status, open_way.net), ("open", 500_000))

    def test_an_insolvent_debtor_is_not_sued(self):
        statuses = {way.code: way.outline.reasons for way in ways(Claim(500_000, OCTOBER, insolvent=True), LAW)}
        closed = [code for code, reasons in statuses.items() if reasons == ("insolvency",)]
        self.assertEqual(closed, ["injunction", "ordinary_action", "assisted_negotiation"])

    def test_a_rule_that_no_longer_holds_closes_the_injunction(self):
        law = table(
            *(replace(each, amount=Decimal(0)) if each.code == "injunction_any_amount" else each for each in LAW.rows)
        )
        self.assertEqual(way_of("injunction", 500_000, law=law).status, "closed")

    def test_a_waiver_tells_what_becomes_of_the_vat_and_whether_the_credit_is_small(self):
        def remarks(cents, *documents):
            return way_of("waiver", cents, documents=frozenset(documents)).remarks

        self.assertEqual([remarks(cents)[1:] for cents in around(2500)], [("loss_on_small_credit",)] * 2 + [()])
        large = [way_of("waiver", cents, is_large=True).remarks[1:] for cents in around(5000)]
        self.assertEqual(large, [("loss_on_small_credit",)] * 2 + [()])
        self.assertEqual(remarks(500_000), ("credit_note_without_vat",))
        self.assertEqual(remarks(500_000, "insolvency"), ("credit_note_with_vat",))
        self.assertEqual(way_of("waiver", 500_000, estimate=Estimate(Decimal(1))).net, 0)

    def test_a_claim_past_its_limitation_is_told_so_from_the_day_after(self):
        self.assertNotIn("limitation_passed", way_of("insist", 100, limitation=OCTOBER).remarks)
        self.assertIn("limitation_passed", way_of("insist", 100, date(2026, 10, 31), limitation=OCTOBER).remarks)

    def test_all_ways_stand_side_by_side_each_with_the_rows_it_rests_on(self):
        found = ways(Claim(500_000, OCTOBER, audience="pa"), LAW)
        codes = [
            "insist",
            "plan",
            "injunction",
            "ordinary_action",
            "assisted_negotiation",
            "pcc_certification",
            "waiver",
        ]
        self.assertEqual([way.code for way in found], codes)
        self.assertTrue(all(way.rows for way in found))

    def test_what_can_be_expected_is_what_comes_in_less_all_costs(self):
        estimate = Estimate(Decimal("0.7"), Decimal("2.5"), lawyer=30_000)
        way = way_of("injunction", 500_000, interest=10_000, compensation=4_000, estimate=estimate, hour_cost=4_000)
        costs = {"court_fee": 4_900, "clerk_advance": 2_700, "own_hours": 10_000, "lawyer": 30_000}
        self.assertEqual(dict(way.costs), costs)
        self.assertEqual(way.net, 359_800 - 47_600)

    def test_the_clerk_is_paid_above_the_exempt_amount_only(self):
        self.assertEqual(
            ["clerk_advance" in dict(way_of("injunction", cents).costs) for cents in around(1100)], [False, False, True]
        )

    @given(
        st.integers(0, 10**9),
        st.sampled_from(DAYS),
        st.sampled_from(["company", "pa", "consumer"]),
        st.integers(0, 100),
    )
    def test_every_claim_gets_an_answer_for_each_way_that_adds_up(self, cents, day, audience, percent):
        probability = Decimal(percent) / 100
        claim = Claim(cents, day, audience=audience)
        for way in ways(claim, LAW, dict.fromkeys(["injunction", "insist"], Estimate(probability))):
            expected = probability if way.code in ("injunction", "insist") else 0
            exact = Fraction(expected) * way.outline.at_stake - sum(cost.cents for cost in way.costs)
            self.assertLessEqual(abs(way.net - exact), Fraction(1, 2))
            self.assertEqual(way.status == "closed", bool(way.outline.reasons))
            self.assertEqual(
                way.status == "confirm_first", bool(way.confirm or way.lacking) and not way.outline.reasons
            )


@tagged("post_install", "-at_install")
class TestShippedWays(TransactionCase):
    """The same with the rows that are shipped, so that no code is asked for in vain."""

    def test_no_way_lacks_a_row_of_the_shipped_table(self):
        law = self.env["dunning.legal.value"]._get_table()
        for day, audience in product(DAYS, ["company", "pa", "consumer"]):
            for way in ways(Claim(500_000, day, audience=audience), law):
                self.assertEqual((way.code, way.lacking), (way.code, ()))

    def test_the_limit_deferred_to_october_2026_is_confirmed_first_where_it_decides(self):
        law = self.env["dunning.legal.value"]._get_table()
        shipped = {day: [way_of("injunction", cents, day, law=law) for cents in around(10000)] for day in DAYS}
        courts = [[way.outline.court for way in shipped[day]] for day in DAYS]
        self.assertEqual(courts, [[TRIBUNAL] * 3, [PEACE, PEACE, TRIBUNAL], [PEACE, PEACE, TRIBUNAL], [PEACE] * 3])
        self.assertEqual([way.status for way in shipped[DAYS[3]]], ["open", "open", "confirm_first"])
        deferred = self.env.ref("dunning_it.legal_justice_of_peace_limit_2026")
        self.assertEqual([each.key for each in shipped[DAYS[3]][2].confirm], [deferred.id])
        deferred.action_confirm()
        law = self.env["dunning.legal.value"]._get_table()
        self.assertEqual(way_of("injunction", 1_000_001, DAYS[3], law=law).status, "open")
