"""What each address answers to whom, by real requests; and what of our files can be fetched past them."""

import json
import re

from odoo import Command
from odoo.http import Request
from odoo.tests import HttpCase, new_test_user, tagged
from odoo.tools import mute_logger

from . import rights_registry
from .rights_common import ROLES, RightsCommon

CONVERTER = re.compile(r"<(?:(?P<kind>[^:<>]*):)?(?P<name>[^<>:]*)>")
# Whose id stands in an address, by the name of the part; what is not a record is a word.
RECORDS = {
    "notice_id": "dunning.notice",
    "difference_id": "listino.difference",
    "document_id": "listino.document",
    "publication_id": "listino.publication",
    "run_id": "listino.run",
    "line_id": "listino.sending.line",
    "simulation_id": "listino.simulation",
    "product_id": "product.product",
    "order_id": "sale.order",
    "request_id": "quote.discount.request",
    "feed_id": "shop.feed",
    "item_id": "shop.feed.item",
    "touch_id": "lifecycle.touch",
    "person_id": "res.partner",
    "company_id": "res.company",
    "currency_id": "res.currency",
}
WORDS = {"kind": "statement", "page": "1", "number": "1"}
ASKERS = ("anonymous", "stranger", "customer", "employee", "elsewhere")


@tagged("post_install", "-at_install")
class TestRightsRoutes(RightsCommon, HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.make_companies()
        cls.make_rows({*RECORDS.values(), "lifecycle.case", "dunning.case"})
        stranger = new_test_user(cls.env, "rights_stranger", "base.group_portal", company_id=cls.here.id)
        inner = [group for role, group in ROLES.items() if role not in ("public", "portal")]
        everything = new_test_user(cls.env, "rights_elsewhere", "base.group_user", company_id=cls.here.id)
        everything.write({"group_ids": [Command.link(cls.env.ref(group).id) for group in inner]})
        cls.logins = {
            "anonymous": None,
            "stranger": stranger.login,
            "customer": cls.users["portal"].login,
            "employee": cls.users["employee"].login,
            "elsewhere": everything.login,
        }

    def test_every_address_is_in_the_table_and_answers_whom_it_says(self):
        """An address nobody has thought of, or one that answers whoever asks, is told here."""
        found = [
            {"addon": addon, "address": address, "verb": verb, "auth": routing["auth"]}
            for addon, address, verb, routing in rights_registry.own_routes(self.env)
        ]
        routings = [routing for *_rest, routing in rights_registry.own_routes(self.env)]
        for asker in ASKERS:
            login = self.logins[asker]
            self.authenticate(login, login)
            for row, routing in zip(found, routings, strict=True):
                row[asker] = self._ask(asker, row["address"], row["verb"], routing)
        found.sort(key=lambda row: (row["addon"], row["address"], row["verb"]))
        self.check("routes", ["verb", "address"], found)

    def test_no_file_of_ours_is_fetched_by_whom_it_does_not_concern(self):
        """/web/content gives a file of a record to whoever may read the record, and to nobody else."""
        files = list(self._files())
        self.assertGreater(len(files), 5)
        for asker in ("anonymous", "stranger", "employee", "elsewhere"):
            self.authenticate(self.logins[asker], self.logins[asker])
            company = self.elsewhere if asker == "elsewhere" else self.here
            for model, name in files:
                row = self.rows[company].of(model)
                with self.subTest(asker=asker, model=model, field=name):
                    self.assertEqual(self._status(f"/web/content/{model}/{row.id}/{name}"), 404)
                    self.assertNotIn(b"sorvegliato", self._open(f"/web/image/{model}/{row.id}/{name}").content)

    def _files(self):
        for name in rights_registry.own_models(self.env):
            for field in self.env[name]._fields.values():
                if field.type in ("binary", "image") and field.store and not self.env[name]._abstract:
                    yield name, field.name

    def _ask(self, asker, address, verb, routing):
        """What an address answers, in a word: a status, ``login`` for the login page, ``away`` for another one."""
        company = self.elsewhere if asker == "elsewhere" else self.here
        path = CONVERTER.sub(lambda part: self._part(part, address, company), address)
        if routing["type"] == "jsonrpc":
            return self._ask_by_json(path)
        form = {"csrf_token": Request.csrf_token(self)} if verb == "POST" and routing["type"] == "http" else None
        response = self._open(path, data=form, method=verb)
        if response.status_code in (301, 302, 303):
            return "login" if "/web/login" in response.headers["Location"] else "away"
        return str(response.status_code)

    def _ask_by_json(self, path):
        response = self._open(path, json={"jsonrpc": "2.0", "method": "call", "params": {}})
        answer = json.loads(response.content)
        return "refused" if "error" in answer or "error" in (answer["result"] or {}) else "200"

    def _part(self, part, address, company):
        name, kind = part["name"], part["kind"] or ""
        model = RECORDS.get(name)
        if name == "case_id":
            model = "dunning.case" if address.startswith("/dunning") else "lifecycle.case"
        if model:
            return str(self.rows[company].of(model).id)
        if kind.startswith("any("):
            return kind[4:-1].split(",")[0]
        return WORDS.get(name, "none")

    def _open(self, path, **options):
        with mute_logger("odoo.http", "odoo.addons.base.models.ir_rule", "werkzeug"):
            return self.url_open(path, allow_redirects=False, timeout=60, **options)

    def _status(self, path):
        return self._open(path).status_code
