"""Rules and reasons in sentences, in the language of the environment.

Facts and numbers come from :mod:`..stages`; here they become what a salesperson reads out on the phone.
"""

from odoo.tools import formatLang

from ..stages.rules import KNOWN, UNKNOWN
from ..stages.terms import MONEY, TERMS


def condition_words(env, term, operator, value, currency):
    """A condition as it stands in a rule: "at least 4 days with orders".

    :param value: money in the smallest unit of the currency
    """
    name = _term_words(env)[term]
    if operator in (KNOWN, UNKNOWN):
        known = env._("%(fact)s is known", fact=name)
        return known if operator == KNOWN else env._("%(fact)s is not known", fact=name)
    return _comparison(env, operator, name, number_words(env, term, value, currency))


def number_words(env, term, value, currency):
    """A number as its term is counted: money with its currency, the others plain."""
    if TERMS[term].kind == MONEY:
        return formatLang(env, value / 10**currency.decimal_places, currency_obj=currency)
    return f"{float(value):g}".replace(".", _decimal_point(env))


def reason_words(env, reason, currency):
    """Why a customer is in his stage, from what was found: a sentence, with the gap that was expected of him.

    :param dict reason: see :meth:`stages.decide.Decision.reason`
    """
    said = [_finding_words(env, finding, currency) for finding in reason["conditions"]]
    said = [words for words in said if words]
    if not said:
        said = [env._("no other rule holds")]
    sentence = env._("Because %(conditions)s.", conditions=", ".join(said))
    if any(finding["term"] == "silence" for finding in reason["conditions"]):
        sentence = f"{sentence} {_gap_words(env, reason['gap'])}"
    return sentence


def _gap_words(env, gap):
    """How the expected gap came about."""
    days = gap["days"]
    if not gap["own_count"]:
        return env._(
            "Expected gap: %(days)s days, as of all customers, since there is one day with orders only.", days=days
        )
    return env._(
        "Expected gap: %(days)s days (%(own)s on average of %(count)s of his own, %(prior)s of all customers).",
        days=days,
        own=round(gap["own_days"] / gap["own_count"]),
        count=gap["own_count"],
        prior=round(gap["prior"]),
    )


def _finding_words(env, finding, currency):
    """A condition that held, with what was found."""
    term, operator, actual = finding["term"], finding["operator"], finding["actual"]
    if operator == UNKNOWN or actual is None:
        return env._("%(fact)s is not known", fact=_term_words(env)[term])
    found = number_words(env, term, actual, currency)
    special = _special_words(env, found).get(term)
    if special and operator in (">=", ">"):
        bound = number_words(env, term, finding["value"], currency)
        return env._("%(found)s (limit: %(bound)s)", found=special, bound=bound)
    if special:
        return special
    return env._("%(fact)s: %(found)s", fact=_term_words(env)[term], found=found)


def _special_words(env, found):
    """What a number of silence or age means."""
    return {
        "silence": env._("the last order was %(times)s times the expected gap ago", times=found),
        "silent_days": env._("the last order was %(days)s days ago", days=found),
        "days_since_first": env._("the first order was %(days)s days ago", days=found),
        "days_since_lead": env._("the first request was %(days)s days ago", days=found),
        "days_since_end": env._("the relation ended %(days)s days ago", days=found),
    }


def _term_words(env):
    return {
        "orders": env._("number of orders"),
        "order_days": env._("days with orders"),
        "revenue": env._("revenue"),
        "revenue_year": env._("revenue of the last 12 months"),
        "returns": env._("number of returns"),
        "returns_value": env._("value of returns"),
        "deliveries_open": env._("open deliveries"),
        "satisfaction": env._("satisfaction (1 to 5)"),
        "leads_open": env._("open leads and quotes"),
        "silent_days": env._("days since the last order"),
        "silence": env._("silence in gaps of the customer's own"),
        "days_since_first": env._("days since the first order"),
        "days_since_lead": env._("days since the first request"),
        "days_since_end": env._("days since the end of the relation"),
    }


def _comparison(env, operator, name, bound):
    sentences = {
        "=": lambda: env._("%(fact)s is %(bound)s", fact=name, bound=bound),
        "!=": lambda: env._("%(fact)s is not %(bound)s", fact=name, bound=bound),
        "<": lambda: env._("%(fact)s less than %(bound)s", fact=name, bound=bound),
        "<=": lambda: env._("%(fact)s at most %(bound)s", fact=name, bound=bound),
        ">": lambda: env._("%(fact)s more than %(bound)s", fact=name, bound=bound),
        ">=": lambda: env._("%(fact)s at least %(bound)s", fact=name, bound=bound),
    }
    return sentences[operator]()


def _decimal_point(env):
    return env["res.lang"]._lang_get(env.lang or "en_US").decimal_point


def problem_words(env, problem, rules):
    """What is wrong with a set of rules, and what to do.

    :param problem: a :class:`stages.check.Problem`
    :param dict rules: names of rules by code
    """
    named = {
        "rule": rules.get(problem.rule, problem.rule),
        "detail": _term_words(env).get(problem.detail, problem.detail),
    }
    sentences = {
        "no_catch_all": lambda: env._("The last rule must hold for everybody: add one without conditions at the end."),
        "after_catch_all": lambda: env._(
            "“%(rule)s” is never asked: a rule before it holds for everybody. Move it up.", **named
        ),
        "duplicate_code": lambda: env._("Two rules have the code %(detail)s.", **named),
        "duplicate_stage": lambda: env._("Two stages have the code %(detail)s.", **named),
        "unknown_stage": lambda: env._("“%(rule)s” leads to a stage that does not exist.", **named),
        "unknown_phase": lambda: env._("The stage %(detail)s belongs to no phase.", **named),
        "unknown_match": lambda: env._("“%(rule)s” must ask for all or for any of its conditions.", **named),
        "unknown_fact": lambda: env._("“%(rule)s” asks for something that is not known: %(detail)s.", **named),
        "unknown_operator": lambda: env._("“%(rule)s” compares in a way that is not known: %(detail)s.", **named),
        "wrong_type": lambda: env._("“%(rule)s” needs a whole number for: %(detail)s.", **named),
        "contradiction": lambda: env._(
            "“%(rule)s” can hold for nobody: its conditions on “%(detail)s” contradict each other.", **named
        ),
        "unreachable": lambda: env._(
            "“%(rule)s” never decides: whoever it means is taken by the rules before it.", **named
        ),
    }
    return sentences[problem.code]()
