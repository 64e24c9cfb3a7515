"""Where a line stands in the tree of headings, followed along the stream."""

from .listing import Heading
from .words import one_line


class Trail:
    """The headings above the current place, the outermost first.

    Levels that jump (0, then 2) nest one step at a time.

    >>> trail = Trail()
    >>> for heading in (Heading(0, "Food"), Heading(1, "Pasta"), Heading(3, "Fresh"), Heading(1, "Rice")):
    ...     print(trail.follow(heading), trail.text(" / "))
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

    def text(self, separator):
        return separator.join(self.titles)


def with_trail(blocks):
    """Each block with the trail as it stands after it (the same object all along, read it at once).

    >>> from .listing import Line
    >>> [(trail.text(" / "), type(block).__name__) for trail, block in with_trail([Heading(0, "Food"), Line(("x",))])]
    [('Food', 'Heading'), ('Food', 'Line')]
    """
    trail = Trail()
    for block in blocks:
        if isinstance(block, Heading):
            trail.follow(block)
        yield trail, block
