"""Many products with one cause: counted, with a few examples."""

from dataclasses import dataclass, field

MOST_EXAMPLES = 5
MOST_PRODUCTS = 500


@dataclass(slots=True)
class Tally:
    """The products to which the same happened.

    :param int count: how many products
    :param list examples: what was found, for the first of them
    :param list product_ids: the first of them, to open in a list

    >>> tally = Tally()
    >>> for product_id in (7, 7, 8):
    ...     tally.add(product_id, {"price": 1.0})
    >>> tally.count, tally.product_ids
    (2, [7, 8])
    """

    count: int = 0
    examples: list = field(default_factory=list)
    product_ids: list = field(default_factory=list)
    _last: int | None = None

    def add(self, product_id, figures):
        """Count a product, once however often it is found; products come one after the other."""
        if product_id == self._last:
            return
        self._last = product_id
        self.count += 1
        if len(self.examples) < MOST_EXAMPLES:
            self.examples.append({"product_id": product_id, **figures})
        if len(self.product_ids) < MOST_PRODUCTS:
            self.product_ids.append(product_id)
