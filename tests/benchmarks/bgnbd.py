"""BG/NBD, the textbook's model of who buys again, to compare with: no part of the product.

P. Fader, B. Hardie, K. Lee, "Counting your customers" the easy way, Marketing Science 24 (2005): likelihood (6) and
expected purchases (10). Fitted by the simplex of Nelder and Mead, as ``lifetimes`` does, without its dependencies.
"""

from math import exp, inf, lgamma, log


def fit(customers, start=(0.5, 5.0, 0.8, 2.5)):
    """The parameters r, alpha, a and b of greatest likelihood.

    :param customers: triples of repeat purchases, time of the last one and age, in weeks
    """

    def cost(logs):
        parameters = [exp(value) for value in logs]
        return -sum(_log_likelihood(parameters, *customer) for customer in customers)

    return [exp(value) for value in _minimum(cost, [log(value) for value in start])]


def expected(parameters, repeats, last, age, weeks):
    """How many purchases are expected of a customer within the next weeks."""
    r, alpha, a, b = parameters
    whole = alpha + age + weeks
    grown = ((alpha + age) / whole) ** (r + repeats)
    series = _hypergeometric(r + repeats, b + repeats, a + b + repeats - 1, weeks / whole)
    numerator = (a + b + repeats - 1) / (a - 1) * (1 - grown * series)
    gone = a / (b + repeats - 1) * ((alpha + age) / (alpha + last)) ** (r + repeats) if repeats else 0
    return numerator / (1 + gone)


def _log_likelihood(parameters, repeats, last, age):
    r, alpha, a, b = parameters
    alive = -(r + repeats) * log(alpha + age)
    if repeats:
        dead = log(a) - log(b + repeats - 1) - (r + repeats) * log(alpha + last)
        top = max(alive, dead)
        alive = top + log(exp(alive - top) + exp(dead - top))
    known = lgamma(r + repeats) - lgamma(r) + r * log(alpha)
    return known + lgamma(a + b) + lgamma(b + repeats) - lgamma(b) - lgamma(a + b + repeats) + alive


def _hypergeometric(a, b, c, z):
    term = total = 1.0
    for number in range(2000):
        term *= (a + number) * (b + number) / ((c + number) * (number + 1)) * z
        total += term
        if abs(term) < 1e-12 * abs(total):
            break
    return total


def _minimum(cost, start, steps=400):
    """The simplex of Nelder and Mead (The Computer Journal 7, 1965)."""
    simplex = [start] + [
        [value + (place == number) * 0.5 for place, value in enumerate(start)] for number in range(len(start))
    ]
    points = sorted((cost(point), point) for point in simplex)
    for _step in range(steps):
        worst_cost, worst = points[-1]
        centre = [sum(values) / len(start) for values in zip(*(point for _cost, point in points[:-1]), strict=True)]

        def along(share, worst=worst, centre=centre):
            point = [middle + share * (middle - value) for middle, value in zip(centre, worst, strict=True)]
            return cost(point), point

        reflected = along(1)
        if reflected[0] < points[0][0]:
            points[-1] = min(reflected, along(2))
        elif reflected[0] < points[-2][0]:
            points[-1] = reflected
        else:
            inside = along(-0.5) if reflected[0] >= worst_cost else along(0.5)
            if inside[0] < min(worst_cost, reflected[0]):
                points[-1] = inside
            else:
                best = points[0][1]
                shrunk = [
                    [(value + other) / 2 for value, other in zip(point, best, strict=True)] for _c, point in points[1:]
                ]
                points = [points[0], *((cost(point), point) for point in shrunk)]
        points.sort()
        if points[-1][0] - points[0][0] < 1e-6:
            break
    return points[0][1] if points[0][0] < inf else start
