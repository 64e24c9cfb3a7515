"""What a database holds, read from its catalogue and rows: to compare it with another, or with itself later."""

import collections
import json

from .console import Problem

# Each gives one line a thing. Left out are the sequences that stand for rows of ir_sequence.
SCHEMA = """
SELECT format('column %s.%s: %s%s', table_name, column_name,
              CASE data_type WHEN 'USER-DEFINED' THEN udt_name ELSE data_type END,
              CASE is_nullable WHEN 'NO' THEN ', required' ELSE '' END)
  FROM information_schema.columns WHERE table_schema = 'public'
UNION ALL
SELECT format('%s %s', CASE relkind WHEN 'S' THEN 'sequence' WHEN 'v' THEN 'view' WHEN 'm' THEN 'materialized view'
                       ELSE 'table' END, relname)
  FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p', 'S', 'v', 'm')
   AND NOT EXISTS (SELECT FROM ir_sequence WHERE starts_with(relname, 'ir_sequence_' || lpad(id::text, 3, '0')))
UNION ALL
SELECT format('constraint %s on %s: %s', conname, conrelid::regclass, pg_get_constraintdef(oid))
  FROM pg_constraint WHERE connamespace = 'public'::regnamespace AND conrelid != 0
UNION ALL
SELECT format('index %s: %s', indexname, indexdef) FROM pg_indexes WHERE schemaname = 'public'
UNION ALL
SELECT format('function %s', oid::regprocedure) FROM pg_proc WHERE pronamespace = 'public'::regnamespace
UNION ALL
SELECT format('trigger %s on %s', tgname, tgrelid::regclass) FROM pg_trigger WHERE NOT tgisinternal
"""
COLUMNS = """
SELECT json_object_agg(table_name, columns) FROM (
    SELECT c.table_name, json_agg(c.column_name ORDER BY c.ordinal_position) AS columns
      FROM information_schema.columns c JOIN information_schema.tables t USING (table_schema, table_name)
     WHERE table_schema = 'public' AND t.table_type = 'BASE TABLE' GROUP BY c.table_name
) AS of_table
"""
MODELS = """
SELECT m.model FROM ir_model m JOIN ir_model_data d ON d.model = 'ir.model' AND d.res_id = m.id
 GROUP BY m.model HAVING bool_and(d.module IN ({modules}))
"""
OWNED = """
SELECT replace(model, '.', '_'), res_id FROM ir_model_data
 GROUP BY model, res_id HAVING bool_and(module IN ({modules}))
UNION ALL
SELECT 'ir_model_data', id FROM ir_model_data WHERE module IN ({modules})
"""
HANGING = """
SELECT json_agg(json_build_array(conrelid::regclass::text, attname, confrelid::regclass::text))
  FROM pg_constraint JOIN pg_attribute ON attrelid = conrelid AND attnum = conkey[1]
 WHERE contype = 'f' AND confdeltype = 'c' AND connamespace = 'public'::regnamespace
"""
# Say nothing of what a row holds, or a checksum beside them does; a model's info is of whichever addon extends it last.
VOLATILE = ("write_date", "write_uid", "db_datas", "info")


def schema(server, name):
    """The tables, columns, constraints, indexes, sequences, views, functions and triggers, as a set of lines."""
    return set(_read(server, name, SCHEMA).splitlines())


def columns(server, name):
    """The columns of each table, by its name."""
    return json.loads(_read(server, name, COLUMNS))


def rows(server, name, wanted):
    """A digest of each row, by table and key: its id, or all of it where a table has none.

    :param dict wanted: the columns that count, by table, as :func:`columns` gives them; others do not
    """
    there = columns(server, name)
    parts = [_digests(table, set(there[table]) - set(names)) for table, names in wanted.items() if table in there]
    lines = (line.split("|", 2) for line in _read(server, name, " UNION ALL ".join(parts)).splitlines())
    return {(table, key): digest for digest, table, key in lines}


def contents(server, name, keys):
    """Rows as dictionaries, by table and key."""
    wanted, found = collections.defaultdict(list), {}
    for table, key in keys:
        if key.isdigit():
            wanted[table].append(key)
        else:
            found[table, key] = json.loads(key)
    parts = [
        f"SELECT json_build_array({_literal(table)}, id::text, {_row('t', VOLATILE)})"  # noqa: S608 - own keys
        f" FROM {_quoted(table)} AS t WHERE id IN ({', '.join(ids)})"
        for table, ids in wanted.items()
    ]
    lines = _read(server, name, " UNION ALL ".join(parts)).splitlines() if parts else []
    return found | {(table, key): row for table, key, row in map(json.loads, lines)}


def models(server, name, modules):
    """The models that are those modules' alone."""
    return _read(server, name, MODELS.format(modules=", ".join(map(_literal, modules)))).split()


def hanging(server, name):
    """The references with whose row the referring row goes: the table referred to, by table and column."""
    return {(table, column): to for table, column, to in json.loads(_read(server, name, HANGING))}


def owned(server, name, modules, more=()):
    """The rows to which only those modules gave an external id, and these ids, by table and id.

    :param more: queries that give table and id of others
    """
    sql = " UNION ALL ".join([OWNED.format(modules=", ".join(map(_literal, modules))), *more])
    return {tuple(line.split("|")) for line in _read(server, name, sql).splitlines()}


def _digests(table, left_out):
    digest = f"md5(({_row('t', [*left_out, *VOLATILE])})::text)"
    key = "coalesce(to_jsonb(t) ->> 'id', to_jsonb(t)::text)"
    return f"SELECT {digest}, {_literal(table)}, {key} FROM {_quoted(table)} AS t"  # noqa: S608 - from the catalogue


def _row(alias, left_out):
    return f"(to_jsonb({alias}) - ARRAY[{', '.join(map(_literal, sorted(left_out)))}])"


def _quoted(name):
    return '"' + name.replace('"', '""') + '"'


def _literal(text):
    return "'" + text.replace("'", "''") + "'"


def _read(server, name, sql):
    found = server.query(sql, name)
    if found is None:
        raise Problem(f"The database {name} can't be read.", "Read the log of PostgreSQL.")
    return found
