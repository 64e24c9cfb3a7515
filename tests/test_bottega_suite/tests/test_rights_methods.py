"""Who may call what: every public method of ours by every group, on a row of his company and on one of another's."""

from odoo.tests import TransactionCase, tagged
from odoo.tools import SQL

from . import rights_registry
from .rights_common import ROLES, RightsCommon
from .rights_rows import NO_SUCH, Rows


@tagged("post_install", "-at_install")
class TestRightsMethods(RightsCommon, TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.make_companies()
        cls.methods = list(rights_registry.own_methods(cls.env))
        cls.make_rows({model for model, _method in cls.methods})

    def test_every_method_is_in_the_table_and_answers_whom_it_says(self):
        """A button nobody has thought of, or one that answers whoever asks, is told here."""
        self.check("methods", ["model", "method"], [self._describe(*method) for method in self.methods])

    def test_rows_are_the_same_in_whatever_order_they_are_asked_for(self):
        """What a method answers hangs on what its row is linked to, and that must not hang on the order of a set."""
        models = sorted({model for model, _method in self.methods})
        self.assertEqual(self._filled("Prima S.r.l.", models), self._filled("Seconda S.r.l.", models[::-1]))

    def _describe(self, model, method):
        needed, on_records = rights_registry.signature(self.env, model, method)
        given = [self.given(parameter) for parameter in needed]
        here = [[self.rows[self.here].of(model).id]] if on_records else []
        answered = {role for role in ROLES if not self.is_refused(role, model, method, here, *given)}
        alien = self.rows[self.elsewhere].of(model)
        asking = [role for role in ROLES if on_records and role in answered and self._is_kept_from(role, alien)]
        told = [role for role in asking if not self.is_refused(role, model, method, [alien.ids], *given)]
        return {
            "addon": rights_registry.addon(self.env, model, method),
            "model": model,
            "method": method,
            "elsewhere": " ".join(told),
            **{role: "x" if role in answered else "" for role in ROLES},
        }

    def _filled(self, name, models):
        """Which columns are filled in the rows of a new company, by model."""
        company = self.env["res.company"].create({"name": name})
        rows = Rows(self.env, company, self._known(company, None))
        rows.make(models)
        return {model: self._columns(rows.of(model)) for model in models}

    def _columns(self, row):
        if row.id == NO_SUCH:
            return None
        query = SQL("SELECT to_jsonb(row.*) FROM %s row WHERE id = %s", SQL.identifier(row._table), row.id)
        [(values,)] = self.env.execute_query(query)
        return sorted(name for name, value in values.items() if value is not None)

    def _is_kept_from(self, role, row):
        """Whether a row is one that a user must know nothing of: another's, or his own wizard on another's record."""
        return row._auto and (row.is_transient() or not row.with_user(self.users[role]).has_access("read"))
