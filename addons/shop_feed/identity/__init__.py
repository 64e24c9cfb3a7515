"""What an item and a file are known by, and what a client already has; without the ORM.

- :mod:`.names` makes identifiers of items and groups that stay the same and fit the channel.
- :mod:`.content` tells whether an item's payload is another one.
- :mod:`.conditional` answers a request: whole, a part, nothing new; plain or packed.
"""
