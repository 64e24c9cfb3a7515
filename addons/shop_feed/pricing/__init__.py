"""Prices that may be announced, without the ORM: cents and moments in, cents and reasons out.

- :mod:`.history` is what an item cost when, and the lowest price of the thirty days before a reduction began.
- :mod:`.reduction` says which pair of prices a feed may announce, and why.
- :mod:`.window` is the stretch of a sale; :mod:`.unit_price` the price by the kilo, litre or metre.
"""
