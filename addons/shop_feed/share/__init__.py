"""The share page of a feed, without the ORM.

- :mod:`.card` reads back what a feed sends of an item, whatever its channel calls the fields.
- :mod:`.shelf` is by what a page of many items sorts and counts them.
- :mod:`.browse` is what a visitor looks for, and the tree of categories in which he does.
- :mod:`.question` is the form by which he asks for a product.
"""
