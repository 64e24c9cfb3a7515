"""Rows written by the thousand, where the ORM would take a minute for what nobody else has a say in."""

import json

from odoo.tools import SQL

CHUNK = 10_000


def insert_rows(env, model_name, rows):
    """Insert rows of a model whose stored fields are all plain: no computes, no inverses, no constraints in Python.

    :param list rows: dictionaries of column values with the same keys; dates in UTC
    """
    model = env[model_name]
    if not rows:
        return
    for start in range(0, len(rows), CHUNK):
        chunk = rows[start : start + CHUNK]
        insert_populated(env, model._table, json.dumps(chunk, default=str), list(chunk[0]))
    model.invalidate_model()


def insert_populated(env, table, rows, columns):
    """Insert what PostgreSQL reads from a JSON text: exactly the numbers that stand there.

    :param str rows: a JSON array of objects
    :param list columns: those to fill; the others get their defaults
    """
    query = SQL(
        "INSERT INTO %(table)s (%(columns)s)"
        " SELECT %(columns)s FROM jsonb_populate_recordset(NULL::%(table)s, %(rows)s)",
        table=SQL.identifier(table),
        columns=SQL(", ").join(map(SQL.identifier, columns)),
        rows=rows,
    )
    env.cr.execute(query)
