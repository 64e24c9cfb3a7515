"""The total that was agreed, reached by cuts in whole cents, or the nearest one that such cuts can reach.

Not every total exists: with 22 % VAT on top, a net total of 81.97 makes 100.00, 81.96 makes 99.99, but where the tax
steps a cent, one total is jumped over: some 18 of 100. The tax itself is never touched. What Odoo rounds (the tax of
each line, or of each rate over the order) is followed to the letter; amounts are counted in cents.
"""

from collections import defaultdict
from dataclasses import dataclass
from fractions import Fraction
from itertools import product

from .distribution import CutTooLarge, distribute, distribute_by_group, round_half_up

FEW, MANY = 4, 3  # rates whose neighbouring cents are all tried together; from so many on, not far
WINDOWS = (1, 3, 12)  # cents by which a share may leave its proportion; wider only if the total is not reached


@dataclass(frozen=True)
class Tax:
    """A tax of a line: ``rate`` is the part of the line's own amount that it takes, so 22/122 where it is included."""

    key: object
    rate: Fraction
    included: bool = False


@dataclass(frozen=True)
class Line:
    """A line before the cut: its exact amount in cents (price times quantity) and the most that may be cut off."""

    amount: Fraction
    limit: int
    taxes: tuple[Tax, ...] = ()


@dataclass(frozen=True)
class Reached:
    """What came of it: a cut for each line, and the two totals."""

    cuts: tuple[int, ...]
    untaxed: int
    taxed: int

    def total(self, taxed):
        """The total with or without VAT."""
        return self.taxed if taxed else self.untaxed


def reached_by(lines, cuts, per_line):
    """The totals of the lines after their cuts, as Odoo rounds them.

    :param bool per_line: whether each line's tax is rounded (``round_per_line``), or each tax over the order

    >>> vat = (Tax("22%", Fraction(22, 100)),)
    >>> lines = [Line(Fraction(105), 105, vat), Line(Fraction(105), 105, vat)]
    >>> reached_by(lines, (0, 0), per_line=True).taxed, reached_by(lines, (0, 0), per_line=False).taxed
    (256, 256)
    >>> reached_by(lines, (2, 2), per_line=True).taxed, reached_by(lines, (2, 2), per_line=False).taxed
    (252, 251)
    >>> included = (Tax("22%", Fraction(22, 122), included=True),)
    >>> reached_by([Line(Fraction(1000), 1000, included)], (0,), per_line=False)
    Reached(cuts=(0,), untaxed=820, taxed=1000)
    """
    if per_line:
        each = [_rounded_line(line, cut) for line, cut in zip(lines, cuts, strict=True)]
        return Reached(tuple(cuts), sum(line[0] for line in each), sum(line[1] for line in each))
    gross, net, taxes = Fraction(0), Fraction(0), defaultdict(Fraction)
    for line, cut in zip(lines, cuts, strict=True):
        amount = line.amount - cut
        gross += amount
        net += amount * (1 - _included_rate(line))
        for tax in line.taxes:
            taxes[tax.key, tax.included] += amount * tax.rate
    tax_total = sum(round_half_up(amount) for amount in taxes.values())
    all_included = all(tax.included for line in lines for tax in line.taxes)
    untaxed = round_half_up(gross) - tax_total if all_included else round_half_up(net)
    return Reached(tuple(cuts), untaxed, untaxed + tax_total)


def cut_to(lines, target, taxed, per_line):
    """The cuts, as near to proportional as cents allow, after which the lines make the total asked for.

    Where no cuts do, the total reached is the nearest one; of two equally near the lower, since nobody pays more than
    was agreed. A target above the lines' total leaves them uncut.

    :param int target: the total asked for, in cents
    :param bool taxed: whether that is the total with VAT
    :raise CutTooLarge: if the lines cannot bear it
    :return: the totals and each line's cut
    :rtype: Reached

    >>> vat = (Tax("22%", Fraction(22, 100)),)
    >>> lines = [Line(Fraction(10000), 10000, vat)]
    >>> cut_to(lines, 10000, taxed=True, per_line=False)
    Reached(cuts=(1803,), untaxed=8197, taxed=10000)
    >>> cut_to(lines, 10007, taxed=True, per_line=False).taxed, cut_to(lines, 99999, taxed=True, per_line=False).cuts
    (10006, (0,))
    """
    uncut = reached_by(lines, [0] * len(lines), per_line)
    if uncut.total(taxed) <= target:
        return uncut
    cells, members = _cells(lines, per_line)
    best = _Search(cells, target, taxed, per_line).best()
    shares = [0] * len(lines)
    for of_cell, cut in zip(members, best.cuts, strict=True):
        of_lines = distribute(cut, [_weight(lines[i]) for i in of_cell], [lines[i].limit for i in of_cell])
        for i, share in zip(of_cell, of_lines, strict=True):
            shares[i] = share
    return reached_by(lines, shares, per_line)


def _included_rate(line):
    return sum((tax.rate for tax in line.taxes if tax.included), Fraction(0))


