"""Relations that are over: an end was said, and no order came later."""

from odoo.tools import SQL

OVER = SQL("s.end_date IS NOT NULL AND (s.last_order_date > s.end_date) IS NOT TRUE")  # of a row ``s`` of statuses
