"""The gate's reasons in sentences."""

from dataclasses import asdict, is_dataclass

from odoo import fields
from odoo.tools import format_date, format_datetime

NUMBERS = ("moment", "checked", "days", "contacts", "cap", "from", "to", "day")


def words_of(env, reasons):
    """A sentence for each reason, in the language of the environment.

    :param reasons: :class:`gate.verdict.Reason` objects, or the same as stored JSON
    """
    plain = [asdict(reason) if is_dataclass(reason) else reason for reason in reasons or []]
    return [_sentence(env, reason["code"], _readable(env, reason)) for reason in plain]


def _readable(env, reason):
    """The numbers of a reason as people read them."""
    numbers = dict.fromkeys(NUMBERS, "…")
    numbers |= {name: _value(env, value) for name, value in (reason.get("numbers") or {}).items()}
    until = reason.get("until")
    numbers["until"] = format_datetime(env, fields.Datetime.to_datetime(until), dt_format="short") if until else ""
    for name in ("moment", "checked", "day"):
        if numbers[name] != "…":
            numbers[name] = format_date(env, fields.Date.to_date(str(reason["numbers"][name])[:10]))
    return numbers


def _value(env, value):
    return str(value)[:5] if hasattr(value, "hour") or (isinstance(value, str) and value.count(":") == 2) else value


def _sentence(env, code, numbers):
    sentences = {
        "no_address": lambda: env._("There is no address for this channel."),
        "unknown_purpose": lambda: env._("Nobody has said what contacts for this purpose rest on."),
        "promotion_in_service": lambda: env._("A service message may not carry a promotion."),
        "blacklisted": lambda: env._("The address is on the exclusion list."),
        "opted_out": lambda: env._("The address has left the mailing list."),
        "profiling_objected": lambda: env._("The person objects to being profiled."),
        "objected": lambda: env._("The person objected on %(moment)s.", **numbers),
        "relation_ended": lambda: env._("The relation ended in words on %(day)s.", **numbers),
        "no_consent": lambda: env._("There is no consent, and no purchase with the information that one may object."),
        "register_listed": lambda: env._(
            "The number or address was in the public register of objections on %(checked)s.", **numbers
        ),
        "register_not_checked": lambda: env._("The public register of objections has not been looked up."),
        "register_check_old": lambda: env._(
            "The public register of objections was looked up on %(checked)s: that holds for %(days)s days.", **numbers
        ),
        "open_complaint": lambda: env._("A complaint is open; looked at again on %(until)s.", **numbers),
        "debtor": lambda: env._("The customer does not pay what is due; looked at again on %(until)s.", **numbers),
        "frequency_cap": lambda: env._(
            "%(contacts)s contacts within %(days)s days, at most %(cap)s are allowed; again from %(until)s.", **numbers
        ),
        "quiet_hours": lambda: env._("Nobody is disturbed between %(from)s and %(to)s.", **numbers),
        "rest_day": lambda: env._("Nobody is disturbed on Sundays and holidays (%(day)s).", **numbers),
    }
    return sentences[code]() if code in sentences else code
