"""Who may call what: every public method of ours by every group, on a row of his company and on one of another's."""

from odoo.tests import TransactionCase, tagged

from . import rights_registry
from .rights_common import ROLES, RightsCommon

EACH = 40  # of so many methods one is called over the wire too


@tagged("post_install", "-at_install")
class TestRightsMethods(RightsCommon, TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.make_companies()
        cls.methods = list(rights_registry.own_methods(cls.env))
        cls.make_rows({model for model, _method in cls.methods})

    def test_every_method_is_in_the_table_and_answers_whom_it_says(self):
        """A button nobody has thought of, or one that answers whoever asks, is told here.

        The table tells the most that is answered: on a bare row a method may also refuse for what else is there or not.
        """
        self.check("methods", ["model", "method"], [self._describe(*method) for method in self.methods], at_most=True)

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

    def _is_kept_from(self, role, row):
        """Whether a row is one that a user must know nothing of: another's, or his own wizard on another's record."""
        return row._auto and (row.is_transient() or not row.with_user(self.users[role]).has_access("read"))
