"""A price list kept as it was, without the ORM: written small, proven by a hash, compared with another.

- :mod:`.content` turns the content of a document into bytes and back.
- :mod:`.difference` says what is new, gone, dearer and cheaper between two contents.
"""
