"""An answer as plain data, to be kept with a decision and read years later, whatever the law says by then.

Codes, whole cents and decimal numbers as text: nothing that a change of the table or of the program rewrites.
"""

from .routes import CLOSED


def row_data(row, *, decides=False):
    """A row of the law as it was.

    :param bool decides: whether the answer hung on it while nobody had confirmed it
    """
    return {
        "key": row.key,
        "code": row.code,
        "amount": str(row.amount),
        "since": row.since.isoformat(),
        "until": row.until and row.until.isoformat(),
        "up_to": None if row.up_to is None else str(row.up_to),
        "confirmed": row.confirmed,
        "source": row.source,
        "decides": decides,
    }


def way_data(way):
    """A :class:`routes.Way` as a dict that JSON can hold.

    >>> from datetime import date
    >>> from decimal import Decimal
    >>> from .routes import Claim, Estimate, assess
    >>> from .table import Row, Table
    >>> table = Table([Row("interruption_by_notice", Decimal(1), date(1942, 4, 21), key=7)])
    >>> data = way_data(assess("plan", Claim(10_000, date(2026, 1, 1)), table, Estimate(Decimal("0.5"))))
    >>> data["status"], data["net"], data["missing"], [row["key"] for row in data["rows"]]
    ('open', 5000, [['acknowledged_plan', False]], [7])
    """
    outline = way.outline
    return {
        "code": way.code,
        "status": way.status,
        "at_stake": outline.at_stake,
        "net": way.net,
        "costs": [list(cost) for cost in way.costs],
        "registration": outline.fee.registration if outline.fee else 0,
        "court": outline.court,
        "alone": outline.alone,
        "reasons": list(outline.reasons),
        "remarks": list(way.remarks),
        "deadlines": [list(deadline) for deadline in outline.deadlines],
        "missing": [[need.code, need.necessary] for need in way.missing],
        "rows": [row_data(row, decides=row in way.confirm) for row in way.rows],
        "lacking": list(way.lacking),
    }


def total_cost(data):
    """Cents of all costs.

    >>> total_cost({"costs": [["court_fee", 4900], ["lawyer", 30000]]})
    34900
    """
    return sum(cents for _code, cents in data["costs"])


def best(answers):
    """The place of the way with the most to expect among those that are not closed, the first of equals.

    None where nobody has said yet how likely any of them is to bring something in.

    :param answers: triples of the status of a way, what is to be expected of it, and the probability that was entered

    >>> best([("open", 900, 0.5), ("open", 0, 0)]), best([("open", -1, 0.1), ("open", 0, 0)])
    (0, 1)
    >>> best([("closed", 900, 0.5), ("open", 0, 0)]), best([("open", 900, 0), ("open", 0, 0)])
    (1, None)
    """
    if not any(probability for _status, _net, probability in answers):
        return None
    nets = {place: net for place, (status, net, _probability) in enumerate(answers) if status != CLOSED}
    return max(nets, key=nets.get, default=None)
