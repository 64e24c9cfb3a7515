"""The table over the wire: what it refuses is refused to a client, and named as a question of rights."""

from odoo.tests import HttpCase, JsonRpcException, tagged
from odoo.tools import mute_logger

from . import rights_registry, rights_table
from .rights_common import ROLES, RightsCommon

EACH = 12  # of so many rows of the table one is tried


@tagged("post_install", "-at_install")
class TestRightsRpc(RightsCommon, HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.make_companies()
        cls.methods = rights_table.read("methods")[::EACH]
        cls.models = [row for row in rights_table.read("models") if row["rows"] in ("company", "all")][::EACH]
        cls.make_rows({row["model"] for row in cls.methods + cls.models})

    def test_a_client_is_refused_what_the_table_refuses_him(self):
        """Whatever is asked by JSON-RPC past the screens; only a user who may call a method changes something."""
        for role in ROLES:
            if role == "public":
                continue  # nobody known has no session, so he calls nothing
            self.authenticate(self.users[role].login, self.users[role].login)
            for row in self.methods:
                if not row[role]:
                    self._check_refused(role, row["model"], row["method"])
            for row in self.models:
                if "r" not in row[role]:
                    self._check_refused(role, row["model"], "read", ["display_name"])
                if "w" not in row[role]:
                    self._check_refused(role, row["model"], "write", {})
                if "d" not in row[role]:
                    self._check_refused(role, row["model"], "unlink")

    def test_a_client_reads_what_the_table_lets_him_and_nothing_of_another_company(self):
        for role in ROLES:
            if role == "public":
                continue
            self.authenticate(self.users[role].login, self.users[role].login)
            for row in self.models:
                if "r" in row[role] and row["rows"] == "company" and self.env[row["model"]]._auto:
                    with self.subTest(role=role, model=row["model"]):
                        self._call(row["model"], "web_search_read", [], {"display_name": {}})
                        alien = self.rows[self.elsewhere].of(row["model"])
                        self.assertEqual(self._call(row["model"], "search", [("id", "=", alien.id)]), [])
                        self.assertEqual(self._call(row["model"], "name_search", "", [("id", "=", alien.id)]), [])
                        self._check_refused(role, row["model"], "web_read", {"display_name": {}}, record=alien)

    def test_nobody_known_calls_nothing(self):
        self.authenticate(None, None)
        with mute_logger("odoo.http"), self.assertRaises(JsonRpcException) as raised:
            self._call("sale.order", "search", [])
        self.assertIn("Session", str(raised.exception))

    def _check_refused(self, role, model, method, *arguments, record=None):
        on_records = method in ("read", "write", "unlink", "web_read")
        if not on_records:
            needed, on_records = rights_registry.signature(self.env, model, method)
            arguments = [self.given(parameter) for parameter in needed]
        ids = [(record or self.rows[self.here].of(model)).ids] if on_records else []
        with (
            self.subTest(role=role, model=model, method=method),
            mute_logger("odoo.http", "odoo.addons.base.models.ir_model", "odoo.addons.base.models.ir_rule"),
            self.assertRaises(JsonRpcException) as raised,
        ):
            self._call(model, method, *ids, *arguments)
        self.assertIn("AccessError", str(raised.exception))

    def _call(self, model, method, *arguments):
        params = {"model": model, "method": method, "args": list(arguments), "kwargs": {}}
        return self.make_jsonrpc_request(f"/web/dataset/call_kw/{model}/{method}", params)
