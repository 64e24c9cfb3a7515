"""What each channel wants of an item, as data, and whether an item gives it; without the ORM.

- :mod:`.spec` is the shape of a specification: channels, their fields, what each must be. The rows themselves are the
  CSV files in ``data/``, which Odoo loads as records and :mod:`.shipped` reads for tests.
- :mod:`.kinds` checks and writes one value: text, address, picture, barcode, money, dates, measures.
- :mod:`.validate` does it for a whole item; :mod:`.offer` looks at its prices together; :mod:`.groups` at the variants
  and identifiers of a whole feed.

A problem is an :class:`~.issues.Issue`: a code, a field, how grave it is, and the numbers for the sentence to be shown.
What can be mended is mended and told. An item with an error is to be left out of the feed; the others go on.
"""
