"""Copies of rows by SQL: so many records at once that creating them would take longer than what is measured."""

from odoo.tools import SQL


def copy_row(env, table, source, count, changes):
    """Copies of a row numbered from 1, with other values in some columns.

    :param int source: id of the row
    :param dict changes: SQL by column, in which ``number`` is the copy's and ``source`` the row
    :return: the lowest id
    """
    columns = _get_columns(env, table)
    values = [changes.get(name, SQL.identifier("source", name)) for name in columns]
    [(first,)] = env.execute_query(
        SQL(
            """
            WITH made AS (
                INSERT INTO %(table)s (%(columns)s)
                SELECT %(values)s
                  FROM %(table)s source, generate_series(1, %(count)s) number
                 WHERE source.id = %(source)s
              ORDER BY number
             RETURNING id
            ) SELECT MIN(id) FROM made
            """,
            table=SQL.identifier(table),
            columns=SQL(", ").join(map(SQL.identifier, columns)),
            values=SQL(", ").join(values),
            count=count,
            source=source,
        )
    )
    return first


def _get_columns(env, table):
    """The columns that a row is given, all but its id."""
    rows = env.execute_query(
        SQL(
            """SELECT column_name FROM information_schema.columns
                WHERE table_name = %s AND column_name <> 'id' AND is_generated = 'NEVER'""",
            table,
        )
    )
    return [name for (name,) in rows]
