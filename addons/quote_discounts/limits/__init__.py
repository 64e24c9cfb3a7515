"""The arithmetic of management's directions, without the ORM: which limit holds, what it leaves, what goes beyond."""
