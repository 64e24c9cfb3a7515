"""The channel's category of a product, through the tree of the shop's own categories."""

from typing import NamedTuple


class Found(NamedTuple):
    """A category of the channel, and the shop's category it was entered at."""

    target: object
    entered_at: object


def nearest(category, parents, entered):
    """What holds for a category: what was entered there, or at the nearest one above it.

    :param category: where to start; None for none
    :param dict parents: the category above each; a top one is missing or None
    :param dict entered: the channel's category by ours
    :return: a :class:`Found`, None where nothing was entered on the way up

    >>> parents = {"Vini rossi": "Vini", "Vini": "Bevande"}
    >>> nearest("Vini rossi", parents, {"Bevande": 413, "Vini": 421})
    Found(target=421, entered_at='Vini')
    >>> nearest("Pane", parents, {"Vini": 421}) is None
    True
    """
    for each in path_up(category, parents):
        if entered.get(each):
            return Found(entered[each], each)
    return None


def path_up(category, parents):
    """A category and those above it, each once: a tree that bites its tail ends there."""
    seen = []
    while category is not None and category not in seen:
        seen.append(category)
        category = parents.get(category)
    return seen


def below(category, parents):
    """The categories for which what is entered at one may hold: itself and all under it.

    >>> sorted(below("Bevande", {"Vini": "Bevande", "Vini rossi": "Vini", "Pane": None}))
    ['Bevande', 'Vini', 'Vini rossi']
    """
    return {each for each in [category, *parents] if category in path_up(each, parents)}
