"""A price list on paper, without the ORM: headings and rows, written as PDF, XLSX or CSV.

- :mod:`.listing` says what a document is made of: its head, its columns, and the stream of headings and lines.
- :mod:`.tree` puts categories and their lines in the order of the product tree.
- :mod:`.pdf`, :mod:`.xlsx` and :mod:`.csv_file` each write one document: ``write_...(listing, blocks, stream)``.

``blocks`` is read once, from its first element to its last, and never kept: a generator fed by a cursor is welcome.
"""
