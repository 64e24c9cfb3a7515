"""Who may fetch, how often, and what is kept of it; without the ORM.

- :mod:`.keys` makes what addresses of feeds are known by, and compares it.
- :mod:`.networks` shortens addresses of clients.
- :mod:`.buckets` lets so many requests pass.
"""
