"""Columns that begin empty: what is not known of the rows already there is not computed for them."""

from odoo.tools.sql import column_exists, create_column


def create_empty_columns(model, columns):
    """Create the missing columns of stored computes; Odoo then finds them there, and computes new rows alone.

    To be called in ``_auto_init``, before core's own.

    :param dict columns: PostgreSQL's types by the names of the fields
    """
    for name, kind in columns.items():
        if not column_exists(model.env.cr, model._table, name):
            create_column(model.env.cr, model._table, name, kind)
