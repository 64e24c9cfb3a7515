"""Lays out the difference of two price lists, for paper and for the screen."""

from itertools import groupby

from ..freezing.difference import DOWN, GONE, NEW, UP
from ..layout.figures import decimals_written
from ..layout.listing import PERCENT, PRICE, TEXT, Column, Heading, Labels, Line, Listing
from ..layout.trail import SEPARATOR
from .reader import numbers_of


def signed(numbers, value, decimals):
    """A price difference with its sign, also where it is positive; empty for None.

    >>> from ..layout.figures import NumberFormat
    >>> signed(NumberFormat(",", "."), 3.5, 2), signed(NumberFormat(), -0.035, 2), signed(NumberFormat(), None, 2)
    ('+3,50', '-0.035', '')
    """
    if value is None:
        return ""
    return f"{'+' if value > 0 else ''}{numbers.fixed(value, decimals_written(value, decimals))}"


def signed_percent(numbers, value):
    """A percentage with its sign: one decimal, two where it is tiny; empty for None.

    >>> from ..layout.figures import NumberFormat
    >>> signed_percent(NumberFormat(",", "."), 9.09), signed_percent(NumberFormat(), -0.04)
    ('+9,1 %', '-0.04 %')
    """
    if value is None:
        return ""
    return f"{'+' if value > 0 else ''}{numbers.fixed(value, 1 if abs(value) >= 0.1 else 2)} %"


def words_of_difference(env, difference):
    """The difference in one sentence: "12 up (+3.1 % on average), 3 down (-2 % on average), 5 new, 1 gone"."""
    counts, numbers = difference.counts(), numbers_of(env)
    texts = {
        UP: env._("%(count)s up", count=counts[UP]),
        DOWN: env._("%(count)s down", count=counts[DOWN]),
        NEW: env._("%(count)s new", count=counts[NEW]),
        GONE: env._("%(count)s gone", count=counts[GONE]),
    }
    for kind in (UP, DOWN):
        if (percent := difference.average_percent(kind)) is not None:
            average = signed_percent(numbers, percent)
            texts[kind] = env._("%(count)s (%(percent)s on average)", count=texts[kind], percent=average)
    told = [texts[kind] for kind in (UP, DOWN, NEW, GONE) if counts[kind]]
    return ", ".join(told) or env._("No price changed.")


class DifferenceListing:
    """A difference as a content source of its own, and as plain data.

    :param env: of the reader, for his language
    :param old: the older content
    :param new: the newer one
    :param difference: see :func:`..freezing.difference.compare`
    :param captions: what the two are called

    ``has_labels``: whether it needs telling which price of a product is meant.
    """

    def __init__(self, env, old, new, difference, captions):
        self._env, self._difference, self._captions = env, difference, captions
        self._head = new.listing()
        self._numbers = numbers_of(env)
        prices = [column.decimals for source in (old, new) for column in source.columns if column.kind == PRICE]
        self._decimals = max(prices, default=2)
        self._kinds = {NEW: env._("new"), GONE: env._("gone"), UP: env._("up"), DOWN: env._("down")}
        self.has_labels = len({change.label for change in difference}) > 1

    # === PAPER === #

    def listing(self, customer=None):
        """The head, for a customer or for nobody in particular."""
        env, head = self._env, self._head
        options = {"customer": customer} if customer else {}
        return Listing(
            title=env._("What changed: %(name)s", name=head.title),
            subtitle=head.subtitle,
            company=head.company,
            facts=((env._("Compared"), " → ".join(self._captions)), *head.facts),
            note="\n".join([words_of_difference(env, self._difference), *self.remarks()]),
            contents=False,
            accent=head.accent,
            lang=env.lang or "",
            columns=tuple(self._columns()),
            labels=self._labels(),
            numbers=self._numbers,
            **options,
        )

    def _labels(self):
        env = self._env
        return Labels(
            page=env._("Page %(page)s of %(pages)s", page="%(page)s", pages="%(pages)s"),
            contents=env._("Contents"),
            category=env._("Category"),
            note=env._("Notes"),
            customer=env._("To"),
            empty=env._("No price changed."),
        )

    def _columns(self):
        env, old, new = self._env, *self._captions
        return [
            Column("kind", env._("Change"), TEXT),
            Column("reference", env._("Reference"), TEXT),
            Column("name", env._("Product"), TEXT, width=0),
            *([Column("label", env._("Price"), TEXT)] if self.has_labels else []),
            Column("old", old, PRICE, decimals=self._decimals),
            Column("new", new, PRICE, decimals=self._decimals),
            Column("amount", env._("Difference"), PRICE, decimals=self._decimals),
            Column("percent", env._("Percent"), PERCENT),
        ]

    def blocks(self):
        """Headings and changes in reading order."""
        trail = ()
        for change in self._difference:
            if change.category != trail:
                yield from self._headings(trail, change.category)
                trail = change.category
            yield self._line(change)

    def _headings(self, trail, category):
        """Those that lead from one category to another; the last one at least, so that its changes are under it."""
        same = next(
            (depth for depth, title in enumerate(category) if trail[depth : depth + 1] != (title,)), len(category)
        )
        start = max(0, min(same, len(category) - 1))
        return [Heading(level, title) for level, title in enumerate(category) if level >= start]

    def _line(self, change):
        texts = [self._kinds[change.kind], change.reference, change.name]
        texts += [change.label] if self.has_labels else []
        return Line((*texts, change.old, change.new, change.amount, change.percent), product_id=change.product_id)

    # === SCREEN === #

    def remarks(self):
        """What could not be compared, in words."""
        env, difference = self._env, self._difference
        texts = [
            (difference.only_old, env._("Only the old list has: %(columns)s.", columns=", ".join(difference.only_old))),
            (difference.only_new, env._("Only the new list has: %(columns)s.", columns=", ".join(difference.only_new))),
        ]
        return [text for columns, text in texts if columns]

    def sections(self, changes):
        """Changes by category, in the reader's numbers.

        :rtype: list[dict]
        """
        return [
            {"title": SEPARATOR.join(category), "changes": [self._cells(change) for change in found]}
            for category, found in groupby(changes, key=lambda change: change.category)
        ]

    def _cells(self, change):
        def price(value):
            return "" if value is None else self._numbers.fixed(value, decimals_written(value, self._decimals))

        return [
            change.kind,
            change.reference,
            change.name,
            change.label,
            price(change.old),
            price(change.new),
            signed(self._numbers, change.amount, self._decimals),
            signed_percent(self._numbers, change.percent),
        ]
