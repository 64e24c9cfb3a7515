"""What only a whole feed tells: identifiers that come twice, variants that can't be told apart.

>>> feed = Feed()
>>> feed.add("7", "T1", {"color": "red"})
>>> feed.add("8", "T1", {"color": "red"})
>>> feed.add("7", None, {})
>>> [(item, each.code, each.numbers) for item, each in feed.issues()]
[('7', 'id_twice', {'count': 2}), ('7', 'variants_alike', {'other': '8'}), ('8', 'variants_alike', {'other': '7'})]
"""

from collections import Counter, defaultdict

from .issues import issue

ATTRIBUTES = ("color", "size", "material", "pattern", "gender", "age_group")


class Feed:
    """Items added one by one; only identifiers and what sets variants apart are kept."""

    def __init__(self, id_field="id", group_field="item_group_id"):
        self._id_field, self._group_field = id_field, group_field
        self._ids, self._groups = Counter(), defaultdict(list)

    def add(self, item_id, group_id, values):
        """Take in an item that is sent; of its values only what tells variants apart is kept."""
        self._ids[item_id] += 1
        if group_id:
            self._groups[group_id].append((item_id, tuple(values.get(name, "") for name in ATTRIBUTES)))

    def issues(self):
        """Pairs of an item's identifier and an issue, in the order in which the items came."""
        for item_id, count in self._ids.items():
            if count > 1:
                yield item_id, issue("id_twice", self._id_field, count=count)
        for members in self._groups.values():
            yield from self._of_group(members)

    def _of_group(self, members):
        if len(members) == 1:
            yield members[0][0], issue("variant_alone", self._group_field)
            return
        alike = defaultdict(list)
        for item_id, attributes in members:
            alike[attributes].append(item_id)
        for same in alike.values():
            for number, item_id in enumerate(same if len(same) > 1 else ()):
                yield item_id, issue("variants_alike", self._group_field, other=same[1 if number == 0 else 0])