def _rounded_line(line, cut):
    """Untaxed and taxed total of one line whose taxes are rounded by themselves."""
    amount = round_half_up(line.amount - cut)
    untaxed, tax_total = amount, 0
    for tax in line.taxes:
        rounded = round_half_up(amount * tax.rate)
        tax_total += rounded
        untaxed -= rounded if tax.included else 0
    return untaxed, untaxed + tax_total


def _weight(line):
    return line.amount if line.limit else 0


def _cells(lines, per_line):
    """What is rounded together and so decides about the total: each line, or the lines of the same taxes as one.

    What may not be cut stands apart from what may.

    :return: the cells as lines, and for each the indexes of the lines in it
    """
    members = defaultdict(list)
    for i, line in enumerate(lines):
        members[i if per_line else (line.taxes, bool(line.limit))].append(i)
    cells = [
        Line(sum(lines[i].amount for i in of_cell), sum(lines[i].limit for i in of_cell), lines[of_cell[0]].taxes)
        for of_cell in members.values()
    ]
    return cells, list(members.values())


class _Search:
    """The way to a target over the cuts of some cells."""

    def __init__(self, cells, target, taxed, per_line):
        self.cells, self.target, self.taxed, self.per_line = cells, target, taxed, per_line
        self.limits = [cell.limit for cell in cells]
        self.weights = [_weight(cell) for cell in cells]
        self.groups = [cell.taxes for cell in cells]

    def best(self):
        """The best of the neighbours of the proportional cut, in windows that grow until the target is reached."""
        start = best = self.proportional()
        for window in WINDOWS:
            if not self.distance(best):
                break
            neighbours = self.by_sums if self.per_line else self.by_trial
            best = min(best, neighbours(start, window), key=self.order)
        return best

    def at(self, cuts):
        """What comes of some cuts."""
        return reached_by(self.cells, cuts, self.per_line)

    def distance(self, reached):
        """How much is still too much; negative below the target."""
        return reached.total(self.taxed) - self.target

    def order(self, reached, moved=0):
        """Which of two is better: the nearer, then the lower, then the one that moves fewest cents."""
        distance = self.distance(reached)
        return abs(distance), distance > 0, moved

    def proportional(self):
        """The proportional cut whose total is about the target: the total is nearly a straight line of the cut."""
        most = sum(self.limits)
        highest, lowest = self.at([0] * len(self.cells)), self.at(self.limits)
        range_of_totals = highest.total(self.taxed) - lowest.total(self.taxed)
        if self.distance(lowest) > 0:
            raise CutTooLarge(range_of_totals)
        best, cut = highest, 0
        for _attempt in range(4):
            cut += round_half_up(Fraction(self.distance(best) * most, range_of_totals))
            cut = min(max(cut, 0), most)
            reached = self.at(distribute_by_group(cut, self.weights, self.groups, self.limits))
            if self.order(reached) >= self.order(best):
                break
            best = reached
        return best

    def by_trial(self, start, window):
        """All neighbours over the few largest cells, whose roundings may hang together."""
        largest = sorted(range(len(self.cells)), key=lambda i: -self.limits[i])[:FEW]
        window = window if len(largest) < MANY else min(window, 3)
        candidates = [
            range(max(cut - window, 0), min(cut + window, limit) + 1) if i in largest else (cut,)
            for i, (cut, limit) in enumerate(zip(start.cuts, self.limits, strict=True))
        ]
        reached = (self.at(cuts) for cuts in product(*candidates))
        return min(reached, key=lambda each: self.order(each, _moved(each.cuts, start.cuts)))

    def by_sums(self, start, window):
        """The neighbour nearest to the target where each cell adds its own to the total: sums built cell by cell."""
        wanted = -self.distance(start)
        sums = {0: (0, ())}  # change of the total: cents moved, cuts of the cells so far
        span = 2 * window + abs(wanted)
        for cell, cut in zip(self.cells, start.cuts, strict=True):
            changes = self._changes(cell, cut, window)
            added = {}
            for total, (moved, cuts) in sums.items():
                for new_cut, change in changes.items():
                    new_total, new_moved = total + change, moved + abs(new_cut - cut)
                    if abs(new_total) <= span and (new_total not in added or new_moved < added[new_total][0]):
                        added[new_total] = new_moved, (cuts, new_cut)
            sums = added
        moved, cuts = sums[min(sums, key=lambda total: (abs(total - wanted), total > wanted, sums[total][0]))]
        return self.at(_unrolled(cuts))

    def _changes(self, cell, cut, window):
        """What the total gains by each cut of a cell near the present one."""
        index = 1 if self.taxed else 0
        present = _rounded_line(cell, cut)[index]
        cuts = range(max(cut - window, 0), min(cut + window, cell.limit) + 1)
        return {near: _rounded_line(cell, near)[index] - present for near in cuts}


def _moved(cuts, others):
    return sum(abs(cut - other) for cut, other in zip(cuts, others, strict=True))


def _unrolled(cuts):
    """The cuts of a chain of pairs, the first cell first."""
    unrolled = []
    while cuts:
        cuts, cut = cuts
        unrolled.append(cut)
    return unrolled[::-1]
