"""The rules of :mod:`..stages` said in SQL, so that a hundred thousand customers cost one query.

What it must answer is what :func:`stages.decide.decide` answers; the tests hold both against each other.
"""
