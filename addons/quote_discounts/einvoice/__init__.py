"""The discounts of invoice lines as the electronic invoice (FatturaPA) writes them; plain Python, no database."""
