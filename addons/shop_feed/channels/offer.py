"""The prices of an item looked at together: a sale price that is one, dates that belong to it, one currency."""

from .amounts import Money
from .issues import issue


def settle(channel, values, currency=None, now=None):
    """Drop what contradicts the price.

    :param dict values: by the channel's names, as they come; changed in place
    :param str currency: the one that the feed is meant to have
    :param datetime now: a sale that is over by then is dropped; None: dates are not looked at
    :return: the issues
    """
    by_role = {role: field.name for role, field in channel.by_role.items()}
    found = _currencies(channel, values, currency)
    found += _sale(by_role, values, now)
    found += _former(by_role, values)
    return found


def _currencies(channel, values, currency):
    """Every amount in the currency of the feed: another one is never converted in silence."""
    if not currency:
        return []
    wrong = [
        (field.name, values[field.name].currency)
        for field in channel.fields
        if isinstance(values.get(field.name), Money) and values[field.name].currency != currency
    ]
    return [issue("currency_differs", name, found=found, expected=currency) for name, found in wrong]


def _sale(by_role, values, now):
    sale, window = by_role.get("sale_price"), by_role.get("sale_price_effective_date")
    if not sale:
        return []
    price, interval = values.get(by_role.get("price")), values.get(window)
    if not values.get(sale):
        if interval:
            del values[window]
            return [issue("interval_without_sale", window)]
        return []
    problem = _problem_of_sale(values[sale], price)
    if not problem and now and interval and interval.end <= now:
        problem = issue("sale_over", sale, end=interval.end.isoformat())
    if not problem:
        return []
    del values[sale]
    values.pop(window, None)
    return [problem._replace(field=sale)]


def _problem_of_sale(sale, price):
    if not isinstance(price, Money):
        return issue("sale_without_price", "")
    if isinstance(sale, Money) and (sale.currency != price.currency or sale.units >= price.units):
        return issue("sale_not_lower", "", sale=sale.text, price=price.text)
    return None


def _former(by_role, values):
    """Where the channel has the price and the one before it: the latter is the higher one."""
    name = by_role.get("former_price")
    former, price = values.get(name), values.get(by_role.get("current_price"))
    if not (isinstance(former, Money) and isinstance(price, Money)) or former.units > price.units:
        return []
    del values[name]
    return [issue("former_not_higher", name, former=former.text, price=price.text)]
