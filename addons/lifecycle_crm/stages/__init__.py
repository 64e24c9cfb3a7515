"""Where a customer stands and why, without the ORM: facts, rules and a day in, a stage and its numbers out.

Facts are dates, never ages, so that nothing stored goes stale overnight; money is counted in whole cents.
"""
