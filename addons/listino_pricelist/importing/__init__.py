"""A file of products and prices, from its bytes to a plan, without the ORM.

The way of a file: `files.read_table` (bytes to a `Table` with its header) -> `columns.recognise` (which column is
what) -> `rows.read_rows` (cells to values, cleaned and checked) -> `plan.make_plan` (each row against the products
that are there: create, update, leave or refuse, and why). Nothing in here knows Odoo: what the database holds comes in
as plain `facts`, what a person reads comes out as `Remark` codes that the models put into words.
"""
