"""The arithmetic of price lists, without the ORM: which rule wins, what it makes of a price, and why."""
