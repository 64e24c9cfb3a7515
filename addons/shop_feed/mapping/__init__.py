"""From the facts of a product to the values of a channel's fields, as data that people edit; without the ORM.

- :mod:`.sources` is the closed list of what a feed may say of a product.
- :mod:`.template` joins some of it to a text; :mod:`.transforms` changes one; :mod:`.row` is all of it for one field.
- :mod:`.rules` change values, add labels or leave a product out, under a condition.
- :mod:`.categories` finds the channel's category through the shop's tree; :mod:`.taxonomy` reads the public files.

Whatever is wrong with a row is a :class:`~.sources.Mistake` when it is saved, not a surprise while a feed is being
built.
"""
