"""Two Odoo nodes on one database: what they get to do, and whether they did all of it, once.

``./setup/nodes`` starts and kills the nodes; this package works inside the database, before them and after them.
"""
