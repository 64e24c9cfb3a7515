"""Who may read, write, create and delete what: the table against the registry, rows of two companies included."""

from odoo.tests import TransactionCase, tagged

from . import rights_registry
from .rights_common import ROLES, RightsCommon

LETTERS = {"r": "read", "w": "write", "c": "create", "d": "unlink"}


@tagged("post_install", "-at_install")
class TestRightsModels(RightsCommon, TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.make_companies()
        cls.names = rights_registry.own_models(cls.env) + rights_registry.opened_models(cls.env)
        cls.make_rows(cls.names)

    def test_every_model_is_in_the_table_and_open_to_whom_it_says(self):
        """A model nobody has thought of, or a line of access too many, is told here."""
        self.check("models", ["model"], [self._describe(name) for name in self.names])

    def test_a_list_shows_no_row_of_another_company(self):
        """Searches and groups tell nothing of what can't be opened."""
        for name in self.names:
            model = self.env[name]
            if (
                model._abstract
                or "company_id" not in model._fields
                or not model._fields["company_id"]._description_searchable
            ):
                continue
            for role, user in self.users.items():
                mine = model.with_user(user)
                if mine.has_access("read"):
                    with self.subTest(model=name, role=role):
                        alien = mine.search_count([("company_id", "=", self.elsewhere.id)])
                        groups = mine.formatted_read_group([("company_id", "=", self.elsewhere.id)], [], ["__count"])
                        self.assertEqual((alien, groups[0]["__count"]), (0, 0))

    def _describe(self, name):
        model = self.env[name]
        return {
            "addon": rights_registry.addon(self.env, name),
            "model": name,
            "rows": "" if model._abstract else self._whose(model),
            **{role: self._letters(model.with_user(user)) for role, user in self.users.items()},
        }

    def _has_searchable_company(self, model):
        company = model._fields.get("company_id")
        return not model._abstract and company and company._description_searchable

    def _letters(self, model):
        return "".join(letter for letter, operation in LETTERS.items() if model.has_access(operation))

    def _whose(self, model):
        """Whose rows those see who may see any: of their company, their own, or all; a mixture is a fault."""
        readers = [role for role in ROLES if model.with_user(self.users[role]).has_access("read")]
        if not readers:
            return "nobody's"
        if not model._auto:
            return "company" if self._has_company_rule(model) else "all"
        alien = self._see(readers, self.rows[self.elsewhere].of(model._name))
        mine = self._see(readers, self.rows[self.here].of(model._name))
        if not alien:
            return "company" if mine else "own"
        return "all" if alien == mine == readers else f"of {' '.join(alien)} elsewhere"

    def _see(self, readers, row):
        return [role for role in readers if row.with_user(self.users[role]).has_access("read")]

    def _has_company_rule(self, model):
        rules = self.env["ir.rule"].search([("model_id.model", "=", model._name), ("groups", "=", False)])
        return any("company_ids" in (rule.domain_force or "") for rule in rules)
