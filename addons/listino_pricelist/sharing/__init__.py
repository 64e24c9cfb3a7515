"""What the links to price lists are made of: plain Python, no database."""
