"""Plays: what is done for a customer, when, at what cost and with what effect, without the ORM."""
