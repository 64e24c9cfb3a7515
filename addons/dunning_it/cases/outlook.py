"""What a case amounts to, and when something is to be done: plain Python."""

import datetime
from typing import NamedTuple


class Item(NamedTuple):
    """An overdue instalment.

    :param int line_id: the journal item
    :param datetime.date due_date: the legal due date
    :param datetime.date action_date: the day before which nothing is done
    :param float residual: what is open, in the currency of the case
    :param bool is_disputed: whether it stands aside
    :param bool is_declared: whether it stands aside because the customer says that it is paid
    """

    line_id: int
    due_date: datetime.date
    action_date: datetime.date
    residual: float
    is_disputed: bool = False
    is_declared: bool = False


class Stage(NamedTuple):
    """The step that comes next.

    :param int wait_days: days after the step before, or after the patience
    """

    wait_days: int


class Outlook(NamedTuple):
    """A case as it stands.

    :param hold: why nothing is done, as a value of ``hold_reason``; None where something is to be done
    """

    amount_due: float
    amount_disputed: float
    amount_declared: float
    amount_credit: float
    amount_net: float
    oldest_due_date: datetime.date | None
    action_date: datetime.date | None
    hold: str | None


def outlook(items, credit, *, min_amount=0, has_policy=True, stage=None, step_date=None, round_amount=lambda x: x):
    """Add up a case and find the day of the next step.

    The first step waits for the patience with the instalment that loses it first; each later one waits its days from
    the proven completion of the step before.

    :param items: the overdue instalments
    :param credit: open credits, as a positive amount
    :param min_amount: what is pursued at the least
    :param Stage stage: the next step, None where there is none left
    :param datetime.date step_date: when the step before was done, None before the first
    :param round_amount: rounds to the currency
    :rtype: Outlook

    >>> day = datetime.date
    >>> one = Item(1, day(2026, 1, 31), day(2026, 2, 10), 100.0)
    >>> two = Item(2, day(2026, 2, 28), day(2026, 3, 10), 50.0)
    >>> outlook([one, two], 30.0, stage=Stage(0)).action_date
    datetime.date(2026, 2, 10)
    >>> outlook([one, two], 30.0, stage=Stage(15), step_date=day(2026, 3, 1))[4:7]
    (120.0, datetime.date(2026, 1, 31), datetime.date(2026, 3, 16))
    >>> outlook([one, two], 150.0, stage=Stage(0)).hold
    'covered'
    """
    active = [item for item in items if not item.is_disputed and not item.is_declared]
    due = _add_up(active, round_amount)
    net = max(round_amount(due - credit), 0)
    hold = _hold(items, active, net, min_amount, has_policy=has_policy, stage=stage)
    return Outlook(
        amount_due=due,
        amount_disputed=_add_up([item for item in items if item.is_disputed], round_amount),
        amount_declared=_add_up([item for item in items if item.is_declared], round_amount),
        amount_credit=credit,
        amount_net=net,
        oldest_due_date=min((item.due_date for item in active or items), default=None),
        action_date=None if hold else _action_date(active, stage, step_date),
        hold=hold,
    )


def _add_up(items, round_amount):
    return round_amount(sum(item.residual for item in items))


def _hold(items, active, net, min_amount, *, has_policy, stage):
    """Why nothing is done about a case, None where something is.

    >>> day = datetime.date(2026, 1, 31)
    >>> disputed, declared = Item(1, day, day, 9.0, is_disputed=True), Item(2, day, day, 9.0, is_declared=True)
    >>> outlook([disputed], 0, stage=Stage(0)).hold, outlook([disputed, declared], 0, stage=Stage(0)).hold
    ('disputed', 'declared')
    """
    if not active:
        return "declared" if any(item.is_declared for item in items) else "disputed"
    if not net:
        return "covered"
    if net < min_amount:
        return "small"
    if not has_policy:
        return "no_policy"
    return None if stage else "no_stage"


def _action_date(active, stage, step_date):
    patience = min(item.action_date for item in active)
    wait = datetime.timedelta(days=stage.wait_days)
    return max(patience, step_date + wait) if step_date else patience + wait
