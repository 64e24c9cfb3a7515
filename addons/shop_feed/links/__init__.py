"""Addresses that tell where a customer comes from and bring a fan's discount along; without the ORM."""
