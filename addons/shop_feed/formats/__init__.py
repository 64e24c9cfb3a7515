"""Items as files, without the ORM: each item a piece of text, the pieces joined to one file that streams.

- :mod:`.columns` says which columns a file has and how several values stand in one of them.
- :mod:`.xml` shapes RSS, Atom and any list of elements; :mod:`.table` CSV and TSV; :mod:`.sheet` writes Excel files.
- :mod:`.files` joins the pieces, plain or packed: the same items give the same bytes.

A shape has a ``head``, a ``tail`` and ``item(values)``. The piece of one item depends on nothing but its values, so
it may be kept and joined again later. Values are texts, lists of texts, or dictionaries of texts by part; what is
empty is left out. Every text passes ``clean`` here, whatever was done to it before.
"""
