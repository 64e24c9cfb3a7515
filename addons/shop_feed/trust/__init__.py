"""What makes people trust a shop, without the ORM.

- :mod:`.footer` reads what the foot of each page says.
- :mod:`.checks` are the questions of the readiness list, each a function of :class:`~.checks.Facts`.
"""
