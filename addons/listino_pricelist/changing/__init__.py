"""A change of many prices, without the ORM: each new price (``formula``), and what to say of it (``verdict``)."""
