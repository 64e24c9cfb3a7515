"""The table read for one day, remembering what was read: the rows an answer rests on, and what was not there."""

from decimal import Decimal


def euros(cents):
    """Whole cents as the EUR that rows are written in.

    >>> euros(110001)
    Decimal('1100.01')
    """
    return Decimal(cents) / 100


def to_cents(amount):
    """EUR of a row as whole cents.

    >>> to_cents(Decimal("516.46"))
    51646
    """
    return int(amount * 100)


class Reading:
    """What one answer asked of the law.

    :ivar list rows: the rows it rests on, each once, in the order they were asked for
    :ivar list missing: the codes it needed and that have no row on the day
    """

    def __init__(self, table, day):
        self.table, self.day = table, day
        self.rows, self.missing = [], []

    def find(self, code, claim=None):
        """The row that holds for a claim (in cents), or None; what is not there is not missed."""
        row = self.table.find(code, self.day, None if claim is None else euros(claim))
        if row and row not in self.rows:
            self.rows.append(row)
        return row

    def amount(self, code, claim=None):
        """The amount that holds, or None, and then the answer is known to lack it."""
        row = self.find(code, claim)
        if row:
            return row.amount
        if code not in self.missing:
            self.missing.append(code)
        return None

    def applies(self, code):
        """Whether there is such a rule on the day."""
        row = self.find(code)
        return bool(row and row.amount)
