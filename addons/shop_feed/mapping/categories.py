"""The channel's category of a product, through the tree of the shop's own categories."""


def nearest(category, parents, entered):
    """What holds for a category: what was entered there, or at the nearest one above it.

    :param category: where to start; None for none
    :param dict parents: the category above each; a top one is missing or None
    :param dict entered: the channel's category by ours
    :return: the channel's category, None where nothing was entered on the way up

    >>> parents = {"Vini rossi": "Vini", "Vini": "Bevande"}
    >>> nearest("Vini rossi", parents, {"Bevande": 413, "Vini": 421})
    421
    >>> nearest("Pane", parents, {"Vini": 421}) is None
    True
    """
    return next((entered[each] for each in path_up(category, parents) if entered.get(each)), None)


def path_up(category, parents):
    """A category and those above it, each once: a tree that bites its tail ends there."""
    seen = []
    while category is not None and category not in seen:
        seen.append(category)
        category = parents.get(category)
    return seen
