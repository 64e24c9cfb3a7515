"""A change of many prices, without the ORM: the new price of each (``formula``), and what is to be said of it (``verdict``)."""
