"""What a discount of a loyalty program is to a channel, and what it makes of the price of one piece.

A channel that is told half of the terms would promise what the cart does not keep: such a discount is not told at all,
and the reason is.
"""

from typing import NamedTuple


class Discount(NamedTuple):
    """A reward of a program and the terms on which it is given, in the program's own words.

    :param str kind: ``discount``, ``product`` or ``shipping``
    :param str mode: ``percent``, ``per_order`` or ``per_point``
    :param float amount: per cent, or of the currency
    :param str applies_to: ``order``, ``cheapest`` or ``specific``
    :param float cap: what it takes off at most; 0: no limit
    :param float minimum: of the order, to have it
    :param int pieces: of the order, at least
    """

    kind: str
    mode: str = "percent"
    amount: float = 0.0
    applies_to: str = "order"
    cap: float = 0.0
    minimum: float = 0.0
    pieces: int = 0


def untellable(discount):
    """Why an offer of this discount can't be told as it is; empty where it can.

    >>> untellable(Discount("discount", "percent", 10.0)), untellable(Discount("product"))
    ('', 'offer_of_goods')
    >>> untellable(Discount("discount", "percent", 10.0, minimum=50)), untellable(Discount("discount", "percent", 12.5))
    ('offer_with_minimum', 'offer_part_of_percent')
    """
    if discount.kind == "product":
        return "offer_of_goods"
    if discount.minimum or discount.pieces > 1:
        return "offer_with_minimum"
    if discount.kind == "shipping":
        return ""
    if discount.mode == "per_point":
        return "offer_by_points"
    if discount.applies_to == "cheapest":
        return "offer_of_cheapest"
    if discount.cap:
        return "offer_with_cap"
    return "offer_part_of_percent" if discount.mode == "percent" and discount.amount % 1 else ""


def terms(discount, money):
    """The words of an offer's terms, by the meaning of the channel's fields.

    :param money: makes an amount of the program's currency a :class:`~..channels.amounts.Money`

    >>> terms(Discount("discount", "percent", 10.0), None)["percent_off"]
    10
    """
    told = {"application_type": "code", "target_type": "goods", "target_selection": "all"}
    if discount.kind == "shipping":
        return told | {
            "target_type": "delivery",
            "value_type": "percent",
            "percent_off": 100,
            "target_granularity": "order",
        }
    if discount.applies_to == "specific":
        told["target_selection"] = "some"
    if discount.mode == "percent":
        return told | {"value_type": "percent", "percent_off": int(discount.amount), "target_granularity": "item"}
    return told | {
        "value_type": "amount",
        "fixed_amount_off": money(discount.amount),
        "target_granularity": "order",
    }


def member_share(discount, price):
    """How much of the price of one piece whoever has the discount does not pay; None where it has no such price.

    Only a share of the price is a price of the piece: an amount off the order is spread over whatever is in the cart.

    :param float price: what everybody pays, in the program's currency

    >>> member_share(Discount("discount", "percent", 10.0), 12.55)
    0.1
    >>> member_share(Discount("discount", "percent", 10.0, minimum=20.0), 12.55) is None
    True
    >>> member_share(Discount("discount", "per_order", 5.0), 12.55) is None
    True
    """
    is_price = discount.kind == "discount" and discount.mode == "percent" and discount.applies_to != "cheapest"
    if not is_price or discount.cap or discount.pieces > 1 or price < discount.minimum:
        return None
    return discount.amount / 100


class Earning(NamedTuple):
    """A rule by which a program gives points: so many an order, a piece or a unit of money spent."""

    mode: str
    points: float
    minimum: float = 0.0
    pieces: int = 0


def points_of(earnings, price):
    """Whole points for the purchase of one piece.

    :param float price: what is paid, in the program's currency

    >>> points_of([Earning("money", 0.5), Earning("order", 10.0, minimum=20.0)], 12.5)
    6
    """
    found = (
        each.points * price if each.mode == "money" else each.points
        for each in earnings
        if price >= each.minimum and each.pieces <= 1
    )
    return int(sum(found))
