"""The page on which a click lands, beside what a channel was told; without the ORM and without a network.

- :mod:`.page` reads what a page says of its products: to machines (JSON-LD) and to people.
- :mod:`.comparison` tells where a page and an item differ: channels look at both and refuse what differs.
"""
