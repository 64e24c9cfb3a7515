"""Where a line stands in the tree of headings, followed along the stream."""

from .words import one_line

SEPARATOR = " / "  # between the categories of a path, where they stand in one cell


class Trail:
    """The headings above the current place, the outermost first.

    Levels that jump (0, then 2) nest one step at a time.

    >>> trail = Trail()
    >>> from .listing import Heading
    >>> for heading in (Heading(0, "Food"), Heading(1, "Pasta"), Heading(3, "Fresh"), Heading(1, "Rice")):
    ...     print(trail.follow(heading), trail.text())
    0 Food
    1 Food / Pasta
    2 Food / Pasta / Fresh
    1 Food / Rice
    """

    def __init__(self):
        self._levels = []
        self.titles = []

    def follow(self, heading):
        """Step to ``heading`` and return its depth in this trail, 0 for the outermost."""
        while self._levels and self._levels[-1] >= heading.level:
            self._levels.pop()
            self.titles.pop()
        self._levels.append(heading.level)
        self.titles.append(one_line(heading.title))
        return len(self.titles) - 1

    @property
    def depth(self):
        """How many headings stand above a line at this place."""
        return len(self.titles)

    def text(self, separator=SEPARATOR):
        """The titles in one line."""
        return separator.join(self.titles)
