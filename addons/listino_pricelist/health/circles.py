"""Lists that are, through their base lists, based on themselves."""


def circles(bases):
    """The circles, each as the list ids on its way, beginning with the lowest.

    :param dict bases: for each list the ids of those it is based on

    >>> circles({1: {2}, 2: {3}, 3: {1}, 4: {1}})
    [(1, 2, 3)]
    >>> circles({1: {1}, 2: {1}}), circles({1: {2}, 3: {2}})
    ([(1,)], [])
    """
    found, done = set(), set()
    for start in sorted(bases):
        path = [start]
        waiting = [iter(sorted(bases[start]))]
        while waiting:
            following = next(waiting[-1], None)
            if following is None:
                waiting.pop()
                done.add(path.pop())
            elif following in path:
                found.add(_from_lowest(path[path.index(following) :]))
            elif following not in done:
                path.append(following)
                waiting.append(iter(sorted(bases.get(following, ()))))
    return sorted(found)


def _from_lowest(circle):
    lowest = circle.index(min(circle))
    return tuple(circle[lowest:] + circle[:lowest])


def chain(bases, list_id):
    """The list and all those it is based on, at whatever remove.

    >>> chain({1: {2}, 2: {3}, 4: {1}}, 1)
    [1, 2, 3]
    """
    found = [list_id]
    for one in found:
        found += [base for base in sorted(bases.get(one, ())) if base not in found]
    return found
