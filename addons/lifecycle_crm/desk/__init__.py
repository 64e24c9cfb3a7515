"""The arithmetic of the desk, without the ORM."""
