"""Odoo's own doors to our records: threads, the two JSON addresses, exports, searches by what may not be read."""

from odoo import Command
from odoo.exceptions import AccessError
from odoo.tests import HttpCase, new_test_user, tagged
from odoo.tools import mute_logger

from . import rights_registry
from .rights_common import ROLES, RightsCommon

EACH = 5  # of so many models one is asked for by each JSON address
BESIDE = {  # where Odoo keeps what belongs to a record, and how it is found there
    "mail.message": ("model", "res_id"),
    "mail.followers": ("res_model", "res_id"),
    "mail.activity": ("res_model", "res_id"),
    "ir.attachment": ("res_model", "res_id"),
    "mail.tracking.value": ("mail_message_id.model", "mail_message_id.res_id"),
    "mail.notification": ("mail_message_id.model", "mail_message_id.res_id"),
    "mail.mail": ("model", "res_id"),
}


@tagged("post_install", "-at_install")
class TestRightsDoors(RightsCommon, HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.make_companies()
        cls.models = [name for name in rights_registry.own_models(cls.env) if cls._is_lasting(cls.env[name])]
        cls.threads = [name for name in cls.models if "message_ids" in cls.env[name]._fields]
        cls.make_rows(cls.models)
        inner = [cls.env.ref(group).id for role, group in ROLES.items() if role not in ("public", "portal")]
        everything = new_test_user(cls.env, "rights_everything", "base.group_user", company_id=cls.here.id)
        everything.group_ids = [Command.link(group) for group in inner]
        cls.users["everything"] = everything
        cls.askers = {"portal": cls.here, "employee": cls.here, "everything": cls.elsewhere}
        cls.env.ref("base.group_allow_export").sudo().user_ids = [
            Command.link(cls.users[asker].id) for asker in cls.askers if asker != "portal"
        ]
        for company in (cls.here, cls.elsewhere):
            for name in cls.threads:
                cls._fill_thread(cls.rows[company].of(name))
        cls.env.flush_all()

    @classmethod
    def _is_lasting(cls, model):
        return model._auto and not model._abstract and not model.is_transient()

    @classmethod
    def _fill_thread(cls, thread):
        """What was said, and followers who once could read it."""
        cls.env["mail.message"].create(
            {
                "model": thread._name,
                "res_id": thread.id,
                "body": cls._guarded(thread),
                "message_type": "comment",
                "subtype_id": cls.env.ref("mail.mt_comment").id,
            }
        )
        for asker in cls.askers:
            cls.env["mail.followers"].create(
                {"res_model": thread._name, "res_id": thread.id, "partner_id": cls.users[asker].partner_id.id}
            )

    @classmethod
    def _guarded(cls, thread):
        """Words that stand in one thread and nowhere else."""
        return f"sorvegliato in {thread._name} {thread.id}."

    # === THREADS === #

    def test_who_cannot_open_a_record_neither_reads_nor_writes_in_its_thread(self):
        """Not even one who follows it: he was let in once, and is no more."""
        self.assertGreater(len(self.threads), 8)
        for asker in ("public", *self.askers):
            login = None if asker == "public" else self.users[asker].login
            self.authenticate(login, login)
            for thread in self._closed(asker, self.threads):
                with self.subTest(asker=asker, model=thread._name):
                    before = self._count_of(thread)
                    for address, params in self._ask_of(thread, asker):
                        self.assertNotIn(self._guarded(thread), self._ask(address, params), address)
                    self.assertEqual(self._count_of(thread), before)

    def test_what_belongs_to_a_record_is_found_by_nobody_who_cannot_open_it(self):
        for asker in self.askers:
            for thread in self._closed(asker, self.threads):
                for beside, (model, number) in BESIDE.items():
                    found = self.env[beside].with_user(self.users[asker])
                    if beside == "mail.followers" or not found.has_access("read"):
                        continue  # who follows what is told to all employees by Odoo
                    with self.subTest(asker=asker, model=thread._name, beside=beside):
                        self.assertFalse(self._find(found, [(model, "=", thread._name), (number, "=", thread.id)]))

    def _find(self, model, where):
        try:
            return model.search(where)
        except AccessError:  # as good as nothing
            return model.browse()

    def _closed(self, asker, names):
        """The rows that an asker cannot open, each as he meets it."""
        company = self.askers.get(asker, self.here)
        rows = [self.rows[company].of(name) for name in names]
        closed = [row for row in rows if not row.with_user(self.users[asker]).has_access("read")]
        self.assertTrue(closed)
        return closed

    def _count_of(self, thread):
        where = [("model", "=", thread._name), ("res_id", "=", thread.id)]
        followed = [("res_model", "=", thread._name), ("res_id", "=", thread.id)]
        return self.env["mail.message"].search_count(where), self.env["mail.followers"].search_count(followed)

    def _ask_of(self, thread, asker):
        about = {"thread_model": thread._name, "thread_id": thread.id}
        other = {"res_model": thread._name, "res_id": thread.id, "partner_ids": self.users["seller"].partner_id.ids}
        said = {"body": "Eccomi", "message_type": "comment", "subtype_xmlid": "mail.mt_comment"}
        wanted = ["followers", "suggestedRecipients", "attachments", "activities", "scheduledMessages"]
        yield "/mail/thread/messages", about
        yield "/mail/thread/recipients", about
        yield "/mail/thread/recipients/get_suggested_recipients", about
        yield "/mail/message/post", {**about, "post_data": said}
        yield "/mail/thread/subscribe", other
        yield "/mail/thread/subscribe", {**other, "partner_ids": self.users[asker].partner_id.ids}
        yield "/mail/thread/unsubscribe", {**other, "partner_ids": self.users["portal"].partner_id.ids}
        yield "/mail/data", {"fetch_params": [["mail.thread", {**about, "request_list": wanted}]]}
        yield "/mail/chatter_fetch", about
        yield "/portal/chatter_init", about

    def _ask(self, address, params):
        with mute_logger("odoo.http", "odoo.addons.base.models.ir_rule", "odoo.addons.base.models.ir_model"):
            answer = self.url_open(address, json={"jsonrpc": "2.0", "method": "call", "params": params}, timeout=60)
        return answer.text

    # === JSON === #

    def test_the_json_addresses_answer_as_the_table_says(self):
        """A key gives what its user may do, no more; a guard of ours may say no before it comes to rights."""
        for asker in self.askers:
            key = self._make_key(self.users[asker])
            for row in self._closed(asker, self.models[::EACH]):
                for method, values in (("read", {"fields": ["display_name"]}), ("write", {"vals": {}}), ("unlink", {})):
                    with self.subTest(asker=asker, model=row._name, method=method):
                        answer = self._ask_json(f"/json/2/{row._name}/{method}", key, {"ids": row.ids, **values})
                        self.assertIn(answer.status_code, (403,) if method == "read" else (403, 422), answer.text)

    def test_the_json_of_a_screen_is_refused_to_whom_the_screen_would_be(self):
        self.env["ir.config_parameter"].set_param("web.json.enabled", "1")
        key = self._make_key(self.users["employee"])
        of_suite = [("module", "in", rights_registry.SUITE), ("model", "=", "ir.actions.act_window")]
        actions = self.env["ir.actions.act_window"].browse(self.env["ir.model.data"].search(of_suite).mapped("res_id"))
        closed = {row._name for row in self._closed("employee", self.models)}
        asked = actions.filtered(lambda action: action.res_model in closed).sorted("res_model")[::EACH]
        self.assertGreater(len(asked), 5)
        for action in asked:
            with self.subTest(model=action.res_model, action=action.name):
                self.assertEqual(self._get_json(f"/json/1/action-{action.id}", key).status_code, 403)

    def _make_key(self, user):
        keys = self.env["res.users.apikeys"].with_user(user).sudo()
        return keys._generate("rpc", "Porta", None)

    def _get_json(self, address, key):
        with mute_logger("odoo.http", "odoo.addons.base.models.ir_rule", "odoo.addons.base.models.ir_model"):
            return self.url_open(address, headers={"Authorization": f"bearer {key}"}, timeout=60)

    def _ask_json(self, address, key, values):
        with mute_logger("odoo.http", "odoo.addons.base.models.ir_rule", "odoo.addons.base.models.ir_model"):
            return self.url_open(address, json=values, headers={"Authorization": f"bearer {key}"}, timeout=60)

    # === ONE BY ONE === #

    def test_no_generic_method_answers_about_a_record_that_cannot_be_opened(self):
        asked = {
            "export_data": [["display_name"]],
            "copy": [],
            "web_read": [{"display_name": {}}],
            "read": [["display_name"]],
            "write": [{}],
            "unlink": [],
        }
        for asker in self.askers:
            for row in self._closed(asker, self.models):
                for method, arguments in asked.items():
                    with self.subTest(asker=asker, model=row._name, method=method):
                        self.assertIsNotNone(self.call(asker, row._name, method, [row.ids], *arguments))

    # === INFERENCE === #

    def test_nobody_searches_sorts_or_groups_by_what_he_may_not_read(self):
        """Neither on the record itself nor through one that hangs on it."""
        secrets = list(self._secrets())
        self.assertGreater(len(secrets), 20)
        asked, answered = 0, []
        for role in ("portal", "employee", "seller", "listino_user", "quote_user", "dunning_user", "lifecycle_user"):
            for model, name in secrets:
                records = self.env[model].with_user(self.users[role])
                if not records.has_access("read") or records._has_field_access(records._fields[name], "read"):
                    continue
                for through, way in [(model, name), *self._ways_to(role, model, name)]:
                    asked += 1
                    error = self.call(role, through, "search", [], [(way, "=", self._guess(model, name))])
                    if not isinstance(error, AccessError):
                        answered.append(f"{role}: {through} by {way}: {error!r}")
        self.assertEqual(answered, [])
        self.assertGreater(asked, 20)

    def _secrets(self):
        """The fields of ours that only some groups read, and that can be searched by."""
        for model in sorted(self.env.registry.models):
            ours = rights_registry.is_ours(self.env[model])
            fields = self.env[model]._fields.items() if ours else rights_registry.own_fields(self.env, model)
            for name, field in sorted(fields):
                if field.groups and field._description_searchable and not self.env[model]._abstract:
                    yield model, name

    def _guess(self, model, name):
        """What somebody might ask for; of a field that always holds something Odoo drops a question for nothing."""
        kind = self.env[model]._fields[name].type
        guesses = {"boolean": True, "integer": 1, "float": 1.0, "monetary": 1.0, "many2one": 1, "date": "2026-03-02"}
        return "x" if kind in ("char", "text", "html", "selection") else guesses.get(kind, False)

    def _ways_to(self, role, comodel, secret):
        """The same by a field of one of our models that the role reads.

        By followers Odoo itself searches with all rights, whatever is asked of them.
        """
        followed = self.env["mail.thread"]._fields
        for model in self.models:
            records = self.env[model].with_user(self.users[role])
            fields = sorted(records._fields.items()) if records.has_access("read") else ()
            for name, field in fields:
                leads_there = field.relational and field.comodel_name == comodel and name not in followed
                if leads_there and field._description_searchable and records._has_field_access(field, "read"):
                    yield model, f"{name}.{secret}"
