"""Bare rows of any model: what a right is asked for must be there, however it came to be."""

import datetime
import itertools

import psycopg2

from odoo.tools import SQL, mute_logger

from .rights_registry import SUITE

# What a table asks for beyond the required fields: a value, or True for a link to a row.
ASKED = {
    "account.move.line": {"account_id": True},
    "dunning.promise": {"snapshot": {"lines": [], "net": 0.0}},
    "dunning.stage": {"template_id": True},
    "lifecycle.register.check": {"number": "+390612345678"},
}
NO_SUCH = 2_000_000_000  # an id that no row has
PLAIN = {
    "char": "-",
    "text": "-",
    "html": "-",
    "integer": 1,
    "float": 1.0,
    "monetary": 1.0,
    "boolean": False,
    "date": datetime.date(2026, 3, 2),
    "binary": b"eA==",
    "datetime": datetime.datetime(2026, 3, 2, 9),
}


class Rows:
    """One row a model of one company, put into the table by SQL.

    A record made through the ORM has to fit the rules of the business, and many of ours are made by a scheduled action
    at the end of a long story. For who may see it, all that counts is its company and what it hangs on.

    :param res.company company: whose rows they are
    :param dict known: records that there are already, by model
    """

    numbers = itertools.count(1)

    def __init__(self, env, company, known):
        self.env = env(su=True)
        self.company = company
        known = {**known, "res.company": company, "res.currency": company.currency_id}
        self.known = {name: self.env[name].browse(record.id) for name, record in known.items()}  # in no other context
        self.under_way = set()

    def make(self, names):
        """The rows of models in the order of their names, whatever order they are given in.

        A row hangs on those that were there before it, and what it hangs on decides who may see it.
        """
        for name in sorted(names):
            self.of(name)

    def of(self, name):
        """The row of a model; one that does not exist where the model has no table."""
        model = self.env[name]
        if name not in self.known:
            has_table = model._auto and not model._abstract
            self.known[name] = self._make(model) if has_table else model.browse(NO_SUCH)
        return self.known[name]

    def _make(self, model):
        """Insert a row; where one like it is there already, another number may be what it lacks."""
        self.under_way.add(model._name)
        try:
            with self.env.cr.savepoint(), mute_logger("odoo.sql_db"):
                return self._insert(model, dict(self._values(model, 1)))
        except psycopg2.errors.UniqueViolation:
            return self._insert(model, dict(self._values(model, next(self.numbers))))
        finally:
            self.under_way.discard(model._name)

    def _insert(self, model, values):
        columns = SQL(", ").join(map(SQL.identifier, values))
        given = SQL(", ").join(SQL("%s", value) for value in values.values())
        table = SQL.identifier(model._table)
        [(number,)] = self.env.execute_query(SQL("INSERT INTO %s (%s) VALUES (%s) RETURNING id", table, columns, given))
        return model.browse(number)

    def _values(self, model, number):
        asked = ASKED.get(model._name, {})
        for name, field in sorted(model._fields.items()):
            if not field.store or not field.column_type or name == "id":
                continue
            value = self._value(field, asked.get(name, field.required), number)
            if value is not None:
                yield name, field.convert_to_column_insert(value, model, {})

    def _value(self, field, asked, number):
        """:param asked: whether the column must hold something, or what it is to hold"""
        if field.name in ("create_uid", "write_uid"):
            return self.env.ref("base.user_admin").id
        if field.type == "many2one":
            return self._link(field, asked)
        if asked is not True:
            return asked or None
        if field.default and not callable(field.default):
            return field.default
        if field.type == "selection":
            return next(iter(field.get_values(self.env)))
        if field.type == "many2one_reference":
            return next(self.numbers)
        if field.type == "char":
            return f"{field.name} {next(self.numbers)}"
        return number if field.type == "integer" else PLAIN.get(field.type)

    def _link(self, field, asked):
        """What hangs on the customer, the order or whatever else is known does so; the rest only where it must.

        What need not be anybody's is nobody's: a rule that keeps people to their own lets them see it.
        """
        if field.comodel_name == "res.users" and not asked:
            return None
        if field.comodel_name in self.known:
            return self.known[field.comodel_name].id
        if not asked or field.comodel_name in self.under_way:
            return None
        model = self.env[field.comodel_name]
        is_common = "company_id" not in model._fields and type(model)._original_module not in SUITE
        return (is_common and model.search([], limit=1).id) or self.of(model._name).id
