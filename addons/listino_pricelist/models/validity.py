"""What is valid on a day or at a moment, by its ``date_start`` and ``date_end``; an end that is missing is open."""

from odoo.fields import Domain


def valid_on(first, last=None):
    """The domain of what is valid then, or at any time from the first to the last, both included."""
    begun = Domain("date_start", "=", False) | Domain("date_start", "<=", last or first)
    return begun & (Domain("date_end", "=", False) | Domain("date_end", ">=", first))
