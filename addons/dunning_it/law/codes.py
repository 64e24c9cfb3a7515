"""The codes of legal values: what each is counted in, and the period one row of it must cover.

Values are rows of data, never constants; the code is what the program asks for. A row in the unit ``rule`` says that a
rule holds (1) or not (0): an answer that rests on it can name it, with its source and whether anybody confirmed it.
"""

from typing import NamedTuple

PERCENT, POINTS, EURO, DAYS, MONTHS, YEARS, RULE = "percent", "points", "euro", "days", "months", "years", "rule"
HALF_YEAR, YEAR = "half_year", "year"


class Code(NamedTuple):
    """What a code is counted in.

    :param str unit: percent, points, euro, days, months, years or rule
    :param str period: half_year or year where one row must cover exactly that, so that no rate is carried on in silence
    :param bool bracketed: whether there is a row for each bracket of the amount of the claim
    """

    unit: str
    period: str | None = None
    bracketed: bool = False


def _codes(unit, *names):
    return {name: Code(unit) for name in names}


CODES = {
    "ecb_reference": Code(PERCENT, HALF_YEAR),
    "legal_rate": Code(PERCENT, YEAR),
    "court_fee": Code(EURO, bracketed=True),
    **_codes(POINTS, "late_payment_spread", "agro_food_surcharge"),
    **_codes(PERCENT, "court_fee_injunction_share"),
    **_codes(
        EURO,
        "flat_compensation",
        "justice_of_peace_limit",
        "standing_alone_limit",
        "assisted_negotiation_limit",
        "min_fee_for_registration",
        "clerk_advance",
        "clerk_advance_exempt_limit",
        "small_credit_limit",
        "small_credit_limit_large",
        "small_credit_turnover",
    ),
    **_codes(
        DAYS,
        "default_term_days",
        "business_term_days",
        "pa_term_days",
        "agro_food_term_perishable_days",
        "agro_food_term_days",
        "opposition_days",
        "service_days",
        "pa_enforcement_days",
        "pcc_certification_days",
    ),
    **_codes(MONTHS, "small_credit_months", "vat_note_return_months"),
    **_codes(
        YEARS,
        "limitation_ordinary",
        "limitation_periodic",
        "limitation_presumptive_merchant",
        "limitation_presumptive_professional",
        "limitation_final_order",
        "vat_note_agreement_years",
    ),
    **_codes(
        RULE,
        "interest_without_notice",
        "consumer_notice_in_writing",
        "consumer_agreed_rate",
        "mora_without_notice",
        "rate_after_claim",
        "claim_value_with_interest",
        "court_fee_without_interest",
        "injunction_written_proof",
        "injunction_any_amount",
        "provisional_enforcement",
        "ordinary_by_petition",
        "pcc_excludes_interest",
        "interruption_by_notice",
        "notice_signature",
        "notice_content",
        "registered_letter",
        "pec_delivery",
        "vat_note_non_payment",
        "contact_limits",
    ),
}
