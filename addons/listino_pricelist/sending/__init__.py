"""Sending price lists, without the ORM: when, to which addresses, and what a mail server's answer means.

- :mod:`.schedule` says when the next mail of a monthly sending is due.
- :mod:`.addresses` reads addresses as people type them.
- :mod:`.outcome` tells what was refused for certain from what nobody can know.
- :mod:`.retry` says how long to wait before the next attempt.
"""
