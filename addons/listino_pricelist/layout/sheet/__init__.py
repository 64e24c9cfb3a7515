"""The price list as a spreadsheet: its table, its formats, and what the file format allows (see ``..xlsx``)."""
