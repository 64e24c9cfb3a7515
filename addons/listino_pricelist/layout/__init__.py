"""A price list on paper, without the ORM: headings and rows, written as PDF, XLSX or CSV."""
